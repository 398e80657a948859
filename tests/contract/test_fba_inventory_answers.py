"""What FBA Inventory answers, held against Amazon's own document."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from modeled import check_form

from sellingpartner.market.sandbox import SANDBOX
from sellingpartner.testing import TestMarket

US = "ATVPDKIKX0DER"
SUMMARIES = f"/fba/inventory/v1/summaries?granularityType=Marketplace&granularityId={US}&marketplaceIds={US}"
ITEM = b'{"sellerSku":"A","marketplaceId":"ATVPDKIKX0DER","productName":"Thing"}'
UNITS = b'{"inventoryItems":[{"sellerSku":"LAMP-OAK","marketplaceId":"ATVPDKIKX0DER","quantity":1}]}'


@pytest.fixture(scope="module")
def sandbox() -> Iterator[TestMarket]:
    made = TestMarket()
    made.market.remember(SANDBOX, "yes")
    yield made
    made.close()


@pytest.mark.parametrize(
    ("definition", "method", "target", "body", "status"),
    [
        ("GetInventorySummariesResponse", "GET", f"{SUMMARIES}&details=true", None, 200),
        ("GetInventorySummariesResponse", "GET", SUMMARIES, None, 200),
        ("GetInventorySummariesResponse", "GET", f"{SUMMARIES}&nextToken=x", None, 400),
        ("GetInventorySummariesResponse", "GET", f"{SUMMARIES}&startDateTime=yesterday", None, 400),
        ("CreateInventoryItemResponse", "POST", "/fba/inventory/v1/items", ITEM, 200),
        ("AddInventoryResponse", "POST", "/fba/inventory/v1/items/inventory", UNITS, 200),
        ("DeleteInventoryItemResponse", "DELETE", f"/fba/inventory/v1/items/NONE?marketplaceId={US}", None, 404),
    ],
)
def test_an_answer_has_the_form_of_amazons_document(
    sandbox: TestMarket, definition: str, method: str, target: str, body: bytes | None, status: int
) -> None:
    headers = {"content-type": "application/json", "x-amzn-idempotency-token": "1"}

    reply = sandbox.seller.call(method, target, headers=headers, body=body)

    assert reply.status == status
    check_form(reply.json(), "fbaInventory.json", definition)
