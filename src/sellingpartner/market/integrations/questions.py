"""What others may ask of integrations."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec
from sqlalchemy import select

from sellingpartner.market.integrations.model import AppNotification, Status, Template
from sellingpartner.market.integrations.tables import app_notifications, app_templates
from sellingpartner.storage.unit import UnitOfWork


@cache
def shared_templates() -> dict[str, Template]:
    """The templates that every application has."""
    text = (files("sellingpartner.market.integrations") / "templates.toml").read_bytes()
    return msgspec.toml.decode(text, type=dict[str, Template])


def templates_of(unit: UnitOfWork, application_id: str) -> dict[str, Template]:
    """The templates of an application by their ids: its own, and those that all have."""
    mine = select(app_templates).where(app_templates.c.application_id == application_id)
    own = {
        row.template_id: Template(title=row.title, body=row.body, days=row.days)
        for row in unit.execute(mine.order_by(app_templates.c.template_id))
    }
    return shared_templates() | own


def notifications_shown(unit: UnitOfWork, *, only: Status | None = None, limit: int = 100) -> list[AppNotification]:
    """What applications showed to this unit's seller, the newest first; only what stands so, if asked."""
    at = app_notifications.c
    wanted = select(*(at[name] for name in AppNotification.__struct_fields__)).where(at.seller_id == unit.seller_id)
    if only is not None:
        wanted = wanted.where(at.status == only.value)
    rows = unit.execute(wanted.order_by(at.created_at.desc(), at.notification_id).limit(limit))
    return [AppNotification(**dict(row._mapping) | {"status": Status(row.status)}) for row in rows]
