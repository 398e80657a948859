"""In which charset a report is written: it follows from its family, its format and its marketplace.

Assumed: reports of North America are UTF-8; those on listings in Europe are Cp1252, and what that cannot say is a
question mark; flat files of Japan are Shift_JIS as Windows has it; XML and JSON are UTF-8 everywhere.
"""

from __future__ import annotations

from typing import NamedTuple

from sellingpartner.contract.marketplaces import BY_COUNTRY, MARKETPLACES, Region
from sellingpartner.market.reports.kinds import Charset


class Coding(NamedTuple):
    """A charset: what a document's content type calls it, and what Python does."""

    name: str
    codec: str


UTF_8 = Coding("UTF-8", "utf-8")
CP1252 = Coding("Cp1252", "cp1252")
SHIFT_JIS = Coding("Shift_JIS", "cp932")

_JAPAN = BY_COUNTRY["JP"].marketplace_id


def coding_of(family: Charset, marketplace_id: str) -> Coding:
    """The charset of a flat file."""
    if family is Charset.UTF8:
        return UTF_8
    if marketplace_id == _JAPAN:
        return SHIFT_JIS
    if family is Charset.LISTINGS and MARKETPLACES[marketplace_id].region is Region.EU:
        return CP1252
    return UTF_8
