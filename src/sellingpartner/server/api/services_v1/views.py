"""A job as Services shows it: with its buyer and address, as they stand in its order, and the goods that it is for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from sellingpartner.contract import services_v1 as v1
from sellingpartner.market.amounts import Money
from sellingpartner.market.appointments.model import Appointment, Job, Resource, Window
from sellingpartner.market.appointments.questions import resources_in
from sellingpartner.market.catalog.questions import items_of
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.orders.items import OrderItem
from sellingpartner.market.orders.lifecycle import OrderStatus
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import buyer_key, orders_by_id
from sellingpartner.storage.unit import UnitOfWork

_CAPITALS = re.compile(r"[A-Z0-9]*")


class Beside(msgspec.Struct, frozen=True):
    """What jobs are shown with: orders, and those who do them, by id."""

    seller_id: str
    orders: Mapping[str, Order]
    people: Mapping[str, Resource]
    brands: Mapping[str, str]


def shown(unit: UnitOfWork, jobs: Sequence[Job]) -> list[v1.ServiceJob]:
    """Jobs, with all that is shown beside them, read once."""
    named = [order_id for one in jobs for order_id in (one.order_id, *one.product_order_ids)]
    orders = orders_by_id(unit, named)
    people = {
        one.resource_id: one
        for marketplace_id in sorted({job.marketplace_id for job in jobs})
        for one in resources_in(unit, marketplace_id)
    }
    asins = {
        item.asin
        for job in jobs
        for order_id in job.product_order_ids
        for item in (orders[order_id].items if order_id in orders else ())
    }
    brands = {asin: item.brand for asin, item in items_of(unit, sorted(asins)).items()} if asins else {}
    beside = Beside(unit.seller_id, orders, people, brands)
    return [_job(unit, job, beside) for job in jobs]


def _job(unit: UnitOfWork, job: Job, beside: Beside) -> v1.ServiceJob:
    order = beside.orders[job.order_id]
    goods = [beside.orders[one] for one in job.product_order_ids if one in beside.orders]
    return v1.ServiceJob(
        create_time=job.created_at,
        service_job_id=job.job_id,
        service_job_status=v1.ServiceJobStatus(job.status.value),
        scope_of_work=v1.ScopeOfWork(
            asin=job.asin, title=job.title, quantity=job.quantity, required_skills=list(job.skills)
        ),
        seller=v1.Seller(seller_id=beside.seller_id),
        service_job_provider=v1.ServiceJobProvider(service_job_provider_id=beside.seller_id),
        preferred_appointment_times=[_window(one) for one in job.wishes] or None,
        appointments=[_appointment(one, beside) for one in job.appointments],
        service_order_id=job.order_id,
        product_order_ids=list(job.product_order_ids),
        tracking_ids=[one.tracking_number for each in goods for one in each.packages if one.tracking_number],
        marketplace_id=job.marketplace_id,
        store_id=job.store_id,
        buyer=v1.Buyer(
            buyer_id=buyer_key(unit, order.buyer.email)[:14].upper(),
            name=order.buyer.name,
            phone=order.address.phone,
            is_prime_member=order.is_prime,
        ),
        associated_items=[_item(each, item, beside) for each in goods for item in each.items],
        service_location=v1.ServiceLocation(
            service_location_type=v1.ServiceLocationType(job.location.value), address=_address(order.address)
        ),
        payments=[_payment(order, job)],
    )


def _payment(order: Order, job: Job) -> v1.Payment:
    paid = Money(order.item(job.order_item_id).amounts.total, order.currency)
    return v1.Payment(
        amount=v1.MoneyAmount(value=paid.decimal, currency=paid.currency),
        instrument=next(iter(order.payment_details), "Standard"),
    )


def _window(window: Window) -> v1.AppointmentTime:
    return v1.AppointmentTime(start_time=window.starts_at, duration_in_minutes=window.minutes)


def _appointment(one: Appointment, beside: Beside) -> v1.Appointment:
    return v1.Appointment(
        appointment_id=one.appointment_id,
        appointment_status=v1.AppointmentStatus(one.status.value),
        appointment_time=_window(one.window),
        assigned_technicians=_people(one.technicians, beside),
        rescheduled_appointment_id=one.moved_to,
        poa=_proof(one, beside),
    )


def _proof(one: Appointment, beside: Beside) -> v1.Poa | None:
    """What proves an appointment, once documents have come.

    Assumed: documents are shown as a receipt, whatever is on them, and the first of those who were there sent them.
    """
    told = one.told
    if not told.documents:
        return None
    window = one.window
    if told.started_at is not None and told.ended_at is not None:
        minutes = max(1, round((told.ended_at - told.started_at).total_seconds() / 60))
        window = Window(told.started_at, minutes)
    there = told.technicians or one.technicians
    return v1.Poa(
        appointment_time=_window(window),
        technicians=_people(there, beside),
        uploading_technician=next((each for each in there if _CAPITALS.fullmatch(each)), None),
        upload_time=told.documented_at,
        poa_type=v1.PoaType.POA_RECEIPT,
    )


def _people(ids: Iterable[str], beside: Beside) -> list[v1.Technician] | None:
    found = [
        v1.Technician(technician_id=one, name=beside.people[one].name if one in beside.people else None) for one in ids
    ]
    return found or None


def _item(order: Order, item: OrderItem, beside: Beside) -> v1.AssociatedItem:
    return v1.AssociatedItem(
        asin=item.asin,
        title=item.title,
        quantity=item.quantity,
        order_id=order.order_id,
        item_status=_status(order, item),
        brand_name=beside.brands.get(item.asin) or None,
        item_delivery=v1.ItemDelivery(
            estimated_delivery_date=order.latest_delivery_at,
            item_delivery_promise=v1.ItemDeliveryPromise(
                start_time=order.earliest_delivery_at, end_time=order.latest_delivery_at
            ),
        ),
    )


def _status(order: Order, item: OrderItem) -> v1.ItemStatus:
    if order.status is OrderStatus.CANCELED or not item.held:
        return v1.ItemStatus.CANCELLED
    packages = [one for one in order.packages if item.order_item_id in one.quantities]
    if item.unshipped or not packages:
        return v1.ItemStatus.ACTIVE
    return v1.ItemStatus.DELIVERED if all(one.delivered_at for one in packages) else v1.ItemStatus.SHIPPED


def _address(address: Address) -> v1.Address:
    return v1.Address(
        name=address.name,
        address_line1=address.line_1,
        address_line2=address.line_2,
        address_line3=address.line_3,
        city=address.city,
        county=address.county,
        district=address.district,
        state_or_region=address.state_or_region,
        postal_code=address.postal_code,
        country_code=address.country_code,
        phone=address.phone,
    )
