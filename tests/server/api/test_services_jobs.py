"""Jobs of services: they come of orders, get appointments, are done, and are paid for."""

from __future__ import annotations

import pytest
from modeled import check_form
from serviceman import ANN, BEN, MODEL, MOUNTING, PDF, STORE, Serviceman, utc

from sellingpartner.contract import orders_2026_01_01 as v2026
from sellingpartner.contract import services_v1 as v1
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.finances_2024_06_19 import ListTransactions
from sellingpartner.contract.orders_v0 import GetOrder, GetOrderItems
from sellingpartner.market.events.appointments import AppointmentMissed, JobCanceled, JobCompleted, JobOffered
from sellingpartner.market.events.orders import OrderCanceled, PackageDelivered, PackageShipped
from sellingpartner.market.orders.commands import cancel, ship
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.questions import order_of
from sellingpartner.testing import TestMarket
from sellingpartner.testing.saying import US

NINE, TEN, ELEVEN = "2026-11-03T17:00", "2026-11-03T18:00", "2026-11-03T19:00"
"""Nine, ten and eleven o'clock in Portland, in UTC."""


@pytest.fixture
def seller(market: TestMarket) -> Serviceman:
    return Serviceman(market)


def test_a_paid_order_of_a_service_is_a_job(seller: Serviceman, market: TestMarket) -> None:
    order_id = market.buys(MOUNTING, paid=False)
    assert market.facts(JobOffered) == []

    assert market.seller.stock(MOUNTING) == 0
    job_id = seller.ordered()
    reply = seller.post("GET", f"/serviceJobs/{job_id}")
    job = seller.job(job_id)

    check_form(reply.json(), MODEL, "GetServiceJobByServiceJobIdResponse")
    assert [one.order_id for one in market.facts(JobOffered)] == [job.service_order_id]
    assert job.service_order_id != order_id
    assert (job.service_job_status, job.store_id, job.marketplace_id) == ("PENDING_SCHEDULE", STORE, US)
    assert job.scope_of_work == v1.ScopeOfWork(
        asin=seller.asin, title="Harbor TV-MOUNTING", quantity=1, required_skills=["tv"]
    )
    assert job.service_location is not None
    assert job.service_location.address is not None
    assert (job.service_location.service_location_type, job.service_location.address.city) == ("IN_HOME", "Portland")
    assert job.buyer is not None
    assert (job.buyer.name, job.buyer.is_prime_member) == ("Ada Finch", False)
    assert [str(one.amount.value) for one in job.payments or [] if one.amount] == ["129.00"]


def test_a_service_names_the_goods_that_it_is_for_and_they_name_it(seller: Serviceman, market: TestMarket) -> None:
    goods = market.buys("LAMP-OAK")
    job_id = seller.ordered(serves_order_ids=(goods,))
    before = seller.job(job_id)
    (item,) = market.seller.send(GetOrderItems(order_id=goods)).payload.order_items
    found = market.seller.send(v2026.GetOrder(order_id=goods)).order.order_items[0].associated_order_items or []
    (service,) = market.seller.send(GetOrderItems(order_id=str(before.service_order_id))).payload.order_items

    assert before.product_order_ids == [goods]
    assert [(one.order_id, one.item_status, one.brand_name) for one in before.associated_items or []] == [
        (goods, "ACTIVE", "Harbor")
    ]
    assert item.associated_items is not None
    assert [(one.order_id, one.order_item_id) for one in item.associated_items] == [
        (before.service_order_id, service.order_item_id)
    ]
    assert [(one.order_id, one.association_type) for one in found] == [(before.service_order_id, "VALUE_ADD_SERVICE")]
    asked = v1.GetServiceJobs(marketplace_ids=[US], created_after="2026-01-01", product_order_ids=[goods])
    assert market.seller.send(asked).payload.total_result_size == 1


