"""Attributes as Amazon shapes them: each is a list of entries, and an entry says where and in which language it holds.

    {"item_name": [{"value": "Stoneware Mug", "marketplace_id": "ATVPDKIKX0DER", "language_tag": "en_US"}]}

An entry without `marketplace_id` holds everywhere, one without `language_tag` is in the marketplace's own language.
Here they are read into values with types; what they must be is for `product_types` to say. Numbers keep the digits that
they were sent with: `decode` reads fractions as `Decimal`, and `encode` writes them as they came.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import TypeAlias

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money, exponent_of

JsonValue: TypeAlias = "bool | int | float | Decimal | str | list[JsonValue] | dict[str, JsonValue] | None"
"""What JSON can say; a fraction is a `Decimal` wherever this market has read it."""

Entry: TypeAlias = dict[str, JsonValue]
"""One entry of an attribute."""

Attributes: TypeAlias = dict[str, list[Entry]]
"""Attributes by their names."""

MARKETPLACE = "marketplace_id"
LANGUAGE = "language_tag"

_TOO_MUCH = 10**12  # so that no sum of such amounts leaves 64 bits
_encoder = msgspec.json.Encoder(decimal_format="number")
_decoder = msgspec.json.Decoder(dict[str, list[dict[str, object]]], float_hook=Decimal)
_MILLIMETERS = {
    "millimeters": Decimal(1),
    "centimeters": Decimal(10),
    "decimeters": Decimal(100),
    "meters": Decimal(1000),
    "inches": Decimal("25.4"),
    "feet": Decimal("304.8"),
    "yards": Decimal("914.4"),
}
_GRAMS = {
    "milligrams": Decimal("0.001"),
    "grams": Decimal(1),
    "kilograms": Decimal(1000),
    "tons": Decimal(1_000_000),
    "ounces": Decimal("28.349523125"),
    "pounds": Decimal("453.59237"),
}


class Measure(msgspec.Struct, frozen=True):
    """A number and its unit, as it was given."""

    value: Decimal
    unit: str

    @property
    def grams(self) -> Decimal:
        """A weight in grams; raises `KeyError` if the unit is none of weight."""
        return self.value * _GRAMS[self.unit]

    @property
    def millimeters(self) -> Decimal:
        """A length in millimeters; raises `KeyError` if the unit is none of length."""
        return self.value * _MILLIMETERS[self.unit]


class Dimensions(msgspec.Struct, frozen=True):
    """Length, width and height of a thing or of its package."""

    length: Measure
    width: Measure
    height: Measure


def encode(attributes: Mapping[str, JsonValue] | Attributes) -> bytes:
    """Attributes as compact JSON, numbers with the digits that they came with."""
    return _encoder.encode(attributes)


def decode(stored: bytes) -> Attributes:
    """Attributes from what `encode` wrote."""
    read: Attributes = _decoder.decode(stored)  # type: ignore[assignment]  # object here is what JSON can say
    return read


def decode_one(stored: bytes, name: str) -> Attributes:
    """One attribute from what `encode` wrote; nothing of the others is read."""
    found = _decoder_of(name).decode(stored)
    held: list[Entry] | None = getattr(found, name)
    return {} if held is None else {name: held}


@cache
def _decoder_of(name: str) -> msgspec.json.Decoder[msgspec.Struct]:
    kind = msgspec.defstruct(f"Only_{name}", [(name, list[dict[str, object]] | None, None)])
    return msgspec.json.Decoder(kind, float_hook=Decimal)


def entries(attributes: Attributes, name: str, marketplace_id: str | None = None) -> Iterator[Entry]:
    """The entries of an attribute that hold in a marketplace, or all of them."""
    for entry in attributes.get(name, ()):
        if marketplace_id is None or entry.get(MARKETPLACE, marketplace_id) == marketplace_id:
            yield entry


def entry_of(attributes: Attributes, name: str, marketplace_id: str | None = None) -> Entry | None:
    """The first entry of an attribute that holds in a marketplace."""
    return next(entries(attributes, name, marketplace_id), None)


def in_marketplace(attributes: Attributes, marketplace_id: str) -> Attributes:
    """What of the attributes holds in one marketplace; an attribute of which nothing does is left out."""
    found = {name: list(entries(attributes, name, marketplace_id)) for name in attributes}
    return {name: held for name, held in found.items() if held}


def text(attributes: Attributes, name: str, marketplace_id: str, language: str | None = None) -> str | None:
    """The text of an attribute in a language, else in the marketplace's own, else in whichever it has."""
    return next(iter(texts(attributes, name, marketplace_id, language)), None)


def texts(attributes: Attributes, name: str, marketplace_id: str, language: str | None = None) -> list[str]:
    """All texts of an attribute (bullet points) in one language, chosen as `text` chooses it."""
    own = MARKETPLACES[marketplace_id].language
    wanted = language or own
    by_language: dict[str, list[str]] = {}
    for entry in entries(attributes, name, marketplace_id):
        value, tag = entry.get("value"), entry.get(LANGUAGE, own)
        if isinstance(value, str) and isinstance(tag, str):
            by_language.setdefault(tag, []).append(value)
    for tag in (wanted, own):
        if tag in by_language:
            return by_language[tag]
    return next(iter(by_language.values()), [])


def flag(attributes: Attributes, name: str, marketplace_id: str | None = None) -> bool | None:
    """Whether an attribute says yes or no; None if it says nothing."""
    entry = entry_of(attributes, name, marketplace_id)
    value = None if entry is None else entry.get("value")
    return value if isinstance(value, bool) else None


def whole(attributes: Attributes, name: str, marketplace_id: str | None = None) -> int | None:
    """The whole number that an attribute says."""
    entry = entry_of(attributes, name, marketplace_id)
    value = None if entry is None else number(entry.get("value"))
    return None if value is None or value != int(value) else int(value)


def measure(attributes: Attributes, name: str, marketplace_id: str | None = None) -> Measure | None:
    """A weight, a volume, a length: what an attribute of `value` and `unit` says."""
    return _measure(entry_of(attributes, name, marketplace_id))


def dimensions(attributes: Attributes, name: str, marketplace_id: str | None = None) -> Dimensions | None:
    """Length, width and height; None unless all three are there."""
    entry = entry_of(attributes, name, marketplace_id) or {}
    length, width, height = (_measure(entry.get(side)) for side in ("length", "width", "height"))
    if length is None or width is None or height is None:
        return None
    return Dimensions(length, width, height)


def number(value: JsonValue) -> Decimal | None:
    """A number exactly; None for what is none."""
    if isinstance(value, Decimal):
        return value if value.is_finite() else None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return number(Decimal(str(value)))


def moment(said: JsonValue) -> datetime | None:
    """A date or a time. Assumed: a date is its first moment in UTC, and so is a time without an offset."""
    if not isinstance(said, str):
        return None
    try:
        found = datetime.fromisoformat(said)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def money(value: JsonValue, currency: str) -> Money | None:
    """An amount in major units of a currency, rounded to what the currency can say; None for what is no amount."""
    found = number(value)
    if found is None or abs(found) >= _TOO_MUCH:
        return None
    minor = found.scaleb(exponent_of(currency)).to_integral_value(ROUND_HALF_UP)
    return Money(int(minor), currency)


def _measure(entry: JsonValue) -> Measure | None:
    if not isinstance(entry, dict):
        return None
    value, unit = number(entry.get("value")), entry.get("unit")
    return Measure(value, unit) if value is not None and isinstance(unit, str) else None
