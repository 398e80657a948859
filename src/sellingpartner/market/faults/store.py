"""Where the rules of faults are kept."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from sqlalchemy import select

from sellingpartner.contract.errors import NotFound
from sellingpartner.market.faults.model import Counts, Rule
from sellingpartner.market.faults.tables import fault_rules
from sellingpartner.market.faults.text import kept_rule_of, text_of
from sellingpartner.storage.unit import UnitOfWork

_every = select(fault_rules).order_by(fault_rules.c.rule_id)


class NoSuchRule(NotFound):
    """There is no rule of this number."""

    def __init__(self, rule_id: int) -> None:
        super().__init__(f"There is no fault rule {rule_id}.")


def add(unit: UnitOfWork, rule: Rule) -> Rule:
    """Keep a rule; returns it with its number."""
    kept = msgspec.structs.replace(rule, rule_id=unit.next_number("fault rules"))
    row = {"rule_id": kept.rule_id, "rule": text_of(kept), "matched": 0, "struck": 0}
    unit.execute(fault_rules.insert(), row)
    return kept


def remove(unit: UnitOfWork, rule_id: int) -> None:
    """Forget a rule; raises `NoSuchRule`."""
    if not unit.execute(fault_rules.delete().where(fault_rules.c.rule_id == rule_id)).rowcount:
        raise NoSuchRule(rule_id)


def clear(unit: UnitOfWork) -> None:
    """Forget every rule."""
    unit.execute(fault_rules.delete())


def all_rules(unit: UnitOfWork) -> list[tuple[Rule, Counts]]:
    """Every rule with what it has met and done, the oldest first."""
    return [
        (msgspec.structs.replace(kept_rule_of(row.rule), rule_id=row.rule_id), Counts(row.matched, row.struck))
        for row in unit.execute(_every)
    ]


def keep_counts(unit: UnitOfWork, counts: Mapping[int, Counts]) -> None:
    """Keep what rules have met and done; one that is gone stays so."""
    for rule_id, count in counts.items():
        unit.execute(
            fault_rules.update()
            .where(fault_rules.c.rule_id == rule_id)
            .values(matched=count.matched, struck=count.struck)
        )