def test_a_job_is_set_assigned_done_and_proven(seller: Serviceman, market: TestMarket) -> None:
    job_id = seller.ordered()
    appointment_id = seller.books(job_id, TEN)
    assert (seller.status(job_id), seller.assigns(job_id, appointment_id, ANN)) == ("NOT_SERVICED", [])
    seller.tells(
        job_id, appointment_id, estimated_arrival_time=v1.DateTimeRange(start_time=utc(TEN), end_time=utc(ELEVEN))
    )
    market.clock.freeze(at=utc("2026-11-03T19:30"))
    seller.tells(
        job_id,
        appointment_id,
        fulfillment_time=v1.FulfillmentTime(start_time=utc(TEN), end_time=utc("2026-11-03T19:20")),
        appointment_resources=[v1.AppointmentResource(resource_id=BEN)],
        fulfillment_documents=[v1.FulfillmentDocument(upload_destination_id=seller.sends(PDF))],
    )
    seller.completes(job_id)

    reply = seller.post("GET", f"/serviceJobs/{job_id}")
    check_form(reply.json(), MODEL, "GetServiceJobByServiceJobIdResponse")
    job = seller.job(job_id)
    (appointment,) = job.appointments or []
    assert (job.service_job_status, appointment.appointment_status) == ("COMPLETED", "COMPLETED")
    assert [one.name for one in appointment.assigned_technicians or []] == ["Ann Reed"]
    assert appointment.poa is not None
    assert appointment.poa.appointment_time == v1.AppointmentTime(start_time=utc(TEN), duration_in_minutes=80)
    assert (appointment.poa.uploading_technician, appointment.poa.poa_type) == (BEN, "POA_RECEIPT")
    assert [one.job_id for one in market.facts(JobCompleted)] == [job_id]


def test_a_job_that_is_done_ships_its_order_and_is_paid_out(seller: Serviceman, market: TestMarket) -> None:

    job_id = seller.ordered()
    order_id = str(seller.job(job_id).service_order_id)
    seller.books(job_id, TEN)
    market.clock.freeze(at=utc("2026-11-03T19:00"))
    seller.completes(job_id)

    order = market.seller.send(GetOrder(order_id=order_id)).payload
    assert (order.order_status, order.number_of_items_shipped) == ("Shipped", 1)
    assert [one.order_id for one in market.facts(PackageShipped)] == [order_id]
    assert [one.order_id for one in market.facts(PackageDelivered)] == [order_id]
    market.advance(days=3)
    asked = ListTransactions(posted_after=utc("2026-11-01T00:00"), marketplace_id=US)
    (sale,) = market.seller.send(asked).payload.transactions or []
    assert sale.total_amount is not None
    assert sale.transaction_type == "Shipment"
    assert 0 < float(str(sale.total_amount.currency_amount)) < 129
    parts = {one.breakdown_type for one in sale.breakdowns or []}
    assert parts == {"Sales", "Expenses"}


def test_nothing_is_shipped_of_a_service(seller: Serviceman, market: TestMarket) -> None:

    order_id = str(seller.job(seller.ordered()).service_order_id)

    with (
        pytest.raises(InvalidInput, match="its job is completed"),
        market.market.write(market.seller.seller_id) as unit,
    ):
        items = order_of(unit, order_id).unshipped_quantities()
        ship(unit, order_id, Parcel(reference="1", shipped_at=unit.now, quantities=items, carrier_code="UPS"))

    market.advance(days=10)
    assert market.seller.send(GetOrder(order_id=order_id)).payload.order_status == "Unshipped"


def test_a_moved_appointment_is_another_one(seller: Serviceman) -> None:
    job_id = seller.ordered()
    first = seller.books(job_id, TEN)
    seller.assigns(job_id, first, ANN)

    moved = seller.moves(job_id, first, ELEVEN)

    job = seller.job(job_id)
    check_form({"appointmentId": moved.appointment_id}, MODEL, "SetAppointmentResponse")
    old, new = job.appointments or []
    assert (old.appointment_status, old.rescheduled_appointment_id) == ("CANCELLED", moved.appointment_id)
    assert (new.appointment_status, new.appointment_id) == ("ACTIVE", moved.appointment_id)
    assert [one.technician_id for one in new.assigned_technicians or []] == [ANN]
    assert (moved.warnings, seller.slots("2026-11-03T18:00:00Z", "2026-11-03T20:00:00Z")) == (
        None,
        {TEN: 1, ELEVEN: 0},
    )


