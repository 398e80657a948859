"""Users: people who sign in, for a seller, for a developer or for both, each known by an email address."""

from __future__ import annotations

import base64
import re
from typing import TypedDict, Unpack

from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import IntegrityError

from sellingpartner.contract.errors import Conflict, InvalidArgument, InvalidInput, NotFound
from sellingpartner.market.accounts import audit, tables
from sellingpartner.market.accounts.model import THE_MARKET, Actor, User
from sellingpartner.market.accounts.passwords import check_new_password, cost_of, hash_password
from sellingpartner.market.accounts.questions import developer_of, seller_of
from sellingpartner.market.accounts.tokens import hashed
from sellingpartner.market.time.chance import wide_number_of
from sellingpartner.storage.unit import UnitOfWork

_LONGEST_EMAIL = 254  # RFC 5321, 4.5.3.1.3
_LONGEST_NAME = 100
_EMAIL = re.compile(r"[^\s@\x00-\x1f\x7f]+@[^\s@\x00-\x1f\x7f.]+(\.[^\s@\x00-\x1f\x7f.]+)*")


class EmailTaken(Conflict):
    """An email address is one person's."""

    def __init__(self, email: str) -> None:
        super().__init__(f"There is a user with the email address {email} already; choose another address.")


class Belonging(TypedDict, total=False):
    """Whom a user acts for: a seller, a developer, or both; and whether as the seller's primary user, as is the rule.

    Differs: at Amazon an account has one primary user; here it has as many as are made so.
    """

    seller_id: str | None
    developer_id: str | None
    is_primary: bool


def create_user(
    unit: UnitOfWork, email: str, name: str, password: str, *, by: Actor = THE_MARKET, **of: Unpack[Belonging]
) -> User:
    """Let a person sign in. It takes as long as a password's hash takes."""
    _check(email, name)
    check_new_password(password)
    _check_belonging(unit, of)
    if user_by_email(unit, email) is not None:
        raise EmailTaken(email)
    number = wide_number_of(unit.seed, "user", unit.next_number("users"))
    letters = base64.b32encode(number.to_bytes(16)).decode().rstrip("=")
    user = User(user_id=f"amzn1.account.{letters}", email=email, name=name, created_at=unit.now, **of)
    row = {field: getattr(user, field) for field in User.__struct_fields__}
    kept = {
        "email_key": email_key(email),
        "password_hash": hash_password(password, cost_of(unit)),
        "password_number": 1,
    }
    try:
        with unit.attempt():
            unit.execute(tables.users.insert(), row | kept)
    except IntegrityError:  # somebody else has taken it since
        raise EmailTaken(email) from None
    _note(unit, "user.created", by, user, email=email)
    return user


def set_password(
    unit: UnitOfWork, user_id: str, password: str, *, by: Actor = THE_MARKET, keep_session: str = ""
) -> None:
    """Give a user another password. All sessions end but the one whose token is to be kept."""
    user = user_of(unit, user_id)
    check_new_password(password)
    kept = hash_password(password, cost_of(unit))
    columns = tables.users.c
    changed = {"password_hash": kept, "password_number": columns.password_number + 1}
    unit.execute(tables.users.update().where(columns.user_id == user_id).values(changed))
    theirs = (tables.sessions.c.user_id == user_id) & (tables.sessions.c.session_hash != hashed(keep_session))
    ended = unit.execute(tables.sessions.delete().where(theirs)).rowcount
    _note(unit, "password.changed", by, user, sessions_ended=str(ended))


def user_of(unit: UnitOfWork, user_id: str) -> User:
    """One user; raises `NotFound`."""
    user = _find(unit, tables.users.c.user_id == user_id)
    if user is None:
        message = f"There is no user {user_id}."
        raise NotFound(message)
    return user


def user_by_email(unit: UnitOfWork, email: str) -> User | None:
    """Whose email address this is, in whatever case it is written."""
    return _find(unit, tables.users.c.email_key == email_key(email))


def all_users(unit: UnitOfWork) -> list[User]:
    """Every user, by when it was created."""
    rows = unit.execute(select(*_columns).order_by(tables.users.c.created_at, tables.users.c.user_id))
    return [User(**row._mapping) for row in rows]


def email_key(email: str) -> str:
    """An email address as it is compared, in which case is nothing; strangers' letters are made harmless."""
    return audit.on_one_line(email.strip()).casefold()


_columns = [tables.users.c[name] for name in User.__struct_fields__]


def _find(unit: UnitOfWork, this: ColumnElement[bool]) -> User | None:
    row = unit.execute(select(*_columns).where(this)).first()
    return None if row is None else User(**row._mapping)


def _check(email: str, name: str) -> None:
    if len(email) > _LONGEST_EMAIL or _EMAIL.fullmatch(email) is None or not email.isprintable():
        message = f"{email[:100]!r} is not an email address; write one like ada@harbor.example."
        raise InvalidArgument(message)
    if not 1 <= len(name.strip()) <= _LONGEST_NAME or not name.isprintable():
        message = f"A user's name has 1 to {_LONGEST_NAME} letters; {name[:100]!r} cannot be one."
        raise InvalidInput(message)


def _check_belonging(unit: UnitOfWork, of: Belonging) -> None:
    seller_id, developer_id = of.get("seller_id"), of.get("developer_id")
    if seller_id is None and developer_id is None:
        message = "A user acts for somebody: name a seller, a developer, or both."
        raise InvalidInput(message)
    if seller_id is not None:
        seller_of(unit, seller_id)
    if developer_id is not None:
        developer_of(unit, developer_id)


def _note(unit: UnitOfWork, what: str, by: Actor, user: User, **details: str) -> None:
    audit.note(unit, what, by, seller_id=user.seller_id or "", details={"user": user.user_id} | details)
