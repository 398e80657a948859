"""`spapi service`: services, who does them, and what buyers do about the jobs that come of their orders."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from cyclopts import App

from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.reach.tables import Printed
from sellingpartner.cli.shown.printing import print_json, print_line
from sellingpartner.cli.words.hours import opening_hours
from sellingpartner.cli.words.marketplace_names import Marketplace, marketplace_meant
from sellingpartner.contract.market_v1 import (
    CarryServiceJob,
    ListOfferedServices,
    ListServiceJobs,
    ListServiceResources,
    OfferService,
    OrderService,
    RegisterServiceStore,
    RegisterTechnician,
    ServiceDeed,
    ServiceJobState,
    ServiceResource,
    ShowServiceJob,
)

app = App(name="service", help="Services: stores, technicians and their hours; buyers who order, book, move and miss.")
_COLUMNS = ("Job", "Status", "SKU", "Order", "Store", "Appointment", "There", "Technicians", "Because")
_RESOURCES = ("Id", "Kind", "Name", "Store", "Time zone", "Skills")
Csv = Annotated[bool, FLAG]


@app.command(name="list")
def list_jobs(
    *, marketplace: Marketplace = None, seller: str | None = None, csv: Csv = False, to: Connection | None = None
) -> None:
    """List the latest jobs of a seller.

    Args:
        marketplace: The marketplace, by country (US) or id; the seller's first unless said.
        seller: The seller's id; the market's first seller unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(ListServiceJobs(marketplace_id=marketplace_meant(marketplace), seller_id=seller))
    Printed(to, csv=csv).show(answer, _COLUMNS, [_row(one) for one in answer.jobs], empty="There is no job.")


@app.command
def show(job_id: str, *, seller: str | None = None, csv: Csv = False, to: Connection | None = None) -> None:
    """Show the appointments of a job, canceled ones included.

    Args:
        job_id: The job.
        seller: The seller's id; the market's first seller unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(ShowServiceJob(job_id=job_id, seller_id=seller))
    columns = ("Appointment", "Status", "Begins", "There", "Minutes", "Technicians", "Documents", "Job", "Job's status")
    rows = [
        (
            one.appointment_id,
            one.status,
            one.starts_at,
            one.local_time,
            one.minutes,
            ", ".join(one.technicians),
            one.documents,
            answer.job_id,
            answer.status,
        )
        for one in answer.appointments
    ]
    Printed(to, csv=csv).show(answer, columns, rows, empty=f"Job {job_id} is {answer.status}; it has no appointment.")


@app.command
def store(
    resource_id: str,
    *,
    name: str | None = None,
    zone: str = "America/New_York",
    state: list[str] | None = None,
    opens: str | None = None,
    closes: str | None = None,
    day: list[str] | None = None,
    capacity: int = 1,
    marketplace: Marketplace = None,
    seller: str | None = None,
    to: Connection | None = None,
) -> None:
    """Have a store be there, or change it; with --opens and --closes it works from today on for two years.

    Args:
        resource_id: Its id: capitals and digits.
        name: Its name.
        zone: By whose clocks its hours are meant.
        state: A state whose buyers it serves; all, if none is said.
        opens: When it opens: 09:00.
        closes: When it closes: 17:00.
        day: A day of the week on which it works; all, if none is said.
        capacity: How many appointments it can have at a time.
        marketplace: The marketplace, by country (US) or id; the seller's first unless said.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    asked = RegisterServiceStore(
        resource_id=resource_id,
        name=name,
        time_zone=zone,
        states=state or [],
        hours=opening_hours(opens, closes, day, capacity),
        marketplace_id=marketplace_meant(marketplace),
        seller_id=seller,
    )
    to = to or Connection()
    _show_resource(to, to.send(asked))


@app.command
def technician(
    resource_id: str,
    *,
    store: str,
    name: str | None = None,
    skill: list[str] | None = None,
    unchecked: Annotated[bool, FLAG] = False,
    gone: Annotated[bool, FLAG] = False,
    opens: str | None = None,
    closes: str | None = None,
    day: list[str] | None = None,
    seller: str | None = None,
    to: Connection | None = None,
) -> None:
    """Have a technician work for a store, or change what is known of them.

    Args:
        resource_id: Their id: capitals and digits.
        store: The store that they work for.
        name: Their name.
        skill: Something that they can do.
        unchecked: Their background check is not complete.
        gone: They work there no more.
        opens: When they begin, if their hours are not those of the store: 09:00.
        closes: When they end: 17:00.
        day: A day of the week on which they work; all, if none is said.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    asked = RegisterTechnician(
        resource_id=resource_id,
        store_id=store,
        name=name,
        skills=skill or [],
        is_checked=not unchecked,
        is_employed=not gone,
        hours=opening_hours(opens, closes, day, 1),
        seller_id=seller,
    )
    to = to or Connection()
    _show_resource(to, to.send(asked))


@app.command
def resources(
    *, marketplace: Marketplace = None, seller: str | None = None, csv: Csv = False, to: Connection | None = None
) -> None:
    """List stores and technicians.

    Args:
        marketplace: The marketplace, by country (US) or id; the seller's first unless said.
        seller: The seller's id; the market's first seller unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(ListServiceResources(marketplace_id=marketplace_meant(marketplace), seller_id=seller))
    rows = [_resource_row(one) for one in answer.resources]
    Printed(to, csv=csv).show(answer, _RESOURCES, rows, empty="There is no store and no technician.")


