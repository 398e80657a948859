from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sellingpartner.contract import fba_inventory_v1 as v1
from sellingpartner.contract.errors import InvalidInput, NotFound, Unauthorized
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.contract.operation import Request
from sellingpartner.market.inventory.commands import adjust, receive_many
from sellingpartner.market.inventory.model import Condition, Place
from sellingpartner.market.market import Market
from sellingpartner.market.sandbox import SANDBOX
from sellingpartner.testing import Caller, TestMarket

US = BY_COUNTRY["US"].marketplace_id
LAMP = "LAMP-OAK"


def asking(**more: object) -> v1.GetInventorySummaries:
    said: dict[str, Any] = {"granularity_type": v1.GranularityType.MARKETPLACE, "granularity_id": US}
    return v1.GetInventorySummaries(**said | {"marketplace_ids": [US]} | more)


def rows(seller: Caller, **more: object) -> list[v1.InventorySummary]:
    answer = seller.send(asking(**more)).payload
    assert isinstance(answer, v1.GetInventorySummariesResult)
    return answer.inventory_summaries


def hold(market: TestMarket, condition: Condition, quantity: int, sku: str = LAMP) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        adjust(unit, sku, Place.FBA, on_hand=quantity, condition=condition, reference="test")


@pytest.fixture
def sandbox(market: TestMarket) -> Caller:
    market.market.remember(SANDBOX, "yes")
    return market.seller


def test_what_lies_at_amazon_is_shown_and_nothing_else(market: TestMarket) -> None:
    (row,) = rows(market.seller)

    assert (row.seller_sku, row.total_quantity, row.condition, row.product_name) == (
        LAMP,
        100,
        "NewItem",
        "Oak Desk Lamp",
    )
    assert row.fn_sku is not None
    assert row.inventory_details is None


def test_every_quantity_has_its_place_and_the_total_is_their_sum(market: TestMarket) -> None:
    market.buys(LAMP, 3, paid=False)
    for quantity, condition in enumerate((one for one in Condition if one != Condition.SELLABLE), start=1):
        hold(market, condition, quantity)

    (row,) = rows(market.seller, details=True, seller_sku=LAMP)

    details = row.inventory_details
    assert details is not None
    assert details.reserved_quantity == v1.ReservedQuantity(
        total_reserved_quantity=3 + 10 + 11,
        pending_customer_order_quantity=3,
        pending_transshipment_quantity=10,
        fc_processing_quantity=11,
    )
    assert details.fulfillable_quantity == 97
    assert (details.inbound_working_quantity, details.inbound_shipped_quantity) == (7, 8)
    assert details.inbound_receiving_quantity == 9
    assert details.unfulfillable_quantity == v1.UnfulfillableQuantity(
        total_unfulfillable_quantity=21,
        customer_damaged_quantity=1,
        warehouse_damaged_quantity=2,
        distributor_damaged_quantity=3,
        carrier_damaged_quantity=4,
        defective_quantity=5,
        expired_quantity=6,
    )
    assert details.researching_quantity is not None
    assert details.researching_quantity.total_researching_quantity == 12 + 13 + 14
    assert row.total_quantity == 100 + sum(range(1, 15))


def test_a_sku_counts_as_changed_when_its_units_move_but_not_when_more_are_announced(market: TestMarket) -> None:
    market.advance(hours=1)
    since = market.now
    hold(market, Condition.INBOUND_SHIPPED, 5)
    assert rows(market.seller, start_date_time=since) == []

    market.advance(minutes=1)
    market.buys(LAMP)

    (row,) = rows(market.seller, start_date_time=since, seller_skus=["MUG-BLUE"])
    assert (row.seller_sku, row.last_updated_time) == (LAMP, market.now)


def test_a_page_token_lives_for_thirty_seconds_and_for_its_own_list(sandbox: Caller, market: TestMarket) -> None:
    for number in range(51):
        sandbox.send(v1.CreateInventoryItem(seller_sku=f"S{number:02}", marketplace_id=US, product_name="Thing"))

    first = sandbox.send(asking())
    assert first.pagination is not None
    token = first.pagination.next_token
    rest = sandbox.send(asking(next_token=token))

    assert isinstance(first.payload, v1.GetInventorySummariesResult)
    assert isinstance(rest.payload, v1.GetInventorySummariesResult)
    seen = [one.seller_sku for page in (first.payload, rest.payload) for one in page.inventory_summaries]
    assert seen == sorted([LAMP, *(f"S{number:02}" for number in range(51))])
    assert rest.pagination is None
    with pytest.raises(InvalidInput, match="with the same filters"):
        sandbox.send(asking(next_token=token, seller_sku=LAMP))
    market.advance(seconds=31)
    with pytest.raises(InvalidInput, match="expired"):
        sandbox.send(asking(next_token=token))


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"granularity_id": "A2EUQ1WTGCTBG2"}, "granularityId is 'A2EUQ1WTGCTBG2'"),
        ({"marketplace_ids": ["A2EUQ1WTGCTBG2"]}, "is not a marketplace of this seller"),
        ({"marketplace_ids": []}, "marketplaceIds"),
        ({"seller_skus": [str(number) for number in range(51)]}, "sellerSkus"),
        ({"next_token": "x"}, "nextToken is not valid"),
    ],
)
def test_a_wrong_question_is_refused(seller: Caller, said: dict[str, Any], reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason):
        seller.send(asking(**said))


