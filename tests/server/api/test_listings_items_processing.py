from __future__ import annotations

from typing import Any

import pytest
from shopkeeper import Shop, mug, offer, stock

from sellingpartner.market.attributes import Attributes
from sellingpartner.market.catalog.commands import add_item
from sellingpartner.market.catalog.model import NewItem
from sellingpartner.market.events.listings import (
    ListingIssuesChanged,
    ListingStatusChanged,
    PriceChanged,
)
from sellingpartner.market.inventory.errors import OutOfStock
from sellingpartner.testing import TestMarket

BARCODE, OTHER_BARCODE, WRONG = "4006381333931", "9780201379624", "4006381333932"


@pytest.fixture
def shop(market: TestMarket) -> Shop:
    return Shop(market)


def identified(value: str, kind: str = "ean") -> list[dict[str, str]]:
    return [{"type": kind, "value": value}]


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({"externally_assigned_product_identifier": identified(WRONG)}, ["5505"]),
        ({"merchant_suggested_asin": [{"value": "B000000000"}]}, ["13013"]),
    ],
)
def test_what_matches_nothing_has_an_issue_and_no_summary(
    shop: Shop, market: TestMarket, changed: dict[str, Any], codes: list[str]
) -> None:
    assert shop.put("MINE", mug(**changed)).status == "ACCEPTED"
    market.advance(seconds=31)

    assert shop.get("MINE").summaries == []
    assert shop.issues("MINE") == codes


def test_identifiers_find_the_product_unless_it_is_another_one(shop: Shop, market: TestMarket) -> None:
    with market.market.write() as unit:
        known = add_item(unit, NewItem(product_type="MUG", title="Known", brand="Harbor", gtin=BARCODE)).asin
        add_item(unit, NewItem(product_type="MUG", title="Known too", brand="Harbor", gtin=OTHER_BARCODE))
    harbor = [{"value": "Harbor"}]

    assert shop.listed("MINE", mug(externally_assigned_product_identifier=identified(BARCODE), brand=harbor)) == known
    both = [*identified(BARCODE), *identified(OTHER_BARCODE, "isbn")]
    shop.put("BOTH", mug(externally_assigned_product_identifier=both, brand=harbor))
    other = [{"value": "Elsewhere"}]
    shop.put("BRAND", mug(externally_assigned_product_identifier=identified(BARCODE), brand=other))
    shop.put(
        "HINT",
        mug(
            externally_assigned_product_identifier=identified(OTHER_BARCODE, "isbn"),
            merchant_suggested_asin=[{"value": known}],
        ),
    )
    market.advance(seconds=31)

    assert [shop.issues(sku) for sku in ("MINE", "BOTH", "BRAND", "HINT")] == [[], ["8542"], ["8541"], ["5504"]]
    shop.put("BRAND", mug(externally_assigned_product_identifier=identified(BARCODE), brand=harbor))
    market.advance(seconds=31)
    assert (shop.issues("BRAND"), shop.status("BRAND")) == ([], ["BUYABLE", "DISCOVERABLE"])


def test_two_sellers_of_one_barcode_sell_one_product(shop: Shop, market: TestMarket) -> None:
    rival = market.join("Rival Goods")
    theirs = Shop(market, market.caller(seller=rival))
    said = mug(externally_assigned_product_identifier=identified(BARCODE))

    assert shop.listed("MINE", said) == theirs.listed("THEIRS", said)


def test_a_listing_that_loses_what_it_must_have_is_at_fault_until_it_has_it_again(
    shop: Shop, market: TestMarket
) -> None:
    shop.listed("MINE")
    name = mug()["item_name"]

    shop.patch("MINE", ("delete", "item_name", [{"language_tag": "en_US"}]))
    assert (shop.issues("MINE"), shop.status("MINE")) == (["90220"], [])
    shop.patch("MINE", ("add", "item_name", name))

    assert (shop.issues("MINE"), shop.status("MINE")) == ([], ["BUYABLE", "DISCOVERABLE"])
    assert [fact.severities for fact in market.facts(ListingIssuesChanged)] == [("ERROR",), ()]


