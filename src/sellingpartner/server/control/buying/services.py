"""Services by hand: who does them, and what buyers do about the jobs that come of their orders."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.appointments import commands
from sellingpartner.market.appointments.hours import Day, Record, Recurrence, on_the_wall
from sellingpartner.market.appointments.model import Appointment, Job, Resource, ResourceKind
from sellingpartner.market.appointments.questions import (
    JobFilter,
    area_of_skus,
    job_of,
    jobs_of_order,
    offerings_in,
    page_of_jobs,
    resource_of,
    resources_in,
    rules,
    slots_for_job,
)
from sellingpartner.market.appointments.refusals import BrokenRule
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.buyer import Address, Buyer
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.orders.purchase import Purchase, PurchaseLine
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.services.model import Location, Offering, Scheduling
from sellingpartner.market.time.chance import chance
from sellingpartner.server.control.buying.buyers import buyer_and_address
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.whose import shop_meant
from sellingpartner.storage.unit import UnitOfWork

_LATEST = 100
_AHEAD = timedelta(days=2 * 365)
_DAY = timedelta(days=1)
_REASON = "The buyer canceled the order."
_GIVEN_UP = "Nobody can do it."


def list_service_resources(desk: Desk, request: v1.ListServiceResources) -> v1.ServiceResources:
    """All stores and technicians of a marketplace."""
    seller_id, here = shop_meant(desk.market, request.seller_id, request.marketplace_id)
    with desk.market.read(seller_id) as unit:
        return v1.ServiceResources(resources=[_resource(one) for one in resources_in(unit, here)])


def register_service_store(desk: Desk, request: v1.RegisterServiceStore) -> v1.ServiceResource:
    """Have a store be there, with its hours if they are said."""
    seller_id, here = shop_meant(desk.market, request.seller_id, request.marketplace_id)
    store = Resource(
        resource_id=request.resource_id,
        kind=ResourceKind.STORE,
        marketplace_id=here,
        name=request.name or request.resource_id,
        store_id=request.resource_id,
        time_zone=request.time_zone,
        states=tuple(request.states),
    )
    with desk.market.write(seller_id) as unit:
        return _resource(_registered(unit, store, request.hours))


def register_technician(desk: Desk, request: v1.RegisterTechnician) -> v1.ServiceResource:
    """Have a technician work for a store, with their own hours if they are said."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    with desk.market.write(seller_id) as unit:
        store = resource_of(unit, request.store_id)
        person = Resource(
            resource_id=request.resource_id,
            kind=ResourceKind.TECHNICIAN,
            marketplace_id=store.marketplace_id,
            name=request.name or request.resource_id,
            store_id=store.resource_id,
            time_zone=store.time_zone,
            skills=tuple(request.skills),
            is_checked=request.is_checked,
            is_employed=request.is_employed,
        )
        return _resource(_registered(unit, person, request.hours))


def list_offered_services(desk: Desk, request: v1.ListOfferedServices) -> v1.OfferedServices:
    """All services of a marketplace."""
    seller_id, here = shop_meant(desk.market, request.seller_id, request.marketplace_id)
    with desk.market.read(seller_id) as unit:
        return v1.OfferedServices(services=[_offered(one) for one in offerings_in(unit, here).values()])


def offer_service(desk: Desk, request: v1.OfferService) -> v1.OfferedService:
    """Make a SKU a service."""
    seller_id, here = shop_meant(desk.market, request.seller_id, request.marketplace_id)
    wanted = Offering(
        marketplace_id=here,
        sku=request.sku,
        asin="",
        minutes=request.minutes,
        location=Location(request.place.value),
        scheduling=Scheduling.REAL_TIME if request.is_real_time else Scheduling.WORKING_HOURS,
        skills=tuple(request.skills),
        store_ids=tuple(request.stores),
    )
    with desk.market.write(seller_id) as unit:
        return _offered(commands.offer_service(unit, wanted))


def list_service_jobs(desk: Desk, request: v1.ListServiceJobs) -> v1.ServiceJobStates:
    """The latest jobs of a marketplace."""
    seller_id, here = shop_meant(desk.market, request.seller_id, request.marketplace_id)
    with desk.market.read(seller_id) as unit:
        found = page_of_jobs(unit, JobFilter(marketplace_id=here), _LATEST).jobs
        return v1.ServiceJobStates(jobs=[_job(unit, one) for one in found])


def show_service_job(desk: Desk, request: v1.ShowServiceJob) -> v1.ServiceJobState:
    """One job."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    with desk.market.read(seller_id) as unit:
        return _job(unit, job_of(unit, request.job_id))


def order_service(desk: Desk, request: v1.OrderService) -> v1.ServiceJobState:
    """Let a buyer order a service: whoever bought the goods that it is for, else somebody."""
    seller_id, here = shop_meant(desk.market, request.seller_id, request.marketplace_id)
    with desk.market.write(seller_id) as unit:
        if request.sku not in offerings_in(unit, here):
            message = f"SKU {request.sku!r} is no service; `spapi service offer` makes it one."
            raise InvalidInput(message)
        buyer, address = _buyer(unit, request.sku, request.product_order_ids, here)
        purchase = Purchase(
            marketplace_id=here,
            lines=(PurchaseLine(sku=request.sku, quantity=request.quantity),),
            buyer=buyer,
            address=address,
            serves_order_ids=tuple(request.product_order_ids),
            wished_times=tuple(request.wished_times),
        )
        order = orders.place(unit, purchase)
        (job,) = jobs_of_order(unit, order.order_id)
        return _job(unit, job)


def carry_service_job(desk: Desk, request: v1.CarryServiceJob) -> v1.ServiceJobState:
    """Let something happen to a job that its seller does not do."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    with desk.market.write(seller_id) as unit:
        try:
            _carry(unit, job_of(unit, request.job_id), request)
        except BrokenRule as refused:  # who drives the market by hand is told all in one sentence
            message = f"{refused.message.removesuffix('.')}. {refused.details or ''}".strip()
            raise InvalidInput(message) from None
        return _job(unit, job_of(unit, request.job_id))


