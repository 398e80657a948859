"""Easy Ship: packages scheduled into time slots, fetched, and followed until they arrive."""

from __future__ import annotations

import io
import json
import os
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import jsonschema_rs
import pytest

from sellingpartner.contract import easy_ship_2022_03_23 as api
from sellingpartner.contract.easy_ship_2022_03_23 import (
    CreateScheduledPackage,
    CreateScheduledPackageBulk,
    GetScheduledPackage,
    ListHandoverSlots,
    UpdateScheduledPackages,
)
from sellingpartner.contract.errors import InvalidInput, SellingPartnerError
from sellingpartner.contract.market_v1 import GetParcelLabel
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.contract.orders_v0 import (
    ConfirmShipment,
    ConfirmShipmentOrderItem,
    GetOrder,
    GetOrderItems,
    PackageDetail,
)
from sellingpartner.market.events.orders import OrderShipped, PackageDelivered
from sellingpartner.market.events.shipping import EasyShipMoved, PickupScheduled
from sellingpartner.market.orders.commands import cancel
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.shipping.commands import move, save_settings
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.market.shipping.model import Settings
from sellingpartner.market.shipping.questions import settings_of
from sellingpartner.testing import Caller, TestMarket
from sellingpartner.testing.mailbox import bodies

ROOT = Path(__file__).parents[3]
MODELS = Path(os.environ.get("SELLINGPARTNER_MODELS", ROOT.parent / "shared" / "models" / "openapi"))
SCHEMA = (
    Path(os.environ.get("SELLINGPARTNER_SCHEMAS", ROOT.parent / "shared" / "models" / "schemas" / "notifications"))
    / "OrderChangeNotification.json"
)
BULK = "/easyShip/2022-03-23/packages/bulk"
BOX = api.Dimensions(length=15, width=10, height=12, unit=api.UnitOfLength.CM)
WEIGHT = api.Weight(value=250, unit=api.UnitOfWeight.G)


def shop(country: str) -> TestMarket:
    """A market of one country, whose seller ships by Easy Ship."""
    made = TestMarket(marketplaces=(BY_COUNTRY[country].marketplace_id,))
    with made.market.write(made.seller_account.seller_id) as unit:
        save_settings(unit, Settings(easy_ship=(country,)))
    return made


@pytest.fixture
def india() -> Iterator[TestMarket]:
    made = shop("IN")
    yield made
    made.close()


@pytest.fixture
def japan() -> Iterator[TestMarket]:
    made = shop("JP")
    yield made
    made.close()


def ordered(market: TestMarket, **more: Any) -> str:  # noqa: ANN401 - fields of Purchase
    order_id = market.buys(**more)
    market.advance(minutes=1)
    return order_id


def slots(market: TestMarket, order_id: str) -> list[api.TimeSlot]:
    asked = ListHandoverSlots(
        marketplace_id=market.marketplace_id, amazon_order_id=order_id, package_dimensions=BOX, package_weight=WEIGHT
    )
    return market.seller.send(asked).time_slots


def scheduled(market: TestMarket, order_id: str, slot_id: str, **more: Any) -> api.Package:  # noqa: ANN401
    details = api.PackageDetails(package_time_slot=api.TimeSlot(slot_id=slot_id), **more)
    return market.seller.send(
        CreateScheduledPackage(amazon_order_id=order_id, marketplace_id=market.marketplace_id, package_details=details)
    )


def moved(market: TestMarket, order_id: str, slot_id: str, package_id: str | None = None) -> api.Package:
    one = api.UpdatePackageDetails(
        scheduled_package_id=api.ScheduledPackageId(amazon_order_id=order_id, package_id=package_id),
        package_time_slot=api.TimeSlot(slot_id=slot_id),
    )
    asked = UpdateScheduledPackages(marketplace_id=market.marketplace_id, update_package_details_list=[one])
    return market.seller.send(asked).packages[0]


def shown(market: TestMarket, order_id: str) -> api.Package:
    return market.seller.send(GetScheduledPackage(amazon_order_id=order_id, marketplace_id=market.marketplace_id))


