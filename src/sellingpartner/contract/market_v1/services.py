"""The market's control API, v1: services, who does them, and what buyers do about the jobs that come of their orders."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from sellingpartner.contract.message import Message, OpenEnum
from sellingpartner.contract.operation import Request, get, post, put
from sellingpartner.contract.scopes import NONE

_READS = (200, 400, 403, 404, 500, 503)
_COMMANDS = (200, 400, 403, 404, 415, 500, 503)
_CREATES = (201, 400, 403, 404, 415, 500, 503)
ResourceId = Annotated[str, Meta(pattern="^[A-Z0-9]{1,50}$")]
JobId = Annotated[str, Meta(min_length=1, max_length=100)]
Clock = Annotated[str, Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class ServicePlace(OpenEnum):
    """Where a service is done."""

    IN_HOME = "IN_HOME"
    IN_STORE = "IN_STORE"
    ONLINE = "ONLINE"


class WeekDay(OpenEnum):
    """A day of the week."""

    MONDAY = "MONDAY"
    TUESDAY = "TUESDAY"
    WEDNESDAY = "WEDNESDAY"
    THURSDAY = "THURSDAY"
    FRIDAY = "FRIDAY"
    SATURDAY = "SATURDAY"
    SUNDAY = "SUNDAY"


class OpeningHours(Message, rename="camel", forbid_unknown_fields=True):
    """When a store, or a technician, works, by the clocks of the store, from today on for two years."""

    opens: Clock
    closes: Clock
    days: list[WeekDay] = []
    """On which days of the week; on all, unless said."""
    capacity: Annotated[int, Meta(ge=1, le=10_000)] = 1
    """How many appointments there may be at a time."""


class ServiceResource(Message, rename="camel"):
    """A store, or a technician of one."""

    resource_id: str
    kind: str
    """STORE or TECHNICIAN."""
    name: str
    store_id: str
    time_zone: str
    marketplace_id: str
    states: list[str] = []
    skills: list[str] = []
    is_checked: bool = True
    is_employed: bool = True


class ServiceResources(Message):
    """Stores and technicians, by id."""

    resources: list[ServiceResource]


class ListServiceResources(Request[ServiceResources], rename="camel"):
    """List the stores and technicians of a seller in a marketplace."""

    operation = get("/market/v1/service-resources", "listServiceResources", statuses=_READS, scope=NONE)

    marketplace_id: str | None = None
    seller_id: str | None = None


class RegisterServiceStoreSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What a store is."""

    name: str | None = None
    time_zone: str = "America/New_York"
    states: list[str] = []
    hours: OpeningHours | None = None
    marketplace_id: str | None = None
    seller_id: str | None = None


class RegisterServiceStore(Request[ServiceResource], rename="camel"):
    """Have a store be there, or change what is known of it."""

    operation = put(
        "/market/v1/service-stores/{resourceId}",
        "registerServiceStore",
        statuses=_COMMANDS,
        body=RegisterServiceStoreSpecification,
        scope=NONE,
    )

    resource_id: ResourceId
    name: str | None = None
    """Its id unless said."""
    time_zone: str = "America/New_York"
    """By whose clocks its days and hours are meant."""
    states: list[str] = []
    """The states whose buyers it serves; all, if none is said."""
    hours: OpeningHours | None = None
    marketplace_id: str | None = None
    seller_id: str | None = None


class RegisterTechnicianSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """Who a technician is."""

    store_id: ResourceId
    name: str | None = None
    skills: list[str] = []
    is_checked: bool = True
    is_employed: bool = True
    hours: OpeningHours | None = None
    seller_id: str | None = None


class RegisterTechnician(Request[ServiceResource], rename="camel"):
    """Have a technician work for a store, or change what is known of them."""

    operation = put(
        "/market/v1/service-technicians/{resourceId}",
        "registerTechnician",
        statuses=_COMMANDS,
        body=RegisterTechnicianSpecification,
        scope=NONE,
    )

    resource_id: ResourceId
    store_id: ResourceId
    name: str | None = None
    """Their id unless said."""
    skills: list[str] = []
    is_checked: bool = True
    """Whether the background check is complete."""
    is_employed: bool = True
    """Whether they still work for the seller."""
    hours: OpeningHours | None = None
    """Those of the store unless said."""
    seller_id: str | None = None


class OfferedService(Message, rename="camel"):
    """A SKU that is a service."""

    sku: str
    asin: str
    marketplace_id: str
    minutes: int
    place: str
    skills: list[str]
    stores: list[str]
    is_real_time: bool


class OfferedServices(Message):
    """Services, by SKU."""

    services: list[OfferedService]


