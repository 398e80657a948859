"""The audit: who changed a permission, or tried to, when, and from where. Append-only; the database holds it to that.

    note(unit, "grant.revoked", by, seller_id=..., application_id=..., details={"grant": "7"})

What happened is named by its subject and its verb: grant.given, grant.narrowed, grant.revoked, grant.expired,
consent.approved, consent.denied, application.registered, application.changed, secret.made, secret.rotated,
user.created, password.changed, sign_in.accepted, sign_in.refused, sign_in.locked, sign_out, token.refused,
code.replayed. An entry holds no secret: no password, token, code or client secret, whole, in part or hashed.

Entries are numbered in the order of their commits, so whoever has read up to a number has missed none before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Row, select

from sellingpartner.market.accounts.model import Actor, ActorKind
from sellingpartner.market.accounts.tables import audit
from sellingpartner.storage.unit import UnitOfWork

MOST_AT_ONCE = 1000

_LONGEST, _LONGEST_DETAIL = 300, 4000
_NOTHING: Mapping[str, str] = {}


class AuditEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was done, or refused."""

    number: int
    at: datetime
    what: str
    by: Actor
    seller_id: str = ""
    application_id: str = ""
    details: dict[str, str] = {}


def note(
    unit: UnitOfWork,
    what: str,
    by: Actor,
    *,
    seller_id: str = "",
    application_id: str = "",
    details: Mapping[str, str] = _NOTHING,
) -> None:
    """Enter what was done; it is kept with the unit, or not at all."""
    row = {
        "at": unit.now,
        "what": what,
        "actor_kind": by.kind.value,
        "actor_id": on_one_line(by.id)[:80],
        "actor_address": on_one_line(by.address),
        "seller_id": seller_id,
        "application_id": application_id,
        "details": {name: on_one_line(value, _LONGEST_DETAIL) for name, value in details.items()},
    }
    unit.stage_among_all(audit, "number", row)


def entries(
    unit: UnitOfWork,
    *,
    seller_id: str | None = None,
    application_id: str | None = None,
    after: int = 0,
    limit: int = MOST_AT_ONCE,
) -> list[AuditEntry]:
    """The entries after a number, in order: about a seller, about an application, about both, or all."""
    wanted = select(audit).where(audit.c.number > after).order_by(audit.c.number).limit(min(limit, MOST_AT_ONCE))
    if seller_id is not None:
        wanted = wanted.where(audit.c.seller_id == seller_id)
    if application_id is not None:
        wanted = wanted.where(audit.c.application_id == application_id)
    return [_entry(row) for row in unit.execute(wanted)]


def latest_entries(
    unit: UnitOfWork, *, seller_id: str | None = None, application_ids: Sequence[str] | None = None, limit: int = 30
) -> list[AuditEntry]:
    """The latest entries, the newest first: about a seller, about some applications, or about both."""
    wanted = select(audit).order_by(audit.c.number.desc()).limit(min(limit, MOST_AT_ONCE))
    if seller_id is not None:
        wanted = wanted.where(audit.c.seller_id == seller_id)
    if application_ids is not None:
        wanted = wanted.where(audit.c.application_id.in_(application_ids))
    return [_entry(row) for row in unit.execute(wanted)]


def _entry(row: Row[Any]) -> AuditEntry:
    return AuditEntry(
        number=row.number,
        at=row.at,
        what=row.what,
        by=Actor(ActorKind(row.actor_kind), row.actor_id, row.actor_address),
        seller_id=row.seller_id,
        application_id=row.application_id,
        details=row.details,
    )


def on_one_line(text: str, longest: int = _LONGEST) -> str:
    """What strangers sent, as a line that any database and any terminal takes."""
    cut = text[:longest]
    return cut if cut.isprintable() else "".join(letter if letter.isprintable() else "?" for letter in cut)
