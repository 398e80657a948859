"""Times, limits and countries: `data/rules.toml`.

Assumed: Amazon publishes neither how soon a shipment is to be confirmed nor when packages are fetched. A seller has a
day to answer, at most until the shipment is to leave, and pick-ups are offered for five working days in two windows.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from importlib.resources import files

import msgspec


class Rules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What holds for every location."""

    accepts_after_seconds: int
    answer_within_hours: int
    link_lasts_minutes: int
    slot_days: int
    slot_notice_minutes: int
    slot_hours: tuple[tuple[int, int], ...]
    least_grams: int
    most_packages: int
    one_time_codes: frozenset[str]
    invoices_required: frozenset[str]

    @property
    def accepts_after(self) -> timedelta:
        """How long a new shipment waits for its units."""
        return timedelta(seconds=self.accepts_after_seconds)

    @property
    def answer_within(self) -> timedelta:
        """How long a seller has to say whether it fulfills a shipment."""
        return timedelta(hours=self.answer_within_hours)

    @property
    def link_lasts(self) -> timedelta:
        """How long a link to a label opens it."""
        return timedelta(minutes=self.link_lasts_minutes)


@cache
def rules() -> Rules:
    """The rules."""
    path = files("sellingpartner.market.external") / "data" / "rules.toml"
    return msgspec.toml.decode(path.read_bytes(), type=Rules)
