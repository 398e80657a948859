"""Transport: who may carry the shipments of a plan is worked out, and one is chosen for each, all at once.

Assumed: until a carrier is confirmed transport may be asked for again, and what was offered before is forgotten.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.centers.questions import center
from sellingpartner.market.inbound.identifiers import Prefix, new_id
from sellingpartner.market.inbound.lifecycle import PlacementStatus
from sellingpartner.market.inbound.model import Address, Pallet, Plan, Shipment
from sellingpartner.market.inbound.operations import begin, carries_out, plan_for
from sellingpartner.market.inbound.packing.boxing import boxes_going, keep_pallets, pallets_going
from sellingpartner.market.inbound.problems import Problem, about
from sellingpartner.market.inbound.refusals import BadRequest
from sellingpartner.market.inbound.sending.leaving import book
from sellingpartner.market.inbound.sizes import Size, Weight
from sellingpartner.market.inbound.store.options import keep_transports, transports_for
from sellingpartner.market.inbound.store.shipments import load_shipment, save_shipment
from sellingpartner.market.inbound.transport.carriage import Contact, TransportOption
from sellingpartner.market.inbound.transport.carrying import Load, Piece, freight_classes, offers
from sellingpartner.market.shipping.carriers.zones import Spot
from sellingpartner.storage.unit import UnitOfWork

GENERATE, CONFIRM = "generateTransportationOptions", "confirmTransportationOptions"
NO_CLASS = "NONE"


class PalletWish(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Pallets that are alike."""

    quantity: int
    size: Size | None = None
    weight: Weight | None = None
    stackability: str | None = None


