"""Orders that bring units into AWD: drafted, changed, confirmed or called off by their seller, or left to expire."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import msgspec

from sellingpartner.contract import awd_2024_05_09 as awd
from sellingpartner.market.accounts.questions import check_marketplaces
from sellingpartner.market.centers.questions import center, kilometers, point_of
from sellingpartner.market.distribution.checking import check_inbound
from sellingpartner.market.distribution.eligibility import HERE, judge
from sellingpartner.market.distribution.identifiers import inbound_id
from sellingpartner.market.distribution.lifecycle import InboundStatus
from sellingpartner.market.distribution.model import InboundOrder, InboundShipment
from sellingpartner.market.distribution.packages import as_kept, units_by_sku
from sellingpartner.market.distribution.refusals import BadRequest
from sellingpartner.market.distribution.rules import rules, some_seconds, strikes
from sellingpartner.market.distribution.store import (
    inbound_to_change,
    keep_inbound,
    keep_shipment,
    shipment_to_change,
)
from sellingpartner.market.events.distribution import (
    AwdInboundCanceled,
    AwdInboundChanged,
    AwdInboundChecked,
    AwdInboundConfirmed,
    AwdInboundDrafted,
    AwdInboundExpired,
    AwdShipmentCanceled,
)
from sellingpartner.market.inventory.commands import loads_of, move_all
from sellingpartner.market.inventory.model import Condition, Reason, Spot
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

_SHIPPED_WITHIN = timedelta(days=30)
_UNITED_STATES = "US"


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What a seller says of an inbound order."""

    origin: awd.Address
    packages: Sequence[awd.DistributionPackageQuantity]
    region: str | None = None
    reference: str | None = None


class InboundIsChecked(Due):
    """The check of a changed draft is done."""

    order_id: str


class InboundDraftExpires(Due):
    """A draft has waited for its confirmation too long."""

    order_id: str


def draft_inbound(unit: UnitOfWork, draft: Draft) -> InboundOrder:
    """Draft an order; it has the form of one that can be confirmed, though it may not be eligible."""
    check_marketplaces(unit, unit.seller_id, [HERE])
    check_inbound(unit, draft.origin, draft.packages, region=draft.region, reference=draft.reference)
    order = InboundOrder(
        order_id=inbound_id(unit),
        origin=draft.origin,
        packages=as_kept(draft.packages),
        wished_region=draft.region,
        reference=draft.reference,
        created_at=unit.now,
        updated_at=unit.now,
    )
    keep_inbound(unit, order)
    later(unit, InboundDraftExpires(order_id=order.order_id), at=unit.now + timedelta(days=rules().draft_days))
    unit.emit(AwdInboundDrafted(order_id=order.order_id))
    return order


def change_inbound(unit: UnitOfWork, order_id: str, draft: Draft) -> None:
    """Say anew what a draft holds, from where it comes and where it is to go; the rest stays."""
    order = inbound_to_change(unit, order_id)
    order.advance(AwdInboundChanged)
    check_inbound(unit, draft.origin, draft.packages, region=draft.region)
    order.origin, order.packages, order.wished_region = draft.origin, as_kept(draft.packages), draft.region
    keep_inbound(unit, order)
    luck = chance(unit, "awd draft is checked", order_id, unit.now.isoformat())
    later(unit, InboundIsChecked(order_id=order_id), at=unit.now + some_seconds(luck, "checking"))
    unit.emit(AwdInboundChanged(order_id=order_id))


def confirm_inbound(unit: UnitOfWork, order_id: str) -> InboundShipment:
    """Commit to a draft: a region and a center are found for it, and its shipment is announced there.

    Assumed: what is not eligible can be drafted, and is refused here.
    """
    order = inbound_to_change(unit, order_id)
    order.advance(AwdInboundConfirmed)
    verdict = judge(unit, order.packages)
    if not verdict.is_eligible:
        raise BadRequest(f"The order is not eligible. {verdict.first.code}: {verdict.first.description}")
    order.region, order.center = _destination(unit, order)
    luck = chance(unit, "awd labels", order_id)
    shipment = InboundShipment(
        shipment_id=order_id,
        origin=order.origin,
        packages=order.packages,
        region=order.region,
        center=order.center,
        reference=order.reference,
        ship_by=unit.now + _SHIPPED_WITHIN,
        labels_at=unit.now + some_seconds(luck, "labels"),
        created_at=unit.now,
        updated_at=unit.now,
    )
    keep_inbound(unit, order)
    keep_shipment(unit, shipment)
    _move(unit, shipment, None, Spot(Condition.INBOUND_WORKING, order.center), Reason.ANNOUNCED)
    unit.emit(AwdInboundConfirmed(order_id=order_id, center=order.center, region=order.region))
    return shipment


def cancel_inbound(unit: UnitOfWork, order_id: str) -> None:
    """Call an order off, and its shipment with it; what is on its way already cannot be."""
    order = inbound_to_change(unit, order_id)
    was_confirmed = order.status is InboundStatus.CONFIRMED
    order.advance(AwdInboundCanceled)
    if was_confirmed:
        _cancel_shipment(unit, order)
    keep_inbound(unit, order)
    unit.emit(AwdInboundCanceled(order_id=order_id))


def _cancel_shipment(unit: UnitOfWork, order: InboundOrder) -> None:
    shipment = shipment_to_change(unit, order.order_id)
    shipment.cancel()
    keep_shipment(unit, shipment)
    _move(unit, shipment, Spot(Condition.INBOUND_WORKING, shipment.center), None, Reason.WITHDRAWN)
    unit.emit(AwdShipmentCanceled(shipment_id=order.order_id))


def _move(unit: UnitOfWork, shipment: InboundShipment, start: Spot | None, end: Spot | None, reason: Reason) -> None:
    move_all(unit, loads_of(units_by_sku(shipment.packages), start, end, reason, shipment.shipment_id))


@when(InboundIsChecked)
def end_check(unit: UnitOfWork, due: InboundIsChecked) -> None:
    """Let a changed draft be a draft again."""
    order = inbound_to_change(unit, due.order_id)
    order.advance(AwdInboundChecked)
    keep_inbound(unit, order)
    unit.emit(AwdInboundChecked(order_id=due.order_id))


@when(InboundDraftExpires)
def expire_draft(unit: UnitOfWork, due: InboundDraftExpires) -> None:
    """Give a draft up that was neither confirmed nor called off."""
    order = inbound_to_change(unit, due.order_id)
    if order.status is InboundStatus.VALIDATING:
        later(unit, due, at=unit.now + timedelta(minutes=1))
        return
    if order.status is not InboundStatus.DRAFT:
        return
    order.advance(AwdInboundExpired)
    keep_inbound(unit, order)
    unit.emit(AwdInboundExpired(order_id=due.order_id))


def _destination(unit: UnitOfWork, order: InboundOrder) -> tuple[str, str]:
    """The region that was wished, unless it is full, else the nearest; and a center there."""
    regions = rules().regions
    luck = chance(unit, "awd region", order.order_id)
    wished = order.wished_region or _nearest_region(order.origin)
    if strikes(luck, rules().luck.full_region):
        wished = luck.choice([one for one in regions if one != wished])
    return wished, luck.choice(regions[wished])


def _nearest_region(origin: awd.Address) -> str:
    start = point_of(origin.country_code, origin.postal_code or "", origin.state_or_region)
    far = {
        region: min(kilometers(start, center(code).point) for code in codes)
        for region, codes in rules().regions.items()
    }
    return min(far, key=lambda region: (far[region], region))
