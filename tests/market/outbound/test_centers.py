"""From which centers a fulfillment order leaves, and what is promised by how far they are."""

from __future__ import annotations

from msgspec import structs
from outside_shop import ADDRESS, LAMP, STANDARD, asks, at_amazon, package_number, shipments, shown, status, tracking
from stock_taker import faults_of_stock

from sellingpartner.contract import fulfillment_outbound_2020_07_01 as v2020
from sellingpartner.market.inventory.commands import move
from sellingpartner.market.inventory.model import Condition, Reason, Spot, Stock
from sellingpartner.market.money.ledger.questions import EntryFilter, page_of_entries
from sellingpartner.testing import TestMarket

MIAMI = structs.replace(ADDRESS, city="Miami", state_or_region="FL", postal_code="33139")
SELLABLE = Condition.SELLABLE


def spread(market: TestMarket, **centers: int) -> None:
    """Let the hundred lamps of the shop lie in these centers; the rest stays in Phoenix."""
    with market.market.write(market.seller_account.seller_id) as unit:
        for code, units in centers.items():
            start, end = Spot(SELLABLE, "PHX6"), Spot(SELLABLE, code)
            move(unit, LAMP, units, from_=start, to=end, reason=Reason.TRANSFERRED, reference="spread")


def faults(market: TestMarket) -> list[str]:
    with market.market.read(market.seller_account.seller_id) as unit:
        return faults_of_stock(unit)


def latest_arrival(market: TestMarket, address: v2020.Address) -> str:
    answer = market.seller.send(
        v2020.GetFulfillmentPreview(
            address=address,
            shipping_speed_categories=[STANDARD],
            items=[v2020.GetFulfillmentPreviewItem(seller_sku=LAMP, quantity=1, seller_fulfillment_order_item_id="1")],
        )
    ).payload
    assert isinstance(answer, v2020.GetFulfillmentPreviewResult)
    (preview,) = answer.fulfillment_previews or []
    (shipment,) = preview.fulfillment_preview_shipments or []
    return f"{shipment.latest_arrival_date:%Y-%m-%d}"


def test_an_order_leaves_the_nearest_center_that_has_it(market: TestMarket) -> None:
    spread(market, BFI4=10)

    asks(market)
    market.advance(days=1)

    assert [one.fulfillment_center_id for one in shipments(market.seller)] == ["BFI4"]
    stops = tracking(market.seller, package_number(market.seller)).tracking_events or []
    assert (stops[-1].event_address.city, stops[-1].event_address.state) == ("Kent", "WA")
    assert faults(market) == []


def test_an_order_that_no_center_has_whole_leaves_several(market: TestMarket) -> None:
    spread(market, BFI4=3, ONT8=92)

    asks(market, quantity=96)
    market.advance(days=2)

    assert status(market.seller) == "Complete"
    left = {one.fulfillment_center_id: one.fulfillment_shipment_item[0].quantity for one in shipments(market.seller)}
    assert left == {"BFI4": 3, "ONT8": 92, "PHX6": 1}
    assert len({one.amazon_shipment_id for one in shipments(market.seller)}) == 3
    assert at_amazon(market) == Stock(on_hand=4)
    assert faults(market) == []


def test_units_that_went_elsewhere_meanwhile_come_from_another_center(market: TestMarket) -> None:
    spread(market, BFI4=2)
    asks(market)
    market.advance(hours=2, minutes=16)
    assert [one.fulfillment_center_id for one in shipments(market.seller)] == ["BFI4"]
    with market.market.write(market.seller_account.seller_id) as unit:
        back, end = Spot(SELLABLE, "BFI4"), Spot(SELLABLE, "PHX6")
        move(unit, LAMP, 1, from_=back, to=end, reason=Reason.TRANSFERRED, reference="back")

    market.advance(days=1)

    assert status(market.seller) == "Complete"
    assert sum(one.quantity for each in shipments(market.seller) for one in each.fulfillment_shipment_item) == 2
    assert {one.fulfillment_center_id for one in shipments(market.seller)} <= {"BFI4", "PHX6", "ONT8"}
    assert [item.unfulfillable_quantity for item in shown(market.seller).fulfillment_order_items] == [0]
    assert faults(market) == []


def test_what_is_far_away_is_promised_later(market: TestMarket) -> None:
    near, far = latest_arrival(market, ADDRESS), latest_arrival(market, MIAMI)
    assert near < far

    spread(market, BFI4=50)

    assert latest_arrival(market, ADDRESS) < near


def test_a_preview_shows_the_shipments_that_an_order_has_and_what_they_cost(market: TestMarket) -> None:
    spread(market, BFI4=3, ONT8=92)
    item = v2020.GetFulfillmentPreviewItem(seller_sku=LAMP, quantity=96, seller_fulfillment_order_item_id="1")
    answer = market.seller.send(
        v2020.GetFulfillmentPreview(address=ADDRESS, shipping_speed_categories=[STANDARD], items=[item])
    ).payload
    assert isinstance(answer, v2020.GetFulfillmentPreviewResult)
    (preview,) = answer.fulfillment_previews or []
    previewed = [one.fulfillment_preview_items[0].quantity for one in preview.fulfillment_preview_shipments or []]

    asks(market, quantity=96)
    market.advance(days=2)

    left = [(one.fulfillment_shipment_item or [])[0].quantity for one in shipments(market.seller)]
    assert sorted(previewed) == sorted(left) == [1, 3, 92]
    fees = {fee.name.value: float(fee.amount.value) for fee in preview.estimated_fees or []}
    with market.market.read(market.seller_account.seller_id) as unit:
        entries = page_of_entries(unit, EntryFilter(kinds=("MULTI_CHANNEL",))).entries
    assert len(entries) == len(left)
    assert round(sum(fees.values()) * -100) == sum(one.total_minor for one in entries)