def _carry(unit: UnitOfWork, job: Job, request: v1.CarryServiceJob) -> None:
    match request.deed:
        case v1.ServiceDeed.BOOK:
            commands.set_appointment(unit, job.job_id, _when(unit, job, request.at), said_by=commands.BUYER)
        case v1.ServiceDeed.MOVE:
            _move(unit, job, request.at)
        case v1.ServiceDeed.MISS:
            commands.miss(unit, job.job_id)
        case v1.ServiceDeed.CANCEL:
            commands.cancel(unit, job.job_id, by=Canceler.BUYER, reason=request.reason or _REASON)
        case v1.ServiceDeed.DECLINE:
            commands.decline(unit, job.job_id)
        case v1.ServiceDeed.GIVE_UP:
            commands.give_up(unit, job.job_id, request.reason or _GIVEN_UP)


def _move(unit: UnitOfWork, job: Job, at: datetime | None) -> None:
    if job.active is None:
        message = (
            f"Job {job.job_id} is {job.status.value} and has no appointment to move; `spapi service book` makes one."
        )
        raise InvalidInput(message)
    commands.move_appointment(
        unit,
        job.job_id,
        job.active.appointment_id,
        _when(unit, job, at),
        reason=commands.BUYERS_WISH,
        said_by=commands.BUYER,
    )


def _when(unit: UnitOfWork, job: Job, at: datetime | None) -> datetime:
    if at is not None:
        return at
    free = [
        one.window.starts_at
        for one in slots_for_job(unit, job, unit.now, unit.now + timedelta(days=rules().days.usual_slots))
        if one.capacity
    ]
    if not free:
        message = f"Store {job.store_id} has no free slot within {rules().days.usual_slots} days; say a later time: at."
        raise InvalidInput(message)
    return free[0]


def _registered(unit: UnitOfWork, resource: Resource, hours: v1.OpeningHours | None) -> Resource:
    known = commands.register(unit, resource)
    if hours is not None:
        for told in commands.update_schedule(unit, known.resource_id, [_record(unit, known, hours)]):
            for against in told.errors:
                raise InvalidInput(against.message)
    return known


def _record(unit: UnitOfWork, resource: Resource, hours: v1.OpeningHours) -> Record:
    today = unit.now.astimezone(resource.zone).date()
    opens, closes = (time.fromisoformat(one) for one in (hours.opens, hours.closes))
    until = on_the_wall(today if closes > opens else today + _DAY, closes, resource.zone)
    again = Recurrence(ends_at=unit.now + _AHEAD, days_of_week=tuple(Day(one.value) for one in hours.days))
    return Record(
        starts_at=on_the_wall(today, opens, resource.zone), ends_at=until, recurrence=again, capacity=hours.capacity
    )


def _buyer(unit: UnitOfWork, sku: str, product_order_ids: list[str], marketplace_id: str) -> tuple[Buyer, Address]:
    if product_order_ids:
        goods = order_of(unit, product_order_ids[0])
        return goods.buyer, goods.address
    luck = chance(unit, "service ordered by hand", unit.next_number("services by hand"))
    country, area = MARKETPLACES[marketplace_id].country_code, area_of_skus(unit, marketplace_id, [sku])
    return buyer_and_address(luck, country, None, None, is_business=False, area=area)


def _resource(one: Resource) -> v1.ServiceResource:
    return v1.ServiceResource(
        resource_id=one.resource_id,
        kind=one.kind.value,
        name=one.name,
        store_id=one.store_id,
        time_zone=one.time_zone,
        marketplace_id=one.marketplace_id,
        states=list(one.states),
        skills=list(one.skills),
        is_checked=one.is_checked,
        is_employed=one.is_employed,
    )


def _offered(one: Offering) -> v1.OfferedService:
    return v1.OfferedService(
        sku=one.sku,
        asin=one.asin,
        marketplace_id=one.marketplace_id,
        minutes=one.minutes,
        place=one.location.value,
        skills=list(one.skills),
        stores=list(one.store_ids),
        is_real_time=one.scheduling is Scheduling.REAL_TIME,
    )


def _job(unit: UnitOfWork, job: Job) -> v1.ServiceJobState:
    zone_of = resource_of(unit, job.store_id)
    return v1.ServiceJobState(
        job_id=job.job_id,
        status=job.status.value,
        order_id=job.order_id,
        sku=order_of(unit, job.order_id).item(job.order_item_id).sku,
        store_id=job.store_id,
        marketplace_id=job.marketplace_id,
        quantity=job.quantity,
        created_at=job.created_at,
        product_order_ids=list(job.product_order_ids),
        appointments=[_appointment(one, zone_of) for one in job.appointments],
        ended_because=job.ended_because,
    )


def _appointment(one: Appointment, store: Resource) -> v1.JobAppointment:
    starts_at = one.window.starts_at
    return v1.JobAppointment(
        appointment_id=one.appointment_id,
        status=one.status.value,
        starts_at=starts_at,
        local_time=f"{starts_at.astimezone(store.zone):%Y-%m-%d %H:%M}",
        minutes=one.window.minutes,
        technicians=list(one.technicians),
        documents=len(one.told.documents),
    )