def in_bulk(market: TestMarket, *order_ids: str, label_format: str = "PDF") -> api.CreateScheduledPackagesResponse:
    asked = CreateScheduledPackageBulk(
        marketplace_id=market.marketplace_id,
        order_schedule_details_list=[api.OrderScheduleDetails(amazon_order_id=one) for one in order_ids],
        label_format=api.LabelFormat(label_format),
    )
    return market.restricted(BULK, method="POST").send(asked)


def standing(market: TestMarket, order_id: str) -> tuple[str | None, str]:
    order = market.seller.send(GetOrder(order_id=order_id)).payload
    return order.easy_ship_shipment_status, order.order_status


def refusal(call: Any, *given: Any) -> tuple[int, str, str]:  # noqa: ANN401
    with pytest.raises(SellingPartnerError) as refused:
        call(*given)
    return refused.value.status, refused.value.code, refused.value.message


def test_a_package_is_fetched_in_its_slot_and_order_and_package_follow_it_to_the_buyer(india: TestMarket) -> None:
    order_id = ordered(india)
    assert standing(india, order_id) == ("PendingSchedule", "Unshipped")
    soonest = slots(india, order_id)[0]
    assert len(soonest.slot_id) == 36
    assert soonest.slot_id.startswith("AQ")
    assert soonest.start_time is not None
    assert soonest.start_time.utcoffset() is not None
    pickup = next(one for one in slots(india, order_id) if one.handover_method == "PICKUP")

    package = scheduled(india, order_id, pickup.slot_id)

    assert (package.package_status, package.package_dimensions.length) == ("ReadyForPickup", 15)
    assert package.package_weight.value == 250
    assert package.invoice is not None
    assert standing(india, order_id) == ("PendingPickUp", "Unshipped")
    india.advance(days=30)
    assert standing(india, order_id) == ("Delivered", "Shipped")
    assert shown(india, order_id).package_status == "Delivered"
    assert [fact.status for fact in india.facts(EasyShipMoved)] == [
        "PendingPickUp",
        "PickedUp",
        "AtOriginFC",
        "AtDestinationFC",
        "OutForDelivery",
        "Delivered",
    ]
    assert len(india.facts(OrderShipped)) == len(india.facts(PackageDelivered)) == 1


def test_each_move_of_a_package_is_told_of_as_the_schema_wants_it(india: TestMarket) -> None:
    india.subscribe("ORDER_CHANGE")
    order_id = ordered(india)
    pickup = next(one for one in slots(india, order_id) if one.handover_method == "PICKUP")

    scheduled(india, order_id, pickup.slot_id)
    india.advance(days=30)

    told = [one.payload for one in india.notifications("ORDER_CHANGE")]
    moves = [one for one in told if one.order_change_trigger.change_reason == one.summary.easy_ship_shipment_status]
    assert [one.summary.easy_ship_shipment_status.value for one in moves] == [
        fact.status for fact in india.facts(EasyShipMoved)
    ]
    if not SCHEMA.exists():
        pytest.skip(f"no schema at {SCHEMA}; clone Amazon's models and set SELLINGPARTNER_SCHEMAS to the folder")
    with india.market.read() as unit:
        sent = [json.loads(body) for body in bodies(unit, "ORDER_CHANGE")]
    schema = json.loads(SCHEMA.read_bytes())
    assert [fault.message for one in sent for fault in jsonschema_rs.iter_errors(schema, one)] == []


def test_a_package_that_is_brought_waits_for_that(india: TestMarket) -> None:
    order_id = ordered(india)
    dropoff = next(one for one in slots(india, order_id) if one.handover_method == "DROPOFF")

    scheduled(india, order_id, dropoff.slot_id)

    assert standing(india, order_id) == ("PendingDropOff", "Unshipped")
    india.advance(days=7)
    assert india.facts(EasyShipMoved)[1].status == "DroppedOff"


def test_a_package_moves_to_another_slot_and_is_not_fetched_in_the_first(india: TestMarket) -> None:
    order_id = ordered(india)
    first, *_, last = [one for one in slots(india, order_id) if one.handover_method == "PICKUP"]
    package = scheduled(india, order_id, first.slot_id)

    again = moved(india, order_id, last.slot_id, package.scheduled_package_id.package_id)

    assert again.package_time_slot.start_time == last.start_time
    assert again.scheduled_package_id == package.scheduled_package_id
    assert first.end_time is not None
    assert last.end_time is not None
    india.market.advance_to(first.end_time)
    assert standing(india, order_id) == ("PendingPickUp", "Unshipped")
    india.market.advance_to(last.end_time)
    assert standing(india, order_id)[1] == "Shipped"
    assert [fact.is_rescheduled for fact in india.facts(PickupScheduled)] == [False, True]
    status, code, _ = refusal(moved, india, order_id, last.slot_id)
    assert (status, code) == (400, "OrderNotEligibleForRescheduling")


