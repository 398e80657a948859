"""The luck of a fault: it follows from the market's seed, the rule and how many calls that has met, and nothing else.

So the same calls in the same order fail in the same way, and a world that was copied goes on as the one before.
"""

from __future__ import annotations

from random import Random

import msgspec

from sellingpartner.market.faults.model import Counts, Rule
from sellingpartner.market.time.chance import number_of


class Struck(msgspec.Struct, frozen=True):
    """A rule that strikes, and the luck by which it does."""

    rule: Rule
    seed: int
    n: int
    """The how-manieth of the rule's calls it is."""

    def luck(self, purpose: str = "how") -> Random:
        """The same luck for the same purpose, each time."""
        return luck(self.seed, self.rule.rule_id, self.n, purpose)

    @property
    def told(self) -> str:
        """Which rule it was, for the log of calls: "3 refuse"."""
        return f"{self.rule.rule_id} {self.rule.fault.kind}"


def luck(seed: int, rule_id: int, n: int, purpose: str) -> Random:
    """The luck of a rule at its n-th call."""
    return Random(number_of(seed, "fault", rule_id, n, purpose))  # noqa: S311 - a marketplace's luck, not a secret


def strikes(rule: Rule, counts: Counts, seed: int) -> Struck | None:
    """Whether an open rule strikes at the last of the calls that were counted."""
    n = counts.matched
    if not rule.when.picks(n):
        return None
    probability = rule.when.probability
    if probability < 1 and luck(seed, rule.rule_id, n, "whether").random() >= probability:
        return None
    return Struck(rule, seed, n)


def met(rule: Rule, counts: Counts, seed: int) -> tuple[Counts, Struck | None]:
    """What an open rule has met and done behind one more of those that it concerns, and whether it strikes that."""
    counts = Counts(counts.matched + 1, counts.struck)
    hit = strikes(rule, counts, seed)
    return (counts if hit is None else Counts(counts.matched, counts.struck + 1)), hit
