"""Client secrets: shown once, stored as hashes, each with its own end, 180 days after it was made."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import func, select

from sellingpartner.market.accounts import audit, tables
from sellingpartner.market.accounts.model import THE_MARKET, Actor
from sellingpartner.market.accounts.tokens import hashed
from sellingpartner.storage.unit import UnitOfWork

LIFETIME = timedelta(days=180)


class ClientSecret(msgspec.Struct, frozen=True, kw_only=True):
    """What may be known of a client secret: when it began and when it ends."""

    created_at: datetime
    expires_at: datetime


def new_secret(unit: UnitOfWork, application_id: str, *, by: Actor = THE_MARKET) -> str:
    """Add a client secret to an application; those that it has keep working until their own end."""
    secret = f"amzn1.oa2-cs.v1.{secrets.token_hex(32)}"
    unit.execute(
        tables.secrets.insert(),
        {
            "application_id": application_id,
            "secret_hash": hashed(secret),
            "created_at": unit.now,
            "expires_at": unit.now + LIFETIME,
        },
    )
    keep_last_end(unit, application_id)
    ends = f"{unit.now + LIFETIME:%Y-%m-%dT%H:%M:%SZ}"
    audit.note(unit, "secret.made", by, application_id=application_id, details={"expires": ends})
    return secret


def keep_last_end(unit: UnitOfWork, application_id: str) -> None:
    """Have the application know when the last of its secrets ends; for whoever has changed them."""
    last = select(func.max(tables.secrets.c.expires_at)).where(tables.secrets.c.application_id == application_id)
    this = tables.applications.c.application_id == application_id
    unit.execute(tables.applications.update().where(this).values(secret_ends_at=last.scalar_subquery()))


def secrets_of(unit: UnitOfWork, application_id: str) -> list[ClientSecret]:
    """An application's client secrets, the oldest first."""
    mine = select(tables.secrets.c.created_at, tables.secrets.c.expires_at)
    wanted = mine.where(tables.secrets.c.application_id == application_id).order_by(
        tables.secrets.c.created_at, tables.secrets.c.expires_at
    )
    return [ClientSecret(**row._mapping) for row in unit.execute(wanted)]
