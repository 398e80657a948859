"""The market's control API, v1: grants."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from sellingpartner.contract.message import Message
from sellingpartner.contract.operation import NoContent, Request, delete, get, patch, post
from sellingpartner.contract.scopes import NONE

_READS = (200, 400, 403, 500, 503)
_CREATES = (201, 400, 403, 404, 415, 500, 503)
_CHANGES = (200, 400, 403, 404, 415, 500, 503)


class Grant(Message, rename="camel"):
    """A seller's permission for an application."""

    grant_id: str
    seller_id: str
    application_id: str
    scopes: list[str]
    roles: list[str] | None = None
    """The roles that the application had when the grant was given."""
    given_at: datetime
    expires_at: datetime | None = None
    """When it ends by itself, unless the application is private."""
    revoked_at: datetime | None = None


class GivenGrant(Grant, rename="camel"):
    """A grant with its refresh token, which no other answer shows."""

    refresh_token: str


class CreateGrantSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """The grant to be."""

    seller_id: str
    application_id: str
    scopes: list[str] | None = None


class CreateGrant(Request[GivenGrant], rename="camel"):
    """Let an application act for a seller; its refresh token is in the answer and is never shown again."""

    operation = post(
        "/market/v1/grants", "createGrant", status=201, statuses=_CREATES, body=CreateGrantSpecification, scope=NONE
    )

    seller_id: str
    application_id: str
    scopes: list[str] | None = None
    """All that the application is registered for unless said."""


class Grants(Message):
    """The grants of the market."""

    grants: list[Grant]


class ListGrants(Request[Grants], rename="camel"):
    """List the grants, revoked ones included: of a seller, of an application, or all."""

    operation = get("/market/v1/grants", "listGrants", statuses=_READS, scope=NONE)

    seller_id: str | None = None
    application_id: str | None = None


class RevokeGrant(Request[NoContent], rename="camel"):
    """Take a grant back: every token made from it stops working at once."""

    operation = delete(
        "/market/v1/grants/{grantId}", "revokeGrant", status=204, statuses=(204, 400, 403, 404, 500, 503), scope=NONE
    )

    grant_id: str


class NarrowGrantSpecification(Message, forbid_unknown_fields=True):
    """What is to be taken out of a grant."""

    withdraw: Annotated[list[str], Meta(min_length=1)]


class NarrowGrant(Request[Grant], rename="camel"):
    """Take scopes out of a grant, and out of every token made from it, at once; one that has none left is revoked."""

    operation = patch(
        "/market/v1/grants/{grantId}", "narrowGrant", statuses=_CHANGES, body=NarrowGrantSpecification, scope=NONE
    )

    grant_id: str
    withdraw: Annotated[list[str], Meta(min_length=1)]
