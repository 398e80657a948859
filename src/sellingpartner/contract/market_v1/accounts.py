"""The market's control API, v1: sellers, applications and grants."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from sellingpartner.contract.message import Message
from sellingpartner.contract.operation import NoContent, Request, delete, get, post
from sellingpartner.contract.scopes import NONE

Name = Annotated[str, Meta(min_length=1, max_length=100)]
_READS = (200, 400, 403, 500)
_CREATES = (201, 400, 403, 404, 415, 500)


class Seller(Message, rename="camel"):
    """A business that sells in the market."""

    seller_id: str
    name: str
    region: str
    marketplace_ids: list[str]
    joined_at: datetime


class CreateSellerSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """The seller to be."""

    name: Name
    marketplace_ids: Annotated[list[str], Meta(min_length=1)]


class CreateSeller(Request[Seller], rename="camel"):
    """Open a seller's account in marketplaces of one region."""

    operation = post(
        "/market/v1/sellers",
        "createSeller",
        status=201,
        statuses=_CREATES,
        body=CreateSellerSpecification,
        scope=NONE,
    )

    name: Name
    marketplace_ids: Annotated[list[str], Meta(min_length=1)]


class Sellers(Message):
    """The sellers of the market."""

    sellers: list[Seller]


class ListSellers(Request[Sellers]):
    """List the sellers, by when they joined."""

    operation = get("/market/v1/sellers", "listSellers", statuses=_READS, scope=NONE)


class Application(Message, rename="camel"):
    """A developer's application."""

    application_id: str
    client_id: str
    name: str
    developer_id: str
    scopes: list[str]
    redirect_uris: list[str]
    registered_at: datetime


class RegisteredApplication(Application, rename="camel"):
    """An application with its client secret, which no other answer shows."""

    client_secret: str


class CreateApplicationSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """The application to be."""

    name: Name
    scopes: list[str] | None = None
    redirect_uris: list[str] | None = None
    developer_name: Name | None = None


class CreateApplication(Request[RegisteredApplication], rename="camel"):
    """Register an application; its client secret is in the answer and is never shown again."""

    operation = post(
        "/market/v1/applications",
        "createApplication",
        status=201,
        statuses=_CREATES,
        body=CreateApplicationSpecification,
        scope=NONE,
    )

    name: Name
    scopes: list[str] | None = None
    """All scopes unless said."""
    redirect_uris: list[str] | None = None
    developer_name: Name | None = None
    """Who writes the application; the application's own name unless said."""


class Applications(Message):
    """The applications of the market."""

    applications: list[Application]


class ListApplications(Request[Applications]):
    """List the applications, by when they were registered."""

    operation = get("/market/v1/applications", "listApplications", statuses=_READS, scope=NONE)


class Grant(Message, rename="camel"):
    """A seller's permission for an application."""

    grant_id: str
    seller_id: str
    application_id: str
    scopes: list[str]
    given_at: datetime
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
        "/market/v1/grants/{grantId}", "revokeGrant", status=204, statuses=(204, 400, 403, 404, 500), scope=NONE
    )

    grant_id: str
