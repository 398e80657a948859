"""The most used SDK for Python, python-amazon-sp-api 2.1.35, as docs/other-sdks.md has it."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
import sp_api.auth.access_token_client
from sp_api.api import Sales
from sp_api.base import (
    Granularity,
    SellingApiForbiddenException,
    SellingApiNotFoundException,
    SellingApiRequestThrottledException,
)

SDK = "python-amazon-sp-api"
NOBODYS_ORDER = "902-0000000-0000000"

Guide = Callable[..., dict[str, Any]]
Advance = Callable[[str], object]

STORY = (
    "Connect",
    "Let market time pass instead of sleeping",
    "Place an order",
    "Read it, with its personal data",
    "Confirm its shipment",
)

pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")


@pytest.fixture(autouse=True)
def _sockets_left_open() -> Iterator[None]:
    """This SDK never closes the connections of its token client; here they end without a warning."""
    yield
    gc.collect()


def test_credentials_from_the_servers_own_file_open_the_door(guide: Guide, own_credentials_file: None) -> None:
    said = guide(SDK, "Connect")

    assert [(one["marketplace"]["id"], one["participation"]["isParticipating"]) for one in said["entered"]] == [
        ("A1AM78C64UM0Y8", True),
        ("A2EUQ1WTGCTBG2", True),
        ("A2Q3Y263D00KWC", True),
        ("ATVPDKIKX0DER", True),
    ]


def test_every_order_is_listed_once_to_the_last_page(
    guide: Guide,
    advance: Advance,
    orders_in_market: Callable[[], dict[str, int]],
    orders_built: int,
    now: Callable[[], datetime],
    few_calls_left: None,
) -> None:
    advance("PT3M")  # what other stories ordered is then old enough to be listed
    begun = now()

    listed = guide(SDK, "Connect", "Let market time pass instead of sleeping", "List every order")["orders"]

    assert now() > begun  # it was throttled on its way
    in_market = orders_in_market()
    assert len(listed) == len({order["AmazonOrderId"] for order in listed}) == sum(in_market.values()) >= orders_built
    assert {order["OrderStatus"] for order in listed} == in_market.keys()


def test_an_order_is_placed_read_and_shipped(guide: Guide, own_application: None) -> None:
    said = guide(SDK, *STORY)

    assert said["order"]["OrderStatus"] == "Unshipped"
    assert [item["QuantityOrdered"] for item in said["items"]] == [1]
    assert (said["shipped"]["OrderStatus"], said["shipped"]["NumberOfItemsShipped"]) == ("Shipped", 1)


def test_personal_data_comes_with_a_restricted_data_token_alone(guide: Guide, own_application: None) -> None:
    said = guide(SDK, *STORY[:-1])

    order, whole = said["order"], said["whole_order"]
    assert order["BuyerInfo"].keys().isdisjoint({"BuyerName", "BuyerEmail"})
    assert order["ShippingAddress"].keys() == {"City", "StateOrRegion", "PostalCode", "CountryCode"}
    assert whole["BuyerInfo"]["BuyerName"] == said["buyer"]["BuyerName"]
    assert whole["BuyerInfo"]["BuyerEmail"].endswith("@marketplace.amazon.com")
    assert whole["ShippingAddress"] == said["address"]
    assert whole["ShippingAddress"]["AddressLine1"]
    assert said["answer"].payload["expiresIn"] == 3600


def test_an_ordinary_token_shows_where_an_order_goes_but_not_to_whom(
    guide: Guide, place_order: Callable[[], str], own_application: None
) -> None:
    orders_api = guide(SDK, "Connect")["orders_api"]
    order_id = place_order()

    address = orders_api.get_order_address(order_id).payload["ShippingAddress"]
    buyer = orders_api.get_order_buyer_info(order_id).payload

    assert address.keys() == {"City", "StateOrRegion", "PostalCode", "CountryCode"}
    assert buyer == {"AmazonOrderId": order_id}


def test_what_is_not_there_is_an_exception_of_its_own(guide: Guide, own_application: None) -> None:
    said = guide(SDK, "Connect")

    with pytest.raises(SellingApiNotFoundException) as refusal:
        said["orders_api"].get_order(NOBODYS_ORDER)

    assert refusal.value.amzn_code == "NotFound"


def test_who_calls_too_often_is_throttled_until_the_clock_is_advanced(
    guide: Guide, advance: Advance, own_application: None
) -> None:
    said = guide(SDK, "Connect")  # calls once itself
    sellers = said["Sellers"](**said["connection"])
    for _ in range(14):
        sellers.get_marketplace_participation()

    with pytest.raises(SellingApiRequestThrottledException) as refusal:
        sellers.get_marketplace_participation()
    advance("PT63S")
    again = sellers.get_marketplace_participation()

    assert refusal.value.amzn_code == "QuotaExceeded"
    assert (len(again.payload), again.rate_limit) == (4, "0.016")


def test_an_hour_of_market_time_ends_a_token_that_the_sdk_believes_in(
    guide: Guide, advance: Advance, own_application: None
) -> None:
    said = guide(SDK, "Connect")
    advance("PT1H")

    with pytest.raises(SellingApiForbiddenException) as refusal:
        said["Sellers"](**said["connection"]).get_marketplace_participation()
    sp_api.auth.access_token_client.cache.clear()
    renewed = guide(SDK, "Connect")

    assert refusal.value.amzn_code == "Unauthorized"
    assert len(renewed["entered"]) == 4


def test_a_query_of_the_data_kiosk_is_run_and_its_rows_agree_with_the_metrics(
    guide: Guide, own_application: None
) -> None:
    said = guide(SDK, "Connect", "Let market time pass instead of sleeping", "Ask the Data Kiosk")

    assert said["told"]["processingStatus"] == "DONE"
    [row] = [json.loads(line) for line in said["lines"].splitlines()]
    assert row["startDate"] == "2026-10-01"
    metrics = said["patiently"](
        Sales(**said["connection"]).get_order_metrics,
        interval=("2026-10-01T00:00:00-07:00", "2026-11-01T00:00:00-07:00"),
        granularity=Granularity.TOTAL,
    ).payload
    assert row["sales"]["unitsOrdered"] == metrics[0]["unitCount"] > 100
    assert Decimal(str(row["sales"]["orderedProductSales"]["amount"])) == Decimal(metrics[0]["totalSales"]["amount"])
    assert row["traffic"]["sessions"] > metrics[0]["orderItemCount"]
