"""When and by whom a package may be fetched, where the marketplace's carriers bring what a location sends.

An option is a window of a working day, with the service that is cheapest among those that arrive as promised, or else
the quickest. Its id says so and is sealed, so nothing is kept of options that nobody takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from sellingpartner.market.events.external import PickupSlotsRetrieved
from sellingpartner.market.external.lifecycle import PackageStatus
from sellingpartner.market.external.model import ExternalShipment, Package, Ships
from sellingpartner.market.external.packing import box_of, weight_of
from sellingpartner.market.external.refusals import CannotFulfill, WrongValue
from sellingpartner.market.external.rules import rules
from sellingpartner.market.external.store import load_shipment, save_shipment
from sellingpartner.market.external.telling import tell
from sellingpartner.market.sealing import sealed, unsealed_as
from sellingpartner.market.shipping.carriers.services import offered_in
from sellingpartner.market.shipping.questions import Offer, Offering, offering
from sellingpartner.market.shipping.wishes import Experience, Sender, Wish
from sellingpartner.market.supply.questions import source_of
from sellingpartner.storage.columns import instant_of, microseconds
from sellingpartner.storage.unit import UnitOfWork

_PURPOSE = b"shipping option "
_DAY = timedelta(days=1)


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """A window in which a package may be fetched, and by whom."""

    option_id: str
    starts_at: datetime
    ends_at: datetime
    service_id: str
    carrier_name: str


class _Said(msgspec.Struct, frozen=True, array_like=True):
    """What an option's id says."""

    shipment_id: str
    package_id: str
    service_id: str
    starts_at: int
    ends_at: int


_decoder = msgspec.json.Decoder(_Said)


def retrieve_options(unit: UnitOfWork, shipment_id: str, package_id: str) -> list[Option]:
    """The options of a package, the soonest first; none where the seller brings it itself.

    That the seller has seen them is a step of the shipment, as at Amazon.
    """
    shipment = load_shipment(unit, shipment_id)
    package = shipment.package(package_id)
    if shipment.ships is Ships.SELF:
        return []
    before = package.status
    package.move(PickupSlotsRetrieved)
    found = options_for(unit, shipment, package)
    is_further = shipment.follow(PickupSlotsRetrieved, PackageStatus.PICKUP_SLOT_RETRIEVED)
    if is_further or package.status is not before:
        save_shipment(unit, shipment)
    if is_further:
        tell(unit, shipment, PickupSlotsRetrieved)
    return found


def options_for(unit: UnitOfWork, shipment: ExternalShipment, package: Package) -> list[Option]:
    """The options of a package; raises `CannotFulfill` where no carrier takes it."""
    found: list[Option] = []
    offered: Offering | None = None
    for starts_at, ends_at in _windows(unit, _carrier_zone(unit, shipment)):
        offered = offering(unit, wish_of(unit, shipment, package, starts_at))
        best = _best(offered)
        if best is not None:
            found.append(_option(unit, shipment, package, best, starts_at, ends_at))
    if not found:
        why = offered.rejections[0].message if offered is not None and offered.rejections else "None goes there."
        raise CannotFulfill(f"No carrier of the marketplace takes package {package.package_id}: {why}")
    return found


def option_of(unit: UnitOfWork, shipment: ExternalShipment, package: Package, option_id: str) -> Option:
    """The option that an id stands for; raises `WrongValue` if it was given for another package, or is over."""
    said = unsealed_as(unit, option_id, _decoder, purpose=_PURPOSE)
    if said is None or (said.shipment_id, said.package_id) != (shipment.shipment_id, package.package_id):
        raise WrongValue("shippingOptionId", option_id, "It is no option that was given for this package.")
    starts_at = instant_of(said.starts_at)
    if starts_at <= unit.now:
        raise WrongValue("shippingOptionId", option_id, "Its window has begun; retrieve the options again.")
    offered = offered_in(source_of(unit, shipment.supply_source_id).address.country_code)
    names = {one.service.service_id: one.carrier.name for one in offered}
    return Option(
        option_id=option_id,
        starts_at=starts_at,
        ends_at=instant_of(said.ends_at),
        service_id=said.service_id,
        carrier_name=names.get(said.service_id, ""),
    )


def wish_of(unit: UnitOfWork, shipment: ExternalShipment, package: Package, leaves: datetime) -> Wish:
    """A package as carriers are told it.

    Assumed: a pick-up at a store costs nothing beside the label, where the marketplace's carriers fetch.
    """
    source = source_of(unit, shipment.supply_source_id)
    said = source.address
    sender = Sender(
        name=said.name,
        line_1=said.address_line1,
        line_2=said.address_line2,
        line_3=said.address_line3,
        county=said.county,
        city=said.city or "",
        state=said.state_or_region,
        postal_code=said.postal_code or "",
        country_code=said.country_code,
        email="",
        phone=said.phone or "",
    )
    return Wish(
        order_id=shipment.order_id,
        quantities=tuple(sorted(shipment.items_in(package).items())),
        sender=sender,
        box=box_of(package),
        weight=weight_of(package),
        experience=Experience.NO_TRACKING,
        ship_at=leaves,
        is_hazmat=bool(package.hazmat_labels),
    )


def _carrier_zone(unit: UnitOfWork, shipment: ExternalShipment) -> ZoneInfo:
    """The time zone of a location: its own, or that of the carriers of its country."""
    source = source_of(unit, shipment.supply_source_id)
    said = None if source.configuration is None else source.configuration.timezone
    found = offered_in(source.address.country_code)
    return ZoneInfo(said or (found[0].carrier.time_zone if found else "UTC"))


def _windows(unit: UnitOfWork, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """The next windows in which packages are fetched."""
    soonest = unit.now + timedelta(minutes=rules().slot_notice_minutes)
    day, days = unit.now.astimezone(zone).date(), 0
    while days < rules().slot_days:
        weekday, is_used = day.weekday(), False
        for begins, ends in rules().slot_hours if weekday < 5 else ():  # noqa: PLR2004 - Saturday
            starts_at = datetime.combine(day, time(begins), zone).astimezone(unit.now.tzinfo)
            if starts_at >= soonest:
                is_used = True
                yield starts_at, datetime.combine(day, time(ends), zone).astimezone(unit.now.tzinfo)
        days += is_used
        day += _DAY


def _best(found: Offering) -> Offer | None:
    """The cheapest that leaves in its window and arrives as promised, or else the first to arrive."""
    order = found.target.order
    in_time = [one for one in found.offers if order is None or one.quote.arrives.latest <= order.latest_delivery_at]
    if in_time:
        return in_time[0]
    return min(found.offers, key=lambda one: one.quote.arrives.latest, default=None)


def _option(
    unit: UnitOfWork, shipment: ExternalShipment, package: Package, offer: Offer, starts_at: datetime, ends_at: datetime
) -> Option:
    offered = offer.quote.offered
    said = _Said(
        shipment.shipment_id,
        package.package_id,
        offered.service.service_id,
        microseconds(starts_at),
        microseconds(ends_at),
    )
    return Option(
        option_id=sealed(unit, msgspec.json.encode(said), purpose=_PURPOSE),
        starts_at=starts_at,
        ends_at=ends_at,
        service_id=offered.service.service_id,
        carrier_name=offered.carrier.name,
    )