@app.command
def offer(
    sku: str,
    *,
    store: list[str],
    minutes: int = 60,
    skill: list[str] | None = None,
    marketplace: Marketplace = None,
    seller: str | None = None,
    to: Connection | None = None,
) -> None:
    """Make a SKU that the seller lists a service, done at the buyer's home.

    Args:
        sku: The SKU.
        store: A store that does it.
        minutes: How long an appointment takes, and how far apart appointments begin.
        skill: Something that one must be able to do for it.
        marketplace: The marketplace, by country (US) or id; the seller's first unless said.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    to = to or Connection()
    asked = OfferService(
        sku=sku,
        stores=store,
        minutes=minutes,
        skills=skill or [],
        marketplace_id=marketplace_meant(marketplace),
        seller_id=seller,
    )
    answer = to.send(asked)
    if to.json:
        print_json(answer)
    else:
        print_line(f"{answer.sku} ({answer.asin}) is a service of {answer.minutes} minutes.")


@app.command
def offers(
    *, marketplace: Marketplace = None, seller: str | None = None, csv: Csv = False, to: Connection | None = None
) -> None:
    """List the services that a seller offers.

    Args:
        marketplace: The marketplace, by country (US) or id; the seller's first unless said.
        seller: The seller's id; the market's first seller unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(ListOfferedServices(marketplace_id=marketplace_meant(marketplace), seller_id=seller))
    rows = [
        (one.sku, one.asin, one.minutes, one.place, ", ".join(one.skills), ", ".join(one.stores))
        for one in answer.services
    ]
    columns = ("SKU", "ASIN", "Minutes", "Place", "Skills", "Stores")
    Printed(to, csv=csv).show(answer, columns, rows, empty="The seller offers no service.")


@app.command
def order(
    sku: str,
    *,
    quantity: int = 1,
    goods: list[str] | None = None,
    wish: list[datetime] | None = None,
    marketplace: Marketplace = None,
    seller: str | None = None,
    to: Connection | None = None,
) -> None:
    """Let a buyer order a service, and pay: a job comes of it.

    Args:
        sku: The service's SKU.
        quantity: How many times it is to be done.
        goods: The order of goods that it is for.
        wish: A time at which the buyer would like it to begin, in UTC unless it says an offset.
        marketplace: The marketplace, by country (US) or id; the seller's first unless said.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    to = to or Connection()
    asked = OrderService(
        sku=sku,
        quantity=quantity,
        product_order_ids=goods or [],
        wished_times=wish or [],
        marketplace_id=marketplace_meant(marketplace),
        seller_id=seller,
    )
    _show_job(to, to.send(asked))


@app.command
def book(job_id: str, at: datetime | None = None, *, seller: str | None = None, to: Connection | None = None) -> None:
    """Let the buyer book an appointment.

    Args:
        job_id: The job.
        at: When it begins, in UTC unless it says an offset; the first free slot unless said.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    _carry(CarryServiceJob(job_id=job_id, deed=ServiceDeed.BOOK, at=at, seller_id=seller), to)


@app.command
def move(job_id: str, at: datetime | None = None, *, seller: str | None = None, to: Connection | None = None) -> None:
    """Let the buyer move the appointment.

    Args:
        job_id: The job.
        at: When it begins, in UTC unless it says an offset; the first free slot unless said.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    _carry(CarryServiceJob(job_id=job_id, deed=ServiceDeed.MOVE, at=at, seller_id=seller), to)


@app.command
def miss(job_id: str, *, seller: str | None = None, to: Connection | None = None) -> None:
    """Let nothing come of an appointment that has begun: the job waits for another one.

    Args:
        job_id: The job.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    _carry(CarryServiceJob(job_id=job_id, deed=ServiceDeed.MISS, seller_id=seller), to)


@app.command
def cancel(job_id: str, *, reason: str | None = None, seller: str | None = None, to: Connection | None = None) -> None:
    """Let the buyer cancel a job whose appointment has not begun, and its order with it.

    Args:
        job_id: The job.
        reason: Why.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    _carry(CarryServiceJob(job_id=job_id, deed=ServiceDeed.CANCEL, reason=reason, seller_id=seller), to)


@app.command
def decline(job_id: str, *, seller: str | None = None, to: Connection | None = None) -> None:
    """Let the buyer's payment be declined before a job is done.

    Args:
        job_id: The job.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    _carry(CarryServiceJob(job_id=job_id, deed=ServiceDeed.DECLINE, seller_id=seller), to)


@app.command(name="give-up")
def give_up(job_id: str, *, reason: str | None = None, seller: str | None = None, to: Connection | None = None) -> None:
    """Let a job be one about which nothing can be done.

    Args:
        job_id: The job.
        reason: Why.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    _carry(CarryServiceJob(job_id=job_id, deed=ServiceDeed.GIVE_UP, reason=reason, seller_id=seller), to)


def _carry(asked: CarryServiceJob, to: Connection | None) -> None:
    to = to or Connection()
    _show_job(to, to.send(asked))


def _show_job(to: Connection, job: ServiceJobState) -> None:
    Printed(to, csv=False).show(job, _COLUMNS, [_row(job)], empty="")


def _show_resource(to: Connection, resource: ServiceResource) -> None:
    Printed(to, csv=False).show(resource, _RESOURCES, [_resource_row(resource)], empty="")


def _row(one: ServiceJobState) -> tuple[object, ...]:
    last = one.appointments[-1] if one.appointments else None
    return (
        one.job_id,
        one.status,
        one.sku,
        one.order_id,
        one.store_id,
        "" if last is None else last.starts_at,
        "" if last is None else last.local_time,
        "" if last is None else ", ".join(last.technicians),
        one.ended_because,
    )


def _resource_row(one: ServiceResource) -> tuple[object, ...]:
    return (one.resource_id, one.kind, one.name, one.store_id, one.time_zone, ", ".join(one.skills))
