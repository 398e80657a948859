"""How a number of things is said: `1 order`, `2 orders`, `5,000 orders`; never "1 orders"."""

from __future__ import annotations


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its word; `many` is the plural, where an s behind the singular does not make it."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
