"""Packing options: which items may be packed together is worked out, offered for a while, and one is confirmed."""

from __future__ import annotations

import msgspec

from sellingpartner.market.events.inbound import PackingConfirmed
from sellingpartner.market.inbound.identifiers import Prefix, new_id, new_ids
from sellingpartner.market.inbound.lifecycle import PackingStatus
from sellingpartner.market.inbound.model import PackingGroup, PackingOption, Plan
from sellingpartner.market.inbound.operations import begin, carries_out, plan_for
from sellingpartner.market.inbound.packing.rules import handling_by_sku, offered_for
from sellingpartner.market.inbound.packing.withdrawing import withdraw_placements
from sellingpartner.market.inbound.problems import Problem
from sellingpartner.market.inbound.refusals import BadRequest
from sellingpartner.market.inbound.store.packages import Among, delete_packages
from sellingpartner.market.inbound.store.plans import items_of, load_plan, save_plan
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

GENERATE, CONFIRM = "generatePackingOptions", "confirmPackingOption"


class PackingOptionExpires(Due):
    """A packing option is offered no longer."""

    plan_id: str
    option_id: str


class Chosen(msgspec.Struct, frozen=True):
    """The packing option that is to be confirmed."""

    option_id: str


def generate(unit: UnitOfWork, plan_id: str) -> str:
    """Have packing options worked out; returns the operation's id. Raises `BadRequest`."""
    return begin(unit, GENERATE, plan_for(unit, GENERATE, plan_id))


def confirm(unit: UnitOfWork, plan_id: str, option_id: str) -> str:
    """Have a packing option confirmed; returns the operation's id. Raises `BadRequest`."""
    plan = plan_for(unit, CONFIRM, plan_id)
    _check_offered(plan.packing_option(option_id))
    return begin(unit, CONFIRM, plan, Chosen(option_id))


@carries_out(GENERATE)
def offer(unit: UnitOfWork, plan: Plan, _: None) -> list[Problem]:
    """Group a plan's items by what keeps them from sharing a box; what was offered and packed before is over.

    Assumed: there is one option, with as few groups as may be; Amazon's staff say that most plans have one.
    """
    for option in plan.packing_options:
        if option.status is not PackingStatus.EXPIRED:
            option.move(PackingStatus.EXPIRED)
    delete_packages(unit, Among(plan.plan_id))
    withdraw_placements(unit, plan)
    items = items_of(unit, plan.plan_id)
    by_handling: dict[str, list[str]] = {}
    for msku, handling in handling_by_sku(unit, items, plan.marketplace_id).items():
        by_handling.setdefault(handling, []).append(msku)
    group_ids = new_ids(unit, Prefix.PACKING_GROUP, len(by_handling))
    option = PackingOption(
        option_id=new_id(unit, Prefix.PACKING_OPTION),
        expires_at=unit.now + offered_for(),
        groups=tuple(
            PackingGroup(group_id=group_id, handling=handling, mskus=tuple(mskus))
            for group_id, (handling, mskus) in zip(group_ids, by_handling.items(), strict=True)
        ),
    )
    plan.packing_options = [*plan.packing_options, option]
    later(unit, PackingOptionExpires(plan_id=plan.plan_id, option_id=option.option_id), at=option.expires_at)
    return []


@carries_out(CONFIRM, Chosen)
def accept(unit: UnitOfWork, plan: Plan, chosen: Chosen) -> list[Problem]:
    """Confirm a packing option; the others are over.

    Assumed: to confirm an option again that is confirmed changes nothing. Amazon was seen to show options as ACCEPTED
    that nobody had confirmed, and its staff says to confirm them all the same.
    """
    option = plan.packing_option(chosen.option_id)
    _check_offered(option)
    if option.status is PackingStatus.ACCEPTED:
        return []
    for other in plan.packing_options:
        if other is not option and other.status is PackingStatus.OFFERED:
            other.move(PackingStatus.EXPIRED)
    option.move(PackingStatus.ACCEPTED)
    unit.emit(PackingConfirmed(plan_id=plan.plan_id, packing_option_id=option.option_id, groups=len(option.groups)))
    return []


@when(PackingOptionExpires)
def expire(unit: UnitOfWork, due: PackingOptionExpires) -> None:
    """Offer a packing option no longer that nobody has confirmed."""
    plan = load_plan(unit, due.plan_id)
    option = plan.packing_option(due.option_id)
    if option.status is PackingStatus.OFFERED:
        option.move(PackingStatus.EXPIRED)
        save_plan(unit, plan)


def _check_offered(option: PackingOption) -> None:
    """Assumed: in which words a packing option is refused that is over."""
    if option.status is PackingStatus.EXPIRED:
        raise BadRequest(f"ERROR: Packing option {option.option_id} has expired.")
