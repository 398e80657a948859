"""Signing in: an email address and a password become a session, whose token the browser keeps.

    with market.read() as unit:
        check = password_check(unit, email, address)      # raises SignInRefused while locked out
    ok = check.verify(password)                           # 50 ms of argon2: in no unit, where others would wait for it
    with market.write() as unit:
        signed_in = enter(unit, check, ok, address=address, agent=agent)   # None: refused, and counted

Whoever guesses learns nothing but yes or no: an unknown email address costs the same work, gets the same answer and is
locked out the same way. A session ends 30 minutes after it was last seen, 12 hours after it began, when it is left, or
when the password changes. Its token is random and stored as a hash.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import select

from sellingpartner.contract.errors import Unauthorized
from sellingpartner.market.accounts import audit, lockouts, passwords, tables
from sellingpartner.market.accounts.model import THE_MARKET, Actor, ActorKind, User
from sellingpartner.market.accounts.users import email_key, user_of
from sellingpartner.storage.unit import UnitOfWork

IDLE = timedelta(minutes=30)
LASTS = timedelta(hours=12)

_SEEN_EVERY = timedelta(minutes=1)


class SignInRefused(Unauthorized):
    """Too many attempts have failed, with this email address or from this network address."""

    def __init__(self, retry_at: datetime) -> None:
        super().__init__(message=f"Too many attempts have failed; try again after {retry_at:%H:%M:%S} UTC.")
        self.retry_at = retry_at


class PasswordCheck:
    """What a password is to be checked against; it holds hashes and shows none."""

    def __init__(self, email: str, address: str, cost: passwords.Cost) -> None:
        self.subjects = lockouts.subjects_of(email_key(email), address)
        self.user_id: str | None = None
        self.password_number = 0
        self.fresh_hash: str | None = None
        """The password's hash at today's cost, where the one that is kept was made at another."""
        self._cost = cost
        self._kept = cost.decoy()

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"

    def expect(self, user_id: str, password_number: int, kept: str) -> None:
        """Check against a user's password instead of one that nobody has."""
        self.user_id, self.password_number, self._kept = user_id, password_number, kept

    def verify(self, password: str) -> bool:
        """Whether it is the user's password. Takes tens of milliseconds: call it in no unit of work."""
        ok = passwords.matches(self._kept, password) and self.user_id is not None
        if ok and passwords.is_outdated(self._kept, self._cost):
            self.fresh_hash = passwords.hash_password(password, self._cost)
        return ok


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session and whose it is."""

    user: User
    token: str = field(repr=False)
    address: str
    ends_at: datetime
    """When it ends at the latest."""

    @property
    def actor(self) -> Actor:
        """Who acts in it."""
        return Actor(ActorKind.USER, self.user.user_id, self.address)


def password_check(unit: UnitOfWork, email: str, address: str) -> PasswordCheck:
    """Prepare to check a password; raises `SignInRefused` while the email or the network address is locked out."""
    check = PasswordCheck(email, address, passwords.cost_of(unit))
    if (until := lockouts.locked_until(unit, check.subjects)) is not None:
        raise SignInRefused(until)
    columns = tables.users.c
    wanted = select(columns.user_id, columns.password_number, columns.password_hash)
    row = unit.execute(wanted.where(columns.email_key == email_key(email))).first()
    if row is not None:
        check.expect(row.user_id, row.password_number, row.password_hash)
    return check


def enter(unit: UnitOfWork, check: PasswordCheck, ok: bool, *, address: str, agent: str) -> SignedIn | None:  # noqa: FBT001 - what `verify` said
    """Begin a session, or count a failure and return None. Keep the unit in either case.

    While a password was checked others may have failed often enough to lock, or the password may have been changed:
    then it is refused though it was right, so that many guesses at once are no more than as many one by one.
    """
    locked = lockouts.locked_until(unit, check.subjects, hold=True) is not None
    user = user_of(unit, check.user_id) if check.user_id is not None else None
    if not ok or user is None or locked or not _is_current(unit, check):
        _refuse(unit, check, user, address)
        return None
    lockouts.forgive(unit, check.subjects)
    if check.fresh_hash is not None:
        this = tables.users.c.user_id == user.user_id
        unit.execute(tables.users.update().where(this).values(password_hash=check.fresh_hash))
    unit.execute(tables.sessions.delete().where(tables.sessions.c.ends_at < unit.now))
    signed_in = SignedIn(user, secrets.token_urlsafe(32), address, unit.now + LASTS)
    unit.execute(
        tables.sessions.insert(),
        {
            "session_hash": _hash(signed_in.token),
            "user_id": user.user_id,
            "started_at": unit.now,
            "seen_at": unit.now,
            "ends_at": signed_in.ends_at,
            "address": audit.on_one_line(address),
            "agent": audit.on_one_line(agent),
        },
    )
    _note(unit, "sign_in.accepted", signed_in.actor, user, {"agent": audit.on_one_line(agent)})
    return signed_in


def session_of(unit: UnitOfWork, token: str) -> SignedIn | None:
    """The session that a browser shows the token of, if it has not ended. It asks only: see `stay`."""
    columns = tables.sessions.c
    row = unit.execute(select(tables.sessions).where(columns.session_hash == _hash(token))).first()
    if row is None or row.ends_at <= unit.now or row.seen_at + IDLE <= unit.now:
        return None
    return SignedIn(user_of(unit, row.user_id), token, row.address, row.ends_at)


def why_ended(unit: UnitOfWork, token: str) -> str:
    """Why the session that a browser shows the token of is over, for whoever was in it; nothing where none is known."""
    columns = tables.sessions.c
    row = unit.execute(select(tables.sessions).where(columns.session_hash == _hash(token))).first()
    if row is None:
        return ""
    if row.ends_at <= unit.now:
        return f"It began at {row.started_at:%H:%M on %B} {row.started_at.day} and lasts 12 hours of market time."
    if row.seen_at + IDLE <= unit.now:
        return (
            f"It was last seen at {row.seen_at:%H:%M on %B} {row.seen_at.day}, more than 30 minutes of market time ago."
        )
    return ""


def stay(unit: UnitOfWork, token: str) -> None:
    """Remember that a session was seen, from which its 30 minutes count. Once a minute is exact enough."""
    columns = tables.sessions.c
    mine = (columns.session_hash == _hash(token)) & (columns.seen_at < unit.now - _SEEN_EVERY)
    alive = (columns.seen_at > unit.now - IDLE) & (columns.ends_at > unit.now)
    unit.execute(tables.sessions.update().where(mine, alive).values(seen_at=unit.now))


def leave(unit: UnitOfWork, token: str) -> None:
    """End a session; one that has ended may be left again."""
    signed_in = session_of(unit, token)
    unit.execute(tables.sessions.delete().where(tables.sessions.c.session_hash == _hash(token)))
    if signed_in is not None:
        _note(unit, "sign_out", signed_in.actor, signed_in.user, {})


def csrf_of(token: str) -> str:
    """What the forms of a session carry to show that they are its own pages'; it tells nothing of the session."""
    return hmac.new(_bytes(token), b"csrf", sha256).hexdigest()


