"""The kinds of operations (`operations.toml`), and whether a plan is ready for one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.inbound.lifecycle import PlanStatus
from sellingpartner.market.inbound.model import Plan
from sellingpartner.market.inbound.refusals import BadRequest

IDLE = "idle"
_PACKS_LATER = frozenset({"IN"})
"""Where what may be packed together is not worked out beforehand."""


class Kind(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of operation."""

    name: str
    deed: str
    seconds: tuple[float, float]
    first: tuple[str, ...]


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    conditions: dict[str, str]
    kinds: dict[str, Kind]


CONDITIONS: Mapping[str, Callable[[Plan], bool]] = {
    "not_canceled": lambda plan: plan.status is not PlanStatus.VOIDED,
    "not_canceled_before": lambda plan: plan.status is not PlanStatus.VOIDED,
    "open": lambda plan: plan.status is PlanStatus.ACTIVE,
    "not_placed": lambda plan: plan.placement is None,
    "placement_open": lambda plan: plan.placement is None,
    "placed": lambda plan: plan.placement is not None,
    "not_carried": lambda plan: not plan.is_carried,
    "not_over": lambda plan: plan.status in {PlanStatus.ACTIVE, PlanStatus.SHIPPED},
    "packs_first": lambda plan: MARKETPLACES[plan.marketplace_id].country_code not in _PACKS_LATER,
}
"""What each condition asks of a plan, but that no other operation is at work on it (`IDLE`)."""


@cache
def _table() -> _Table:
    path = files("sellingpartner.market.inbound") / "operations.toml"
    return msgspec.toml.decode(path.read_bytes(), type=_Table)


def kinds() -> dict[str, Kind]:
    """Every kind by the name of the API's operation.

    Assumed: operations on an inbound plan take 2 to 8 seconds of the market's clock; Amazon's staff speak of up to a
    minute.
    """
    return _table().kinds


def check(kind: str, plan: Plan, at_work: str | None) -> None:
    """Raise `BadRequest` unless a plan is ready for a kind of operation; `at_work` is the one that is not done.

    Assumed: in which words Amazon refuses a second operation while one is at work on the same inbound plan.
    """
    found = kinds()[kind]
    for condition in found.first:
        holds = at_work is None if condition == IDLE else CONDITIONS[condition](plan)
        if not holds:
            other = "" if at_work is None else kinds()[at_work].name
            words = _table().conditions[condition]
            raise BadRequest(words.format(name=found.name, deed=found.deed, other=other, plan=plan.plan_id))