def test_what_cannot_be_scheduled_is_refused_with_amazons_codes(india: TestMarket) -> None:
    order_id, other, unpaid = ordered(india), ordered(india), india.buys(paid=False)
    soonest, *_ = slots(india, order_id)
    with india.market.write(india.seller_account.seller_id) as unit:
        save_settings(unit, Settings(easy_ship=()))
    plain = ordered(india)

    assert refusal(scheduled, india, order_id, "nonsense")[:2] == (400, "InvalidTimeSlotId")
    assert refusal(scheduled, india, other, soonest.slot_id)[:2] == (400, "InvalidTimeSlotId")
    assert refusal(scheduled, india, unpaid, soonest.slot_id)[:2] == (400, "InvalidOrderState")
    assert refusal(scheduled, india, plain, soonest.slot_id)[:2] == (400, "InvalidOrderState")
    assert refusal(slots, india, plain)[:2] == (400, "InvalidOrderState")
    missing = refusal(shown, india, "403-1234567-1234567")
    assert missing == (
        400,
        "ResourceNotFound",
        "The specified resource (for example, `AmazonOrderId` or `MarketplaceId`) does not exist.",
    )
    assert refusal(shown, india, order_id)[1] == "ResourceNotFound"
    scheduled(india, other, slots(india, other)[0].slot_id)
    again = slots(india, other)[1].slot_id
    assert refusal(scheduled, india, other, again)[:2] == (400, "ScheduledPackageAlreadyExists")
    india.advance(days=3)
    assert refusal(scheduled, india, order_id, soonest.slot_id) == (
        400,
        "ScheduleWindowExpired",
        "The selected time slot has expired.",
    )
    assert len(india.facts(PickupScheduled)) == 1


def test_a_slot_takes_ten_packages(india: TestMarket) -> None:
    order_ids = [ordered(india) for _ in range(11)]
    offered = {one: slots(india, one)[0].slot_id for one in order_ids}
    for order_id in order_ids[:10]:
        scheduled(india, order_id, offered[order_id])

    last = order_ids[10]
    assert refusal(scheduled, india, last, offered[last])[:2] == (400, "TimeSlotNotAvailable")
    assert offered[last] not in {one.slot_id for one in slots(india, last)}


def test_each_country_does_its_own(india: TestMarket) -> None:
    netherlands, states = shop("NL"), shop("US")
    order_id = ordered(netherlands)

    assert refusal(slots, netherlands, order_id)[:2] == (404, "RegionNotSupported")
    assert refusal(scheduled, netherlands, order_id, "any")[:2] == (404, "RegionNotSupported")
    assert refusal(slots, states, ordered(states))[:2] == (404, "RegionNotSupported")
    assert refusal(in_bulk, india, ordered(india)) == (
        404,
        "RegionNotSupported",
        "The operation is not available for the current marketplace.",
    )
    done = in_bulk(netherlands, order_id)
    assert done.scheduled_packages is not None
    assert done.scheduled_packages[0].package_time_slot.handover_method in {"PICKUP", "DROPOFF"}
    netherlands.close()
    states.close()


