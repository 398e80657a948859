"""Values of JSON that have the right type and would yet break whoever calculates with them or keeps them."""

from __future__ import annotations

from decimal import Decimal

LARGEST = 2**63 - 1
DEEPEST = 40
_MOST_DIGITS, _FINEST = 15, -100


def unsound(value: object, depth: int = 0) -> str | None:
    """What is wrong with a value; None if nothing is."""
    if isinstance(value, str):
        return None if value.isprintable() or _is_kept(value) else "It holds a character that cannot be kept."
    if isinstance(value, dict | list):
        if depth > DEEPEST:
            return "It is nested too deep."
        parts = (*value, *value.values()) if isinstance(value, dict) else value
        return next((fault for part in parts if (fault := unsound(part, depth + 1)) is not None), None)
    if isinstance(value, int | Decimal) and not _is_number(value):
        return f"A number has more than {_MOST_DIGITS} digits before the point."
    return None


def _is_number(value: int | Decimal) -> bool:
    """Whether somebody can calculate with a number."""
    if isinstance(value, int):
        return -LARGEST <= value <= LARGEST
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and value.adjusted() < _MOST_DIGITS and exponent >= _FINEST


def _is_kept(text: str) -> bool:
    """Whether databases keep a text: what is not printable may be half of a character, or nothing."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text
