"""Grants: a seller lets an application act, within some scopes; takes scopes back, or all of it; or lets it end.

none -> active              given; a later grant to the same application leaves the earlier ones as they are
active -> active            narrowed: scopes go, and never come back to this grant
active -> revoked           taken back, or narrowed to nothing
active -> expired           365 days after it was given, unless the application is private

Whether a grant stands goes by its `expires_at`; the due thing only says so when the moment comes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from msgspec import structs
from sqlalchemy import select

from sellingpartner.contract.errors import NotFound
from sellingpartner.market.accounts import audit, tables
from sellingpartner.market.accounts.applications import known_scopes, within_registration
from sellingpartner.market.accounts.model import THE_MARKET, Actor, Caller, Distribution, Grant, TokenKind
from sellingpartner.market.accounts.questions import application_by, grant_of, seller_of
from sellingpartner.market.accounts.tokens import issue
from sellingpartner.market.events.accounts import GrantExpired, GrantGiven, GrantNarrowed, GrantRevoked
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

# Assumed: a grant to an application that is not private ends after 365 days, as one of Amazon's pages says; others
# name no end.
LIFETIME = timedelta(days=365)
"""How long a grant to an application that is not private stands."""

_grants, _codes = tables.grants.c, tables.codes.c


class GrantExpires(Due):
    """A grant's time is over, unless it was revoked before."""

    grant_id: int


def give_grant(
    unit: UnitOfWork,
    seller_id: str,
    application_id: str,
    *,
    scopes: Iterable[str] | None = None,
    refresh_token: str | None = None,
    by: Actor = THE_MARKET,
) -> tuple[Grant, str]:
    """Let an application act for a seller; returns the grant with its refresh token, which is shown this once.

    Without `scopes` the application gets all that it is registered for. The token is random unless one is said that
    nobody ever had. The unit is the seller's.
    """
    application = application_by(unit, application_id=application_id)
    seller_of(unit, seller_id)
    grant = Grant(
        grant_id=unit.next_number("grants"),
        seller_id=seller_id,
        application_id=application.application_id,
        scopes=within_registration(application, scopes),
        roles=application.roles,
        given_at=unit.now,
        expires_at=None if application.distribution is Distribution.PRIVATE else unit.now + LIFETIME,
    )
    unit.execute(tables.grants.insert(), structs.asdict(grant))
    unit.emit(GrantGiven(application_id=grant.application_id, grant_id=grant.grant_id, scopes=grant.scopes))
    if grant.expires_at is not None:
        later(unit, GrantExpires(grant_id=grant.grant_id), at=grant.expires_at)
    _note(unit, "grant.given", by, grant, scopes=" ".join(grant.scopes))
    holder = Caller(
        application_id=grant.application_id,
        seller_id=seller_id,
        kind=TokenKind.REFRESH,
        scopes=frozenset(grant.scopes),
        grant_id=grant.grant_id,
    )
    return grant, issue(unit, TokenKind.REFRESH, holder, token=refresh_token)


def revoke_grant(unit: UnitOfWork, seller_id: str, grant_id: int, *, by: Actor = THE_MARKET) -> None:
    """Take a grant back: its refresh token and every token made from it stop working at once."""
    grant = _hold(unit, seller_id, grant_id)
    if grant.revoked_at is None:
        _revoke(unit, grant, by)


def narrow_grant(
    unit: UnitOfWork, seller_id: str, grant_id: int, *, withdraw: Iterable[str], by: Actor = THE_MARKET
) -> Grant:
    """Take scopes out of a grant, from its tokens too, at once; a grant that has none left is revoked.

    What the grant does not hold need not be taken from it: that changes nothing, as it does to a grant that has ended.
    """
    withdraw = tuple(withdraw)
    known_scopes(withdraw)
    grant = _hold(unit, seller_id, grant_id)
    withdrawn = tuple(scope for scope in grant.scopes if scope in withdraw)
    if not withdrawn or not grant.stands(unit.now):
        return grant
    left = tuple(scope for scope in grant.scopes if scope not in withdraw)
    narrowed = structs.replace(grant, scopes=left)
    unit.execute(tables.grants.update().where(*_is(grant)).values(scopes=left))
    unit.emit(GrantNarrowed(application_id=grant.application_id, grant_id=grant_id, withdrawn=withdrawn, scopes=left))
    _note(unit, "grant.narrowed", by, grant, withdrawn=" ".join(withdrawn), scopes=" ".join(left))
    return narrowed if left else _revoke(unit, narrowed, by)


