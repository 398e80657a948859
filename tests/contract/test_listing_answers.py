"""Answers about listings, held against Amazon's own documents of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import msgspec
import pytest
from shopkeeper import US, Shop, mug, offer

from sellingpartner.market.listings.enforcing import add_restriction, suppress
from sellingpartner.market.listings.restrictions import NewRestriction, RestrictionKind
from sellingpartner.testing import TestMarket

ITEMS, EARLIER, RESTRICTIONS = (
    "listingsItems_2021-08-01.json",
    "listingsItems_2020-09-01.json",
    "listingsRestrictions_2021-08-01.json",
)
NOW, BEFORE = "/listings/2021-08-01/items/{seller}", "/listings/2020-09-01/items/{seller}"
HERE = f"marketplaceIds={US}"
PUT = {"productType": "MUG", "attributes": {}}
PATCH = {
    "productType": "PRODUCT",
    "patches": [{"op": "replace", "path": "/attributes/purchasable_offer", "value": offer(9)}],
}
DATA = "summaries,attributes,issues,offers,fulfillmentAvailability,procurement,relationships,productTypes"


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    made = Shop(TestMarket())
    family = [{"child_relationship_type": "variation", "parent_sku": "FAMILY"}]
    level, theme = [{"value": "child"}], [{"name": "COLOR"}]
    made.listed("A/B", mug(parentage_level=level, variation_theme=theme, child_parent_sku_relationship=family))
    with made.market.market.write(made.seller.seller_id) as unit:
        suppress(unit, "A/B", US, "image_marked")
        add_restriction(unit, NewRestriction(kind=RestrictionKind.PRODUCT_TYPE, subject="TEA"))
    yield made
    made.market.close()


@pytest.mark.parametrize(
    ("form", "method", "target", "body", "status"),
    [
        ((ITEMS, "Item"), "GET", f"{NOW}/A%2FB?{HERE}&includedData={DATA}", None, 200),
        ((ITEMS, "Item"), "GET", f"{NOW}/MUG-BLUE?{HERE}", None, 200),
        ((ITEMS, "ErrorList"), "GET", f"{NOW}/NONE?{HERE}", None, 404),
        ((ITEMS, "ItemSearchResults"), "GET", f"{NOW}?{HERE}&pageSize=2&includedData={DATA}", None, 200),
        ((ITEMS, "ErrorList"), "GET", f"{NOW}?{HERE}&pageToken=x", None, 400),
        ((ITEMS, "ListingsItemSubmissionResponse"), "PUT", f"{NOW}/NEW?{HERE}", PUT, 200),
        ((ITEMS, "ListingsItemSubmissionResponse"), "PATCH", f"{NOW}/A%2FB?{HERE}", PATCH, 200),
        (
            (ITEMS, "ListingsItemSubmissionResponse"),
            "PATCH",
            f"{NOW}/A%2FB?{HERE}&mode=VALIDATION_PREVIEW&includedData=identifiers,issues",
            PATCH,
            200,
        ),
        ((ITEMS, "ListingsItemSubmissionResponse"), "DELETE", f"{NOW}/NONE?{HERE}", None, 200),
        ((EARLIER, "ListingsItemSubmissionResponse"), "PUT", f"{BEFORE}/NEW?{HERE}", PUT, 200),
        ((EARLIER, "ListingsItemSubmissionResponse"), "PATCH", f"{BEFORE}/A%2FB?{HERE}", PATCH, 200),
        ((EARLIER, "ListingsItemSubmissionResponse"), "DELETE", f"{BEFORE}/NONE?{HERE}", None, 200),
        (
            (RESTRICTIONS, "RestrictionList"),
            "GET",
            f"/listings/2021-08-01/restrictions?asin={{tea}}&sellerId={{seller}}&{HERE}",
            None,
            200,
        ),
    ],
)
def test_an_answer_has_the_form_of_amazons_document(
    shop: Shop,
    published: dict[str, Any],
    form: tuple[str, str],
    method: str,
    target: str,
    body: object,
    status: int,
) -> None:
    tea = (shop.get("TEA/50 G&B 100%").summaries or [])[0].asin
    sent = None if body is None else msgspec.json.encode(body)
    path = target.format(seller=shop.seller.seller_id, tea=tea)

    reply = shop.seller.call(method, path, headers={"content-type": "application/json"}, body=sent)

    document, answer = form
    assert reply.status == status
    schema = {"$ref": f"#/definitions/{answer}", "definitions": published[document]["definitions"]}
    jsonschema_rs.Draft7Validator(schema).validate(reply.json())
