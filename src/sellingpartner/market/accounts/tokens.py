"""Tokens: random, shown once, stored as hashes, valid by market time.

A token is good for what it was made for and the grant behind it holds at this moment: what a seller takes out of a
grant, its tokens lose at once. It is good for as long as the grant stands and the application has a client secret.

Prefixes are Amazon's: access `Atza|`, grantless access `Atc|`, refresh `Atzr|`, restricted data token `Atz.sprdt|`.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import and_, bindparam, case, func, or_, select, true

from sellingpartner.contract.errors import Unauthorized
from sellingpartner.contract.scopes import SCOPES
from sellingpartner.market.accounts.model import Caller, Resource, TokenKind
from sellingpartner.market.accounts.tables import applications, grants, tokens
from sellingpartner.storage.columns import Instant
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unchanged import Unchanged
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
SECRET_EXPIRED = "The LWA secret token you provided has expired."  # noqa: S105 - Amazon's words, no secret

_NEVER = datetime.max.replace(tzinfo=UTC)
_FORGET_AFTER = timedelta(days=1)
_FORGET_AT_ONCE = 20


class TokenRefused(Unauthorized):
    """A token that this market did issue, and that opens nothing any more; the log says whose it was."""

    application_id = ""
    seller_id = ""


class TokenRevoked(TokenRefused):
    """The seller took back the grant that this token was made from, or let it end.

    Differs: a token of a revoked grant is refused with words of its own; Amazon is said to answer as for a token that
    never was one. The Permissions document shows these words,
    in which SDKs also find what makes them refresh and so learn that the grant is gone.
    """

    def __init__(self) -> None:
        super().__init__(REVOKED, message="Unauthorized")


_issue = Prepared(tokens.insert())


def hashed(secret: str) -> str:
    """What is stored of a secret. Random tokens need no salt: they cannot be guessed from a list."""
    return sha256(secret.encode()).hexdigest()


def issue(
    unit: UnitOfWork,
    kind: TokenKind,
    caller: Caller,
    *,
    resources: tuple[Resource, ...] = (),
    token: str | None = None,
) -> str:
    """Make a token, a random one unless said, for what a caller was given; it is returned once and never again."""
    token = token or _PREFIXES[kind] + secrets.token_urlsafe(160)
    _issue.run(
        unit.connection,
        {
            "token_hash": hashed(token),
            "kind": kind.value,
            "application_id": caller.application_id,
            "seller_id": caller.seller_id,
            "grant_id": caller.grant_id,
            "scopes": _in_order(caller.scopes),
            "issued_at": unit.now,
            "expires_at": None if kind is TokenKind.REFRESH else unit.now + LIFETIME,
            "resources": resources,
        },
    )
    forget_expired(unit)
    return token


def _in_order(scopes: frozenset[str]) -> tuple[str, ...]:
    """Scopes as grants mostly hold them: in the order of the Permissions document."""
    known = tuple(scope for scope in SCOPES if scope in scopes)
    return known + tuple(sorted(scopes.difference(known)))


class _Standing(NamedTuple):
    """A token that stands, with the grant behind it."""

    kind: str
    application_id: str
    seller_id: str
    grant_id: int | None
    scopes: tuple[str, ...]
    resources: tuple[Resource, ...] | None
    granted: tuple[str, ...] | None
    """The grant's scopes where they are not the token's."""
    roles: tuple[str, ...] | None
    expires_at: datetime | None
    grant_ends_at: datetime | None
    secret_ends_at: datetime | None
    """When the application's last client secret ends; None for a refresh token, which survives it."""

    def ends_at(self) -> datetime:
        """Until when it stands, if nobody changes anything."""
        ends = (self.expires_at, self.grant_ends_at, self.secret_ends_at)
        return min((end for end in ends if end is not None), default=_NEVER)


# Looked up by itself: as one more table in the join it costs SQLite three times as much.
_secret_ends_at = (
    select(applications.c.secret_ends_at)
    .where(applications.c.application_id == tokens.c.application_id)
    .scalar_subquery()
)
_with_grant = and_(grants.c.seller_id == tokens.c.seller_id, grants.c.grant_id == tokens.c.grant_id)
_this = tokens.c.token_hash == bindparam("hash")
_now = bindparam("now", type_=Instant)
# Every call asks this, so what is sure to be nothing is not read: why a token does not stand is asked when it does not,
# and most grants hold what their tokens were made for, in the same order.
_find = Question(
    select(
        tokens.c.kind,
        tokens.c.application_id,
        tokens.c.seller_id,
        tokens.c.grant_id,
        tokens.c.scopes,
        tokens.c.resources,
        case((grants.c.scopes != tokens.c.scopes, grants.c.scopes)).label("granted"),
        grants.c.roles,
        tokens.c.expires_at,
        grants.c.expires_at.label("grant_ends_at"),
        case((tokens.c.kind != TokenKind.REFRESH.value, _secret_ends_at)).label("secret_ends_at"),
    )
    .join_from(tokens, grants, _with_grant, isouter=True)
    .where(
        _this,
        grants.c.revoked_at.is_(None),
        or_(grants.c.expires_at.is_(None), grants.c.expires_at > _now),
        or_(tokens.c.expires_at.is_(None), tokens.c.expires_at > _now),
        # A refresh token survives the secret: it is exchanged with the next one.
        or_(tokens.c.kind == TokenKind.REFRESH.value, func.coalesce(_secret_ends_at > _now, true())),
    ),
    _Standing,
)
_find_ends = (
    select(
        tokens.c.application_id,
        tokens.c.seller_id,
        tokens.c.expires_at,
        grants.c.expires_at.label("grant_ends_at"),
        grants.c.revoked_at,
        _secret_ends_at.label("secret_ends_at"),
    )
    .join_from(tokens, grants, _with_grant, isouter=True)
    .where(_this)
)