def test_a_bulk_schedules_what_it_can_and_its_documents_lie_at_a_link_for_a_while(japan: TestMarket) -> None:
    good, canceled = ordered(japan, quantity=2), ordered(japan)
    with japan.market.write(japan.seller_account.seller_id) as unit:
        cancel(unit, canceled, by=Canceler.SELLER, reason="NoInventory")

    done = in_bulk(japan, good, canceled, "250-1234567-1234567", label_format="ZPL")

    assert [one.scheduled_package_id.amazon_order_id for one in done.scheduled_packages or ()] == [good]
    reasons = {one.amazon_order_id: one.error for one in done.rejected_orders or ()}
    assert [(error.code, error.message) for error in reasons.values() if error] == [
        ("InvalidOrderState", f"Order {canceled} is Canceled; to be scheduled it must be Unshipped."),
        ("InvalidInput", "Couldn't find the order details for 250-1234567-1234567"),
    ]
    assert done.printable_documents_url is not None
    target = "/" + done.printable_documents_url.split("/", 3)[3]
    fetched = japan.anybody().call("GET", target)
    assert (fetched.status, fetched.headers["content-type"]) == (200, "application/zip")
    with ZipFile(io.BytesIO(fetched.body)) as archive:
        assert archive.namelist() == [f"{good}-label.zpl"]
        assert archive.read(f"{good}-label.zpl").startswith(b"^XA")
    assert japan.anybody().call("GET", target.replace(good, canceled)).status == 403
    assert japan.anybody().call("POST", target).status == 403
    japan.advance(minutes=15)
    assert japan.anybody().call("GET", target).status == 403


def test_a_canceled_order_has_its_label_canceled(india: TestMarket) -> None:
    order_id = ordered(india)
    scheduled(india, order_id, slots(india, order_id)[0].slot_id)

    with india.market.write(india.seller_account.seller_id) as unit:
        cancel(unit, order_id, by=Canceler.SELLER, reason="NoInventory")
    india.advance(days=7)

    assert standing(india, order_id) == ("LabelCanceled", "Canceled")
    assert shown(india, order_id).package_status == "LabelCanceled"
    assert india.facts(OrderShipped) == []


@pytest.mark.parametrize(
    ("end", "package_status", "order_status"),
    [
        (ParcelStatus.RETURNED, "ReturnedToSeller", "ReturnedToSeller"),
        (ParcelStatus.LOST, "LostInTransit", "Lost"),
        (ParcelStatus.RETURNING, "Undeliverable", "ReturningToSeller"),
    ],
)
def test_what_does_not_arrive_is_told_of(
    india: TestMarket, end: ParcelStatus, package_status: str, order_status: str
) -> None:
    order_id = ordered(india)
    package_id = scheduled(india, order_id, slots(india, order_id)[0].slot_id).scheduled_package_id.package_id
    assert package_id is not None

    with india.market.write(india.seller_account.seller_id) as unit:
        move(unit, package_id, end)

    assert shown(india, order_id).package_status == package_status
    assert standing(india, order_id) == (order_status, "Shipped")


def test_items_and_serial_numbers_are_those_of_the_order(india: TestMarket, seller: Caller) -> None:
    order_id = ordered(india)
    wrong = api.Item(order_item_id="12345678901234", order_item_serial_numbers=["A1"])

    status, code, message = refusal(
        lambda: scheduled(india, order_id, slots(india, order_id)[0].slot_id, package_items=[wrong])
    )

    assert (status, code) == (400, "InvalidInput")
    assert message == "Request has missing or invalid parameters and cannot be parsed."
    with pytest.raises(InvalidInput):
        india.seller.send(
            ListHandoverSlots(
                marketplace_id=india.marketplace_id,
                amazon_order_id=order_id,
                package_dimensions=BOX,
                package_weight=api.Weight(value=31_000, unit=api.UnitOfWeight.GRAMS),
            )
        )


