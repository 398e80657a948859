"""A simulated shop puts together at home what it sells: a service, its store, its technicians, and buyers who want it.

Assumed: of 20 orders that go where the store serves one leads to an order of the service. Of the buyers who wait for
the seller, one of three books without being asked, and one of eight of these changes the time or calls it off.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from enum import StrEnum

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.appointments import commands
from sellingpartner.market.appointments.hours import Day, Record, Recurrence, on_the_wall
from sellingpartner.market.appointments.lifecycle import JobStatus
from sellingpartner.market.appointments.model import Job, Resource, ResourceKind, Window
from sellingpartner.market.appointments.questions import (
    area_of_skus,
    is_in,
    job_of,
    jobs_of_order,
    offerings_in,
    slots_for_job,
)
from sellingpartner.market.appointments.telling import News
from sellingpartner.market.catalog.commands import add_items
from sellingpartner.market.catalog.model import NewItem
from sellingpartner.market.listings.commands import list_item
from sellingpartner.market.listings.model import NewListing
from sellingpartner.market.orders.commands import place
from sellingpartner.market.orders.model import Canceler, Order
from sellingpartner.market.orders.purchase import Purchase, PurchaseLine
from sellingpartner.market.services.model import Offering
from sellingpartner.market.simulation.shops import Shop
from sellingpartner.market.time.business_days import calendars
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

SKU, STORE = "HOME-ASSEMBLY", "HARBORDESK"
TECHNICIANS = {"TECHREED": "Ann Reed", "TECHORTIZ": "Ben Ortiz", "TECHKIM": "Cy Kim"}
_SKILL, _PRICE_MINOR = "assembly", 8900
_ONE_OF = 20
_STATES = {"US": ("AZ", "CA", "ID", "NV", "OR", "WA")}
"""Where the store serves, by its country; elsewhere everywhere."""
_BOOKS, _CHANGES = 3, 8
_WEEK = (Day.MONDAY, Day.TUESDAY, Day.WEDNESDAY, Day.THURSDAY, Day.FRIDAY)
_OPEN_FOR = timedelta(days=3 * 365)


class Wish(StrEnum):
    """What a buyer does about a job."""

    BOOK = "BOOK"
    MOVE = "MOVE"
    CANCEL = "CANCEL"


class StaffSeesToJob(Due):
    """Somebody of the shop gives a job its appointment; nobody does any more once the shop was handed over."""

    job_id: str
    until: datetime


class TechnicianIsDone(Due):
    """Somebody of the shop has been there."""

    job_id: str
    until: datetime


class BuyerActsOnJob(Due):
    """A buyer books, wants another time, or calls it off."""

    job_id: str
    wish: Wish


def bring_services(unit: UnitOfWork, shop: Shop, brand: str) -> None:
    """Have a shop offer its service at home, on weekdays from nine to five by the clocks there."""
    here = MARKETPLACES[next(iter(shop.marketplaces))]
    item = NewItem(product_type="PRODUCT", title="Home assembly of one item, by appointment", brand=brand)
    (asin,) = add_items(unit, [item])
    price = Money(_PRICE_MINOR, here.currency)
    list_item(unit, NewListing(sku=SKU, marketplace_id=here.marketplace_id, asin=asin, price=price))
    zone = calendars()[here.country_code].zone
    store = Resource(
        resource_id=STORE,
        kind=ResourceKind.STORE,
        marketplace_id=here.marketplace_id,
        name="Harbor Desk",
        store_id=STORE,
        time_zone=zone.key,
        states=_STATES.get(here.country_code, ()),
    )
    commands.register(unit, store)
    for resource_id, name in TECHNICIANS.items():
        person = Resource(
            resource_id=resource_id,
            kind=ResourceKind.TECHNICIAN,
            marketplace_id=here.marketplace_id,
            name=name,
            store_id=STORE,
            time_zone=zone.key,
            skills=(_SKILL,),
        )
        commands.register(unit, person)
    today = unit.now.astimezone(zone).date()
    nine, five = (datetime(2000, 1, 1, hour).time() for hour in (9, 17))  # noqa: DTZ001 - by the clock on the wall
    hours = Record(
        starts_at=on_the_wall(today, nine, zone),
        ends_at=on_the_wall(today, five, zone),
        recurrence=Recurrence(ends_at=unit.now + _OPEN_FOR, days_of_week=_WEEK),
        capacity=len(TECHNICIANS),
    )
    commands.update_schedule(unit, STORE, [hours])
    offering = Offering(
        marketplace_id=here.marketplace_id, sku=SKU, asin="", minutes=90, skills=(_SKILL,), store_ids=(STORE,)
    )
    commands.offer_service(unit, offering)


def may_want_service(unit: UnitOfWork, goods: Order, *, until: datetime | None = None) -> None:
    """Let the buyer of some goods order the service with them; until a moment, the shop's staff sees to it."""
    if chance(unit, "wants a service", goods.order_id).randrange(_ONE_OF):
        return
    if SKU not in offerings_in(unit, goods.marketplace_id):
        return
    area = area_of_skus(unit, goods.marketplace_id, [SKU])
    if area and not is_in(goods.address.state_or_region, area):
        return
    order = place(
        unit,
        Purchase(
            marketplace_id=goods.marketplace_id,
            lines=(PurchaseLine(sku=SKU),),
            buyer=goods.buyer,
            address=goods.address,
            is_prime=goods.is_prime,
            serves_order_ids=(goods.order_id,),
        ),
    )
    (job,) = jobs_of_order(unit, order.order_id)
    luck = chance(unit, "waits for an appointment", job.job_id)
    if until is not None:
        later(unit, StaffSeesToJob(job_id=job.job_id, until=until), at=unit.now + timedelta(hours=luck.uniform(1, 20)))
    elif not luck.randrange(_BOOKS):
        _acts_later(unit, job, Wish.BOOK, luck.uniform(1, 30))


