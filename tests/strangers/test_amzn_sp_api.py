"""Amazon's own SDK for Python, amzn-sp-api 1.13.0, as docs/other-sdks.md has it.

It is imported by the guide alone: importing it sets up the root logger, which other tests need not suffer.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

SDK = "amzn-sp-api"
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


def test_credentials_from_the_servers_own_file_open_the_door(guide: Guide, own_credentials_file: None) -> None:
    said = guide(SDK, "Connect")

    assert [(one.marketplace.id, one.participation.is_participating) for one in said["entered"]] == [
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
    assert len(listed) == len({order.amazon_order_id for order in listed}) == sum(in_market.values()) >= orders_built
    assert {order.order_status for order in listed} == in_market.keys()


def test_an_order_is_placed_read_and_shipped(guide: Guide, own_application: None) -> None:
    said = guide(SDK, *STORY)

    assert said["order"].order_status == "Unshipped"
    assert [item.quantity_ordered for item in said["items"]] == [1]
    assert (said["shipped"].order_status, said["shipped"].number_of_items_shipped) == ("Shipped", 1)


def test_personal_data_comes_with_a_restricted_data_token_alone(guide: Guide, own_application: None) -> None:
    said = guide(SDK, *STORY[:-1])

    order, whole = said["order"], said["whole_order"]
    assert order.buyer_info.buyer_name is None
    assert (order.shipping_address.name, order.shipping_address.address_line1) == (None, None)
    assert whole.buyer_info.buyer_name == said["buyer"].buyer_name
    assert whole.buyer_info.buyer_email.endswith("@marketplace.amazon.com")
    assert whole.shipping_address == said["address"]
    assert whole.shipping_address.address_line1
    assert said["answer"].expires_in == 3600


def test_an_ordinary_token_shows_where_an_order_goes_but_not_to_whom(
    guide: Guide, place_order: Callable[[], str], own_application: None
) -> None:
    orders_api = guide(SDK, "Connect")["orders_api"]
    order_id = place_order()

    address = orders_api.get_order_address(order_id).payload.shipping_address
    buyer = orders_api.get_order_buyer_info(order_id).payload

    assert address.country_code == "US"
    assert (address.name, address.address_line1, address.phone) == (None, None, None)
    assert (buyer.buyer_name, buyer.buyer_email) == (None, None)


def test_what_is_not_there_is_an_exception_with_amazons_error(guide: Guide, own_application: None) -> None:
    said = guide(SDK, "Connect")

    with pytest.raises(said["ApiException"]) as refusal:
        said["orders_api"].get_order(NOBODYS_ORDER)

    assert refusal.value.status == 404
    assert code_of(refusal.value.body) == "NotFound"


def test_who_calls_too_often_is_throttled_until_the_clock_is_advanced(
    guide: Guide, advance: Advance, own_application: None
) -> None:
    said = guide(SDK, "Connect")  # calls once itself
    sellers = said["SellersApi"](said["client"])
    for _ in range(14):
        sellers.get_marketplace_participations()

    with pytest.raises(said["ApiException"]) as refusal:
        sellers.get_marketplace_participations()
    advance("PT63S")
    again = sellers.get_marketplace_participations()

    assert refusal.value.status == 429
    assert code_of(refusal.value.body) == "QuotaExceeded"
    assert len(again.payload) == 4


def test_an_hour_of_market_time_ends_a_token_that_the_sdk_believes_in(
    guide: Guide, advance: Advance, own_application: None
) -> None:
    said = guide(SDK, "Connect")
    advance("PT1H")

    with pytest.raises(said["ApiException"]) as refusal:
        said["SellersApi"](said["client"]).get_marketplace_participations()
    renewed = guide(SDK, "Connect")

    assert (refusal.value.status, code_of(refusal.value.body)) == (403, "Unauthorized")
    assert len(renewed["entered"]) == 4


def test_the_rate_limit_is_told_in_a_header(guide: Guide, own_application: None) -> None:
    said = guide(SDK, "Connect")

    _, status, headers = said["SellersApi"](said["client"]).get_account_with_http_info(_return_http_data_only=False)

    assert (status, headers["x-amzn-RateLimit-Limit"]) == (200, "0.016")
    assert headers["x-amzn-RequestId"]


def code_of(body: str) -> str:
    [error] = json.loads(body)["errors"]
    code: str = error["code"]
    return code
