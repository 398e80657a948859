"""External Fulfillment: what lies at stores is read and said, one request beside another."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from modeled import check_form
from storekeeper import MUG, ordered, shipments_in

from sellingpartner.contract import external_fulfillment_inventory_2024_09_11 as api
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.contract.orders_v0 import GetOrder
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.supply.questions import stock_at
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import TestMarket as Whole

DEFAULT = "DEFAULT"


@pytest.fixture
def store(market: TestMarket) -> str:
    return market.opens_store("QUAY", {MUG: 10})


def request(what: str, location_id: str, sku: str = MUG, **said: Any) -> api.InventoryRequest:  # noqa: ANN401
    return api.InventoryRequest(
        uri=f"/inventory/{what}?locationId={location_id}&skuId={sku}",
        method=api.HttpMethod.POST,
        body=api.InventoryRequestParams(**said),
    )


def sent(market: TestMarket, *requests: api.InventoryRequest) -> list[api.InventoryResponse]:
    return market.seller.send(api.BatchInventory(requests=list(requests))).responses or []


def code(answer: api.InventoryResponse) -> int:
    assert answer.status.status_code is not None
    return answer.status.status_code


def errors(answer: api.InventoryResponse) -> list[tuple[str | None, str | None]]:
    return [(one.error_type, one.error_sub_type) for one in answer.body.actionable_errors or []]


def test_a_batch_says_and_reads_quantities_and_a_refused_one_leaves_the_others(market: TestMarket, store: str) -> None:
    ordered(market, 3, from_store="QUAY")

    said, unknown, read = sent(
        market,
        request("update", store, quantity=20, client_sequence_number=7),
        request("fetch", store, "NO-SUCH"),
        request("fetch", store),
    )

    assert (code(said), said.body.sellable_quantity, said.body.reserved_quantity) == (200, 20, 3)
    assert (said.body.client_sequence_number, read.body.client_sequence_number) == (7, 7)
    assert (read.body.sellable_quantity, read.body.location_id, read.body.sku_id) == (20, store, MUG)
    assert (code(unknown), errors(unknown)[0][0]) == (400, "INVALID_SKU")
    with market.market.read(market.seller.seller_id) as unit:
        held = stock_at(unit, store, MUG)
    assert (held.on_hand, held.reserved) == (23, 3)


def test_an_update_that_comes_late_changes_nothing(market: TestMarket, store: str) -> None:
    sent(market, request("update", store, quantity=8, client_sequence_number=5))

    same, older = sent(
        market,
        request("update", store, quantity=1, client_sequence_number=5),
        request("update", store, quantity=2, client_sequence_number=4),
    )
    [read] = sent(market, request("fetch", store))
    [newer] = sent(market, request("update", store, quantity=3, client_sequence_number=6))
    [unnumbered] = sent(market, request("update", store, quantity=4))

    assert [code(one) for one in (same, older, newer, unnumbered)] == [409, 409, 200, 200]
    assert errors(older)[0][0] == "DuplicateRequest"
    assert (read.body.sellable_quantity, read.body.client_sequence_number) == (8, 5)
    assert (unnumbered.body.sellable_quantity, unnumbered.body.client_sequence_number) == (4, 6)


def test_what_lies_at_no_store_is_the_default_location(market: TestMarket, store: str) -> None:
    [before] = sent(market, request("fetch", DEFAULT))

    [said] = sent(market, request("update", DEFAULT, quantity=2))

    assert before.body.sellable_quantity is not None
    assert (code(said), said.body.sellable_quantity) == (200, 2)
    with market.market.read(market.seller.seller_id) as unit:
        assert stock_of(unit, MUG, Place.SELLER).available == 12
        assert stock_at(unit, store, MUG).available == 10


def test_a_unit_that_is_said_to_be_there_is_sold_from_there(market: TestMarket, store: str) -> None:
    sent(market, request("update", DEFAULT, quantity=0), request("update", store, quantity=1))

    order_id = market.buys(MUG)

    [one] = shipments_in(market, "CREATED")
    assert (one.location_id, one.shipment_info.buyer_order_id) == (store, order_id)
    assert market.seller.send(GetOrder(order_id=order_id)).payload.order_status == "Unshipped"
    [left] = sent(market, request("fetch", store))
    assert (left.body.sellable_quantity, left.body.reserved_quantity) == (0, 1)


@pytest.mark.parametrize(
    ("uri", "said", "status"),
    [
        ("/inventory/update?locationId={store}&skuId=MUG-BLUE", {"quantity": -1}, 400),
        ("/inventory/update?locationId={store}&skuId=MUG-BLUE", {"quantity": 10**12}, 400),
        ("/inventory/update?locationId={store}&skuId=MUG-BLUE", {}, 400),
        ("/inventory/update?locationId={store}&skuId=MUG-BLUE", {"quantity": 1, "client_sequence_number": -1}, 400),
        ("/inventory/update?locationId=nowhere&skuId=MUG-BLUE", {"quantity": 1}, 404),
        ("/inventory/update?skuId=MUG-BLUE", {"quantity": 1}, 400),
        ("/inventory/update?locationId={store}", {"quantity": 1}, 400),
        ("/inventory/delete?locationId={store}&skuId=MUG-BLUE", {"quantity": 1}, 400),
        ("http://[", {"quantity": 1}, 400),
        (
            "/inventory/update?locationId={store}&skuId=MUG-BLUE",
            {"quantity": 1, "marketplace_attributes": api.MarketplaceAttributes(channel_name=api.ChannelName.FBA)},
            400,
        ),
        (
            "/inventory/update?locationId={store}&skuId=MUG-BLUE",
            {
                "quantity": 1,
                "marketplace_attributes": api.MarketplaceAttributes(marketplace_id=BY_COUNTRY["JP"].marketplace_id),
            },
            400,
        ),
    ],
)
def test_what_cannot_be_is_refused_by_itself_and_changes_nothing(
    market: TestMarket, store: str, uri: str, said: dict[str, Any], status: int
) -> None:
    bad = api.InventoryRequest(
        uri=uri.format(store=store), method=api.HttpMethod.POST, body=api.InventoryRequestParams(**said)
    )

    refused, read = sent(market, bad, request("fetch", store))

    assert code(refused) == status
    assert errors(refused)
    assert (code(read), read.body.sellable_quantity) == (200, 10)


def test_a_batch_has_one_to_ten_requests(market: TestMarket, store: str) -> None:
    with pytest.raises(InvalidInput):
        market.seller.send(api.BatchInventory())
    with pytest.raises(InvalidInput):
        sent(market, *[request("fetch", store)] * 11)

    assert len(sent(market, *[request("fetch", store)] * 10)) == 10


def test_another_sellers_store_is_not_there(market: TestMarket, store: str) -> None:
    other = market.caller(seller=market.join("Rival & Co"))

    [answer] = other.send(api.BatchInventory(requests=[request("update", store, quantity=1)])).responses or []

    assert code(answer) == 404
    [mine] = sent(market, request("fetch", store))
    assert mine.body.sellable_quantity == 10


def test_the_answer_has_the_published_form(market: TestMarket, store: str) -> None:
    body = b'{"requests": [{"uri": "/inventory/fetch?locationId=%s&skuId=MUG-BLUE", "method": "POST"}]}'
    answer = market.seller.call(
        "POST",
        "/externalFulfillment/inventory/2024-09-11/inventories",
        body=body % store.encode(),
        headers={"content-type": "application/json"},
    )

    assert answer.status == 207
    check_form(answer.json(), "externalFulfillmentInventory_2024-09-11.json", "BatchInventoryResponse")


def test_of_updates_at_once_the_highest_number_stays(database_url: str) -> None:
    market = Whole(database_url)
    store = market.opens_store("QUAY", {MUG: 10})
    callers = [market.caller() for _ in range(4)]

    def update(number: int) -> None:
        said = request("update", store, quantity=number, client_sequence_number=number)
        callers[number % 4].send(api.BatchInventory(requests=[said]))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(update, range(1, 13)))

    [read] = sent(market, request("fetch", store))
    assert (read.body.sellable_quantity, read.body.client_sequence_number) == (12, 12)
    market.close()