def test_changes_can_be_asked_for_eighteen_months_back(market: TestMarket) -> None:
    with pytest.raises(InvalidInput, match="18 months"):
        rows(market.seller, start_date_time=market.now - timedelta(days=600))
    assert len(rows(market.seller, start_date_time=market.now - timedelta(days=500))) == 1


def test_a_seller_without_anything_at_amazon_is_told_that_the_request_is_invalid(market: TestMarket) -> None:
    newcomer = market.caller(seller=market.join("Quay Goods"))

    with pytest.raises(InvalidInput, match=r"Invalid request, please check your input\."):
        rows(newcomer)
    assert rows(newcomer, seller_sku="NONE") == []


@pytest.mark.parametrize(
    "request_",
    [
        v1.CreateInventoryItem(seller_sku="NEW", marketplace_id=US, product_name="Thing"),
        v1.DeleteInventoryItem(seller_sku=LAMP, marketplace_id=US),
        v1.AddInventory(
            idempotency_token="1", inventory_items=[v1.InventoryItem(seller_sku=LAMP, marketplace_id=US, quantity=1)]
        ),
    ],
)
def test_items_are_made_up_in_a_sandbox_alone(seller: Caller, request_: Request[object]) -> None:
    with pytest.raises(Unauthorized):
        seller.send(request_)
    assert [row.total_quantity for row in rows(seller)] == [100]


def test_an_item_of_a_sandbox_is_made_filled_bought_and_deleted_when_empty(sandbox: Caller, market: TestMarket) -> None:
    made = v1.CreateInventoryItem(seller_sku="A/B", marketplace_id=US, product_name="Thing")
    gone = v1.DeleteInventoryItem(seller_sku="A/B", marketplace_id=US)
    added = v1.AddInventory(
        idempotency_token="t", inventory_items=[v1.InventoryItem(seller_sku="A/B", marketplace_id=US, quantity=2)]
    )
    sandbox.send(made)
    with pytest.raises(InvalidInput, match="exists already"):
        sandbox.send(made)
    sandbox.send(added)
    sandbox.send(added)
    market.buys("A/B", 2)

    (row,) = rows(sandbox, seller_sku="A/B", details=True)
    assert row.inventory_details is not None
    assert (row.total_quantity, row.inventory_details.fulfillable_quantity) == (2, 0)
    with pytest.raises(InvalidInput, match="still has 2 units"):
        sandbox.send(gone)
    market.advance(days=5)
    sandbox.send(gone)

    assert rows(sandbox, seller_sku="A/B") == []
    with pytest.raises(NotFound):
        sandbox.send(gone)


@pytest.mark.parametrize(
    "said",
    [
        {"inventory_items": []},
        {"inventory_items": [v1.InventoryItem(seller_sku=LAMP, marketplace_id=US, quantity=0)]},
        {"inventory_items": [v1.InventoryItem(seller_sku=LAMP, marketplace_id=US, quantity=2**40)]},
        {"idempotency_token": "x" * 101},
    ],
)
def test_wrong_units_are_refused(sandbox: Caller, said: dict[str, Any]) -> None:
    right: dict[str, Any] = {
        "idempotency_token": "1",
        "inventory_items": [v1.InventoryItem(seller_sku=LAMP, marketplace_id=US, quantity=1)],
    }
    with pytest.raises(InvalidInput):
        sandbox.send(v1.AddInventory(**right | said))
    assert rows(sandbox, seller_sku=LAMP)[0].total_quantity == 100


def test_a_market_opened_as_a_sandbox_stays_one(database_url: str) -> None:
    Market.open(database_url, is_sandbox=True).close()
    market = Market.open(database_url)

    assert market.known(SANDBOX) == "yes"
    market.close()


def test_what_lies_at_amazon_is_found_on_both_databases(database_url: str) -> None:
    market = TestMarket(database_url)
    with market.market.write(market.seller_account.seller_id) as unit:
        receive_many(unit, [(LAMP, 1)], Place.FBA, reference="x", condition=Condition.DEFECTIVE)

    assert [row.total_quantity for row in rows(market.seller, start_date_time=market.now - timedelta(1))] == [101]
    market.close()
