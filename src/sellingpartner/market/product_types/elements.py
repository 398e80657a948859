"""The parts of a product type's schema: an attribute, its entries, their fields, with the words of a locale."""

from __future__ import annotations

from sellingpartner.contract.marketplaces import MARKETPLACES, Marketplace, Region
from sellingpartner.market.amounts import exponent_of
from sellingpartner.market.attributes import JsonValue
from sellingpartner.market.product_types import library
from sellingpartner.market.product_types.conditions import CHILD_OF, LEVEL, Schema, entry_rule
from sellingpartner.market.product_types.model import Ask, Attribute, Field, Kind, Parentage, ProductType, Scalar
from sellingpartner.market.product_types.words import Words

_HIGHEST_PRICE = 1_000_000_000
_TYPES = {Kind.NUMBER: "number", Kind.PRICE: "number", Kind.WHOLE: "integer", Kind.FLAG: "boolean"}
_LIMITS = (
    ("min_length", "minLength"),
    ("max_length", "maxLength"),
    ("max_bytes", "maxUtf8ByteLength"),
    ("minimum", "minimum"),
    ("maximum", "maximum"),
    ("step", "multipleOf"),
)
# Assumed: the fulfillment channel codes of each region, of which Amazon documents no list.
_CHANNELS = {
    Region.NA: ("AMAZON_NA",),
    Region.EU: ("AMAZON_EU",),
    Region.FE: ("AMAZON_JP",),
}
_CHANNELS_OF_COUNTRY = {
    "US": ("AMAZON_NA", "AMAZON_US_TBYB"),
    "IN": ("AMAZON_IN",),
    "AU": ("AMAZON_AU",),
    "SG": ("AMAZON_SG",),
}


def channels_of(marketplace: Marketplace) -> tuple[str, ...]:
    """The fulfillment channel codes of a marketplace: the merchant's own, and those of Amazon's network."""
    amazons = _CHANNELS_OF_COUNTRY.get(marketplace.country_code) or _CHANNELS[marketplace.region]
    return ("DEFAULT", *amazons)