def revoke_application(unit: UnitOfWork, seller_id: str, application_id: str, *, by: Actor = THE_MARKET) -> int:
    """Take back every grant that a seller gave an application, and consent that it has not exchanged yet.

    Returns how many grants that ended.
    """
    # Codes first: one that is being exchanged elsewhere is waited for, and what it gave is then among the grants.
    unit.execute(tables.codes.update().where(*_unused_codes(seller_id, application_id)).values(expires_at=unit.now))
    grants = _hold_standing(unit, seller_id, application_id)
    for grant in grants:
        _revoke(unit, grant, by)
    return len(grants)


def narrow_application(
    unit: UnitOfWork, seller_id: str, application_id: str, *, withdraw: Iterable[str], by: Actor = THE_MARKET
) -> int:
    """Take scopes out of every grant that a seller gave an application, and out of consent not exchanged yet.

    Returns how many grants that changed.
    """
    withdraw = tuple(withdraw)
    known_scopes(withdraw)
    mine = select(_codes.code_hash, _codes.scopes).where(*_unused_codes(seller_id, application_id))
    for code in unit.execute(mine.order_by(_codes.code_hash).with_for_update()).all():
        left = tuple(scope for scope in code.scopes if scope not in withdraw)
        if left != code.scopes:
            ends = {} if left else {"expires_at": unit.now}
            this = _codes.code_hash == code.code_hash
            unit.execute(tables.codes.update().where(this).values(scopes=left, **ends))
    grants = _hold_standing(unit, seller_id, application_id)
    return sum(
        narrow_grant(unit, seller_id, grant.grant_id, withdraw=withdraw, by=by).scopes != grant.scopes
        for grant in grants
    )


@when(GrantExpires)
def say_that_a_grant_expired(unit: UnitOfWork, due: GrantExpires) -> None:
    """Say that a grant has ended; it stopped working by itself."""
    grant = grant_of(unit, unit.seller_id, due.grant_id)
    if grant.revoked_at is None:
        unit.emit(GrantExpired(application_id=grant.application_id, grant_id=grant.grant_id))
        _note(unit, "grant.expired", THE_MARKET, grant)


def _revoke(unit: UnitOfWork, grant: Grant, by: Actor) -> Grant:
    unit.execute(tables.grants.update().where(*_is(grant)).values(revoked_at=unit.now))
    unit.emit(GrantRevoked(application_id=grant.application_id, grant_id=grant.grant_id))
    _note(unit, "grant.revoked", by, grant)
    return structs.replace(grant, revoked_at=unit.now)


def _hold(unit: UnitOfWork, seller_id: str, grant_id: int) -> Grant:
    """A grant that nobody else changes until the unit ends; raises `NotFound`."""
    this = (_grants.seller_id == seller_id, _grants.grant_id == grant_id)
    row = unit.execute(select(tables.grants).where(*this).with_for_update()).first()
    if row is None:
        message = f"Seller {seller_id} gave no grant {grant_id}."
        raise NotFound(message)
    return Grant(**row._mapping)


def _hold_standing(unit: UnitOfWork, seller_id: str, application_id: str) -> list[Grant]:
    """The grants by which an application may act for a seller, held as `_hold` holds one."""
    theirs = (_grants.seller_id == seller_id, _grants.application_id == application_id, _grants.revoked_at.is_(None))
    rows = unit.execute(select(tables.grants).where(*theirs).order_by(_grants.grant_id).with_for_update())
    return [grant for row in rows.all() if (grant := Grant(**row._mapping)).stands(unit.now)]


def _is(grant: Grant) -> tuple[Any, ...]:
    return (_grants.seller_id == grant.seller_id, _grants.grant_id == grant.grant_id)


def _unused_codes(seller_id: str, application_id: str) -> tuple[Any, ...]:
    return (_codes.seller_id == seller_id, _codes.application_id == application_id, _codes.used_at.is_(None))


def _note(unit: UnitOfWork, what: str, by: Actor, grant: Grant, **details: str) -> None:
    audit.note(
        unit,
        what,
        by,
        seller_id=grant.seller_id,
        application_id=grant.application_id,
        details={"grant": str(grant.grant_id)} | details,
    )
