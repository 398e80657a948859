"""Labels, parcels and Easy Ship, the same on either database."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import msgspec
import pytest
from postage import buying, rates, sold_elsewhere
from shipper import buys_label, given_back, items_of, parcel

from sellingpartner.contract import easy_ship_2022_03_23 as easy
from sellingpartner.contract.easy_ship_2022_03_23 import CreateScheduledPackageBulk
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.events.orders import PackageDelivered
from sellingpartner.market.events.shipping import EasyShipMoved, LabelBought, LabelRefunded
from sellingpartner.market.shipping.commands import save_settings
from sellingpartner.market.shipping.model import Settings
from sellingpartner.market.shipping.questions import latest_shipments, parcels_by_tracking, parcels_of_order
from sellingpartner.testing import TestMarket

US, JP = (BY_COUNTRY[code].marketplace_id for code in ("US", "JP"))
BULK = "/easyShip/2022-03-23/packages/bulk"


@pytest.fixture(params=[US])
def world(request: pytest.FixtureRequest, database_url: str) -> Iterator[TestMarket]:
    """A market of one country, whose sellers are in one region."""
    made = TestMarket(database_url, marketplaces=(request.param,))
    yield made
    made.close()


def test_labels_and_parcels_live_through_either_database(world: TestMarket) -> None:
    order_id = world.buys()
    world.advance(minutes=1)
    details = parcel(order_id, items_of(world.seller, order_id))
    first = buys_label(world, details)
    given_back(world, first.shipment_id)
    second = buys_label(world, details, "USPS_PTP_PRI")
    world.advance(days=20)

    assert [fact.shipment_id for fact in world.facts(LabelRefunded)] == [first.shipment_id]
    assert len(world.facts(PackageDelivered)) == 1
    with world.market.read(world.seller_account.seller_id) as unit:
        assert {one.shipment_id for one in latest_shipments(unit, 5)} == {first.shipment_id, second.shipment_id}
        assert len(parcels_of_order(unit, order_id)) == 2
        (found,) = parcels_by_tracking(unit, second.tracking_id or "")
        assert (found.parcel_id, found.status) == (second.shipment_id, "Delivered")


@pytest.mark.parametrize("world", [JP], indirect=True)
def test_a_bulk_with_a_refused_order_keeps_the_others_on_either_database(world: TestMarket) -> None:
    with world.market.write(world.seller_account.seller_id) as unit:
        save_settings(unit, Settings())
        save_settings(unit, Settings(easy_ship=("JP",)))
    good, unpaid = world.buys(), world.buys(paid=False)
    world.advance(minutes=1)
    asked = CreateScheduledPackageBulk(
        marketplace_id=JP,
        order_schedule_details_list=[easy.OrderScheduleDetails(amazon_order_id=one) for one in (unpaid, good)],
        label_format=easy.LabelFormat.PDF,
    )

    done = world.restricted(BULK, method="POST").send(asked)
    world.advance(days=20)

    assert [one.scheduled_package_id.amazon_order_id for one in done.scheduled_packages or ()] == [good]
    assert [one.amazon_order_id for one in done.rejected_orders or ()] == [unpaid]
    assert world.facts(EasyShipMoved)[-1].status == "Delivered"
    assert world.market.failures() == []


def test_of_many_who_buy_a_label_for_one_unit_at_once_one_gets_it(world: TestMarket) -> None:
    with world.market.write(world.seller_account.seller_id) as unit:
        save_settings(unit, Settings(confirms_orders=False))  # so that nothing but the label itself is in the way
    order_id = world.buys()
    world.advance(minutes=1)
    details = parcel(order_id, items_of(world.seller, order_id))
    together, bought = Barrier(4), []

    def buy() -> None:
        together.wait()
        with suppress(InvalidInput):
            bought.append(buys_label(world, details, offer_id="").shipment_id)

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(buy) for _ in range(4)]:
            done.result()

    assert len(bought) == len(world.facts(LabelBought)) == 1


@pytest.mark.parametrize("key", ["try-7", None])
def test_of_many_who_buy_from_one_request_at_once_one_gets_a_shipment(world: TestMarket, key: str | None) -> None:
    asked = buying(rates(world.seller, sold_elsewhere()), "std-us-swa-mfn")
    asked = msgspec.structs.replace(asked, idempotency_key=key)
    together = Barrier(4)

    def buy() -> str | None:
        together.wait()
        with suppress(InvalidInput):
            return world.seller.send(asked).payload.shipment_id
        return None

    with ThreadPoolExecutor(4) as pool:
        bought = [done.result() for done in [pool.submit(buy) for _ in range(4)]]

    [fact] = world.facts(LabelBought)
    assert bought.count(fact.shipment_id) == (1 if key is None else 4)
    assert bought.count(None) == (3 if key is None else 0)


@pytest.mark.parametrize("world", [JP], indirect=True)
def test_of_many_who_schedule_an_order_at_once_one_does(world: TestMarket) -> None:
    with world.market.write(world.seller_account.seller_id) as unit:
        save_settings(unit, Settings(easy_ship=("JP",)))
    order_id = world.buys()
    world.advance(minutes=1)
    asked = CreateScheduledPackageBulk(
        marketplace_id=JP,
        order_schedule_details_list=[easy.OrderScheduleDetails(amazon_order_id=order_id)],
        label_format=easy.LabelFormat.PDF,
    )
    together = Barrier(4)

    def schedule() -> int:
        caller = world.restricted(BULK, method="POST")
        together.wait()
        return len(caller.send(asked).scheduled_packages or ())

    with ThreadPoolExecutor(4) as pool:
        counts = [done.result() for done in [pool.submit(schedule) for _ in range(4)]]

    assert sorted(counts) == [0, 0, 0, 1]
    with world.market.read(world.seller_account.seller_id) as unit:
        assert len(parcels_of_order(unit, order_id)) == 1
