from __future__ import annotations

from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.contract.orders_2026_01_01 import (
    FulfilledBy,
    FulfillmentStatus,
    IncludedData,
    SearchOrders,
    SearchOrdersResponse,
)
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.model import Canceler
from sellingpartner.testing import Caller, TestMarket

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
DE = BY_COUNTRY["DE"].marketplace_id


def found(seller: Caller, **wanted: Any) -> SearchOrdersResponse:  # noqa: ANN401 - fields of SearchOrders
    return seller.send(SearchOrders(**({"created_after": LONG_AGO} | wanted)))


def ids(seller: Caller, **wanted: Any) -> list[str]:  # noqa: ANN401 - fields of SearchOrders
    return [order.order_id for order in found(seller, **wanted).orders]


def test_an_order_is_found_after_two_minutes_and_the_list_says_until_when_it_goes(
    market: TestMarket, seller: Caller
) -> None:
    order_id = market.buys()
    market.advance(seconds=119)
    assert ids(seller) == []
    market.advance(seconds=1)

    by_purchase, by_update = found(seller), found(seller, created_after=None, last_updated_after=LONG_AGO)

    assert [order.order_id for order in by_purchase.orders] == [order_id]
    end = datetime(2026, 11, 2, 9, tzinfo=UTC)
    assert (by_purchase.created_before, by_purchase.last_updated_before, by_purchase.pagination) == (end, None, None)
    assert (by_update.created_before, by_update.last_updated_before) == (None, end)


def test_each_filter_leaves_what_it_names(market: TestMarket, seller: Caller) -> None:
    unpaid, plain, lamp, gone = market.buys(paid=False), market.buys(), market.buys("LAMP-OAK"), market.buys()
    with market.market.write(market.seller_account.seller_id) as unit:
        orders.cancel(unit, gone, by=Canceler.SELLER, reason="NoInventory")
    market.advance(minutes=5)

    assert ids(seller, fulfillment_statuses=[FulfillmentStatus.PENDING]) == [unpaid]
    assert ids(seller, fulfillment_statuses=[FulfillmentStatus.CANCELLED]) == [gone]
    assert set(ids(seller, fulfillment_statuses=[FulfillmentStatus.UNSHIPPED])) == {plain, lamp}
    assert ids(seller, fulfilled_by=[FulfilledBy.AMAZON]) == [lamp]
    assert set(ids(seller, marketplace_ids=[market.marketplace_id])) == {unpaid, plain, lamp, gone}
    assert ids(seller, created_after=market.now - timedelta(minutes=3)) == []
    assert len(ids(seller, created_before=market.now - timedelta(minutes=2))) == 4


def test_an_order_that_waits_for_its_invoice_is_found_as_shipped(market: TestMarket, seller: Caller) -> None:
    order_id = market.buys("LAMP-OAK", awaits_invoice=True)
    market.advance(days=2)

    assert ids(seller, fulfillment_statuses=[FulfillmentStatus.SHIPPED]) == [order_id]


def test_pages_hold_each_order_once_and_parts_and_size_may_change(market: TestMarket, seller: Caller) -> None:
    made = [market.buys() for _ in range(5)]
    market.advance(minutes=5)

    first = found(seller, max_results_per_page=2)
    assert first.pagination is not None
    token = first.pagination.next_token
    market.buys()
    market.advance(minutes=5)
    rest = found(seller, pagination_token=token, max_results_per_page=50, included_data=[IncludedData.BUYER])
    same = seller.send(SearchOrders(pagination_token=token))

    assert sorted(order.order_id for page in (first, rest) for order in page.orders) == sorted(made)
    assert [order.buyer is None for order in first.orders] == [True, True]
    assert [order.buyer is None for order in rest.orders] == [False] * 3
    assert (rest.pagination, rest.created_before) == (None, first.created_before)
    assert len(same.orders) == 2


def test_a_page_token_lives_for_a_day_and_goes_on_with_its_own_list_only(market: TestMarket, seller: Caller) -> None:
    market.buys()
    market.buys()
    market.advance(minutes=5)
    page = found(seller, max_results_per_page=1).pagination
    assert page is not None
    token = page.next_token or ""

    for changed in (
        {"created_after": LONG_AGO + timedelta(days=1)},
        {"last_updated_after": LONG_AGO},
        {"fulfillment_statuses": [FulfillmentStatus.SHIPPED]},
        {"fulfilled_by": [FulfilledBy.AMAZON]},
        {"marketplace_ids": [market.marketplace_id]},
    ):
        with pytest.raises(InvalidInput, match="is not that of the page before"):
            found(seller, pagination_token=token, **changed)
    with pytest.raises(InvalidInput, match="paginationToken is not valid"):
        found(seller, pagination_token=token[:-6] + "AAAAAA")
    with pytest.raises(InvalidInput, match="paginationToken is not valid"):
        found(market.caller(seller=market.join("Quiet Lamps")), pagination_token=token)
    market.advance(hours=23, minutes=59)
    assert len(ids(seller, pagination_token=token)) == 1
    market.advance(minutes=1)
    with pytest.raises(InvalidInput, match="older than 24 hours"):
        found(seller, pagination_token=token)


def test_a_page_token_of_the_other_version_is_none_of_this_one(market: TestMarket, seller: Caller) -> None:
    market.buys()
    market.buys()
    market.advance(minutes=5)
    older = f"/orders/v0/orders?MarketplaceIds={market.marketplace_id}&CreatedAfter=2026-01-01&MaxResultsPerPage=1"
    token = seller.call("GET", older).json()["payload"]["NextToken"]

    with pytest.raises(InvalidInput, match="paginationToken is not valid"):
        found(seller, pagination_token=token)
    assert b"Ada" not in urlsafe_b64decode(token)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"created_after": None}, "Exactly one of createdAfter and lastUpdatedAfter"),
        ({"last_updated_after": LONG_AGO}, "Exactly one of createdAfter and lastUpdatedAfter"),
        ({"last_updated_before": LONG_AGO}, "lastUpdatedBefore cannot be given with createdAfter"),
        (
            {"created_after": None, "last_updated_after": LONG_AGO, "created_before": LONG_AGO},
            "createdBefore cannot be given with lastUpdatedAfter",
        ),
        ({"created_before": LONG_AGO - timedelta(days=1)}, "createdBefore must not be before createdAfter"),
        ({"created_before": datetime(2026, 11, 2, 8, 58, 1, tzinfo=UTC)}, "The input you have submitted is not valid"),
        ({"max_results_per_page": 0}, "maxResultsPerPage is 0; it must be 1 to 100"),
        ({"max_results_per_page": 101}, "maxResultsPerPage is 101; it must be 1 to 100"),
        ({"marketplace_ids": [DE]}, "A1PA6795UKMFR9 is not a marketplace of this seller"),
    ],
)
def test_a_list_that_contradicts_itself_is_refused(seller: Caller, asked: dict[str, Any], message: str) -> None:
    with pytest.raises((InvalidInput, NotFound), match=message):
        found(seller, **asked)
