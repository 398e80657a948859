"""What an item says in a marketplace, in the forms that the versions of Catalog Items share."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.attributes import LANGUAGE, MARKETPLACE, Dimensions, Entry, Measure
from sellingpartner.market.catalog.identifiers import codes_of, shown
from sellingpartner.market.catalog.model import Item
from sellingpartner.market.product_types.library import attributes as known_attributes
from sellingpartner.storage.kept import Kept

_MILLIMETERS_OF_AN_INCH = Decimal("25.4")
_GRAMS_OF_A_POUND = Decimal("453.59237")
_DIGITS = Decimal("0.0001")
_FRACTIONS = range(-4, 1)


class Asked(msgspec.Struct, frozen=True):
    """An item, and how it is to be shown: where, in which language, with what, and where pictures are."""

    item: Item
    marketplaces: tuple[str, ...]
    locale: str | None
    included: frozenset[str]
    origin: str

    @property
    def places(self) -> list[str]:
        """Those of the marketplaces that have the item."""
        return [one for one in self.marketplaces if one in self.item.marketplaces]


class Asking(msgspec.Struct, frozen=True):
    """How items are to be shown."""

    marketplaces: tuple[str, ...]
    locale: str | None
    included: frozenset[str]
    origin: str

    def of(self, item: Item) -> Asked:
        """An item, to be shown so."""
        return Asked(item, self.marketplaces, self.locale, self.included, self.origin)

    def kept(self, item: Kept[Item]) -> Kept[Asked]:
        """An item as it is kept, to be shown so: all that its view is made of, so that the view can be remembered."""
        said = "\0".join((*self.marketplaces, self.locale or "", *sorted(self.included), self.origin))
        return Kept(said.encode() + b"\0\0" + item.stored, lambda _: self.of(item.read()))


def attributes_in(item: Item, marketplaces: Sequence[str]) -> dict[str, list[Entry]]:
    """An item's attributes in marketplaces, each entry with the marketplace and the language that it is meant for."""
    said: dict[str, list[Entry]] = {}
    for marketplace_id in marketplaces:
        for name, entries in item.in_marketplace(marketplace_id).items():
            known = known_attributes().get(name)
            meant: Entry = {}
            if known is not None and LANGUAGE in known.fields:
                meant[LANGUAGE] = MARKETPLACES[marketplace_id].language
            local: Entry = {MARKETPLACE: marketplace_id} if known is None or MARKETPLACE in known.fields else {}
            for entry in entries:
                whole = meant | entry | local
                if whole not in said.setdefault(name, []):
                    said[name].append(whole)
    return said


def numbers_in(item: Item, marketplace_id: str) -> list[tuple[str, str]]:
    """The identifiers of an item in a marketplace, as kind and number."""
    return [(kind.value, value) for code in codes_of(item.attributes, marketplace_id) for kind, value in shown(code)]


def inches(length: Measure) -> Decimal:
    """A length in inches."""
    return length.value if length.unit == "inches" else _short(length.millimeters / _MILLIMETERS_OF_AN_INCH)


def pounds(weight: Measure) -> Decimal:
    """A weight in pounds."""
    return weight.value if weight.unit == "pounds" else _short(weight.grams / _GRAMS_OF_A_POUND)


def sides(box: Dimensions | None) -> dict[str, Decimal]:
    """The sides of a box in inches, by their names; empty for no box."""
    if box is None:
        return {}
    return {"height": inches(box.height), "length": inches(box.length), "width": inches(box.width)}


def _short(value: Decimal) -> Decimal:
    short = value.quantize(_DIGITS).normalize()
    return short if short == 0 or short.as_tuple().exponent in _FRACTIONS else short.quantize(Decimal(1))
