from __future__ import annotations

from typing import Any

import msgspec
import pytest
from shopkeeper import CA, PATH, US, Shop, mug, offer, stock

from sellingpartner.contract.errors import InvalidInput, NotFound, Unauthorized
from sellingpartner.market.attributes import encode
from sellingpartner.market.events.listings import (
    ListingStatusChanged,
    MerchantQuantityChanged,
    PriceChanged,
)
from sellingpartner.market.inventory.errors import OutOfStock
from sellingpartner.market.orders.refusals import NotBuyable
from sellingpartner.market.product_types.questions import example_of
from sellingpartner.testing import TestMarket


@pytest.fixture
def shop(market: TestMarket) -> Shop:
    return Shop(market)


def test_what_is_put_is_processed_and_can_be_bought(shop: Shop, market: TestMarket) -> None:
    done = shop.put("MINE", mug(purchasable_offer=offer(19.99), fulfillment_availability=stock(3)))

    assert (done.sku, done.status, done.issues) == ("MINE", "ACCEPTED", [])
    assert len(done.submission_id) == 32
    early = shop.get("MINE")
    assert (early.summaries, early.attributes is None, early.offers) == ([], False, [])
    market.advance(seconds=31)
    item = shop.get("MINE")
    (summary,) = item.summaries or []
    assert summary.status == ["BUYABLE", "DISCOVERABLE"]
    assert (summary.item_name, summary.condition_type) == (mug()["item_name"][0]["value"], "new_new")
    assert [(one.offer_type, one.price.amount) for one in item.offers or []] == [("B2C", "19.99")]
    assert [(one.fulfillment_channel_code, one.quantity) for one in item.fulfillment_availability or []] == [
        ("DEFAULT", 3)
    ]
    assert (item.issues, item.procurement, item.relationships) == ([], [], [])
    assert [one.product_type for one in item.product_types or []] == ["MUG"]
    order_id = market.buys("MINE", quantity=2)
    (line,) = market.seller.call("GET", f"/orders/v0/orders/{order_id}/orderItems").json()["payload"]["OrderItems"]
    assert (line["ASIN"], line["Title"], line["ItemPrice"]["Amount"]) == (summary.asin, summary.item_name, "39.98")


def test_what_was_put_comes_back_byte_for_byte_and_the_quantity_lives(shop: Shop, market: TestMarket) -> None:
    said = encode(mug(fulfillment_availability=stock(5))).replace(b"9.99", b"19.990")
    body = b'{"productType":"MUG","requirements":"LISTING","attributes":' + said + b"}"
    headers = {"content-type": "application/json"}
    assert market.seller.call("PUT", shop.path("MINE"), headers=headers, body=body).json()["status"] == "ACCEPTED"
    market.advance(seconds=31)

    def read() -> bytes:
        reply = market.seller.call("GET", shop.path("MINE", f"marketplaceIds={US}&includedData=attributes"))
        return reply.body

    assert said in read()
    market.buys("MINE", quantity=2)
    assert said.replace(b'"quantity":5', b'"quantity":3') in read()


def test_an_invalid_submission_is_told_what_is_wrong_and_nothing_of_it_stays(shop: Shop) -> None:
    done = shop.put("MINE", mug(item_name=None, nonsense=[{"value": 1}]), issue_locale="de_DE")

    assert done.status == "INVALID"
    assert len(done.submission_id) == 32
    assert {(issue.code, *(issue.attribute_names or [])) for issue in done.issues or []} == {
        ("90220", "item_name"),
        ("90000900", "nonsense"),
    }
    assert any("fehlt" in issue.message for issue in done.issues or [])
    with pytest.raises(NotFound) as refusal:
        shop.get("MINE")
    assert (refusal.value.code, refusal.value.message) == ("NOT_FOUND", f"SKU 'MINE' not found in marketplace {US}")


