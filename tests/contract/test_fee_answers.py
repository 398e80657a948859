"""Answers about fees, held against Amazon's own document of them."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import msgspec
import pytest

from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import US

FEES, ELIGIBILITY = "productFeesV0.json", "fbaInbound.json"
ASKED = {
    "MarketplaceId": US,
    "IsAmazonFulfilled": False,
    "PriceToEstimateFees": {
        "ListingPrice": {"CurrencyCode": "USD", "Amount": 10},
        "Shipping": {"CurrencyCode": "USD", "Amount": 10},
        "Points": {"PointsNumber": 0, "PointsMonetaryValue": {"CurrencyCode": "USD", "Amount": 0}},
    },
    "Identifier": "first",
}
FULFILLED = ASKED | {"IsAmazonFulfilled": True, "OptionalFulfillmentProgram": "FBA_CORE"}
BATCH = [
    {"FeesEstimateRequest": about, "IdType": "SellerSKU", "IdValue": sku}
    for about, sku in ((ASKED, "MUG-BLUE"), (FULFILLED, "MUG-BLUE"), (ASKED, "NO-SUCH"))
]
PREVIEW = "/fba/inbound/v1/eligibility/itemPreview?asin=B000000000&program=INBOUND&marketplaceIds="


@pytest.mark.parametrize(
    ("document", "answer", "target", "body", "status"),
    [
        (FEES, "GetMyFeesEstimatesResponse", "/products/fees/v0/feesEstimate", BATCH, 200),
        (FEES, "GetMyFeesEstimatesErrorList", "/products/fees/v0/feesEstimate", [], 400),
        (
            FEES,
            "GetMyFeesEstimateResponse",
            "/products/fees/v0/listings/MUG-BLUE/feesEstimate",
            {"FeesEstimateRequest": ASKED},
            200,
        ),
        (FEES, "GetMyFeesEstimateResponse", "/products/fees/v0/items/B000000000/feesEstimate", {}, 400),
        (ELIGIBILITY, "GetItemEligibilityPreviewResponse", PREVIEW + US, None, 200),
        (ELIGIBILITY, "GetItemEligibilityPreviewResponse", PREVIEW + "NOWHERE", None, 400),
    ],
)
def test_an_answer_has_the_form_of_amazons_document(
    market: TestMarket, published: dict[str, Any], document: str, answer: str, target: str, body: object, status: int
) -> None:
    sent = None if body is None else msgspec.json.encode(body)
    reply = market.seller.call(
        "GET" if body is None else "POST", target, headers={"content-type": "application/json"}, body=sent
    )

    assert reply.status == status
    schema = {"$ref": f"#/definitions/{answer}", "definitions": published[document]["definitions"]}
    jsonschema_rs.Draft7Validator(schema).validate(reply.json())
