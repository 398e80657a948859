"""Services: a store opens, a television is mounted, and another one is not, in the order in which a seller works."""

from __future__ import annotations

from datetime import timedelta

from serviceman import ANN, MOUNTING, STORE, Serviceman, utc

from sellingpartner import SellingPartner
from sellingpartner.contract import services_v1 as v1
from sellingpartner.testing import TestMarket
from sellingpartner.testing.saying import US

DAY_BEGINS, DAY_ENDS = utc("2026-11-03T17:00"), utc("2026-11-04T01:00")


def test_a_television_is_mounted_and_another_is_not(market: TestMarket, client: SellingPartner) -> None:
    seller, services = Serviceman(market), client.services

    # On Tuesday there are two until three o'clock, but for a lesson of one of them.
    hours = v1.AvailabilityRecord(start_time=DAY_BEGINS, end_time=utc("2026-11-03T23:00"), capacity=2)
    closed = v1.AvailabilityRecord(start_time=utc("2026-11-03T20:00"), end_time=utc("2026-11-03T21:00"))
    told = services.update_schedule(resource_id=STORE, marketplace_ids=[US], schedules=[hours]).payload
    assert [one.code for each in told for one in each.warnings or []] == ["ScheduleOverride"]
    lesson = v1.Reservation(type=v1.Type.TRAINING, availability=closed)
    made = services.create_reservation(marketplace_ids=[US], resource_id=STORE, reservation=lesson).payload.reservation
    assert made is not None
    later = v1.AvailabilityRecord(start_time=utc("2026-11-03T21:00"), end_time=utc("2026-11-03T22:00"))
    name = str(made.reservation_id)
    services.update_reservation(
        reservation_id=name,
        marketplace_ids=[US],
        resource_id=STORE,
        reservation=v1.Reservation(type=v1.Type.TRAINING, availability=later),
    )
    free = services.get_fixed_slot_capacity(
        resource_id=STORE,
        marketplace_ids=[US],
        start_date_time=DAY_BEGINS,
        end_date_time=DAY_ENDS,
        capacity_types=[v1.CapacityType.AVAILABLE_CAPACITY],
    )
    assert [one.available_capacity for one in free.capacities or []] == [2, 2, 2, 2, 1, 2, 1, 1]
    services.cancel_reservation(reservation_id=name, marketplace_ids=[US])

    # Two buyers order; what they can book is the same, whether one asks for the product or for the job.
    goods = market.buys("LAMP-OAK")
    market.buys(MOUNTING, serves_order_ids=(goods,))
    market.buys(MOUNTING)
    listed = services.get_service_jobs(
        marketplace_ids=[US],
        created_after="2026-11-01T00:00:00Z",
        service_job_status=[v1.ServiceJobStatus.PENDING_SCHEDULE],
    ).payload
    first, second = (
        str(one.service_job_id) for one in sorted(listed.jobs or [], key=lambda one: not one.product_order_ids)
    )
    window = {"start_time": f"{DAY_BEGINS:%Y-%m-%dT%H:%M:%SZ}", "end_time": f"{DAY_ENDS:%Y-%m-%dT%H:%M:%SZ}"}
    by_job = services.get_appointmment_slots_by_job_id(service_job_id=first, marketplace_ids=[US], **window).payload
    by_product = services.get_appointment_slots(
        asin=seller.asin, store_id=STORE, marketplace_ids=[US], **window
    ).payload
    assert (by_job, len(by_job.appointment_slots or [])) == (by_product, 8)

    # The first is set, moved, and assigned; the second is canceled.
    at = v1.AppointmentTimeInput(start_time=DAY_BEGINS)
    set_at = services.add_appointment_for_service_job_by_service_job_id(service_job_id=first, appointment_time=at)
    moved = services.reschedule_appointment_for_service_job_by_service_job_id(
        service_job_id=first,
        appointment_id=str(set_at.appointment_id),
        appointment_time=v1.AppointmentTimeInput(start_time=DAY_BEGINS + timedelta(hours=1)),
        reschedule_reason_code="R1",
    )
    here = str(moved.appointment_id)
    services.assign_appointment_resources(
        service_job_id=first, appointment_id=here, resources=[v1.AppointmentResource(resource_id=ANN)]
    )
    services.cancel_service_job_by_service_job_id(service_job_id=second, cancellation_reason_code="V1")
    taken = services.get_range_slot_capacity(
        resource_id=STORE,
        marketplace_ids=[US],
        start_date_time=DAY_BEGINS,
        end_date_time=DAY_ENDS,
        capacity_types=[v1.CapacityType.ENCUMBERED_CAPACITY],
    )
    (levels,) = taken.capacities or []
    assert [(f"{one.start_date_time:%H}", one.capacity) for one in levels.slots or []] == [
        ("17", 0),
        ("18", 1),
        ("19", 0),
    ]

    # It is done, proven, and paid out.
    market.clock.freeze(at=DAY_BEGINS + timedelta(hours=2))
    destination = services.create_service_document_upload_destination(
        content_type=v1.ContentType.PDF, content_length=27
    ).payload
    assert destination.encryption_details.standard == "AES"
    services.set_appointment_fulfillment_data(
        service_job_id=first,
        appointment_id=here,
        fulfillment_time=v1.FulfillmentTime(start_time=DAY_BEGINS + timedelta(hours=1), end_time=market.now),
        fulfillment_documents=[v1.FulfillmentDocument(upload_destination_id=seller.sends())],
    )
    services.complete_service_job_by_service_job_id(service_job_id=first)
    done = services.get_service_job_by_service_job_id(service_job_id=first).payload

    *_, appointment = done.appointments or []
    assert (done.service_job_status, appointment.appointment_status) == ("COMPLETED", "COMPLETED")
    assert appointment.poa is not None
    assert [one.order_id for one in done.associated_items or []] == [goods]
    market.advance(days=30)
    events = client.finances_v0.list_financial_events_by_order_id(order_id=str(done.service_order_id)).payload
    assert events.financial_events is not None
    assert len(events.financial_events.shipment_event_list or []) == 1
