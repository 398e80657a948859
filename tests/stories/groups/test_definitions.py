"""Definitions: a product type is found, its schema fetched, and what is right by it is listed and sold."""

from __future__ import annotations

from urllib.parse import urlsplit

import jsonschema_rs
from shopkeeper import mug, stock

from sellingpartner import SellingPartner
from sellingpartner.testing import TestMarket


def test_what_is_right_by_the_schema_is_listed_and_sold(market: TestMarket, client: SellingPartner) -> None:
    here = [market.marketplace_id]
    types = client.product_type_definitions.search_definitions_product_types(marketplace_ids=here, keywords=["mug"])

    assert "MUG" in [one.name for one in types.product_types]
    definition = client.product_type_definitions.get_definitions_product_type(product_type="MUG", marketplace_ids=here)
    link = urlsplit(definition.schema.link.resource)
    schema = market.anybody().call("GET", f"{link.path}?{link.query}").json()
    attributes = mug(fulfillment_availability=stock(3))
    rules = {name: value for name, value in schema.items() if name not in {"$schema", "$id"}}
    jsonschema_rs.Draft201909Validator(rules).validate(
        attributes | {"externally_assigned_product_identifier": [{"type": "ean", "value": "4006381333931"}]}
    )
    put = client.listings_items.put_listings_item(
        seller_id=market.seller.seller_id,
        sku="BY-THE-SCHEMA",
        marketplace_ids=here,
        product_type="MUG",
        attributes=attributes,
    )
    market.advance(seconds=31)
    assert (put.status, put.issues or []) == ("ACCEPTED", [])
    assert market.buys("BY-THE-SCHEMA")
