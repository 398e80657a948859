"""Tokens: random, shown once, stored as hashes, valid by market time.

Prefixes are Amazon's: access `Atza|`, grantless access `Atc|`, refresh `Atzr|`, restricted data token `Atz.sprdt|`.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import and_, bindparam, select

from sellingpartner.contract.errors import Unauthorized
from sellingpartner.market.accounts.model import Caller, Resource, TokenKind
from sellingpartner.market.accounts.tables import grants, tokens
from sellingpartner.storage.prepared import Prepared
from sellingpartner.storage.unit import UnitOfWork

LIFETIME = timedelta(seconds=3600)

_PREFIXES = {
    TokenKind.ACCESS: "Atza|",
    TokenKind.GRANTLESS: "Atc|",
    TokenKind.REFRESH: "Atzr|",
    TokenKind.RESTRICTED: "Atz.sprdt|",
}

MISSING = "Access token is missing in the request header."
EXPIRED = "The access token you provided has expired."
REVOKED = "The access token has expired or been revoked."
INVALID = "The access token you provided is revoked, malformed or invalid."


_FORGET_AFTER = timedelta(days=1)
_FORGET_AT_ONCE = 20


class TokenRevoked(Unauthorized):
    """The seller took back the grant that this token was made from.

    Differs: Amazon is said to answer as for a token that never was one. The Permissions document shows these words,
    in which SDKs also find what makes them refresh and so learn that the grant is gone.
    """

    def __init__(self) -> None:
        super().__init__(REVOKED, message="Unauthorized")


def hashed(secret: str) -> str:
    """What is stored of a secret. Random tokens need no salt: they cannot be guessed from a list."""
    return sha256(secret.encode()).hexdigest()


def issue(unit: UnitOfWork, kind: TokenKind, caller: Caller, *, resources: tuple[Resource, ...] = ()) -> str:
    """Make a token for what a caller was given; it is returned once and never again."""
    token = _PREFIXES[kind] + secrets.token_urlsafe(160)
    unit.execute(
        tokens.insert(),
        {
            "token_hash": hashed(token),
            "kind": kind.value,
            "application_id": caller.application_id,
            "seller_id": caller.seller_id,
            "grant_id": caller.grant_id,
            "scopes": tuple(sorted(caller.scopes)),
            "issued_at": unit.now,
            "expires_at": None if kind is TokenKind.REFRESH else unit.now + LIFETIME,
            "resources": resources,
        },
    )
    forget_expired(unit)
    return token


_find = Prepared(
    select(
        tokens.c.kind,
        tokens.c.application_id,
        tokens.c.seller_id,
        tokens.c.grant_id,
        tokens.c.scopes,
        tokens.c.expires_at,
        tokens.c.resources,
        grants.c.revoked_at,
    )
    .join_from(
        tokens,
        grants,
        and_(grants.c.seller_id == tokens.c.seller_id, grants.c.grant_id == tokens.c.grant_id),
        isouter=True,
    )
    .where(tokens.c.token_hash == bindparam("hash"))
)


def caller_of(unit: UnitOfWork, token: str) -> Caller:
    """Who shows this token. Raises `Unauthorized` with Amazon's text if it is expired, revoked or no token at all."""
    row = _find.first(unit.connection, {"hash": hashed(token)})
    if row is None:
        raise Unauthorized(INVALID).because("No such token was ever issued by this market.")
    if row.revoked_at is not None:
        raise TokenRevoked().because(f"The seller revoked this grant at {row.revoked_at:%Y-%m-%dT%H:%M:%SZ}.")
    if row.expires_at is not None and row.expires_at <= unit.now:
        raise Unauthorized(EXPIRED).because(f"The token expired at {row.expires_at:%Y-%m-%dT%H:%M:%SZ}.")
    return Caller(
        application_id=row.application_id,
        seller_id=row.seller_id,
        kind=TokenKind(row.kind),
        scopes=frozenset(row.scopes),
        grant_id=row.grant_id,
        resources=row.resources or (),
    )


_long_expired = (
    select(tokens.c.token_hash)
    .where(tokens.c.expires_at < bindparam("before"))
    .order_by(tokens.c.expires_at)
    .limit(_FORGET_AT_ONCE)
    .with_for_update(skip_locked=True)
)
_forget = tokens.delete().where(tokens.c.token_hash.in_(_long_expired))


def forget_expired(unit: UnitOfWork) -> int:
    """Delete some of the tokens that expired more than a day ago; for that long they still get their own error.

    Every token issued pays for this with one bounded statement, so that no more than a day's tokens pile up however
    many are issued, and a market in which nobody asks for tokens has nothing due.
    """
    return unit.execute(_forget, {"before": unit.now - _FORGET_AFTER}).rowcount
