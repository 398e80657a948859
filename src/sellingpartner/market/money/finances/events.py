"""Events: what counts in a settlement period, at the moment at which it does. What is held is none until its release.

A release brings what it releases: the legs, the lines and the order of that entry, dated by itself.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from sellingpartner.market.money.finances.origins import entries_of
from sellingpartner.market.money.ledger.components import Component, components, kind_names
from sellingpartner.market.money.ledger.model import Entry, EntryKind, Posting
from sellingpartner.market.money.ledger.store import legs_of
from sellingpartner.market.money.ledger.walking import EntryFilter, Key, page_of_entries
from sellingpartner.storage.unit import UnitOfWork

LABELS = (
    EntryKind.LABEL.value,
    EntryKind.LABEL_REFUND.value,
    EntryKind.LABEL_ADJUSTMENT.value,
    EntryKind.LABEL_CLAIM.value,
)
"""What is charged for labels names its order in settlements alone."""

_WALLET = tuple(kind.value for kind in EntryKind if kind.startswith("WALLET_"))


class EventFilter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which events are meant: those of a time, from `after` on and before `before`, of an order or of a period."""

    after: datetime | None = None
    before: datetime | None = None
    order_id: str | None = None
    period_id: int | None = None


class FinancialEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An entry whose money counts."""

    counted: Entry
    """What counts in a period: the entry itself, or its release."""
    entry: Entry
    """What it is about."""
    legs: list[Posting]
    """The entry's postings on others' accounts: whose opposites are the seller's money."""

    @property
    def posted_at(self) -> datetime:
        """When it began to count."""
        return self.counted.posted_at

    @property
    def first(self) -> Component | None:
        """The component that it is called by."""
        return components()[self.legs[0].component] if self.legs else None

    @property
    def list_name(self) -> str:
        """The list of v0 that it stands in."""
        own = self.first.list if self.first else ""
        return own or kind_names(self.entry.kind).list


class EventPage(msgspec.Struct, frozen=True, kw_only=True):
    """Some events, and after which key the next page begins."""

    events: list[FinancialEvent] = []
    next_key: Key | None = None


def page_of_events(unit: UnitOfWork, wanted: EventFilter, after: Key | None = None, limit: int = 100) -> EventPage:
    """One page of events, the earliest first; `after` is the key that the page before ended with."""
    found = page_of_entries(
        unit,
        EntryFilter(
            after=wanted.after,
            before=wanted.before,
            order_id=wanted.order_id,
            period_id=wanted.period_id,
            without_kinds=(*_WALLET, *(LABELS if wanted.order_id else ())),
            counts=True,
        ),
        after,
        limit,
    )
    return EventPage(events=events_from(unit, found.entries), next_key=found.next_key)


def events_from(unit: UnitOfWork, counted: list[Entry]) -> list[FinancialEvent]:
    """Entries as events, each release with what it releases."""
    origins = entries_of(unit, [one.of_entry_id for one in counted if is_release(one) and one.of_entry_id])
    about = [origins.get(one.of_entry_id or 0, one) if is_release(one) else one for one in counted]
    legs = legs_of(unit, [one.entry_id for one in about])
    return [
        FinancialEvent(counted=one, entry=entry, legs=[leg for leg in legs[entry.entry_id] if leg.component])
        for one, entry in zip(counted, about, strict=True)
    ]


def is_release(entry: Entry) -> bool:
    """Whether an entry makes another one's money available."""
    return entry.kind == EntryKind.RELEASE
