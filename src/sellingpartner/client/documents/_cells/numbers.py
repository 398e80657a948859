"""Numbers as people write them: with a decimal comma or point, thousands apart, a currency, a percent sign.

Assumed: a percentage in a flat report is the number before its sign, as Amazon's JSON reports have it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from sellingpartner.client.documents._cells.habits import Mark, world

PLAIN = re.compile(r"-?[0-9]{1,18}(?:\.(?:[0-9]{1,2}|[0-9]{4,9}))?")
"""What can be read in one way alone, and is how nearly all numbers are written."""

_SCIENTIFIC = re.compile(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,18})?[eE][+-]?[0-9]{1,2}")
_OPEN = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
_GROUPS = {
    Mark.POINT: re.compile(r"[+-]?(?:[0-9]{1,18}|[1-9][0-9]{0,2}(?:,[0-9]{2,3}){0,5},[0-9]{3})?(?:\.[0-9]{0,18})?"),
    Mark.COMMA: re.compile(r"[+-]?(?:[0-9]{1,18}|[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,6})?(?:,[0-9]{0,18})?"),
}
_SPACES = re.compile(r"(?<=[0-9])[ \u00a0\u202f'\u2019](?=[0-9]{3}(?![0-9]))")
_SIGNS = "$\u20ac\u00a3\u00a5\uffe5\u20b9\u20ba"
_BOTH = frozenset(Mark)
_NONE: frozenset[Mark] = frozenset()
_LONGEST = 60


def bare_of(text: str) -> str:
    """A number without what stands around it; a sign behind it or parentheses make it negative."""
    plain = text.strip().replace("\u2212", "-")
    if len(plain) > _LONGEST:
        return plain
    if plain.startswith("(") and plain.endswith(")"):
        plain = f"-{plain[1:-1].strip()}"
    if plain.endswith("-"):
        plain = f"-{plain[:-1].rstrip()}"
    sign = plain[:1] if plain[:1] in {"-", "+"} else ""
    found = _around().fullmatch(plain.removeprefix(sign).strip())
    return _SPACES.sub("", sign + found[1]) if found else plain


@cache
def _around() -> re.Pattern[str]:
    """A number between currencies and a percent sign."""
    words = "|".join(re.escape(word) for word in sorted(world().words.currencies, key=len, reverse=True))
    currency = rf"(?:[A-Z]{{0,3}}[{_SIGNS}]|{words})"
    return re.compile(rf"(?:{currency}\s*)?([+-]?[0-9.,].*?)(?:\s*(?:{currency}|%))?")


def marks_of(text: str) -> frozenset[Mark]:
    """What may stand before the fraction: both, one of them, or nothing where it shows nothing."""
    plain = bare_of(text)
    if _OPEN.fullmatch(plain):
        return _BOTH
    if "." not in plain and "," not in plain:
        return _NONE
    return frozenset(mark for mark, form in _GROUPS.items() if form.fullmatch(plain))


def number_with(plain: str, mark: Mark) -> Decimal | None:
    """The number, if its fraction begins with this."""
    if not any(sign.isdigit() for sign in plain) or not plain.isascii():
        return None
    if _SCIENTIFIC.fullmatch(plain):
        return Decimal(plain)
    if not _GROUPS[mark].fullmatch(plain):
        return None
    other = "," if mark is Mark.POINT else "."
    return Decimal(plain.replace(other, "").replace(mark.value, "."))
