"""When shipments arrive: delivery windows, and the seller's own truck at the dock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
from forwarder import BASE, DOCUMENT, refused, units
from modeled import check_form
from sender import Sender, window

from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.contract.marketplaces import BY_COUNTRY, MARKETPLACES
from sellingpartner.testing import TestMarket

NO_WINDOW = "dw00000000-0000-4000-8000-000000000000"
NO_SLOT = "aa00000000-0000-4000-8000-000000000000"
BENGALURU = {
    "name": "Harbor Goods",
    "addressLine1": "14 MG Road",
    "city": "Bengaluru",
    "stateOrProvinceCode": "KARNATAKA",
    "postalCode": "560001",
    "countryCode": "IN",
    "phoneNumber": "+91 80 5550 0100",
}


class Expected(Sender):
    """Harbor Goods with a shipment that Amazon expects."""

    def __init__(self, market: TestMarket, **more: Any) -> None:  # noqa: ANN401 - fields of the plan
        super().__init__(market, marketplace_id=more.pop("marketplace_id", BY_COUNTRY["US"].marketplace_id))
        self.sells("ATLAS", currency=MARKETPLACES[self.marketplace_id].currency)
        self.plan_id = self.plans(units("ATLAS", 40), **more)
        self.shipment_id = self.places(self.plan_id).shipment_ids[0]

    @property
    def where(self) -> dict[str, str]:
        """The shipment."""
        return {"inboundPlanId": self.plan_id, "shipmentId": self.shipment_id}

    def windows(self) -> list[api.DeliveryWindowOption]:
        """All windows that were worked out."""
        asked = msgspec.convert(self.where | {"pageSize": 100}, api.ListDeliveryWindowOptions)
        found: list[api.DeliveryWindowOption] = self.asks(asked).delivery_window_options
        return found

    def slots(self, **more: Any) -> list[api.AppointmentSlot]:  # noqa: ANN401 - fields
        """Have times at the dock worked out."""
        self.does(msgspec.convert(self.where | more, api.GenerateSelfShipAppointmentSlots))
        found = self.asks(msgspec.convert(self.where | {"pageSize": 100}, api.GetSelfShipAppointmentSlots))
        return list(found.self_ship_appointment_slots_availability.slots)

    def schedules(self, slot_id: str) -> api.ScheduleSelfShipAppointment:
        """A request to take a time."""
        return msgspec.convert(self.where | {"slotId": slot_id}, api.ScheduleSelfShipAppointment)

    def appointments(self) -> list[tuple[datetime, str]]:
        """When the truck comes, and whether it still does."""
        details = self.shipment(self.plan_id, self.shipment_id).self_ship_appointment_details or []
        return [
            (one.appointment_slot_time.start_time, str(one.appointment_status))
            for one in details
            if one.appointment_slot_time is not None
        ]


@pytest.fixture
def harbor(market: TestMarket) -> Expected:
    return Expected(market)


def in_india(market: TestMarket) -> Expected:
    return Expected(market, marketplace_id=BY_COUNTRY["IN"].marketplace_id, sourceAddress=BENGALURU)


@pytest.fixture
def india() -> Any:  # noqa: ANN401 - yields
    market = TestMarket(marketplaces=(BY_COUNTRY["IN"].marketplace_id,))
    yield in_india(market)
    market.close()


def test_windows_are_there_once_they_are_worked_out_and_one_is_chosen(harbor: Expected) -> None:
    before = harbor.windows()

    chosen = harbor.takes_window(harbor.plan_id, harbor.shipment_id)

    assert before == []
    assert len(harbor.windows()) == 35
    selected = harbor.shipment(harbor.plan_id, harbor.shipment_id).selected_delivery_window
    assert selected is not None
    assert selected.delivery_window_option_id == chosen.delivery_window_option_id
    assert (selected.start_date, selected.end_date) == (chosen.start_date, chosen.end_date)
    assert selected.editable_until == chosen.start_date


def test_another_window_may_be_chosen_but_none_be_worked_out_anew(harbor: Expected) -> None:
    harbor.takes_window(harbor.plan_id, harbor.shipment_id)
    other = [one for one in harbor.windows() if one.availability_type == "AVAILABLE"][5]

    code, words = refused(harbor.seller, msgspec.convert(harbor.where, api.GenerateDeliveryWindowOptions))
    harbor.does(window(harbor.plan_id, harbor.shipment_id, other))

    assert code == "BadRequest"
    assert words.endswith("cannot be processed because a delivery window is already confirmed.")
    selected = harbor.shipment(harbor.plan_id, harbor.shipment_id).selected_delivery_window
    assert selected is not None
    assert selected.start_date == other.start_date


def test_a_window_that_is_full_over_or_none_is_not_chosen(harbor: Expected, market: TestMarket) -> None:
    harbor.does(msgspec.convert(harbor.where, api.GenerateDeliveryWindowOptions))
    found = harbor.windows()
    blocked = [one for one in found if one.availability_type == "BLOCKED"]
    none = msgspec.structs.replace(found[0], delivery_window_option_id=NO_WINDOW)
    market.advance(days=4)

    words = [
        refused(harbor.seller, window(harbor.plan_id, harbor.shipment_id, one))[1] for one in (found[0], none, *blocked)
    ]

    assert words[0] == ("ERROR: Operation cannot be processed because the requested delivery window option is expired.")
    assert words[1] == "The requested deliveryWindowOptionId does not exist for the specified shipment."
    assert all(one == "ERROR: The requested delivery window is not available." for one in words[2:])
    assert harbor.shipment(harbor.plan_id, harbor.shipment_id).selected_delivery_window is None


def test_windows_wait_for_the_placement(market: TestMarket) -> None:
    harbor = Sender(market)
    harbor.sells("ATLAS")
    plan_id = harbor.plans(units("ATLAS", 40))
    option = harbor.placements(plan_id)[0]
    request = api.GenerateDeliveryWindowOptions(inbound_plan_id=plan_id, shipment_id=option.shipment_ids[0])

    assert refused(harbor.seller, request) == (
        "BadRequest",
        f"ERROR: No placement option is confirmed for inboundPlan {plan_id}.",
    )


def test_a_truck_is_expected_moved_and_called_off(india: Expected) -> None:
    first, second = india.slots()[:2]

    taken = india.asks(india.schedules(first.slot_id)).self_ship_appointment_details
    moved = india.asks(india.schedules(second.slot_id)).self_ship_appointment_details
    after_moving = india.appointments()
    india.does(msgspec.convert(india.where | {"reasonComment": "VEHICLE_DELAY"}, api.CancelSelfShipAppointment))

    assert taken.appointment_status == "ARRIVAL_SCHEDULED"
    assert moved.appointment_id != taken.appointment_id
    times = [one.slot_time.start_time for one in (first, second)]
    assert after_moving == [(times[0], "CANCELLED"), (times[1], "ARRIVAL_SCHEDULED")]
    assert india.appointments() == [(times[0], "CANCELLED"), (times[1], "CANCELLED")]
    again = refused(india.seller, msgspec.convert(india.where, api.CancelSelfShipAppointment))
    assert again == ("BadRequest", "ERROR: No self-ship appointment is scheduled for the shipment.")


def test_slots_are_those_that_were_wished_for_and_are_over_after_a_day(india: Expected) -> None:
    begins, ends = india.now + timedelta(days=2), india.now + timedelta(days=4)

    found = india.slots(desiredStartDate=begins.isoformat(), desiredEndDate=ends.isoformat())
    india.market.advance(hours=25)

    assert found
    assert all(begins <= one.slot_time.start_time < ends for one in found)
    assert refused(india.seller, india.schedules(found[-1].slot_id)) == (
        "BadRequest",
        "ERROR: Operation cannot be processed because the requested slot is expired.",
    )
    assert refused(india.seller, india.schedules(NO_SLOT))[1].startswith("The requested slotId does not exist")
    backwards = india.where | {"desiredStartDate": ends.isoformat(), "desiredEndDate": begins.isoformat()}
    wrong = refused(india.seller, msgspec.convert(backwards, api.GenerateSelfShipAppointmentSlots))
    assert "after the desiredStartDate" in wrong[1]
    assert india.appointments() == []


@pytest.mark.parametrize(
    "kind",
    [api.GenerateSelfShipAppointmentSlots, api.GetSelfShipAppointmentSlots, api.CancelSelfShipAppointment],
)
def test_no_truck_is_expected_where_sellers_bring_nothing_themselves(harbor: Expected, kind: type[Any]) -> None:
    code, words = refused(harbor.seller, msgspec.convert(harbor.where, kind))

    assert code == "BadRequest"
    assert words == "ERROR: Self-ship appointments are not supported in the marketplace of the inbound plan."


def test_windows_slots_and_appointments_have_the_form_of_amazons(harbor: Expected, india: Expected) -> None:
    harbor.takes_window(harbor.plan_id, harbor.shipment_id)
    india.asks(india.schedules(india.slots()[0].slot_id))

    us = f"{BASE}/inboundPlans/{harbor.plan_id}/shipments/{harbor.shipment_id}"
    there = f"{BASE}/inboundPlans/{india.plan_id}/shipments/{india.shipment_id}"
    check_form(harbor.shown(f"{us}/deliveryWindowOptions"), DOCUMENT, "ListDeliveryWindowOptionsResponse")
    check_form(harbor.shown(us), DOCUMENT, "Shipment")
    check_form(india.shown(f"{there}/selfShipAppointmentSlots"), DOCUMENT, "GetSelfShipAppointmentSlotsResponse")
    check_form(india.shown(there), DOCUMENT, "Shipment")
