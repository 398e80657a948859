"""Carriers and their services: what `data/carriers` says, as typed values.

Prices are minor units of the carrier's currency, lengths centimeters, weights grams, times those of the carrier's own
time zone. Days and prices go by zone (`zones.py`).

Assumed: prices, sizes, days and hours of all carriers are made up, in the order of size of public lists. Service ids
are Amazon's where callers showed them (US, Amazon's own, DPD in Germany, SEUR). Those of Royal Mail, DPD and Evri in
the UK, of the carriers of Canada and Japan, and of Amazon Shipping in the Gulf, Egypt and Japan are made up. So is
which carriers take collection forms.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Annotated

import msgspec
from msgspec import Meta

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.shipping.carriers.measures import Sides

_FOLDER = files("sellingpartner.market.shipping") / "data" / "carriers"
_LABEL_FORMATS = ("ZPL203", "ZPL300", "PDF", "PNG")

Count = Annotated[int, Meta(ge=0)]


class Reach(StrEnum):
    """Where a service goes."""

    DOMESTIC = "domestic"
    CUSTOMS = "customs"  # military addresses and territories: the country's, with a customs form
    INTERNATIONAL = "international"


class Group(StrEnum):
    """For what alone a service is."""

    MEDIA = "media"
    BOUND_PRINTED_MATTER = "bound printed matter"
    PRIME = "Prime"
    CONTRACT = "a contract"  # with the carrier; no seller of the market has one


class Addresses(StrEnum):
    """To what kind of address alone a service goes."""

    COMMERCIAL = "commercial"
    RESIDENTIAL = "residential"


class Service(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A service of a carrier. What it says itself counts more than what its carrier says."""

    service_id: str
    name: str
    reach: Reach = Reach.DOMESTIC
    days: tuple[Count, ...]
    """Working days on the way, by zone; the last stands for all zones beyond."""
    spread: Count = 0
    """By how many days the first day of delivery may come before that."""
    at: str = ""
    """By what time of the day it arrives, where the service promises one."""
    base: Count
    per_zone: Count = 0
    per_step: Count = 0
    """For each step of weight (`Carrier.step_grams`) that is begun."""
    per_step_and_zone: Count = 0
    box: tuple[float, float, float] | None = None
    """The carrier's packaging that the parcel must fit into."""
    least_grams: Count = 0
    most_grams: Count | None = None
    most_zone: Count | None = None
    delivers_on_saturday: bool = False
    delivers_on_sunday: bool = False
    only_on_saturday: bool = False
    takes_po_boxes: bool = False
    takes_hazmat: bool = False
    only_for: Group | None = None
    called: str = ""
    """Its type in Shipping v1, which knows three of Amazon's own."""
    addresses: Addresses | None = None

    @property
    def hour(self) -> time:
        """By what time of the day it arrives, promised or usual."""
        return time.fromisoformat(self.at or "20:00")

    def days_to(self, zone: int) -> int:
        """Working days on the way to a zone."""
        return self.days[min(zone, len(self.days)) - 1]


class Carrier(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A carrier in one country, with its services."""

    carrier_id: str
    name: str
    country: str
    currency: str
    time_zone: str
    cut_off: time
    """What is bought later leaves on the next working day."""
    tracking: str
    """The form of its tracking numbers: `#` is a digit, `%` a digit or a capital letter."""
    is_amazon: bool = False
    """Whether it is Amazon Shipping, which takes what was sold elsewhere as well."""
    turns_back: bool = False
    """Whether it brings a parcel back that is on its way already, if its sender cancels it."""
    asks_confirmation: bool = False
    """Whether Shipping v2 has the buyer of a label choose how delivery is confirmed."""
    has_plain_delivery: bool = True
    """Whether that may be not at all."""
    takes_po_boxes: bool = False
    takes_military: bool = False
    delivers_on_saturday: bool = False
    collects: Count | None = None
    """What it costs that the carrier picks the parcel up; None where it does not."""
    cash: Count | None = None
    """What it costs that the carrier takes money at the door; None where it does not."""
    has_signature: bool = True
    signature: Count = 0
    adult_signature: Count | None = None
    insured: Count
    """What every parcel is insured for."""
    most_insured: Count
    insurance_per_hundred: Count
    """For each 100 units of money begun beyond that."""
    has_collection_form: bool = False
    """Whether it takes a sheet that lists the parcels which it is handed."""
    void_days: Count
    refund_days: Count
    step_grams: Count
    dimensional_divisor: Count
    """So many cubic centimeters count as a kilogram, where that is more than the parcel weighs."""
    most_grams: Count
    most_length: float
    most_girth: float
    """Length and girth together."""
    states: tuple[str, ...] = ()
    """Where it delivers; everywhere in its country unless said."""
    prints_custom_text: bool = True
    formats: tuple[str, ...] = _LABEL_FORMATS
    default_format: str = "PNG"
    services: tuple[Service, ...]

    @property
    def marketplace_id(self) -> str:
        """Amazon's shop in its country."""
        return BY_COUNTRY[self.country].marketplace_id


class Offered(msgspec.Struct, frozen=True, eq=False):
    """A service with its carrier. There is one of each in a process, so that it is its own key."""

    carrier: Carrier
    service: Service
    most_grams: int
    room: Sides | None
    """The sides of the carrier's packaging, where the parcel must fit into that."""


def _offered(carrier: Carrier, service: Service) -> Offered:
    most = carrier.most_grams if service.most_grams is None else min(service.most_grams, carrier.most_grams)
    room = None if service.box is None else Sides(*sorted(service.box, reverse=True))
    return Offered(carrier, service, most, room)


class Services(msgspec.Struct, frozen=True, eq=False):
    """The services that may be asked for a parcel. There is one of each in a process, as of what is in it."""

    offered: tuple[Offered, ...]


@cache
def carriers() -> tuple[Carrier, ...]:
    """All carriers, in the order of their files."""
    read = msgspec.toml.decode
    paths = sorted(_FOLDER.iterdir(), key=lambda path: path.name)
    return tuple(read(path.read_bytes(), type=Carrier) for path in paths if path.name.endswith(".toml"))


@cache
def offered_in(country: str) -> tuple[Offered, ...]:
    """Every service that starts in a country."""
    return tuple(
        _offered(carrier, service)
        for carrier in carriers()
        if carrier.country == country
        for service in carrier.services
    )


@cache
def services_in(country: str, *, of_amazon: bool) -> Services:
    """Every service that starts in a country, or those of Amazon's own carrier alone."""
    return Services(tuple(one for one in offered_in(country) if one.carrier.is_amazon or not of_amazon))


@cache
def find_carrier(country: str, carrier_id: str) -> Carrier:
    """A carrier that is known to work in a country."""
    return next(one for one in carriers() if (one.country, one.carrier_id) == (country, carrier_id))


def find_service(country: str, service_id: str) -> Offered | None:
    """A service by its id."""
    return _by_id(country).get(service_id)


@cache
def _by_id(country: str) -> Mapping[str, Offered]:
    return {one.service.service_id: one for one in offered_in(country)}
