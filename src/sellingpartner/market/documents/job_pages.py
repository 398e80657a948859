"""Lists of jobs, those first that were asked for last: of reports and of feeds alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import ColumnElement, Select, Table, bindparam, select

from sellingpartner.market.documents.jobs import JobFilter, Key
from sellingpartner.storage.keyset import beyond
from sellingpartner.storage.narrowed import Given, Narrowed
from sellingpartner.storage.unit import UnitOfWork


class _Listed(Protocol):
    @property
    def created_at(self) -> datetime: ...

    @property
    def marketplace_ids(self) -> tuple[str, ...]: ...


Job = TypeVar("Job", bound=_Listed)


class JobPages(Generic[Job]):
    """The list of one kind of jobs: which columns hold its id and its type, how a row is read, what else must hold."""

    def __init__(
        self,
        table: Table,
        columns: Sequence[ColumnElement[Any]],
        row: Callable[..., Job],
        *,
        id_name: str,
        type_name: str,
        shown: tuple[ColumnElement[bool], ...] = (),
    ) -> None:
        self._at = table.c
        self._columns = columns
        self._id_name, self._type_name = id_name, type_name
        self._shown = shown
        self._page = Narrowed(self._statement, row)

    def page(self, unit: UnitOfWork, wanted: JobFilter, after: Key | None, limit: int) -> list[Job]:
        """So many of a seller's, from the latest on or after a key."""
        values = {"seller_id": unit.seller_id, "since": wanted.since, "until": wanted.until, "most": limit}
        values |= {"types": wanted.types, "statuses": wanted.statuses}
        found: list[Job] = []
        here = set(wanted.marketplace_ids)
        while len(found) < limit:
            if after is not None:
                values["before"], values["before_id"] = after
            rows = self._page.all(unit.connection, values)
            found += [one for one in rows if not here or here.intersection(one.marketplace_ids)]
            if len(rows) < limit:
                break
            after = rows[-1].created_at, getattr(rows[-1], self._id_name)
        return found[:limit]

    def _statement(self, given: Given) -> Select[Any]:
        created_at, job_id = self._at.created_at, self._at[self._id_name]
        until = created_at.between(bindparam("since"), bindparam("until"))
        wanted = select(*self._columns).where(self._at.seller_id == bindparam("seller_id"), until, *self._shown)
        if "types" in given:
            wanted = wanted.where(given.among("types", self._at[self._type_name]))
        if "statuses" in given:
            wanted = wanted.where(given.among("statuses", self._at.status))
        if "before" in given:
            reached = bindparam("before", type_=created_at.type), bindparam("before_id", type_=job_id.type)
            wanted = wanted.where(beyond((created_at, job_id), reached, is_descending=True))
        return wanted.order_by(created_at.desc(), job_id.desc()).limit(bindparam("most"))
