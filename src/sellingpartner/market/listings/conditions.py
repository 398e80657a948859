"""In what state an offered unit can be: as listings say it (`used_very_good`) and as orders do (Used, Very Good)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec

NEW = "new_new"


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A condition in the words of Orders v0."""

    condition: str
    subtype: str


@cache
def words_by_type() -> dict[str, Words]:
    """Every condition, by the value that `condition_type` has for it."""
    text = (files("sellingpartner.market.listings") / "conditions.toml").read_bytes()
    return msgspec.toml.decode(text, type=dict[str, Words])


@cache
def type_of(condition: str, subtype: str) -> str | None:
    """The value of `condition_type` for a condition in words; None if there is none."""
    found = Words(condition, subtype)
    return next((name for name, words in words_by_type().items() if words == found), None)


def network_name(condition: str, subtype: str) -> str:
    """A condition as Amazon's network names it, such as NewItem and UsedVeryGood.

    Assumed: other conditions than new are named by their two words, as they are in older feeds and reports.
    """
    if condition == subtype == "New":
        return "NewItem"
    words = dict.fromkeys([condition, *subtype.split()])
    return "".join(words).replace("Mint", "LikeNew")
