"""Authorization codes: one seller's consent on its way to one application. Random, shown once, stored as hashes.

A code is exchanged once, within 300 seconds of market time, by the application that it was made for. Whoever shows it a
second time may have stolen it, or been stolen from: what it gave is taken back (RFC 6749, 4.1.2).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import timedelta

import msgspec
from sqlalchemy import bindparam, select

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.accounts import audit
from sellingpartner.market.accounts.applications import within_registration
from sellingpartner.market.accounts.grants import give_grant, revoke_grant
from sellingpartner.market.accounts.model import Actor, ActorKind, Code, Grant
from sellingpartner.market.accounts.questions import application_by, seller_of
from sellingpartner.market.accounts.tables import codes
from sellingpartner.market.accounts.tokens import hashed
from sellingpartner.storage.unit import UnitOfWork

LIFETIME = timedelta(seconds=300)

_FORGET_AFTER = timedelta(days=1)


class CodeRefused(InvalidInput):
    """The code cannot be exchanged; the message says why, and is for the log."""


def issue_code(
    unit: UnitOfWork,
    application_id: str,
    seller_id: str,
    redirect_uri: str,
    scopes: Iterable[str] | None = None,
    *,
    user_id: str | None = None,
    challenge: str | None = None,
) -> str:
    """Make the code with which an application gets what a seller has consented to; it is returned once.

    Without `scopes` the seller consented to all that the application is registered for. `user_id` is who did so.
    """
    application = application_by(unit, application_id=application_id)
    if redirect_uri not in application.redirect_uris:
        registered = ", ".join(application.redirect_uris) or "none"
        message = f"{redirect_uri} is not a redirect URI of {application.name}; registered: {registered}."
        raise InvalidInput(message)
    seller_of(unit, seller_id)
    text = secrets.token_urlsafe(24)
    code = Code(
        code_hash=hashed(text),
        application_id=application_id,
        seller_id=seller_id,
        user_id=user_id,
        redirect_uri=redirect_uri,
        challenge=challenge,
        scopes=within_registration(application, scopes),
        issued_at=unit.now,
        expires_at=unit.now + LIFETIME,
    )
    unit.execute(codes.delete().where(codes.c.expires_at < unit.now - _FORGET_AFTER))
    unit.execute(codes.insert(), msgspec.structs.asdict(code))
    return text


_find = select(codes).where(codes.c.code_hash == bindparam("hash"))
_claim = (
    codes.update()
    .where(codes.c.code_hash == bindparam("hash"), codes.c.used_at.is_(None), codes.c.expires_at > bindparam("now"))
    .values(used_at=bindparam("now"))
    .returning(codes.c.scopes)
)
_remember = codes.update().where(codes.c.code_hash == bindparam("hash")).values(grant_id=bindparam("grant"))


def code_of(unit: UnitOfWork, application_id: str, text: str) -> Code:
    """The code that an application shows; raises `CodeRefused` unless it was made for it and has not expired."""
    row = unit.execute(_find, {"hash": hashed(text)}).first()
    if row is None:
        message = "No such code was ever issued by this market."
        raise CodeRefused(message)
    code = Code(**row._mapping)
    if code.application_id != application_id:
        message = f"The code was issued to {code.application_id}, not to {application_id}."
        raise CodeRefused(message)
    if code.expires_at <= unit.now:
        message = f"The code expired at {code.expires_at:%Y-%m-%dT%H:%M:%SZ}."
        raise CodeRefused(message)
    return code


def redeem_code(unit: UnitOfWork, code: Code, *, address: str = "") -> tuple[Grant, str]:
    """Exchange a code, once, for the grant and its refresh token. The unit is the code's seller's.

    `address` is where the application shows it from.

    A second use raises `CodeRefused` and revokes what the first one gave: keep the unit, or the revocation is lost.
    """
    # The scopes come with the claim: the seller may have withdrawn some of them since the code was looked up.
    claimed = unit.execute(_claim, {"hash": code.code_hash, "now": unit.now}).first()
    by = Actor(ActorKind.APPLICATION, code.application_id, address)
    if claimed is None:
        # Read again: another process may have used the code, or the seller ended it, since it was looked up.
        found = Code(**unit.execute(_find, {"hash": code.code_hash}).one()._mapping)
        if found.used_at is None:
            message = f"The seller ended what the code stands for at {found.expires_at:%Y-%m-%dT%H:%M:%SZ}."
            raise CodeRefused(message)
        if found.grant_id is not None:
            revoke_grant(unit, found.seller_id, found.grant_id, by=by)
        about = {"seller_id": code.seller_id, "application_id": code.application_id}
        audit.note(unit, "code.replayed", by, **about, details={"grant": str(found.grant_id)})
        message = "The code was used before; the grant that it gave is revoked."
        raise CodeRefused(message)
    registered = application_by(unit, application_id=code.application_id).scopes
    scopes = [scope for scope in claimed.scopes if scope in registered]
    if claimed.scopes and not scopes:
        message = "The application is no longer registered for any scope that the seller consented to."
        raise CodeRefused(message)
    if code.user_id is not None:
        by = Actor(ActorKind.USER, code.user_id, address)  # the seller's will, done from where the code was shown
    grant, refresh_token = give_grant(unit, code.seller_id, code.application_id, scopes=scopes, by=by)
    unit.execute(_remember, {"hash": code.code_hash, "grant": grant.grant_id})
    return grant, refresh_token