class Maker:
    """Makes the parts of one schema."""

    def __init__(self, kind: ProductType, ask: Ask, words: Words) -> None:
        self._kind = kind
        self._ask = ask
        self._words = words
        self._marketplace = MARKETPLACES[ask.marketplace_id]

    def marketplace(self) -> Schema:
        """The definition that each `marketplace_id` refers to."""
        own = self._marketplace
        return self._default(own.marketplace_id, [own.marketplace_id], [own.name])

    def language(self) -> Schema:
        """The definition that each `language_tag` refers to."""
        tags = library.languages_of(self._ask.marketplace_id)
        return self._default(tags[0], [*tags], [*map(self._words.value, tags)])

    def _default(self, value: str, values: list[JsonValue], names: list[JsonValue]) -> Schema:
        choice: list[JsonValue] = [{"type": "string"}, {"type": "string", "enum": values, "enumNames": names}]
        return {"default": value, "editable": False, "hidden": True, "examples": [value], "anyOf": choice}

    def attribute(self, attribute: Attribute) -> Schema:
        """The schema of an attribute: a list of entries."""
        title, description = self._words.title(attribute), self._words.description(attribute)
        entry: Schema = {
            "type": "object",
            "required": [*attribute.required],
            "properties": {
                name: self._field(name, field, attribute, title if name == "value" else None)
                for name, field in attribute.fields.items()
            },
            "additionalProperties": False,
        }
        self._narrow(attribute, entry)
        if attribute.rules:
            entry["allOf"] = [entry_rule(rule) for rule in attribute.rules]
        said: Schema = {"title": title}
        if description:
            said["description"] = description
        if (example := self._kind.examples.get(attribute.name)) is not None:
            said["examples"] = [example]
        said |= {
            "type": "array",
            "minItems": 1,
            "minUniqueItems": 1,
            "maxUniqueItems": attribute.entries,
            "selectors": [*attribute.selectors],
        }
        return said | {"editable": attribute.editable, "hidden": attribute.hidden, "items": entry}

    def _narrow(self, attribute: Attribute, entry: Schema) -> None:
        """For one place in a family only that level may be named, and a child must name its parent."""
        parentage = self._ask.parentage
        properties = entry["properties"]
        if not isinstance(properties, dict):
            return
        if attribute.name == LEVEL and parentage in {Parentage.CHILD, Parentage.PARENT}:
            level = str(parentage).lower()
            properties["value"] = self._words_for("value", None) | {
                "type": "string",
                "enum": [level],
                "enumNames": [self._words.value(level)],
            }
        if attribute.name == CHILD_OF and parentage is Parentage.CHILD:
            entry["required"] = [*attribute.required, "parent_sku"]

    def _field(self, name: str, field: Field, attribute: Attribute, title: str | None = None) -> Schema:
        if field.kind is Kind.MARKETPLACE:
            return {"$ref": "#/$defs/marketplace_id"}
        if field.kind is Kind.LANGUAGE:
            return {"$ref": "#/$defs/language_tag"}
        said = self._words_for(name, title) | {"editable": field.editable and attribute.editable}
        if field.hidden:
            said["hidden"] = True
        if field.default is not None:
            said["default"] = field.default
        if field.example is not None:
            said["examples"] = [field.example]
        if field.kind in {Kind.OBJECT, Kind.LIST}:
            return said | self._nested(field, attribute)
        if field.many:
            items = self._scalar(name, field, attribute)
            return said | {"type": "array", "minItems": 1, "maxItems": field.many, "items": items}
        return said | self._scalar(name, field, attribute)

    def _words_for(self, name: str, title: str | None) -> Schema:
        return {"title": title or self._words.field(name)}

    def _nested(self, field: Field, attribute: Attribute) -> Schema:
        inner: Schema = {
            "type": "object",
            "required": [*field.required],
            "properties": {name: self._field(name, one, attribute) for name, one in field.fields.items()},
            "additionalProperties": False,
        }
        if field.kind is Kind.OBJECT:
            return inner
        return {"type": "array", "maxItems": field.max_items or 1, "items": inner}

    def _special(self, field: Field) -> Schema | None:
        """The kinds of which nothing else may be said."""
        if field.kind is Kind.CURRENCY:
            currency = self._marketplace.currency
            return {"type": "string", "default": currency, "enum": [currency], "enumNames": [currency]}
        if field.kind is Kind.MOMENT:
            return {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}
        if field.kind is Kind.PRICE:
            step = 10 ** -exponent_of(self._marketplace.currency)
            return {"type": "number", "minimum": 0, "maximum": _HIGHEST_PRICE, "multipleOf": step}
        if field.kind is Kind.FLAG:
            names: list[JsonValue] = [self._words.value("false"), self._words.value("true")]
            return {"type": "boolean", "enum": [False, True], "enumNames": names}
        return None

    def _scalar(self, name: str, field: Field, attribute: Attribute) -> Schema:
        special = self._special(field)
        if special is not None:
            return special
        limits: Schema = {word: found for mine, word in _LIMITS if (found := getattr(field, mine)) is not None}
        if field.kind is Kind.URL:
            return {"type": "string", "format": "uri"} | limits
        basic: Schema = {"type": _TYPES.get(field.kind, "string")}
        values = self._values(name, field, attribute)
        if not values:
            return basic | limits
        listed: Schema = {"enum": [*values], "enumNames": [self._name_of(value, field) for value in values]}
        if field.open:
            return limits | {"anyOf": [basic, basic | listed]}
        return basic | listed | limits

    def _values(self, name: str, field: Field, attribute: Attribute) -> tuple[Scalar, ...]:
        """The values that may be chosen here."""
        if attribute.name == "brand" and name == "value":
            return self._ask.brands
        if name == "value" and attribute.name in self._kind.values:
            return self._kind.values[attribute.name]
        if field.values is None:
            return ()
        if field.values == "themes_of_type":
            return self._kind.themes
        if field.of_region:
            return channels_of(self._marketplace)
        return library.values()[field.values]

    def _name_of(self, value: Scalar, field: Field) -> str:
        if field.values == "countries":
            return library.country_names()[str(value)]
        return self._words.value(str(value))
