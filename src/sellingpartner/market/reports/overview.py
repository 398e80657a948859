"""Reports of all sellers, for whoever runs the market."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, select

from sellingpartner.market.reports.model import Report
from sellingpartner.market.reports.store import report_columns, report_of_row
from sellingpartner.market.reports.tables import reports
from sellingpartner.storage.unit import UnitOfWork


class Whose(msgspec.Struct, frozen=True, kw_only=True):
    """Which reports are wanted; what is not said is any."""

    seller_id: str | None = None
    report_type: str | None = None
    status: str | None = None


def latest_reports(unit: UnitOfWork, wanted: Whose, *, limit: int) -> list[tuple[str, Report]]:
    """Reports with their sellers, those first that were asked for last."""
    told = {name: value for name, value in msgspec.structs.asdict(wanted).items() if value is not None}
    return _found(unit, [reports.c[name] == value for name, value in told.items()], limit)


def reports_with_id(unit: UnitOfWork, report_id: str, seller_id: str | None) -> list[tuple[str, Report]]:
    """The reports of a number: each seller may have one."""
    conditions: list[ColumnElement[bool]] = [reports.c.report_id == report_id]
    if seller_id is not None:
        conditions.append(reports.c.seller_id == seller_id)
    return _found(unit, conditions, 100)


def _found(unit: UnitOfWork, conditions: list[ColumnElement[bool]], limit: int) -> list[tuple[str, Report]]:
    newest = (reports.c.created_at.desc(), reports.c.report_id.desc(), reports.c.seller_id)
    query = select(reports.c.seller_id, *report_columns).where(and_(True, *conditions)).order_by(*newest).limit(limit)  # noqa: FBT003 - SQLAlchemy's neutral condition
    rows: Any = unit.execute(query)
    return [(row.seller_id, report_of_row(row)) for row in rows]
