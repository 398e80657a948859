"""createInboundPlan: what a plan may be about is looked at when it comes in, whether its items may be sent later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sellingpartner.contract.errors import ErrorAnswer, ErrorEntry
from sellingpartner.contract.fba_inbound_eligibility_v1 import Program
from sellingpartner.market.attributes import flag
from sellingpartner.market.events.inbound import InboundPlanErrored, InboundPlanned
from sellingpartner.market.inbound.identifiers import Prefix, new_id
from sellingpartner.market.inbound.items.eligibility import reasons_against_item
from sellingpartner.market.inbound.items.goods import Goods, check_destination, goods_of
from sellingpartner.market.inbound.lifecycle import PlanStatus
from sellingpartner.market.inbound.model import Address, Owner, Plan, PlanItem
from sellingpartner.market.inbound.operations import begin, carries_out
from sellingpartner.market.inbound.problems import Problem, about, warning
from sellingpartner.market.inbound.refusals import BadRequest
from sellingpartner.market.inbound.sending.addresses import NOT_VERIFIED, check_address, is_verified
from sellingpartner.market.inbound.store.plans import insert_plan, items_of
from sellingpartner.market.listings.questions import Stated
from sellingpartner.storage.unit import UnitOfWork

KIND = "createInboundPlan"
MOST_UNITS = 10_000
"""Assumed: a plan has up to 10,000 units in all. Sellers report so; Amazon publishes a limit for each SKU alone."""
LEAST_LIFE = timedelta(days=105)
"""How long units must be good for when they are announced."""


class OwnersRefused(BadRequest):
    """Whoever was to prepare or label some units may not, or need not."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(f"ERROR: {faults[0]}")
        self.because("An owner is named who may not, or need not, prepare or label units.")
        self._faults = faults

    def answer(self) -> ErrorAnswer:
        """One entry for each that is wrong."""
        entries = [ErrorEntry(code=self.code, message=f"ERROR: {fault}", details="") for fault in self._faults]
        return ErrorAnswer(errors=entries)


def create_plan(
    unit: UnitOfWork, marketplace_id: str, name: str | None, ship_from: Address, items: Sequence[PlanItem]
) -> tuple[str, str]:
    """Take a plan in; returns its id and that of the operation by which it is made. Raises `BadRequest`."""
    check_destination(unit, marketplace_id)
    check_address(ship_from)
    mskus = [one.msku for one in items]
    _check_quantities(items)
    goods = goods_of(unit, mskus, marketplace_id)
    if faults := [fault for one in items for fault in _owner_faults(one, goods[one.msku])]:
        raise OwnersRefused(faults)
    plan = Plan(
        plan_id=new_id(unit, Prefix.PLAN),
        marketplace_id=marketplace_id,
        name=name or f"FBA ({unit.now:%m/%d/%Y, %I:%M %p})",
        created_at=unit.now,
        updated_at=unit.now,
        ship_from=ship_from,
        units=sum(one.quantity for one in items),
    )
    insert_plan(unit, plan, tuple(_planned(one, goods[one.msku]) for one in items))
    return plan.plan_id, begin(unit, KIND, plan)


def _give_up(unit: UnitOfWork, plan: Plan) -> None:
    plan.move(PlanStatus.ERRORED)
    unit.emit(InboundPlanErrored(plan_id=plan.plan_id, marketplace_id=plan.marketplace_id))


@carries_out(KIND, failed=_give_up)
def make_plan(unit: UnitOfWork, plan: Plan, _: None) -> list[Problem]:
    """See whether the items of a plan may be sent."""
    items = items_of(unit, plan.plan_id)
    goods = goods_of(unit, [one.msku for one in items], plan.marketplace_id)
    problems = [] if is_verified(plan.ship_from) else [warning(NOT_VERIFIED)]
    for item in items:
        problems += _problems_with(unit, item, goods[item.msku], plan.marketplace_id)
    unit.emit(InboundPlanned(plan_id=plan.plan_id, marketplace_id=plan.marketplace_id, units=plan.units))
    return problems


def _check_quantities(items: Sequence[PlanItem]) -> None:
    """Assumed: in which words a SKU that is named twice and too many units are refused."""
    mskus = [one.msku for one in items]
    if len(set(mskus)) < len(mskus):
        twice = sorted({msku for msku in mskus if mskus.count(msku) > 1})
        raise BadRequest(f"ERROR: The following MSKUs are on the inbound plan more than once: [{', '.join(twice)}].")
    units = sum(one.quantity for one in items)
    if units > MOST_UNITS:
        raise BadRequest(f"ERROR: An inbound plan can have at most {MOST_UNITS} units; {units} were provided.")


def _owner_faults(item: PlanItem, goods: Goods) -> list[str]:
    """What is wrong with who is to prepare and to label units, in Amazon's words."""
    faults = []
    for name, owner, accepted in (
        ("prepOwner", item.prep_owner, goods.prep.prep_owners),
        ("labelOwner", item.label_owner, goods.prep.label_owners),
    ):
        if owner not in accepted:
            needed = "does not require" if accepted == (Owner.NONE,) else "requires"
            values = ", ".join(one.value for one in accepted)
            faults.append(f"{item.msku} {needed} {name} but {owner.value} was assigned. Accepted values: [{values}]")
    if not faults and goods.prep.owners_must_match and item.prep_owner is not item.label_owner:
        # Assumed: in which words two owners are refused who must be one.
        faults.append(
            f"{item.msku} requires prepOwner and labelOwner to match but {item.prep_owner.value} and "
            f"{item.label_owner.value} were assigned."
        )
    return faults


def _planned(item: PlanItem, goods: Goods) -> PlanItem:
    return PlanItem(
        msku=item.msku,
        asin=goods.asin,
        fnsku=goods.fnsku,
        quantity=item.quantity,
        prep_owner=item.prep_owner,
        label_owner=item.label_owner,
        expires_on=item.expires_on,
        lot=item.lot,
        instructions=goods.prep.instructions(item.prep_owner, item.label_owner),
    )


def _problems_with(unit: UnitOfWork, item: PlanItem, goods: Goods, marketplace_id: str) -> list[Problem]:
    """What keeps an item from being sent, as the preview of its eligibility tells it, and what a plan asks besides."""
    record = goods.record
    stated = Stated(record.sku, record.condition, record.condition_subtype, record.is_regulated)
    reasons = reasons_against_item(unit, goods.item, [stated], marketplace_id, Program.INBOUND)
    codes = [reason.value for reason in reasons]
    if item.expires_on is not None:
        codes += ["FBA_INB_0181"] if _day(item.expires_on) < (unit.now + LEAST_LIFE).date() else []
    elif flag(goods.item.attributes, "is_expiration_dated_product", marketplace_id):
        codes.append("FBA_INB_0180")
    if not goods.prep.is_known:
        codes.append("FBA_INB_0182")
    return [about(code, item.msku) for code in codes]


def _day(said: str) -> date:
    """A day as it was said; one that no month has is the first there is, and so too near."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        return date.min
