"""A listing that is right: for each product type and marketplace one that validates without a fault."""

from __future__ import annotations

from decimal import Decimal

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import exponent_of
from sellingpartner.market.attributes import Attributes, Entry, JsonValue
from sellingpartner.market.product_types import library
from sellingpartner.market.product_types.conditions import guarded_of
from sellingpartner.market.product_types.elements import channels_of
from sellingpartner.market.product_types.model import Attribute, Field, Kind, ProductType, Requirements
from sellingpartner.market.product_types.schema import attributes_of, required_of

_TERMS = ("condition_type", "purchasable_offer", "fulfillment_availability")
_FACTS = ("supplier_declared_has_product_identifier_exemption", "main_product_image_locator")
_QUANTITY = 10


def example_of(
    product_type: str, marketplace_id: str, requirements: Requirements = Requirements.LISTING, **changed: JsonValue
) -> Attributes:
    """Attributes of a product that nobody makes, with all that is required; `changed` are values of attributes.

    They are plain values, which any JSON encoder writes.
    Its texts are English, whatever the marketplace's language is.
    """
    kind = library.product_type(product_type)
    if kind is None:
        raise KeyError(product_type)
    known = attributes_of(kind, marketplace_id, requirements)
    wanted = [*required_of(kind, requirements, known)]
    wanted += [*_TERMS, *_FACTS, *changed]
    if requirements is not Requirements.OFFER_ONLY:
        wanted += guarded_of(kind)
    made = Example(kind, marketplace_id)
    return {name: [made.entry(known[name], changed.get(name))] for name in dict.fromkeys(wanted) if name in known}


class Example:
    """Makes entries for one product type and marketplace."""

    def __init__(self, kind: ProductType, marketplace_id: str) -> None:
        self._kind = kind
        self._marketplace = MARKETPLACES[marketplace_id]

    def entry(self, attribute: Attribute, value: JsonValue = None) -> Entry:
        """An entry of an attribute, with a value of its own if that is given."""
        if attribute.name == "purchasable_offer":
            return self._offer(attribute, value)
        if attribute.name == "list_price":
            return self._entry(attribute, ("value", "currency"))
        if attribute.name == "fulfillment_availability":
            quantity = _QUANTITY if value is None else value
            return {"fulfillment_channel_code": channels_of(self._marketplace)[0], "quantity": quantity}
        entry = self._entry(attribute, attribute.required)
        if value is not None:
            entry["value"] = value
        return entry

    def _entry(self, attribute: Attribute, names: tuple[str, ...]) -> Entry:
        fields = attribute.fields
        chosen = [name for name in fields if name in names or name in {"marketplace_id", "language_tag"}]
        return {name: self._sample(attribute, name, fields[name]) for name in chosen}

    def _offer(self, attribute: Attribute, price: JsonValue) -> Entry:
        ours = attribute.fields["our_price"].fields["schedule"].fields["value_with_tax"]
        value = self._sample(attribute, "value_with_tax", ours) if price is None else price
        return {
            "marketplace_id": self._marketplace.marketplace_id,
            "currency": self._marketplace.currency,
            "our_price": [{"schedule": [{"value_with_tax": value}]}],
        }

    def _sample(self, attribute: Attribute, name: str, field: Field) -> JsonValue:
        """A value that the field may have."""
        if field.kind is Kind.OBJECT or field.kind is Kind.LIST:
            inner: Entry = {key: self._sample(attribute, key, field.fields[key]) for key in field.required}
            return inner if field.kind is Kind.OBJECT else [inner]
        value = self._scalar(attribute, name, field)
        return [value] if field.many else value

    def _scalar(self, attribute: Attribute, name: str, field: Field) -> JsonValue:
        settled: dict[Kind, JsonValue] = {
            Kind.MARKETPLACE: self._marketplace.marketplace_id,
            Kind.LANGUAGE: self._marketplace.language,
            Kind.CURRENCY: self._marketplace.currency,
            Kind.MOMENT: "2026-11-01",
            Kind.URL: "https://images.example/product.jpg",
        }
        if field.example is None and field.kind in settled:
            return settled[field.kind]
        if name == "value" and attribute.name in self._kind.examples:
            return self._kind.examples[attribute.name]
        if field.kind is Kind.PRICE:
            price = Decimal(str(field.example or "9.99"))
            return float(price) if exponent_of(self._marketplace.currency) else int(price.scaleb(2))
        if field.example is not None:
            return field.example
        return self._listed(attribute, name, field)

    def _listed(self, attribute: Attribute, name: str, field: Field) -> JsonValue:
        if name == "value" and attribute.name in self._kind.values:
            return self._kind.values[attribute.name][0]
        if field.values == "themes_of_type":
            return self._kind.themes[0]
        if field.values is not None:
            return library.values()[field.values][0]
        return {Kind.NUMBER: 1, Kind.WHOLE: 1, Kind.FLAG: False}.get(field.kind, "Example")