# Who shows which token from which address, and until when that is so if nobody commits anything.
_callers: Unchanged[tuple[str, str], tuple[Caller, datetime]] = Unchanged()


def caller_of(unit: UnitOfWork, token: str, address: str = "") -> Caller:
    """Who shows this token. Raises `Unauthorized` with Amazon's text if it is expired, revoked or no token at all."""
    known = _callers.known(unit.connection)
    if known is not None and (found := known.get((token, address))) is not None and unit.now < found[1]:
        return found[0]
    token_hash = hashed(token)
    row = _find.first(unit.connection, {"hash": token_hash, "now": unit.now})
    if row is None:
        raise _why_not(unit, token_hash)
    caller = _caller(row, address)
    if known is not None:
        known[token, address] = caller, row.ends_at()
    return caller


def holder_of(unit: UnitOfWork, token: str) -> tuple[str, str] | None:
    """The application and the seller that a token was made for, whether it still opens anything; None if none was."""
    row = unit.execute(_find_ends, {"hash": hashed(token)}).first()
    return None if row is None else (row.application_id, row.seller_id)


def grant_ends_at(unit: UnitOfWork, token: str) -> datetime | None:
    """When the grant of a token ends, or ended, by itself; None if it never does, or was taken back."""
    row = unit.execute(_find_ends, {"hash": hashed(token)}).first()
    if row is None or row.revoked_at is not None:
        return None
    ends: datetime | None = row.grant_ends_at
    return ends


def _caller(row: _Standing, address: str) -> Caller:
    scopes = frozenset(row.scopes)
    return Caller(
        application_id=row.application_id,
        seller_id=row.seller_id,
        kind=TokenKind(row.kind),
        scopes=scopes if row.granted is None else scopes.intersection(row.granted),
        grant_id=row.grant_id,
        roles=None if row.roles is None else frozenset(row.roles),
        address=address,
        resources=row.resources or (),
    )


def _why_not(unit: UnitOfWork, token_hash: str) -> Unauthorized:
    """Why a token opens nothing at this moment."""
    row = unit.execute(_find_ends, {"hash": token_hash}).first()
    if row is None:
        refusal = Unauthorized(INVALID)
        refusal.reason = "This market never issued such a token, or it expired more than a day ago."
        return refusal
    if row.revoked_at is not None:
        refused = _said(TokenRevoked(), f"The seller revoked this grant at {_shown(row.revoked_at)}.")
    elif row.grant_ends_at is not None and row.grant_ends_at <= unit.now:
        ended = _shown(row.grant_ends_at)
        refused = _said(TokenRevoked(), f"The grant ended at {ended}; the seller did not renew it.")
    elif row.secret_ends_at is not None and row.secret_ends_at <= unit.now:
        ended = _shown(row.secret_ends_at)
        refused = _said(TokenRefused(SECRET_EXPIRED), f"The application's last client secret expired at {ended}.")
    else:
        refused = _said(TokenRefused(EXPIRED), f"The token expired at {_shown(row.expires_at)}.")
    refused.application_id, refused.seller_id = row.application_id, row.seller_id
    return refused


def _said(refusal: TokenRefused, reason: str) -> TokenRefused:
    refusal.reason = reason
    return refusal


def _shown(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"


_long_expired = (
    select(tokens.c.token_hash)
    .where(tokens.c.expires_at < bindparam("before"))
    .order_by(tokens.c.expires_at)
    .limit(_FORGET_AT_ONCE)
    .with_for_update(skip_locked=True)
)
_forget = Prepared(tokens.delete().where(tokens.c.token_hash.in_(_long_expired)))


def forget_expired(unit: UnitOfWork) -> int:
    """Delete some of the tokens that expired more than a day ago; for that long they still get their own error.

    Every token issued pays for this with one bounded statement, so that no more than a day's tokens pile up however
    many are issued, and a market in which nobody asks for tokens has nothing due.
    """
    return _forget.run(unit.connection, {"before": unit.now - _FORGET_AFTER})