def test_the_last_unit_takes_the_listing_off_and_a_return_of_stock_brings_it_back(
    shop: Shop, market: TestMarket
) -> None:
    shop.listed("MINE", mug(fulfillment_availability=stock(1)))
    market.buys("MINE")
    assert shop.status("MINE") == ["DISCOVERABLE"]
    shop.patch("MINE", ("replace", "fulfillment_availability", stock(4)))

    assert shop.status("MINE") == ["BUYABLE", "DISCOVERABLE"]
    told = [fact.status for fact in market.facts(ListingStatusChanged) if fact.sku == "MINE"]
    assert told == [("BUYABLE", "DISCOVERABLE"), ("DISCOVERABLE",), ("BUYABLE", "DISCOVERABLE")]


def test_a_sale_begins_and_ends_on_the_clock(shop: Shop, market: TestMarket) -> None:
    sale = [{"schedule": [{"start_at": "2026-11-03", "end_at": "2026-11-05T12:00:00Z", "value_with_tax": 12}]}]
    business = {"audience": "B2B", **offer(18)[0]}
    shop.listed("MINE", mug(purchasable_offer=[*offer(20, discounted_price=sale), business]))

    prices = []
    for hours in (0, 24, 48, 24):
        market.advance(hours=hours)
        prices.append([one.price.amount for one in shop.get("MINE").offers or []])

    assert prices == [["20.00", "18.00"], ["12.00", "18.00"], ["12.00", "18.00"], ["20.00", "18.00"]]
    told = [fact.after_minor for fact in market.facts(PriceChanged) if fact.sku == "MINE"]
    assert told == [2000, 1200, 2000]


def test_amazon_fulfills_what_is_switched_to_it(shop: Shop, market: TestMarket) -> None:
    shop.listed("MINE", mug(fulfillment_availability=stock(4)))

    shop.patch(
        "MINE",
        ("add", "fulfillment_availability", [{"fulfillment_channel_code": "AMAZON_NA"}]),
        ("delete", "fulfillment_availability", [{"fulfillment_channel_code": "DEFAULT"}]),
    )

    item = shop.get("MINE")
    (summary,) = item.summaries or []
    assert summary.status == ["DISCOVERABLE"]
    assert (summary.fn_sku or "").startswith("X0")
    assert [(one.fulfillment_channel_code, one.quantity) for one in item.fulfillment_availability or []] == [
        ("AMAZON_NA", None)
    ]
    with pytest.raises(OutOfStock):
        market.buys("MINE")


def test_a_condition_stays_as_it_was_first_given(shop: Shop) -> None:
    shop.listed("MINE")

    shop.put("MINE", mug(condition_type=[{"value": "used_good"}]))
    assert (shop.issues("MINE"), shop.status("MINE")) == (["8057"], ["DISCOVERABLE"])
    shop.put("MINE", mug(condition_type=[{"value": "used_good"}]))
    assert shop.issues("MINE") == ["8057"]
    shop.put("MINE")

    assert (shop.issues("MINE"), shop.status("MINE")) == ([], ["BUYABLE", "DISCOVERABLE"])


def test_a_price_below_what_the_seller_allows_stops_the_offer(shop: Shop) -> None:
    lowest = [{"schedule": [{"value_with_tax": 15}]}]
    shop.listed("MINE", mug(purchasable_offer=offer(20, minimum_seller_allowed_price=lowest)))

    shop.patch("MINE", ("merge", "purchasable_offer", offer(14)))
    assert (shop.issues("MINE"), shop.status("MINE")) == (["18155"], [])
    shop.patch("MINE", ("merge", "purchasable_offer", offer(16)))

    assert (shop.issues("MINE"), shop.status("MINE")) == ([], ["BUYABLE", "DISCOVERABLE"])


