"""Jobs come of orders: when one of a service is paid, there is something to do for somebody."""

from __future__ import annotations

from sellingpartner.market.appointments.areas import store_for
from sellingpartner.market.appointments.model import Job, Resource, Window
from sellingpartner.market.appointments.slots import why_not
from sellingpartner.market.appointments.store import GOODS, PARCEL, SKILL, jobs_for_goods, keep_job, link_job
from sellingpartner.market.events.appointments import JobHeld, JobOffered
from sellingpartner.market.events.orders import OrderPaid, PackageShipped
from sellingpartner.market.orders.items import OrderItem
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import order_of, orders_by_id
from sellingpartner.market.services.model import Offering
from sellingpartner.market.services.questions import offerings_in
from sellingpartner.market.time.chance import uuid_of, wide_number_of
from sellingpartner.storage.unit import UnitOfWork, on


@on(OrderPaid)
def offer_jobs(unit: UnitOfWork, fact: OrderPaid) -> None:
    """Have a job be there for each item of a service that was paid."""
    offered = offerings_in(unit, fact.marketplace_id)
    if not offered:
        return
    order = order_of(unit, fact.order_id)
    if not order.is_service:
        return
    for item in order.items:
        _offer(unit, order, item, offered[item.sku])


@on(PackageShipped)
def find_by_parcel(unit: UnitOfWork, fact: PackageShipped) -> None:
    """Let jobs be found by the parcels of the goods that they are for."""
    if fact.tracking_id:
        for job_id in jobs_for_goods(unit, fact.order_id):
            link_job(unit, job_id, PARCEL, fact.tracking_id)


def _offer(unit: UnitOfWork, order: Order, item: OrderItem, offering: Offering) -> None:
    store = store_for(unit, offering, order.address.state_or_region)
    job = Job(
        job_id=uuid_of(wide_number_of(unit.seed, "service job", unit.seller_id, item.order_item_id)),
        marketplace_id=order.marketplace_id,
        store_id=store.resource_id,
        order_id=order.order_id,
        order_item_id=item.order_item_id,
        asin=item.asin,
        title=item.title,
        quantity=item.held,
        minutes=offering.minutes,
        location=offering.location,
        scheduling=offering.scheduling,
        skills=offering.skills,
        created_at=unit.now,
        updated_at=unit.now,
        wishes=tuple(Window(one, offering.minutes) for one in order.wished_times),
        product_order_ids=order.serves_order_ids,
    )
    is_held = bool(job.wishes) and not any(_can_be(unit, store, job, one) for one in job.wishes)
    if is_held:
        job.move(JobHeld)
    keep_job(unit, job)
    link_job(unit, job.job_id, SKILL, *job.skills)
    link_job(unit, job.job_id, GOODS, *job.product_order_ids)
    for goods in orders_by_id(unit, job.product_order_ids).values():
        parcels = [one.tracking_number for one in goods.packages if one.tracking_number]
        link_job(unit, job.job_id, PARCEL, *parcels)
    unit.emit(
        JobOffered(
            job_id=job.job_id,
            order_id=job.order_id,
            asin=job.asin,
            store_id=job.store_id,
            marketplace_id=job.marketplace_id,
        )
    )
    if is_held:
        unit.emit(JobHeld(job_id=job.job_id))


def _can_be(unit: UnitOfWork, store: Resource, job: Job, wish: Window) -> bool:
    return wish.starts_at > unit.now and not why_not(unit, store, job.minutes, wish)