@pytest.mark.parametrize(
    ("changed", "product_type", "code"),
    [
        ({}, "UNICORN", "4000003"),
        ({"purchasable_offer": offer(19.99, currency="EUR")}, "MUG", "4000001"),
        ({"purchasable_offer": offer(0)}, "MUG", "90114"),
        ({"purchasable_offer": offer(19.99, discounted_price=[{}])}, "MUG", "99022"),
        (
            {
                "purchasable_offer": offer(
                    19.99,
                    discounted_price=[
                        {"schedule": [{"start_at": "2026-12-02", "end_at": "2026-12-01", "value_with_tax": 9}]}
                    ],
                )
            },
            "MUG",
            "14016",
        ),
        ({"item_name": [{"value": "x" * 1_000_000}]}, "MUG", "4000001"),
        ({"item_name": [{"value": "x", "marketplace_id": CA}]}, "MUG", "4000001"),
        ({"item_name": [{"value": "a"}, {"value": "b"}]}, "MUG", "99016"),
        ({"item_name": "a mug"}, "MUG", "90000900"),
        ({"fulfillment_availability": "ten"}, "MUG", "90000900"),
        ({"fulfillment_availability": [10, *stock(10)]}, "MUG", "90000900"),
        ({"item_name": None}, "MUG", "90220"),
    ],
)
def test_each_fault_has_its_code(shop: Shop, changed: dict[str, Any], product_type: str, code: str) -> None:
    done = shop.put("MINE", mug(**changed), product_type=product_type)

    assert (done.status, {issue.code for issue in done.issues or []}) == ("INVALID", {code})
    assert shop.put("MINE", mug(**changed), product_type=product_type, mode="VALIDATION_PREVIEW").status == "INVALID"
    with pytest.raises(NotFound):
        shop.get("MINE")


def test_a_trial_says_what_would_come_of_it_and_leaves_nothing(shop: Shop, market: TestMarket) -> None:
    blue = shop.get("MUG-BLUE").summaries or []
    hinted = mug(merchant_suggested_asin=[{"value": blue[0].asin}])
    included = {"mode": "VALIDATION_PREVIEW", "included_data": ["identifiers", "issues"]}

    found, fresh = (shop.put("MINE", said, **included) for said in (hinted, mug()))

    assert (found.status, found.issues) == (fresh.status, fresh.issues) == ("VALID", [])
    assert [(one.marketplace_id, one.asin) for one in found.identifiers or []] == [(US, blue[0].asin)]
    assert fresh.identifiers == []
    with pytest.raises(NotFound):
        shop.get("MINE")
    assert market.advance(seconds=31) == 0


def test_patches_change_what_they_name_at_once(shop: Shop, market: TestMarket) -> None:
    shop.listed(
        "MINE", mug(purchasable_offer=offer(19.99), fulfillment_availability=stock(3, lead_time_to_ship_max_days=4))
    )

    done = shop.patch(
        "MINE",
        ("replace", "purchasable_offer", offer(17.5)),
        ("merge", "fulfillment_availability", stock(8)),
        ("add", "max_order_quantity", [{"value": 5}]),
    )

    assert (done.status, done.issues) == ("ACCEPTED", [])
    item = shop.get("MINE")
    assert [one.price.amount for one in item.offers or []] == ["17.50"]
    assert (item.attributes or {})["fulfillment_availability"] == stock(8, lead_time_to_ship_max_days=4)
    assert market.facts(PriceChanged)[-1].after_minor == 1750
    assert market.facts(MerchantQuantityChanged)[-1].quantity == 8
    with pytest.raises(NotBuyable, match="1 to 5 units"):
        market.buys("MINE", quantity=6)
    shop.patch("MINE", ("delete", "max_order_quantity", [{"marketplace_id": US}]))
    market.buys("MINE", quantity=6)


def test_what_is_wrong_with_a_patch_is_named_by_where_it_was_sent(shop: Shop) -> None:
    business = {"audience": "B2B", **offer(17)[0]}
    shop.listed("MINE", mug(purchasable_offer=[*offer(19.99), business]))

    done = shop.patch(
        "MINE",
        ("merge", "purchasable_offer", [{"currency": "USD", "audience": "B2B", "start_at": {"value": "soon"}}]),
        ("replace", "bullet_point", [{"value": "Holds tea"}, {"value": 5}]),
    )

    said = [issue.message for issue in done.issues or []]
    assert done.status == "INVALID"
    assert sorted(name for one in said for name in one.split() if "[" in name) == [
        "bullet_point[1].value",
        "purchasable_offer[0].start_at.value",
    ]


def test_what_is_to_be_restocked_leaves_later_by_as_many_working_days(shop: Shop, market: TestMarket) -> None:
    waiting = stock(9, lead_time_to_ship_max_days=2, restock_date="2026-11-09")  # on the Monday of the next week
    shop.listed("MINE", mug(fulfillment_availability=waiting))

    def ships_by() -> str:
        order = market.seller.call("GET", f"/orders/v0/orders/{market.buys('MINE')}").json()["payload"]
        return str(order["LatestShipDate"])

    told = [ships_by()]
    for _ in range(4):
        market.advance(days=2)
        told.append(ships_by())

    # Nobody works on the Wednesday, a holiday; days end by the clock of the Pacific coast.
    assert told == [f"2026-11-{day}T07:59:59Z" for day in (13, 13, 13, 13, 14)]


