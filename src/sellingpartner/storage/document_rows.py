"""Tables that keep a document in each row, which is found by its seller and one key: how they are read and written.

    _orders = DocumentRows(removal_orders, "removal_id", RemovalOrder)

    _orders.find(unit, removal_id)  # to look at
    _orders.hold(unit, removal_id)  # to change: nobody else changes it until the unit ends
    _orders.change(unit, removal_id, status=order.status.value, document=order)

The statements are compiled once (`prepared.py`). What a list of documents needs besides is its context's to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from typing import Any, Generic, NamedTuple, TypeVar, cast

from sqlalchemy import ColumnElement, Table, and_, bindparam, select

from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert

Document = TypeVar("Document")


class _Row(NamedTuple):
    document: Any


class _Keyed(NamedTuple):
    document: Any
    key: str


class DocumentRows(Generic[Document]):
    """The documents of one table, found by a column of its key besides the seller.

    `changes` are the columns that change with a document, the document's own among them. A row is found by `also` as
    well, whose parameters are given by their names.
    """

    def __init__(
        self,
        table: Table,
        key: str,
        _document: type[Document],
        *also: ColumnElement[bool],
        changes: tuple[str, ...] = ("status", "updated_at", "document"),
    ) -> None:
        this = and_(table.c.seller_id == bindparam("of_seller"), table.c[key] == bindparam("of_key"), *also)
        found = select(table.c.document).where(this)
        self._find, self._hold = Question(found, _Row), Question(found.with_for_update(), _Row)
        self._table, self._in_order = table, table.c[key]
        self._alike: dict[tuple[str, bool], Question[_Keyed]] = {}
        self._insert = Prepared(table.insert())
        self._change = Prepared(table.update().where(this).values({name: bindparam(name) for name in changes}))
        self._put = Prepared(upsert(table, lambda offered: {name: offered[name] for name in changes}))

    def find(self, unit: UnitOfWork, key: str, **also: object) -> Document | None:
        """One to look at; None if there is none."""
        return self._one(self._find, unit, key, also)

    def hold(self, unit: UnitOfWork, key: str, **also: object) -> Document | None:
        """One to change, which nobody else changes until the unit ends; None if there is none."""
        return self._one(self._hold, unit, key, also)

    def alike(self, unit: UnitOfWork, column: str, value: object, *, to_change: bool = False) -> list[Document]:
        """All that share a value of a column, in the order of their keys; to change them, if that is said."""
        question = self._alike.get((column, to_change))
        if question is None:
            question = self._alike[column, to_change] = self._all_with(column, to_change=to_change)
        rows = question.all(unit.connection, {"of_seller": unit.seller_id, "of_value": value})
        return [row.document for row in sorted(rows, key=attrgetter("key"))]

    def insert(self, unit: UnitOfWork, **columns: object) -> None:
        """Keep one for the first time, with what stands beside it."""
        self._insert.run(unit.connection, {"seller_id": unit.seller_id} | columns)

    def change(self, unit: UnitOfWork, key: str, **changed: object) -> None:
        """Keep one that has changed, with all that changes with it."""
        self._change.run(unit.connection, {"of_seller": unit.seller_id, "of_key": key} | changed)

    def put(self, unit: UnitOfWork, **columns: object) -> None:
        """Keep one, whether it was kept before or not, with all that stands beside it."""
        self._put.run(unit.connection, {"seller_id": unit.seller_id} | columns)

    def _all_with(self, column: str, *, to_change: bool) -> Question[_Keyed]:
        """Not asked for in order: SQLite would walk along the primary key then, through all rows of the seller.

        PostgreSQL is asked to hold them in order, so that of two who do so none waits for the other.
        """
        at = self._table.c
        this = (at.seller_id == bindparam("of_seller"), at[column] == bindparam("of_value"))
        wanted = select(at.document, self._in_order.label("key")).where(*this)
        held = wanted.order_by(self._in_order).with_for_update()
        return Question(lambda dialect: held if to_change and dialect == "postgresql" else wanted, _Keyed)

    def _one(self, question: Question[_Row], unit: UnitOfWork, key: str, also: Mapping[str, object]) -> Document | None:
        row = question.first(unit.connection, {"of_seller": unit.seller_id, "of_key": key, **also})
        return None if row is None else cast("Document", row.document)
