"""A listing in one line, written out as the attributes that a seller would put.

What the line leaves out is as it was listed before; of a SKU that is not listed yet, as in the product type's example.
"""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidArgument, InvalidInput
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market import attributes as reading
from sellingpartner.market.amounts import exponent_of
from sellingpartner.market.attributes import Attributes, Entry
from sellingpartner.market.listings.store import record_of
from sellingpartner.market.listings.submitting import Put
from sellingpartner.market.product_types.questions import (
    GENERIC,
    Requirements,
    channels_of,
    example_of,
    product_type,
)
from sellingpartner.server.control.amounts import minor_if_said
from sellingpartner.storage.unit import UnitOfWork

_QUANTITIES = "fulfillment_availability"
_PACKAGE: Attributes = {
    "item_package_dimensions": [
        {
            "length": {"value": 20, "unit": "centimeters"},
            "width": {"value": 15, "unit": "centimeters"},
            "height": {"value": 10, "unit": "centimeters"},
        }
    ],
    "item_package_weight": [{"value": 500, "unit": "grams"}],
}
"""Of a product that Amazon is to fulfill, and of whose size nothing is said."""


def draft(unit: UnitOfWork, said: v1.PutListing, marketplace_id: str) -> Put:
    """What is put for a request; raises `InvalidInput` where it says too little."""
    before = record_of(unit, said.sku, marketplace_id)
    kind = said.product_type or (GENERIC if before is None else before.product_type)
    if before is not None and said.product_type in {None, before.product_type} and said.asin is None:
        requirements, attributes = Requirements(before.requirements), reading.decode(before.attributes)
    else:
        requirements = Requirements.LISTING if said.asin is None else Requirements.OFFER_ONLY
        attributes = _begun(said, kind, marketplace_id, requirements)
    _say(attributes, said, marketplace_id)
    attributes |= said.attributes or {}
    says_quantity = said.stock is not None or _QUANTITIES in (said.attributes or {})
    return Put(
        sku=said.sku,
        marketplace_id=marketplace_id,
        product_type=kind,
        attributes=attributes,
        requirements=requirements,
        keeps_quantity=before is not None and not says_quantity,
    )


def _begun(said: v1.PutListing, kind: str, marketplace_id: str, requirements: Requirements) -> Attributes:
    if said.price is None:
        message = f"SKU {said.sku!r} is not listed yet; say its price."
        raise InvalidInput(message)
    if said.title is None and said.asin is None:
        message = f"SKU {said.sku!r} is not listed yet; say its title, or the ASIN that it offers."
        raise InvalidInput(message)
    if product_type(kind) is None:
        message = f"There is no product type {kind}; `PRODUCT` takes everything, searchDefinitionsProductTypes has all."
        raise InvalidArgument(message)
    attributes = example_of(kind, marketplace_id, requirements)
    attributes.pop("main_product_image_locator", None)  # the market draws one
    if said.asin is not None:
        attributes["merchant_suggested_asin"] = [{"value": said.asin, "marketplace_id": marketplace_id}]
    _fulfill(attributes, marketplace_id, quantity=0, by_amazon=False)
    return attributes


def _say(attributes: Attributes, said: v1.PutListing, marketplace_id: str) -> None:
    """Put what the request says over what stands."""
    language = MARKETPLACES[marketplace_id].language
    for name, text in (("item_name", said.title), ("brand", said.brand)):
        if text is not None:
            attributes[name] = [{"value": text, "language_tag": language, "marketplace_id": marketplace_id}]
    if said.price is not None:
        _price(attributes, said, marketplace_id)
    is_amazons = _is_amazons(attributes) if said.is_amazon_fulfilled is None else said.is_amazon_fulfilled
    if said.stock is not None or said.is_amazon_fulfilled is not None:
        _fulfill(attributes, marketplace_id, quantity=said.stock, by_amazon=is_amazons)


def _price(attributes: Attributes, said: v1.PutListing, marketplace_id: str) -> None:
    """Set the regular price; what else the offer says, such as a sale, stays."""
    currency, price = MARKETPLACES[marketplace_id].currency, said.price
    minor_if_said("price", price, currency, least=1)
    value = price if price is None or exponent_of(currency) or price != price.to_integral_value() else int(price)
    offers = attributes.get("purchasable_offer") or [{"marketplace_id": marketplace_id, "currency": currency}]
    priced: Entry = {**offers[0], "our_price": [{"schedule": [{"value_with_tax": value}]}]}
    attributes["purchasable_offer"] = [priced, *offers[1:]]


def _fulfill(attributes: Attributes, marketplace_id: str, *, quantity: int | None, by_amazon: bool) -> None:
    own, amazons = channels_of(MARKETPLACES[marketplace_id])[:2]
    before = next(iter(attributes.get(_QUANTITIES, [])), {})
    entry: Entry = {**before, "fulfillment_channel_code": amazons if by_amazon else own}
    entry.pop("quantity", None)
    if by_amazon:
        entry.pop("lead_time_to_ship_max_days", None)
        for name, value in _PACKAGE.items():
            attributes.setdefault(name, [{**value[0], "marketplace_id": marketplace_id}])
    elif quantity is not None:
        entry["quantity"] = quantity
    attributes[_QUANTITIES] = [entry]


def _is_amazons(attributes: Attributes) -> bool:
    return any(str(entry.get("fulfillment_channel_code")) != "DEFAULT" for entry in attributes.get(_QUANTITIES, []))
