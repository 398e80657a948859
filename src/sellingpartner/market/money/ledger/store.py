"""Entries and postings as rows: written once, read by their keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import bindparam, select

from sellingpartner.market.money.ledger.model import Entry, Posting
from sellingpartner.market.money.ledger.tables import ledger_entries, ledger_postings
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork

_GAP = 16
"""How many entries that nobody asked for are read rather than asking once more."""

COLUMNS = tuple(ledger_entries.c[name] for name in Entry.__struct_fields__)
"""The columns that an entry is read from."""

_insert_entry = Prepared(ledger_entries.insert())
_insert_postings = Prepared(ledger_postings.insert())
_posting = tuple(ledger_postings.c[name] for name in Posting.__struct_fields__)
_between = Question(
    select(*_posting)
    .where(
        ledger_postings.c.seller_id == bindparam("of_seller"),
        ledger_postings.c.entry_id.between(bindparam("first"), bindparam("last")),
    )
    .order_by(ledger_postings.c.entry_id, ledger_postings.c.number),
    Posting,
)
_one = Question(
    select(*COLUMNS).where(
        ledger_entries.c.seller_id == bindparam("of_seller"), ledger_entries.c.entry_id == bindparam("of_entry")
    ),
    Entry,
)
_by_source = Question(
    select(*COLUMNS).where(
        ledger_entries.c.seller_id == bindparam("of_seller"), ledger_entries.c.source == bindparam("of_source")
    ),
    Entry,
)
_of_order = Question(
    select(*COLUMNS)
    .where(ledger_entries.c.seller_id == bindparam("of_seller"), ledger_entries.c.order_id == bindparam("of_order"))
    .order_by(ledger_entries.c.entry_id),
    Entry,
)


def insert(unit: UnitOfWork, entry: Entry, postings: Sequence[Posting]) -> None:
    """Keep an entry and its postings, for good."""
    row = {"seller_id": unit.seller_id} | {name: getattr(entry, name) for name in Entry.__struct_fields__}
    _insert_entry.run(unit.connection, row)
    rows: list[dict[str, Any]] = [
        {
            "seller_id": unit.seller_id,
            "entry_id": one.entry_id,
            "number": one.number,
            "line": one.line,
            "account": one.account,
            "component": one.component,
            "amount_minor": one.amount_minor,
        }
        for one in postings
    ]
    _insert_postings.run_many(unit.connection, rows)


def entry_of(unit: UnitOfWork, entry_id: int) -> Entry | None:
    """One entry, or None."""
    return _one.first(unit.connection, {"of_seller": unit.seller_id, "of_entry": entry_id})


def entry_by_source(unit: UnitOfWork, source: str) -> Entry | None:
    """The entry that a fact has caused, or None."""
    return _by_source.first(unit.connection, {"of_seller": unit.seller_id, "of_source": source})


def entries_of_order(unit: UnitOfWork, order_id: str) -> list[Entry]:
    """All that was posted for an order, in order."""
    return _of_order.all(unit.connection, {"of_seller": unit.seller_id, "of_order": order_id})


def legs_of(unit: UnitOfWork, entry_ids: Iterable[int]) -> dict[int, list[Posting]]:
    """The postings of entries, by entry; those that are near to each other are read along the key, at once."""
    wanted = sorted(set(entry_ids))
    found: dict[int, list[Posting]] = {entry_id: [] for entry_id in wanted}
    for first, last in _runs(wanted):
        for one in _between.all(unit.connection, {"of_seller": unit.seller_id, "first": first, "last": last}):
            if one.entry_id in found:
                found[one.entry_id].append(one)
    return found


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Numbers that are near to one another, as the first and the last of each run."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number <= runs[-1][1] + _GAP:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def replaced(entry: Entry, **changes: Any) -> Entry:  # noqa: ANN401 - fields of Entry
    """An entry that differs in some of its fields."""
    return msgspec.structs.replace(entry, **changes)
