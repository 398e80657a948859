"""The faults of one market, at hand: which rules there are, and which of them strike a call.

Rules are kept in the database. What they have met and done is counted here, as calls come, and kept with the log of
calls. Without a rule a call costs a look at an empty tuple. Rules of notifications strike where those leave, and count
in the transaction there (`notifications/disturbing.py`); so do those of jobs (`jobs.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from threading import Lock

from sellingpartner.market.faults import store
from sellingpartner.market.faults.jobs import let_go_on
from sellingpartner.market.faults.luck import Struck, met
from sellingpartner.market.faults.model import Called, Counts, Rule
from sellingpartner.market.faults.text import rule_of
from sellingpartner.storage.unit import UnitOfWork

Opened = Callable[[], AbstractContextManager[UnitOfWork]]
Check = Callable[[UnitOfWork, Rule], None]
"""Raises for a rule that concerns somebody who is not in the market."""


class FaultBoard:
    """The rules of one market."""

    def __init__(self, write: Opened, read: Opened, seed: int, check: Check) -> None:
        self._write, self._read, self._check = write, read, check
        self._lock = Lock()
        self._counts: dict[int, Counts] = {}
        self._kept: dict[int, Counts] = {}
        self._seed = seed
        self.of_calls: tuple[Rule, ...] = ()
        """The rules that a call may meet."""
        self.rules: tuple[Rule, ...] = ()
        """All of them."""

    def reload(self, unit: UnitOfWork | None = None) -> None:
        """Take the rules and their counts anew from the database."""
        if unit is None:
            with self._read() as opened:
                return self.reload(opened)
        found = store.all_rules(unit)
        with self._lock:
            self._seed = unit.seed
            self._take(tuple(rule for rule, _ in found))
            self._counts = {rule.rule_id: counts for rule, counts in found if rule.is_of_calls}
            self._kept = dict(self._counts)
        return None

    def _take(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules
        self.of_calls = tuple(rule for rule in rules if rule.is_of_calls)

    def add(self, rule: Rule | str) -> Rule:
        """Have something go wrong from here on; returns the rule with its number."""
        return self.add_all((rule,))[0]

    def add_all(self, rules: tuple[Rule | str, ...]) -> tuple[Rule, ...]:
        """Add several rules, or none of them if one cannot be read or concerns nobody."""
        with self._write() as unit:
            added = self._added(unit, rules)
        with self._lock:
            self._take((*self.rules, *added))
        return added

    def replace_all(self, rules: tuple[Rule | str, ...]) -> tuple[Rule, ...]:
        """Have several rules hold in place of all that there are; raises as `add_all` does, and then these stay."""
        with self._write() as unit:
            store.clear(unit)
            let_go_on(unit)
            added = self._added(unit, rules)
        with self._lock:
            self._take(added)
            self._counts.clear()
        return added

    def _added(self, unit: UnitOfWork, rules: tuple[Rule | str, ...]) -> tuple[Rule, ...]:
        read = [rule_of(rule) if isinstance(rule, str) else rule for rule in rules]
        for rule in read:
            self._check(unit, rule)
        return tuple(store.add(unit, rule) for rule in read)

    def remove(self, rule_id: int) -> None:
        """Take a rule away; raises `NoSuchRule`."""
        with self._write() as unit:
            store.remove(unit, rule_id)
            let_go_on(unit, rule_id)
        with self._lock:
            self._take(tuple(rule for rule in self.rules if rule.rule_id != rule_id))
            self._counts.pop(rule_id, None)

    def clear(self) -> None:
        """Take every rule away: all goes well again."""
        self.replace_all(())

    def strike(self, called: Called, now: datetime) -> tuple[Struck, ...]:
        """The rules that strike a call, the oldest first; each that concerns it has met it."""
        if not self.of_calls:
            return ()
        struck = []
        with self._lock:
            for rule in self.of_calls:
                before = self._counts.get(rule.rule_id, Counts())
                if not rule.where.takes(called) or not rule.when.is_open(now, before.struck):
                    continue
                self._counts[rule.rule_id], hit = met(rule, before, self._seed)
                if hit is not None:
                    struck.append(hit)
        return tuple(struck)

    def one_off(self, rule: Rule) -> Struck:
        """A rule of a single call, which strikes it in the same way each time."""
        return Struck(rule, self._seed, 1)

    def counts(self) -> dict[int, Counts]:
        """What each rule has met and done, by its number."""
        with self._read() as unit:
            kept = {rule.rule_id: counts for rule, counts in store.all_rules(unit)}
        with self._lock:
            return kept | {rule_id: counts for rule_id, counts in self._counts.items() if rule_id in kept}

    def keep(self, unit: UnitOfWork) -> None:
        """Keep what was counted since it was last kept."""
        if self._counts == self._kept:
            return
        with self._lock:
            fresh = {rule_id: one for rule_id, one in self._counts.items() if self._kept.get(rule_id) != one}
            self._kept = dict(self._counts)
        store.keep_counts(unit, fresh)

    def keep_again(self) -> None:
        """Keep all counts with the next unit: the last one was not kept."""
        with self._lock:
            self._kept = {}