class Wish(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a shipment is to be carried."""

    shipment_id: str
    ready_at: datetime
    contact: Contact | None = None
    freight_class: str | None = None
    declared: Money | None = None
    pallets: tuple[PalletWish, ...] = ()


class Selection(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is chosen for a shipment."""

    shipment_id: str
    option_id: str
    contact: Contact | None = None


def generate(unit: UnitOfWork, plan_id: str, placement_option_id: str, wishes: Sequence[Wish]) -> str:
    """Have it worked out who may carry shipments of a placement option; returns the operation's id."""
    plan = plan_for(unit, GENERATE, plan_id)
    option = plan.placement_option(placement_option_id)
    if option.status is PlacementStatus.EXPIRED:
        raise BadRequest("ERROR: Operation cannot be processed because the requested placement option is expired.")
    unknown = sorted({wish.shipment_id for wish in wishes} - {*option.shipment_ids})
    if unknown:
        raise BadRequest(
            f"ERROR: Provided shipment ids [{', '.join(unknown)}] do not match the shipments in the placement option"
        )
    for wish in wishes:
        _check(wish, unit.now)
    return begin(unit, GENERATE, plan, tuple(wishes))


def confirm(unit: UnitOfWork, plan_id: str, selections: Sequence[Selection]) -> str:
    """Choose who carries each shipment of a plan; returns the operation's id."""
    plan = plan_for(unit, CONFIRM, plan_id)
    wanted = [selection.shipment_id for selection in selections]
    placed = () if plan.placement is None else plan.placement.shipment_ids
    if sorted(wanted) != sorted(placed):
        raise BadRequest(
            f"ERROR: Provided shipment ids [{', '.join(wanted)}] do not match the shipments in the confirmed placement "
            "option"
        )
    for selection in selections:
        _option(unit, selection)
    return begin(unit, CONFIRM, plan, tuple(selections))


@carries_out(GENERATE, tuple[Wish, ...])
def offer(unit: UnitOfWork, plan: Plan, wishes: tuple[Wish, ...]) -> list[Problem]:
    """Work out who may carry what."""
    problems: list[Problem] = []
    for wish in wishes:
        shipment = load_shipment(unit, plan.plan_id, wish.shipment_id)
        boxes = boxes_going(unit, shipment)
        if not boxes and plan.placement is None:
            problems.append(about("FBA_INB_0344", wish.shipment_id))
        elif not boxes and not wish.pallets:
            problems.append(about("FBA_INB_0313", wish.shipment_id))
        else:
            _offer(unit, plan, shipment, wish)
    return problems


@carries_out(CONFIRM, tuple[Selection, ...])
def accept(unit: UnitOfWork, plan: Plan, selections: tuple[Selection, ...]) -> list[Problem]:
    """Take what was chosen."""
    chosen = [(load_shipment(unit, plan.plan_id, one.shipment_id), one, _option(unit, one)) for one in selections]
    problems = [
        problem for shipment, selection, option in chosen for problem in _against(unit, shipment, selection, option)
    ]
    problems += _against_mixing(unit, chosen)
    if problems:
        return problems
    for shipment, selection, option in chosen:
        shipment.carriage.contact = selection.contact or shipment.carriage.contact
        book(unit, shipment, option)
    plan.is_carried = True
    return []


def drop_offers(unit: UnitOfWork, shipment: Shipment) -> None:
    """Forget who might have carried a shipment."""
    keep_transports(unit, shipment.shipment_id, ())


def load_of(unit: UnitOfWork, shipment: Shipment, boxes: Sequence[Piece]) -> Load:
    """What of a shipment is to be carried."""
    there = center(shipment.center)
    pallets = pallets_going(unit, shipment)
    return Load(
        start=_spot(shipment.ship_from),
        end=Spot(country=there.country_code, postal_code=there.postal_code, state=there.state),
        ready_at=shipment.carriage.ready_at or unit.now,
        boxes=tuple(boxes),
        pallets=tuple(Piece(size=one.size, weight=one.weight, quantity=one.quantity) for one in pallets),
        freight_class=shipment.carriage.freight_class,
    )


def _check(wish: Wish, now: datetime) -> None:
    """Assumed: in which words Amazon refuses a day that has gone, and a class of freight that there is not."""
    if wish.ready_at.date() < now.date():
        raise BadRequest("ERROR: The start of the readyToShipWindow must not be in the past.")
    if wish.freight_class not in {None, NO_CLASS, *freight_classes()}:
        raise BadRequest(f"ERROR: Freight class {wish.freight_class} is not valid.")


def _offer(unit: UnitOfWork, plan: Plan, shipment: Shipment, wish: Wish) -> None:
    carriage = shipment.carriage
    carriage.ready_at, carriage.contact = wish.ready_at, wish.contact
    carriage.freight_class, carriage.declared = wish.freight_class, wish.declared
    keep_pallets(unit, shipment, [_pallet(unit, one) for one in wish.pallets])
    save_shipment(unit, shipment)
    boxes = [Piece(size=box.size, weight=box.weight, quantity=count) for box, count in boxes_going(unit, shipment)]
    currency = MARKETPLACES[plan.marketplace_id].currency
    found = offers(load_of(unit, shipment, boxes), currency, unit.now)
    made = tuple(
        TransportOption(option_id=new_id(unit, Prefix.TRANSPORTATION_OPTION), **msgspec.structs.asdict(one))
        for one in found
    )
    keep_transports(unit, shipment.shipment_id, made)


def _pallet(unit: UnitOfWork, wish: PalletWish) -> Pallet:
    return Pallet(package_id=new_id(unit, Prefix.PACKAGE), number=0, **msgspec.structs.asdict(wish))


def _option(unit: UnitOfWork, selection: Selection) -> TransportOption:
    for option in transports_for(unit, selection.shipment_id):
        if option.option_id == selection.option_id:
            return option
    raise BadRequest("The requested transportationOptionId does not exist for the specified shipment.")


def _against(unit: UnitOfWork, shipment: Shipment, selection: Selection, option: TransportOption) -> list[Problem]:
    """What stands in the way of one choice.

    Assumed: in which words Amazon says that a quote is over, or that a delivery window is missing.
    """
    about_it = f"There's an input error with the resource '{shipment.shipment_id}'."
    if option.holds_until is not None and option.holds_until <= unit.now:
        return [_bad(f"Transportation option {option.option_id} is expired.", about_it)]
    if not option.is_partnered and shipment.carriage.window is None:
        return [_bad("No delivery window is confirmed for the transportation option.", about_it)]
    is_told = selection.contact is not None or shipment.carriage.contact is not None
    if option.is_freight and option.is_partnered and not is_told:
        return [about("FBA_INB_0352", shipment.shipment_id)]
    return []


def _against_mixing(unit: UnitOfWork, chosen: Sequence[tuple[Shipment, Selection, TransportOption]]) -> list[Problem]:
    """Partners and own carriers mix only by different modes, and only where a partner would carry every shipment."""
    partnered = {option.mode for _, _, option in chosen if option.is_partnered}
    own = {option.mode for _, _, option in chosen if not option.is_partnered}
    if not partnered or not own:
        return []
    could = all(
        any(one.is_partnered for one in transports_for(unit, shipment.shipment_id)) for shipment, _, _ in chosen
    )
    if could and not partnered & own:
        return []
    return [about("FBA_INB_0354", shipment.shipment_id) for shipment, _, option in chosen if not option.is_partnered]


def _bad(words: str, details: str) -> Problem:
    return Problem(code="BadRequest", message=f"ERROR: {words}", details=details)


def _spot(address: Address) -> Spot:
    return Spot(country=address.country_code, postal_code=address.postal_code, state=(address.state or "").upper())
