"""The market's control API, v1: users, the people who sign in."""

from __future__ import annotations

from datetime import datetime

from sellingpartner.contract.market_v1.names import Name
from sellingpartner.contract.message import Message
from sellingpartner.contract.operation import Request, get, post, put
from sellingpartner.contract.scopes import NONE

_READS = (200, 400, 403, 500, 503)
_CREATES = (201, 400, 403, 404, 409, 415, 500, 503)
_CHANGES = (200, 400, 403, 404, 415, 500, 503)


class User(Message, rename="camel"):
    """A person who signs in: for a seller, for a developer, or for both."""

    user_id: str
    email: str
    name: str
    seller_id: str | None = None
    developer_id: str | None = None
    is_primary: bool
    """Whether this is the person who may let applications in for the seller."""
    created_at: datetime


class CreatedUser(User, rename="camel"):
    """A user with the password that the market chose, which no other answer shows."""

    password: str | None = None


class CreateUserSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """The user to be."""

    email: str
    name: Name | None = None
    password: str | None = None
    seller_id: str | None = None
    developer_id: str | None = None
    is_primary: bool | None = None


class CreateUser(Request[CreatedUser], rename="camel"):
    """Let a person sign in, for a seller, for a developer, or for both."""

    operation = post(
        "/market/v1/users", "createUser", status=201, statuses=_CREATES, body=CreateUserSpecification, scope=NONE
    )

    email: str
    name: Name | None = None
    """What stands before the @ unless said."""
    password: str | None = None
    """12 to 256 characters; unless said the market chooses one, which is then in the answer."""
    seller_id: str | None = None
    developer_id: str | None = None
    is_primary: bool | None = None
    """Primary unless said."""


class Users(Message):
    """The users of the market."""

    users: list[User]


class ListUsers(Request[Users]):
    """List the users, by when they were created."""

    operation = get("/market/v1/users", "listUsers", statuses=_READS, scope=NONE)


class SetPasswordSpecification(Message, forbid_unknown_fields=True):
    """The password to be."""

    password: str | None = None


class SetPassword(Request[CreatedUser], rename="camel"):
    """Give a user another password; whoever is signed in with the one before is signed out."""

    operation = put(
        "/market/v1/users/{userId}/password",
        "setPassword",
        statuses=_CHANGES,
        body=SetPasswordSpecification,
        scope=NONE,
    )

    user_id: str
    password: str | None = None
    """12 to 256 characters; unless said the market chooses one, which is then in the answer."""