@when(StaffSeesToJob)
def give_an_appointment(unit: UnitOfWork, due: StaffSeesToJob) -> None:
    """Set the first free appointment from the day after tomorrow on, and say who goes there."""
    job = job_of(unit, due.job_id)
    free = _first_free(unit, job, unit.now + timedelta(days=2))
    if unit.now > due.until or job.status is not JobStatus.PENDING_SCHEDULE or free is None:
        return
    appointment_id = commands.set_appointment(unit, job.job_id, free.starts_at)
    luck = chance(unit, "who goes to", appointment_id)
    commands.assign(unit, job.job_id, appointment_id, [luck.choice(sorted(TECHNICIANS))])
    done_at = free.ends_at + timedelta(minutes=luck.randint(5, 40))
    later(unit, TechnicianIsDone(job_id=job.job_id, until=due.until), at=done_at)


@when(TechnicianIsDone)
def report_what_was_done(unit: UnitOfWork, due: TechnicianIsDone) -> None:
    """Tell from when to when somebody was there, and complete the job, unless the shop was handed over meanwhile."""
    job = job_of(unit, due.job_id)
    active = job.active
    if unit.now > due.until or active is None:
        return
    there = (active.window.starts_at, unit.now)
    commands.tell(unit, job.job_id, active.appointment_id, News(fulfilled=there, technicians=active.technicians))
    commands.complete(unit, job.job_id)


@when(BuyerActsOnJob)
def act_on_job(unit: UnitOfWork, due: BuyerActsOnJob) -> None:
    """Book, move or cancel, as far as that still can be."""
    job = job_of(unit, due.job_id)
    with suppress(InvalidInput), unit.attempt():
        match due.wish:
            case Wish.BOOK:
                _book(unit, job)
            case Wish.MOVE:
                _move(unit, job)
            case Wish.CANCEL:
                commands.cancel(unit, job.job_id, by=Canceler.BUYER, reason="BuyerCanceled")


def _book(unit: UnitOfWork, job: Job) -> None:
    free = _first_free(unit, job, unit.now + timedelta(days=2))
    if free is None:
        return
    commands.set_appointment(unit, job.job_id, free.starts_at, said_by=commands.BUYER)
    luck = chance(unit, "thinks again of", job.job_id)
    if not luck.randrange(_CHANGES):
        _acts_later(unit, job, luck.choice((Wish.MOVE, Wish.CANCEL)), luck.uniform(2, 24))


def _move(unit: UnitOfWork, job: Job) -> None:
    free = _first_free(unit, job, unit.now + timedelta(days=5))
    if job.active is None or free is None:
        return
    commands.move_appointment(
        unit,
        job.job_id,
        job.active.appointment_id,
        free.starts_at,
        reason=commands.BUYERS_WISH,
        said_by=commands.BUYER,
    )


def _acts_later(unit: UnitOfWork, job: Job, wish: Wish, hours: float) -> None:
    later(unit, BuyerActsOnJob(job_id=job.job_id, wish=wish), at=unit.now + timedelta(hours=hours))


def _first_free(unit: UnitOfWork, job: Job, begin: datetime) -> Window | None:
    slots = slots_for_job(unit, job, begin, begin + timedelta(days=14))
    return next((one.window for one in slots if one.capacity), None)