def csrf_matches(token: str, given: str) -> bool:
    """Whether a form carries what the session's forms carry."""
    return hmac.compare_digest(csrf_of(token).encode(), _bytes(given))


def _hash(token: str) -> str:
    """What is stored of a token, or looked for: whatever a browser sends in its place is none."""
    return sha256(_bytes(token)).hexdigest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _is_current(unit: UnitOfWork, check: PasswordCheck) -> bool:
    number = select(tables.users.c.password_number).where(tables.users.c.user_id == check.user_id)
    return bool(unit.execute(number).scalar() == check.password_number)


def _refuse(unit: UnitOfWork, check: PasswordCheck, user: User | None, address: str) -> None:
    by = Actor(ActorKind.USER, "" if user is None else user.user_id, address)
    _note(unit, "sign_in.refused", by, user, {})
    if (until := lockouts.count_failure(unit, check.subjects)) is not None:
        details = {"until": f"{until:%Y-%m-%dT%H:%M:%SZ}"}
        _note(unit, "sign_in.locked", Actor(THE_MARKET.kind, address=address), user, details)


def _note(unit: UnitOfWork, what: str, by: Actor, user: User | None, details: dict[str, str]) -> None:
    seller_id = "" if user is None else user.seller_id or ""
    subject = {} if user is None else {"user": user.user_id}
    audit.note(unit, what, by, seller_id=seller_id, details=subject | details)