@pytest.mark.parametrize("day", ["2099-01-01", "9999-12-31"])
def test_a_year_is_the_longest_that_an_order_waits_for_stock(shop: Shop, market: TestMarket, day: str) -> None:
    shop.listed("MINE", mug(fulfillment_availability=stock(5, lead_time_to_ship_max_days=2, restock_date=day)))

    order = market.seller.call("GET", f"/orders/v0/orders/{market.buys('MINE')}").json()["payload"]

    assert order["LatestShipDate"] == "2027-11-05T06:59:59Z"


def test_what_needs_a_prescription_is_looked_at_before_it_ships(shop: Shop, market: TestMarket) -> None:
    tablets = example_of("PET_HEALTH_CARE", US)
    tablets.pop("externally_assigned_product_identifier", None)
    asin = shop.listed("DROPS", tablets, product_type="PET_HEALTH_CARE")
    terms = {name: tablets[name] for name in ("condition_type", "purchasable_offer", "fulfillment_availability")}
    terms["merchant_suggested_asin"] = [{"value": asin}]
    shop.listed("SAME", terms, product_type="PRODUCT", requirements="LISTING_OFFER_ONLY")

    for sku in ("DROPS", "SAME", "MUG-BLUE"):
        order = market.seller.call("GET", f"/orders/v0/orders/{market.buys(sku)}").json()["payload"]
        assert order["HasRegulatedItems"] is (sku != "MUG-BLUE")


def test_a_patch_of_the_price_leaves_the_stock_alone(shop: Shop, market: TestMarket) -> None:
    shop.listed("MINE", mug(fulfillment_availability=stock(3)))
    market.buys("MINE", quantity=2)

    shop.patch("MINE", ("replace", "purchasable_offer", offer(17.5)))

    with pytest.raises(OutOfStock):
        market.buys("MINE", quantity=2)


def test_a_patch_read_by_another_product_type_moves_the_listing_to_none(shop: Shop, market: TestMarket) -> None:
    shop.listed("MINE", mug(fulfillment_availability=stock(3)))

    done = shop.patch("MINE", ("replace", "purchasable_offer", offer(17.5)), product_type="SHIRT")

    assert done.status == "ACCEPTED"
    item = shop.get("MINE")
    assert [one.product_type for one in item.summaries or []] == ["MUG"]
    assert shop.issues("MINE") == []


def test_an_unknown_sku_is_patched_into_a_listing_that_lacks_much(shop: Shop, market: TestMarket) -> None:
    assert shop.patch("NONE", ("add", "purchasable_offer", offer(5))).status == "ACCEPTED"
    market.advance(seconds=31)

    assert shop.get("NONE").summaries == []
    assert {"90220", "8560"} <= set(shop.issues("NONE"))


def test_a_patch_that_says_nothing_of_an_unknown_sku_lists_nothing(shop: Shop, market: TestMarket) -> None:
    """What is not there is as good as deleted; Amazon refuses neither."""
    done = shop.patch("NONE", ("delete", "purchasable_offer", offer(5)))
    market.advance(seconds=31)

    assert done.status == "ACCEPTED"
    with pytest.raises(NotFound, match="SKU 'NONE' not found"):
        shop.get("NONE")


@pytest.mark.parametrize(
    ("patch", "what"),
    [
        ({"op": "replace", "path": "/attributes/item_name/0", "value": [{"value": "x"}]}, "path"),
        ({"op": "delete", "path": "/attributes/item_name"}, "empty value"),
        ({"op": "merge", "path": "/attributes/fulfillment_availability", "value": [{"quantity": 3}]}, "value"),
    ],
)
def test_a_patch_that_cannot_be_is_refused_in_amazons_words_and_changes_nothing(
    shop: Shop, market: TestMarket, patch: dict[str, object], what: str
) -> None:
    before = shop.get("MUG-BLUE")
    body = msgspec.json.encode({"productType": "PRODUCT", "patches": [patch]})

    reply = market.seller.call("PATCH", shop.path("MUG-BLUE"), headers={"content-type": "application/json"}, body=body)

    (error,) = reply.json()["errors"]
    message = f"Invalid {what} provided in patch at index of 0."
    assert (reply.status, error["code"], error["message"]) == (400, "InvalidInput", message)
    assert shop.get("MUG-BLUE") == before


