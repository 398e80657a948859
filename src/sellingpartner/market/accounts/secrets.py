"""Client secrets: shown once, stored as hashes, each with its own end, 180 days after it was made.

active -> expiring          90 days before its end, unless there is a later one by then
active, expiring -> rotated another one was made in its place: it works for seven days more
any -> dead                 its end has come
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import func, select

from sellingpartner.contract.discretion import Discreet
from sellingpartner.market.accounts import audit, tables
from sellingpartner.market.accounts.model import THE_MARKET, Actor
from sellingpartner.market.accounts.tokens import hashed
from sellingpartner.market.events.accounts import SecretExpiryNears, SecretMade, SecretRotated
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

LIFETIME = timedelta(days=180)
NOTICE = timedelta(days=90)
"""How long before the end of a secret its application is warned."""

# Assumed: a rotated client secret works for seven days more, as in Amazon's example.
OVERLAP = timedelta(days=7)


class ClientSecret(msgspec.Struct, frozen=True, kw_only=True):
    """What may be known of a client secret: when it began and when it ends."""

    created_at: datetime
    expires_at: datetime


class RotatedSecret(Discreet, msgspec.Struct, frozen=True, kw_only=True):
    """What came of a rotation; the one place where the secret stands."""

    secret: str
    expires_at: datetime
    old_expires_at: datetime


class SecretNearsItsEnd(Due):
    """A client secret is to end in ninety days."""

    application_id: str
    expires_at: datetime


def new_secret(unit: UnitOfWork, application_id: str, *, secret: str | None = None, by: Actor = THE_MARKET) -> str:
    """Add a client secret to an application, a random one unless said; those that it has work until their own end.

    One that it has already is good from here on as a new one is.
    """
    if secret is None:
        secret = f"amzn1.oa2-cs.v1.{secrets.token_hex(32)}"
    else:
        same = (tables.secrets.c.application_id == application_id, tables.secrets.c.secret_hash == hashed(secret))
        unit.execute(tables.secrets.delete().where(*same))
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
    unit.emit(SecretMade(application_id=application_id, expires_at=unit.now + LIFETIME))
    ends = {"expires": _shown(unit.now + LIFETIME)}
    audit.note(unit, "secret.made", by, application_id=application_id, details=ends)
    return secret


def rotate_secret(unit: UnitOfWork, application_id: str, *, by: Actor = THE_MARKET) -> RotatedSecret:
    """Make a client secret in the place of those that an application has; they work for seven days more at the most."""
    old_expires_at = unit.now + OVERLAP
    of_it = (tables.secrets.c.application_id == application_id, tables.secrets.c.expires_at > old_expires_at)
    unit.execute(tables.secrets.update().where(*of_it).values(expires_at=old_expires_at))
    old_expires_at = _last_end(unit, application_id) or unit.now
    secret = new_secret(unit, application_id, by=by)
    expires_at = unit.now + LIFETIME
    unit.emit(SecretRotated(application_id=application_id, expires_at=expires_at, old_expires_at=old_expires_at))
    ends = {"expires": _shown(expires_at), "old_expires": _shown(old_expires_at)}
    audit.note(unit, "secret.rotated", by, application_id=application_id, details=ends)
    return RotatedSecret(secret=secret, expires_at=expires_at, old_expires_at=old_expires_at)


def watch_for_the_end(unit: UnitOfWork, application_id: str) -> None:
    """Have it said in time that the last of an application's secrets nears its end; for whoever wants to hear it."""
    ends = _last_end(unit, application_id)
    if ends is not None:
        due = SecretNearsItsEnd(application_id=application_id, expires_at=ends)
        later(unit, due, at=max(unit.now, ends - NOTICE))


@when(SecretNearsItsEnd)
def warn_of_the_end(unit: UnitOfWork, due: SecretNearsItsEnd) -> None:
    """Say that a secret is to end, if it is still the last that its application has."""
    if _last_end(unit, due.application_id) == due.expires_at:
        unit.emit(SecretExpiryNears(application_id=due.application_id, expires_at=due.expires_at))


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


def _last_end(unit: UnitOfWork, application_id: str) -> datetime | None:
    mine = tables.secrets.c.application_id == application_id
    ends: datetime | None = unit.execute(select(func.max(tables.secrets.c.expires_at)).where(mine)).scalar()
    return ends


def _shown(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"