def test_a_child_finds_its_parent_whichever_comes_first(shop: Shop, market: TestMarket) -> None:
    theme = [{"name": "COLOR"}]
    family = [{"child_relationship_type": "variation", "parent_sku": "FAMILY"}]
    child = mug(parentage_level=[{"value": "child"}], child_parent_sku_relationship=family, variation_theme=theme)
    parent = mug(
        parentage_level=[{"value": "parent"}],
        variation_theme=theme,
        purchasable_offer=None,
        fulfillment_availability=None,
        condition_type=None,
    )

    asin = shop.listed("RED", child)
    assert (shop.issues("RED"), shop.status("RED")) == (["8008"], ["BUYABLE", "DISCOVERABLE"])
    parent_asin = shop.listed("FAMILY", parent)
    market.advance(seconds=2)

    assert (shop.issues("RED"), shop.status("FAMILY")) == ([], ["DISCOVERABLE"])
    (above,) = (shop.get("FAMILY").relationships or [])[0].relationships
    (below,) = (shop.get("RED").relationships or [])[0].relationships
    assert (above.child_skus, below.parent_skus, below.type) == (["RED"], ["FAMILY"], "VARIATION")
    assert below.variation_theme is not None
    assert (below.variation_theme.theme, below.variation_theme.attributes) == ("COLOR", ["color"])
    other: Attributes = {
        "child_parent_sku_relationship": [{"child_relationship_type": "variation", "parent_sku": "MUG-BLUE"}],
        "merchant_suggested_asin": [{"value": asin}],
    }
    shop.listed("AGAIN", {**child, **other})
    assert (shop.issues("AGAIN"), asin != parent_asin) == (["8007"], True)


def test_a_sku_keeps_its_product_and_a_product_its_family_and_brand(shop: Shop, market: TestMarket) -> None:
    asin = shop.listed("MINE")
    red = (shop.get("MUG-RED").summaries or [])[0].asin
    with market.market.write() as unit:
        add_item(unit, NewItem(product_type="LAMP", title="A lamp", brand="Elsewhere", gtin=BARCODE))

    shop.put("MINE", mug(merchant_suggested_asin=[{"value": red}]))
    shop.put("LAMPLIKE", mug(externally_assigned_product_identifier=identified(BARCODE)))
    market.advance(seconds=31)

    assert (shop.issues("MINE"), (shop.get("MINE").summaries or [])[0].asin) == (["8005"], asin)
    assert (shop.issues("LAMPLIKE"), shop.get("LAMPLIKE").summaries) == (["8572"], [])


def family(sku: str, theme: str, hint: str | None = None) -> Attributes:
    """A child of a parent."""
    child = [{"child_relationship_type": "variation", "parent_sku": sku}]
    named = None if hint is None else [{"value": hint}]
    return mug(
        parentage_level=[{"value": "child"}],
        child_parent_sku_relationship=child,
        variation_theme=[{"name": theme}],
        size=[{"value": "Large", "language_tag": "en_US"}],
        merchant_suggested_asin=named,
    )


def test_a_child_has_its_parents_theme_and_one_parent(shop: Shop, market: TestMarket) -> None:
    for sku in ("ONE", "TWO"):
        parent = mug(parentage_level=[{"value": "parent"}], variation_theme=[{"name": "COLOR"}])
        for name in ("purchasable_offer", "fulfillment_availability", "condition_type"):
            del parent[name]
        shop.listed(sku, parent)

    asin = shop.listed("CHILD", family("ONE", "COLOR"))
    shop.listed("OTHER", family("ONE", "SIZE"))
    shop.listed("AGAIN", family("TWO", "COLOR", asin))

    assert [shop.issues(sku) for sku in ("CHILD", "OTHER", "AGAIN")] == [[], ["8016"], ["8032"]]