class ListOfferedServices(Request[OfferedServices], rename="camel"):
    """List the services of a seller in a marketplace."""

    operation = get("/market/v1/services", "listOfferedServices", statuses=_READS, scope=NONE)

    marketplace_id: str | None = None
    seller_id: str | None = None


class OfferServiceSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """How a service is done."""

    sku: str
    stores: Annotated[list[ResourceId], Meta(min_length=1)]
    minutes: int = 60
    place: ServicePlace = ServicePlace.IN_HOME
    skills: list[str] = []
    is_real_time: bool = True
    marketplace_id: str | None = None
    seller_id: str | None = None


class OfferService(Request[OfferedService], rename="camel"):
    """Make a SKU that a seller lists a service, or change how it is done."""

    operation = put(
        "/market/v1/services", "offerService", statuses=_COMMANDS, body=OfferServiceSpecification, scope=NONE
    )

    sku: str
    stores: Annotated[list[ResourceId], Meta(min_length=1)]
    """In whose areas it is offered."""
    minutes: int = 60
    """How long an appointment takes, and how far apart appointments begin: 5 to 1440, in steps of 5."""
    place: ServicePlace = ServicePlace.IN_HOME
    skills: list[str] = []
    is_real_time: bool = True
    """Whether slots show what is still free, and not working hours alone."""
    marketplace_id: str | None = None
    seller_id: str | None = None


class JobAppointment(Message, rename="camel"):
    """An appointment of a job."""

    appointment_id: str
    status: str
    starts_at: datetime
    local_time: str
    """The same by the clocks of the store: `2026-11-03 10:00`."""
    minutes: int
    technicians: list[str] = []
    documents: int = 0


class ServiceJobState(Message, rename="camel"):
    """How a job stands."""

    job_id: str
    status: str
    order_id: str
    sku: str
    store_id: str
    marketplace_id: str
    quantity: int
    created_at: datetime
    product_order_ids: list[str] = []
    appointments: list[JobAppointment] = []
    ended_because: str = ""


class ServiceJobStates(Message):
    """Jobs, the latest first."""

    jobs: list[ServiceJobState]


class ListServiceJobs(Request[ServiceJobStates], rename="camel"):
    """List the latest 100 jobs of a seller in a marketplace."""

    operation = get("/market/v1/service-jobs", "listServiceJobs", statuses=_READS, scope=NONE)

    marketplace_id: str | None = None
    seller_id: str | None = None


class ShowServiceJob(Request[ServiceJobState], rename="camel"):
    """Read how a job stands."""

    operation = get("/market/v1/service-jobs/{jobId}", "showServiceJob", statuses=_READS, scope=NONE)

    job_id: JobId
    seller_id: str | None = None


class OrderServiceSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What a buyer has done."""

    sku: str
    quantity: Annotated[int, Meta(ge=1, le=100)] = 1
    product_order_ids: list[str] = []
    wished_times: list[datetime] = []
    marketplace_id: str | None = None
    seller_id: str | None = None


class OrderService(Request[ServiceJobState], rename="camel"):
    """Let a buyer order a service, and pay: a job comes of it. Who it is, is the buyer of the goods, if there are any."""

    operation = post(
        "/market/v1/service-jobs",
        "orderService",
        status=201,
        statuses=_CREATES,
        body=OrderServiceSpecification,
        scope=NONE,
    )

    sku: str
    quantity: Annotated[int, Meta(ge=1, le=100)] = 1
    product_order_ids: list[str] = []
    """The orders of goods that it is for."""
    wished_times: list[datetime] = []
    """When the buyer would like it to begin: three times at most."""
    marketplace_id: str | None = None
    seller_id: str | None = None


class ServiceDeed(OpenEnum):
    """What a buyer, or the market, does about a job."""

    BOOK = "BOOK"
    MOVE = "MOVE"
    MISS = "MISS"
    CANCEL = "CANCEL"
    DECLINE = "DECLINE"
    GIVE_UP = "GIVE_UP"


class CarryServiceJobSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What is done."""

    deed: ServiceDeed
    at: datetime | None = None
    reason: str | None = None
    seller_id: str | None = None


class CarryServiceJob(Request[ServiceJobState], rename="camel"):
    """Let the buyer of a job book, move, miss or cancel, or let its payment be declined, or nothing be possible."""

    operation = post(
        "/market/v1/service-jobs/{jobId}/deeds",
        "carryServiceJob",
        statuses=_COMMANDS,
        body=CarryServiceJobSpecification,
        scope=NONE,
    )

    job_id: JobId
    deed: ServiceDeed
    at: datetime | None = None
    """To when it is booked or moved; the first free slot unless said."""
    reason: str | None = None
    """Why it is canceled or given up."""
    seller_id: str | None = None