def test_every_answer_is_as_the_published_model_has_it(japan: TestMarket) -> None:
    path = MODELS / "easy-ship-model" / "easyShip_2022-03-23.json"
    if not path.exists():
        pytest.skip(f"no models at {MODELS}; clone Amazon's and set SELLINGPARTNER_MODELS to the folder of them")
    definitions = json.loads(path.read_bytes())["definitions"]
    headers, base = {"Content-Type": "application/json"}, "/easyShip/2022-03-23"
    first, second = ordered(japan), ordered(japan)
    place = {"marketplaceId": japan.marketplace_id, "amazonOrderId": first}
    size = {"packageDimensions": {"length": 1, "width": 2, "height": 3, "unit": "cm"}}
    size["packageWeight"] = {"value": 500, "unit": "grams"}

    def post(target: str, said: object, *, caller: Caller = japan.seller, method: str = "POST") -> Any:  # noqa: ANN401
        return caller.call(method, target, headers=headers, body=json.dumps(said).encode()).json()

    listed = post(f"{base}/timeSlot", place | size)
    slot = {"packageTimeSlot": {"slotId": listed["timeSlots"][0]["slotId"]}}
    created = post(f"{base}/package", place | {"packageDetails": slot})
    change = {"scheduledPackageId": created["scheduledPackageId"], **slot}
    said = {"marketplaceId": japan.marketplace_id, "updatePackageDetailsList": [change]}
    updated = post(f"{base}/package", said, method="PATCH")
    said = {
        "marketplaceId": japan.marketplace_id,
        "orderScheduleDetailsList": [{"amazonOrderId": first}, {"amazonOrderId": second}],
        "labelFormat": "PDF",
    }
    bulk = post(BULK, said, caller=japan.restricted(BULK, method="POST"))
    read = japan.seller.call("GET", f"{base}/package?amazonOrderId={first}&marketplaceId={japan.marketplace_id}").json()

    for name, answer in (
        ("ListHandoverSlotsResponse", listed),
        ("Package", created),
        ("Packages", updated),
        ("CreateScheduledPackagesResponse", bulk),
        ("Package", read),
        ("ErrorList", post(f"{base}/package", place | {"packageDetails": slot})),
    ):
        holder = jsonschema_rs.Draft4Validator({"$ref": f"#/definitions/{name}", "definitions": definitions})
        assert [error.message for error in holder.iter_errors(answer)] == [], name


@pytest.mark.parametrize(("country", "status"), [("IN", "PendingSchedule"), ("AE", "PendingSchedule"), ("JP", None)])
def test_who_has_settled_nothing_ships_by_easy_ship_where_that_is_usual(country: str, status: str | None) -> None:
    market = TestMarket(marketplaces=(BY_COUNTRY[country].marketplace_id,))

    order_id = ordered(market)

    order = market.seller.send(GetOrder(order_id=order_id)).payload
    market.close()
    assert order.easy_ship_shipment_status == status


def test_who_says_none_ships_by_other_ways() -> None:
    market = TestMarket(marketplaces=(BY_COUNTRY["IN"].marketplace_id,))
    with market.market.write(market.seller_account.seller_id) as unit:
        save_settings(unit, Settings(easy_ship=()))
    with market.market.read(market.seller_account.seller_id) as unit:
        assert settings_of(unit).easy_ship == ()

    order_id = ordered(market)

    order = market.seller.send(GetOrder(order_id=order_id)).payload
    market.close()
    assert order.easy_ship_shipment_status is None


def test_label_and_invoice_of_a_package_that_was_scheduled_alone_are_had_by_hand(india: TestMarket) -> None:
    order_id = ordered(india)
    scheduled(india, order_id, slots(india, order_id)[0].slot_id)

    files = [
        india.anybody().send(GetParcelLabel(parcel_id=order_id, **said))
        for said in ({}, {"format": "ZPL203"}, {"invoice": True})
    ]

    assert [one.media_type for one in files] == ["application/pdf", "application/zpl", "application/pdf"]
    assert b64decode(files[1].content).startswith(b"^XA")
    assert files[2].file_name.endswith(".invoice.pdf")
    with pytest.raises(InvalidInput, match="PDF or ZPL203; PNG is none"):
        india.anybody().send(GetParcelLabel(parcel_id=order_id, format="PNG"))


def test_what_goes_by_easy_ship_is_not_confirmed_by_its_seller(india: TestMarket) -> None:
    order_id = ordered(india)
    [item] = india.seller.send(GetOrderItems(order_id=order_id)).payload.order_items
    detail = PackageDetail(
        package_reference_id="1",
        carrier_code="Other",
        carrier_name="By hand",
        tracking_number="1",
        ship_date=india.now,
        order_items=[ConfirmShipmentOrderItem(order_item_id=item.order_item_id, quantity=1)],
    )
    said = ConfirmShipment(order_id=order_id, marketplace_id=india.marketplace_id, package_detail=detail)

    with pytest.raises(InvalidInput, match="goes by Easy Ship"):
        india.seller.send(said)

    assert standing(india, order_id) == ("PendingSchedule", "Unshipped")
    scheduled(india, order_id, slots(india, order_id)[0].slot_id)
    with pytest.raises(InvalidInput, match="goes by Easy Ship"):
        india.seller.send(said)
    india.advance(days=10)
    assert [fact.order_id for fact in india.facts(OrderShipped)] == [order_id]
