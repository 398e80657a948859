"""JSON_LISTINGS_FEED: the same commands as Listings Items, message by message."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from feed_writer import listings, quantity

from sellingpartner.contract.listings_items_2021_08_01 import GetListingsItem, GetListingsItemIncludedData
from sellingpartner.market.events.listings import ListingChanged, ListingStatusChanged
from sellingpartner.market.listings.questions import listing_of
from sellingpartner.testing import TestMarket
from sellingpartner.testing.feeding import FeedTold
from sellingpartner.testing.world import US

FEED = "JSON_LISTINGS_FEED"
SCHEMA = (
    Path(__file__).parents[4] / "shared" / "models" / "schemas" / "feeds"
) / "listings-feed-processing-report-schema-v2.json"


def available(market: TestMarket, sku: str) -> int | None:
    item = market.seller.send(
        GetListingsItem(
            seller_id=market.seller.seller_id,
            sku=sku,
            marketplace_ids=[US],
            included_data=[GetListingsItemIncludedData.FULFILLMENT_AVAILABILITY],
        )
    )
    (entry,) = item.fulfillment_availability or []
    return entry.quantity


def price(value: float, sku: str = "MUG-BLUE") -> dict[str, Any]:
    offer = {"marketplace_id": US, "currency": "USD", "our_price": [{"schedule": [{"value_with_tax": value}]}]}
    return {
        "sku": sku,
        "operationType": "PARTIAL_UPDATE",
        "productType": "PRODUCT",
        "attributes": {"purchasable_offer": [offer]},
    }


def test_one_wrong_message_of_a_thousand_is_taken_back_alone(market: TestMarket) -> None:
    for number in range(5):
        market.lists(f"MUG-{number}", stock=1)
    messages = [quantity(f"MUG-{number % 5}", 10 + number) for number in range(1_000)]
    messages[500]["patches"][0]["value"] = [{"fulfillment_channel_code": "DEFAULT", "quantity": -4}]

    told = market.feed(FEED, listings(market, *messages))

    assert (told.status, told.counts) == ("DONE", (1_000, 999, 1))
    assert {number for number, _, _ in told.found} == {501}
    assert [available(market, f"MUG-{number}") for number in range(5)] == [1005, 1006, 1007, 1008, 1009]


def test_listings_are_put_changed_and_deleted(market: TestMarket) -> None:
    market.lists("MUG-BLUE")
    market.lists("MUG-RED")

    told = market.feed(
        FEED,
        listings(market, price(7.5), {"sku": "MUG-RED", "operationType": "DELETE"}, quantity("MUG-BLUE", 6)),
    )

    assert (told.counts, told.found) == ((3, 3, 0), [])
    changed = [(one.sku, one.change) for one in market.facts(ListingChanged)]
    assert ("MUG-RED", "DELETED") in changed
    assert available(market, "MUG-BLUE") == 6
    assert (
        market.seller.call(
            "GET", f"/listings/2021-08-01/items/{market.seller.seller_id}/MUG-RED?marketplaceIds={US}"
        ).status
        == 404
    )


def test_many_messages_ask_together_for_what_they_change(market: TestMarket) -> None:
    skus = [f"MUG-{number}" for number in range(20)]
    for sku in skus:
        market.lists(sku, stock=1)
    said: list[str] = []
    with market.market.read() as unit:
        driver: Any = unit.connection.connection.driver_connection
    driver.set_trace_callback(said.append)

    told = market.feed(FEED, listings(market, *[quantity(sku, 9) for sku in skus]))

    driver.set_trace_callback(None)
    assert told.counts == (20, 20, 0)
    asked = Counter(found[1] for one in said if (found := re.match(r"SELECT .*?\sFROM (\w+)", one, re.DOTALL)))
    assert [asked[name] for name in ("listings", "stocks", "offers", "supply_sources")] == [1, 1, 1, 1]
    assert sum(one.startswith("INSERT INTO listings") for one in said) == len(skus)


def test_a_quantity_for_two_marketplaces_makes_a_listing_of_each_buyable_once() -> None:
    with TestMarket(marketplaces=("US", "CA")) as both:
        here, there = both.marketplace_id, "A2EUQ1WTGCTBG2"
        both.lists("CUP", stock=0)
        both.lists("CUP", stock=0, marketplace_id=there)

        told = both.feed(FEED, listings(both, quantity("CUP", 9)), marketplace_ids=[here, there])

        assert told.counts == (1, 1, 0)
        buyable = [one for one in both.facts(ListingStatusChanged, sku="CUP") if "BUYABLE" in one.status]
        assert sorted(one.marketplace_id for one in buyable) == sorted([here, there])


def test_an_invalid_message_names_what_is_wrong_as_the_operation_does(market: TestMarket) -> None:
    attributes = {"item_name": [{"value": "A mug", "marketplace_id": US}]}
    message = {"sku": "NEW", "operationType": "UPDATE", "productType": "DRINKING_CUP", "attributes": attributes}

    told = market.feed(FEED, listings(market, message, issueLocale="de_DE"))
    put = market.seller.call(
        "PUT",
        f"/listings/2021-08-01/items/{market.seller.seller_id}/NEW?marketplaceIds={US}&issueLocale=de_DE",
        headers={"content-type": "application/json"},
        body=json.dumps({"productType": "DRINKING_CUP", "attributes": attributes}).encode(),
    ).json()

    assert put["status"] == "INVALID"
    assert [(one["code"], one["message"]) for one in put["issues"]] == [(code, text) for _, code, text in told.found]
    assert told.counts == (1, 0, 1)
    assert market.facts(ListingChanged, sku="NEW") == []


def test_a_header_that_is_none_stops_all_of_it(market: TestMarket) -> None:
    market.lists("CUP", stock=4)
    message = quantity("CUP", 9)
    good = listings(market, message)
    wrong: list[tuple[Any, str, str]] = [
        ({"messages": good["messages"]}, "4002005", "Attribute 'header' is required, but not present."),
        ({**good, "header": {"version": "2.0"}}, "4002005", "Attribute 'sellerId' is required"),
        (listings(market, message, version="1.0"), "4002006", "version"),
        (listings(market, message, sellerId="A3SOMEBODY"), "BAD_REQUEST", "Invalid 'accountId' provided."),
        ({"header": good["header"]}, "4002005", "Attribute 'messages' is required"),
        ({"header": good["header"], "messages": []}, "4002005", "Attribute 'messages' is required"),
        (json.dumps(good)[:-1], "4002001", "Item 'Feed' cannot be parsed."),
        (json.dumps(good) + "}", "4002001", "Item 'Feed' cannot be parsed."),
        ("", "4002001", "Item 'Feed' cannot be parsed."),
        ("<AmazonEnvelope/>", "4002001", "Item 'Feed' cannot be parsed."),
    ]

    for content, code, text in wrong:
        told = market.feed(FEED, content)
        ((number, found, said),) = told.found
        assert (told.status, told.counts, number, found) == ("DONE", (0, 0, 0), 0, code)
        assert text in said

    assert available(market, "CUP") == 4


def test_a_number_that_stands_twice_is_refused_the_second_time(market: TestMarket) -> None:
    market.lists("CUP", stock=4)

    told = market.feed(FEED, listings(market, quantity("CUP", 5), {"messageId": 1, **quantity("CUP", 6)}))

    assert (told.counts, [one[:2] for one in told.found]) == ((2, 1, 1), [(1, "4002008")])
    assert available(market, "CUP") == 5


@pytest.mark.parametrize(
    "broken",
    [
        {"sku": "MUG-BLUE"},
        {"sku": "", "operationType": "DELETE"},
        {"sku": "MUG-BLUE", "operationType": "REMOVE"},
        {"sku": "MUG-BLUE", "operationType": "DELETE", "productType": "PRODUCT"},
        {"sku": "MUG-BLUE", "operationType": "UPDATE", "attributes": {"a": []}},
        {"sku": "MUG-BLUE", "operationType": "UPDATE", "productType": "PRODUCT", "attributes": {}},
        {"sku": "MUG-BLUE", "operationType": "PATCH", "productType": "PRODUCT", "patches": []},
        {"messageId": 0, "sku": "MUG-BLUE", "operationType": "DELETE"},
        {"messageId": "1", "sku": "MUG-BLUE", "operationType": "DELETE"},
        {"messageId": 2**40, "sku": "MUG-BLUE", "operationType": "DELETE"},
        {"sku": "MUG\0BLUE", "operationType": "DELETE"},
        {"sku": "MUG-BLUE", "operationType": "UPDATE", "productType": "P", "attributes": {"a": [{"b": 10**30}]}},
        {"sku": "MUG-BLUE", "operationType": "UPDATE", "productType": "P", "attributes": {"a": [{"b": 1e300}]}},
    ],
)
def test_a_message_of_another_shape_is_refused_alone(market: TestMarket, broken: dict[str, Any]) -> None:
    market.lists("MUG-BLUE", stock=4)

    told = market.feed(FEED, listings(market, broken, quantity("MUG-BLUE", 9)))

    assert (told.status, told.counts) == ("DONE", (2, 1, 1))
    assert [code for _, code, _ in told.found] == ["4002008"]
    assert available(market, "MUG-BLUE") == 9


def test_a_message_that_is_nested_too_deep_is_refused_alone(market: TestMarket) -> None:
    market.lists("MUG-BLUE", stock=4)
    deep = "[" * 5_000 + "]" * 5_000
    good = json.dumps(listings(market, quantity("MUG-BLUE", 9)))
    broken = f'{{"messageId":7,"sku":"X","operationType":"DELETE","more":{deep}}}'

    told = market.feed(FEED, good.replace('"messages": [', f'"messages": [{broken},'))

    assert (told.counts, [number for number, _, _ in told.found]) == ((2, 1, 1), [7])
    assert available(market, "MUG-BLUE") == 9


def test_a_feed_has_25_000_messages_at_most(market: TestMarket) -> None:
    message = {"sku": "X", "operationType": "DELETE"}
    told = market.feed(FEED, listings(market, *[message] * 25_001))

    assert (told.counts, [code for _, code, _ in told.found]) == ((0, 0, 0), ["4002008"])


def test_a_byte_order_mark_is_no_matter(market: TestMarket) -> None:
    market.lists("MUG-BLUE", stock=4)
    content = json.dumps(listings(market, quantity("MUG-BLUE", 9))).encode("utf-8-sig")

    assert market.feed(FEED, content).counts == (1, 1, 0)
    assert available(market, "MUG-BLUE") == 9


def test_of_two_marketplaces_each_gets_what_names_it() -> None:
    with TestMarket(marketplaces=("US", "CA")) as both:
        us, ca = both.marketplace_id, "A2EUQ1WTGCTBG2"
        both.lists("MUG-BLUE")
        both.lists("MUG-BLUE", marketplace_id=ca)
        offers = [
            {"marketplace_id": one, "currency": currency, "our_price": [{"schedule": [{"value_with_tax": value}]}]}
            for one, currency, value in ((us, "USD", 11.5), (ca, "CAD", 15.5))
        ]
        patch = [{"op": "replace", "path": "/attributes/purchasable_offer", "value": offers}]
        message = {"sku": "MUG-BLUE", "operationType": "PATCH", "productType": "PRODUCT", "patches": patch}

        told = both.feed(FEED, listings(both, message), marketplace_ids=(us, ca))

        assert (told.counts, told.found) == ((1, 1, 0), [])
        with both.market.read(both.seller.seller_id) as unit:
            prices = [str(listing_of(unit, "MUG-BLUE", one).price) for one in (us, ca)]
        assert prices == ["11.50", "15.50"]


def test_a_result_shows_the_listings_that_were_changed_if_it_is_asked_for(market: TestMarket) -> None:
    market.lists("MUG-RED")
    report = {"includedData": ["summaries", "issues", "fulfillmentAvailability"], "apiVersion": "2021-08-01"}
    feed = listings(
        market,
        quantity("MUG-BLUE", 3),
        quantity("MUG-BLUE", 4),
        {"sku": "MUG-RED", "operationType": "DELETE"},
        quantity("LAMP", -1),
        report=report,
    )

    said = market.feed(FEED, feed).json

    (item,) = said["items"]
    shown = market.seller.call(
        "GET",
        f"/listings/2021-08-01/items/{market.seller.seller_id}/MUG-BLUE?marketplaceIds={US}"
        "&includedData=summaries,issues,fulfillmentAvailability",
    )
    assert item == shown.json()
    assert said["header"]["report"] == report
    assert said["summary"]["itemSummary"] == {"items": 1, "errors": 0, "warnings": 0}


def test_what_a_result_cannot_show_is_refused(market: TestMarket) -> None:
    for report in ({"includedData": ["prices"], "apiVersion": "2021-08-01"}, {"includedData": ["issues"]}, {}, "all"):
        told = market.feed(FEED, listings(market, quantity("MUG-BLUE", 3), report=report))
        assert (told.counts, [one[:2] for one in told.found]) == ((0, 0, 0), [(0, "4002008")])


@pytest.fixture
def results(market: TestMarket) -> list[FeedTold]:
    market.lists("MUG-BLUE")
    return [
        market.feed(FEED, listings(market, quantity("MUG-BLUE", 3))),
        market.feed(FEED, listings(market, {"sku": "A", "operationType": "PATCH"}, quantity("MUG-BLUE", -3))),
        market.feed(FEED, "[]"),
        market.feed(
            FEED,
            listings(
                market,
                quantity("MUG-BLUE", 3),
                report={"includedData": ["summaries", "offers"], "apiVersion": "2021-08-01"},
            ),
        ),
    ]


def test_results_have_the_form_of_amazons_schema(results: list[FeedTold]) -> None:
    if not SCHEMA.exists():
        pytest.skip("Amazon's schemas are not here")
    schema = jsonschema_rs.Draft7Validator(json.loads(SCHEMA.read_text()))

    for told in results:
        schema.validate(told.json)
