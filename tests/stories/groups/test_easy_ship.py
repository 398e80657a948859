"""Easy Ship: slots are listed, packages scheduled one by one and in bulk, moved, fetched, and followed home."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sellingpartner.contract import easy_ship_2022_03_23 as api
from sellingpartner.market.events.orders import PackageDelivered
from sellingpartner.market.shipping.commands import save_settings
from sellingpartner.market.shipping.model import Settings
from sellingpartner.testing import TestMarket

BOX = api.Dimensions(length=15, width=10, height=12, unit=api.UnitOfLength.CM)
WEIGHT = api.Weight(value=250, unit=api.UnitOfWeight.G)


@pytest.fixture
def market() -> Iterator[TestMarket]:
    """A market of the Emirates, whose seller ships by Easy Ship."""
    made = TestMarket(marketplaces=("AE",))
    with made.market.write(made.seller.seller_id) as unit:
        save_settings(unit, Settings(easy_ship=("AE",)))
    yield made
    made.close()


def test_packages_are_scheduled_moved_fetched_and_delivered(market: TestMarket) -> None:
    here = market.marketplace_id
    alone, *together = (market.buys() for _ in range(3))
    market.advance(minutes=3)
    with market.seller.client(personal_data=("buyerInfo", "shippingAddress")) as client:
        slots = client.easy_ship.list_handover_slots(
            marketplace_id=here, amazon_order_id=alone, package_dimensions=BOX, package_weight=WEIGHT
        ).time_slots
        first, second = slots[:2]
        made = client.easy_ship.create_scheduled_package(
            amazon_order_id=alone,
            marketplace_id=here,
            package_details=api.PackageDetails(package_time_slot=api.TimeSlot(slot_id=first.slot_id)),
        )
        change = api.UpdatePackageDetails(
            scheduled_package_id=made.scheduled_package_id,
            package_time_slot=api.TimeSlot(slot_id=second.slot_id),
        )
        client.easy_ship.update_scheduled_packages(marketplace_id=here, update_package_details_list=[change])
        in_bulk = client.easy_ship.create_scheduled_package_bulk(
            marketplace_id=here,
            order_schedule_details_list=[api.OrderScheduleDetails(amazon_order_id=one) for one in together],
            label_format=api.LabelFormat.PDF,
        )

        shown = client.easy_ship.get_scheduled_package(amazon_order_id=alone, marketplace_id=here)
        assert shown.package_time_slot.slot_id == second.slot_id
        scheduled = [one.scheduled_package_id.amazon_order_id for one in in_bulk.scheduled_packages or []]
        assert scheduled == together
        market.advance(days=21)
        package = client.easy_ship.get_scheduled_package(amazon_order_id=alone, marketplace_id=here)
        order = client.orders_v0.get_order(order_id=alone).payload
    assert (package.package_status, order.easy_ship_shipment_status) == ("Delivered", "Delivered")
    assert {one.order_id for one in market.facts(PackageDelivered)} == {alone, *together}