def test_a_patch_for_no_text_as_a_marketplace_is_invalid(shop: Shop) -> None:
    done = shop.patch("MUG-BLUE", ("replace", "item_name", [{"value": "A mug", "marketplace_id": {"value": US}}]))

    assert done.status == "INVALID"


def test_a_patch_of_what_no_product_has_is_invalid(shop: Shop) -> None:
    for op in ("add", "replace", "merge", "delete"):
        done = shop.patch("MUG-BLUE", (op, "nonsense", [{"value": 1}]), product_type="PRODUCT")
        assert (done.status, [issue.code for issue in done.issues or []]) == ("INVALID", ["90000900"])


def test_what_is_deleted_is_gone_its_orders_stay_and_it_can_be_made_again(shop: Shop, market: TestMarket) -> None:
    asin = shop.listed("MINE")
    order_id = market.buys("MINE")

    assert shop.delete("MINE").status == shop.delete("MINE").status == "ACCEPTED"

    with pytest.raises(NotFound, match="SKU 'MINE' not found"):
        shop.get("MINE")
    with pytest.raises(NotFound):
        market.buys("MINE")
    items = market.seller.call("GET", f"/orders/v0/orders/{order_id}/orderItems").json()["payload"]["OrderItems"]
    assert [line["ASIN"] for line in items] == [asin]
    assert market.facts(ListingStatusChanged)[-1].status == ("DELETED",)
    again = shop.listed("MINE", mug(merchant_suggested_asin=[{"value": asin}]))
    assert (again, market.buys("MINE") != order_id) == (asin, True)


def test_another_seller_in_the_path_is_refused(shop: Shop, market: TestMarket) -> None:
    other = market.join("Rival Goods").seller_id
    calls = [("GET", f"{PATH}/{other}"), ("GET", f"{PATH}/{other}/MINE"), ("DELETE", f"{PATH}/{other}/MINE")]

    for method, path in calls:
        reply = market.seller.call(method, f"{path}?marketplaceIds={US}")
        assert (reply.status, reply.json()["errors"][0]["code"]) == (403, "Unauthorized")
    with pytest.raises(Unauthorized):
        shop.put("MINE", seller_id=other)
    with pytest.raises(Unauthorized):
        shop.patch("MINE", ("add", "item_name", [{"value": "x"}]), seller_id=other)


def test_a_marketplace_that_is_none_of_the_sellers_is_refused(shop: Shop) -> None:
    for call in (shop.put, shop.get):
        with pytest.raises(InvalidInput, match="is not a marketplace of this seller"):
            call("MINE", marketplace_ids=["A1PA6795UKMFR9"])
    with pytest.raises(InvalidInput) as refusal:
        shop.put("MINE", included_data=["identifiers"])
    assert "identifiers with mode VALIDATION_PREVIEW only" in str(refusal.value.details)
    with pytest.raises(InvalidInput, match="is not a SKU"):
        shop.put("x" * 41)


AWKWARD = ["A/B C", "50% & more", "täßchen-☕", "a?b#c=d+e:f", "'; --", "a//b", "é" * 40, "x,y", "A%2FB", "50%25 off"]


def test_a_sku_that_was_encoded_twice_is_read_where_nothing_has_the_very_name(shop: Shop, market: TestMarket) -> None:
    shop.listed("A/B", mug(purchasable_offer=offer(5)))

    def read(sku: str) -> tuple[str, str]:
        (one,) = shop.get(sku).offers or []
        return shop.get(sku).sku, one.price.amount

    assert read("A%2FB") == ("A/B", "5.00")
    shop.delete("A%2FB")
    shop.listed("A%2FB", mug(purchasable_offer=offer(6)))
    assert (read("A%2FB"), read("A/B")) == (("A%2FB", "6.00"), ("A/B", "5.00"))


@pytest.mark.parametrize("sku", AWKWARD)
def test_a_sku_that_hurts_works_in_every_operation(shop: Shop, market: TestMarket, sku: str) -> None:
    shop.listed(sku, mug(fulfillment_availability=stock(3)))

    assert shop.patch(sku, ("replace", "purchasable_offer", offer(7))).sku == sku
    assert [one.price.amount for one in shop.get(sku).offers or []] == ["7.00"]
    market.buys(sku)
    assert shop.delete(sku).sku == sku
    with pytest.raises(NotFound):
        shop.get(sku)
