"""Sellers on their way from the appstore to an application's login page and back: Amazon's `amazon_state`.

A seller who authorizes an application in the store has consented already; what is wanting is the application, which
learns of it at its login URI and sends the browser back with the state that it was given. The state is random, known
here by its hash, and good once, for ten minutes, for the application and the person that it was made for.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import select

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.accounts.model import User
from sellingpartner.market.accounts.tables import referrals
from sellingpartner.market.accounts.tokens import hashed
from sellingpartner.storage.unit import UnitOfWork

LIFETIME = timedelta(minutes=10)

_FORGET_AFTER = timedelta(days=1)


class ReferralRefused(InvalidInput):
    """The state leads nowhere; the message says why."""


class Referral(msgspec.Struct, frozen=True, kw_only=True):
    """A seller's consent in the store, to be taken up by the application."""

    state_hash: str
    application_id: str
    user_id: str
    scopes: tuple[str, ...]
    """All that the seller was shown."""
    approved: tuple[str, ...]
    """What the seller gave of it."""
    issued_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


def refer(unit: UnitOfWork, application_id: str, user: User, *, scopes: Iterable[str], approved: Iterable[str]) -> str:
    """Make the state with which a seller is sent to an application's login page; it is returned once."""
    state = secrets.token_urlsafe(24)
    referral = Referral(
        state_hash=hashed(state),
        application_id=application_id,
        user_id=user.user_id,
        scopes=tuple(scopes),
        approved=tuple(approved),
        issued_at=unit.now,
        expires_at=unit.now + LIFETIME,
    )
    unit.execute(referrals.delete().where(referrals.c.expires_at < unit.now - _FORGET_AFTER))
    unit.execute(referrals.insert(), msgspec.structs.asdict(referral))
    return state


def take_up(unit: UnitOfWork, application_id: str, user: User, state: str) -> Referral:
    """The consent that an application comes back for, once; raises `ReferralRefused`."""
    this = referrals.c.state_hash == hashed(state)
    row = unit.execute(select(referrals).where(this)).first()
    if row is None or row.application_id != application_id or row.user_id != user.user_id:
        message = "The store never sent you to this application with this amazon_state."
        raise ReferralRefused(message)
    if row.expires_at <= unit.now:
        message = f"The amazon_state ended at {row.expires_at:%Y-%m-%dT%H:%M:%SZ}, ten minutes after it was made."
        raise ReferralRefused(message)
    claimed = unit.execute(referrals.update().where(this, referrals.c.used_at.is_(None)).values(used_at=unit.now))
    if claimed.rowcount == 0:
        message = "The amazon_state was used before."
        raise ReferralRefused(message)
    return Referral(**row._mapping)