def test_who_cannot_come_to_a_moved_appointment_is_assigned_no_more(seller: Serviceman) -> None:
    seller.works("2026-11-03T09:00:00-08:00", "2026-11-03T11:00:00-08:00", of=ANN)
    job_id = seller.ordered()
    first = seller.books(job_id, TEN)
    seller.assigns(job_id, first, ANN, BEN)

    moved = seller.moves(job_id, first, ELEVEN)

    assert [(one.code, one.message) for one in moved.warnings or []] == [
        ("RESOURCES_UNASSIGNED", "Unassigned resources : TECHANN")
    ]
    _, new = seller.job(job_id).appointments or []
    assert [one.technician_id for one in new.assigned_technicians or []] == [BEN]


def test_an_appointment_of_which_nothing_is_told_is_missed(seller: Serviceman, market: TestMarket) -> None:
    job_id = seller.ordered()
    missed = seller.books(job_id, TEN)
    market.clock.freeze(at=utc("2026-11-03T20:00"))

    market.advance(hours=46)
    assert seller.status(job_id) == "NOT_SERVICED"
    market.advance(hours=2)

    assert [one.appointment_id for one in market.facts(AppointmentMissed)] == [missed]
    assert seller.status(job_id) == "PENDING_SCHEDULE"
    again = seller.books(job_id, "2026-11-09T18:00")
    assert [one.appointment_status for one in seller.job(job_id).appointments or []] == ["CANCELLED", "ACTIVE"]
    assert again != missed


def test_a_canceled_job_cancels_its_order_and_frees_its_time(seller: Serviceman, market: TestMarket) -> None:
    job_id = seller.ordered()
    seller.books(job_id, TEN)

    market.seller.send(v1.CancelServiceJobByServiceJobId(service_job_id=job_id, cancellation_reason_code="V1"))

    order_id = str(seller.job(job_id).service_order_id)
    assert seller.status(job_id) == "CANCELLED"
    assert market.seller.send(GetOrder(order_id=order_id)).payload.order_status == "Canceled"
    assert [(one.order_id, one.canceled_by, one.reason) for one in market.facts(OrderCanceled)] == [
        (order_id, "Seller", "V1")
    ]
    assert seller.slots("2026-11-03T18:00:00Z", "2026-11-03T19:00:00Z") == {TEN: 1}


def test_a_canceled_order_cancels_its_job(seller: Serviceman, market: TestMarket) -> None:

    job_id = seller.ordered()
    seller.books(job_id, TEN)
    order_id = str(seller.job(job_id).service_order_id)
    with market.market.write(market.seller.seller_id) as unit:
        cancel(unit, order_id, by=Canceler.BUYER, reason="BuyerCanceled")

    assert seller.status(job_id) == "CANCELLED"
    assert [one.canceled_by for one in market.facts(JobCanceled)] == ["Buyer"]
    assert seller.slots("2026-11-03T18:00:00Z", "2026-11-03T19:00:00Z") == {TEN: 1}


def test_a_wish_that_nobody_can_meet_puts_a_job_on_hold(seller: Serviceman) -> None:
    met = seller.ordered(wished_times=(utc(NINE), utc(TEN)))
    seller.books(met, TEN)
    held = seller.ordered(wished_times=(utc(TEN),))

    assert [str(one.start_time)[:16] for one in seller.job(met).preferred_appointment_times or []] == [
        "2026-11-03 17:00",
        "2026-11-03 18:00",
    ]
    assert seller.status(held) == "HOLD"
    seller.books(held, ELEVEN)
    assert seller.status(held) == "NOT_SERVICED"
