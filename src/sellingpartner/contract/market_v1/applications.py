"""The market's control API, v1: applications."""

from __future__ import annotations

from datetime import datetime

from sellingpartner.contract.market_v1.names import Name
from sellingpartner.contract.message import Message, OpenEnum
from sellingpartner.contract.operation import Request, get, patch, post
from sellingpartner.contract.scopes import NONE

_READS = (200, 400, 403, 500, 503)
_FINDS = (200, 400, 403, 404, 500, 503)
_CREATES = (201, 400, 403, 404, 415, 500, 503)
_CHANGES = (200, 400, 403, 404, 415, 500, 503)


class ApplicationStatus(OpenEnum):
    """Whether sellers at large may let an application in."""

    DRAFT = "draft"
    PUBLISHED = "published"


class Distribution(OpenEnum):
    """Who an application is for: ten sellers, twenty-five, or all of them."""

    PRIVATE = "private"
    UNLISTED = "unlisted"
    LISTED = "listed"


class Application(Message, rename="camel"):
    """A developer's application."""

    application_id: str
    client_id: str
    name: str
    developer_id: str
    status: ApplicationStatus
    distribution: Distribution
    scopes: list[str]
    optional_scopes: list[str]
    """Those of its scopes that a seller may leave out."""
    roles: list[str] | None = None
    """Amazon's roles, the finer layer below the scopes; left out where it has none."""
    redirect_uris: list[str]
    login_uri: str | None = None
    registered_at: datetime
    secret_ends_at: datetime | None = None
    """When the last of its client secrets stops working."""


class RegisteredApplication(Application, rename="camel"):
    """An application with its client secret, which no other answer shows."""

    client_secret: str


class CreateApplicationSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """The application to be."""

    name: Name
    scopes: list[str] | None = None
    optional_scopes: list[str] | None = None
    roles: list[str] | None = None
    redirect_uris: list[str] | None = None
    login_uri: str | None = None
    status: ApplicationStatus | None = None
    distribution: Distribution | None = None
    developer_name: Name | None = None
    developer_id: str | None = None


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
    """All scopes, or those that the roles lead to, unless said."""
    optional_scopes: list[str] | None = None
    """Those of its scopes that a seller may leave out; none unless said."""
    roles: list[str] | None = None
    """Amazon's roles; no such layer unless said."""
    redirect_uris: list[str] | None = None
    """Where browsers may be sent back to: https, or http on a developer's own machine."""
    login_uri: str | None = None
    """Where the appstore sends a seller who wants to let it in."""
    status: ApplicationStatus | None = None
    """A draft unless said."""
    distribution: Distribution | None = None
    """Private unless said."""
    developer_name: Name | None = None
    """Who writes the application; the application's own name unless said."""
    developer_id: str | None = None
    """Who writes the application, if that is a developer that the market knows."""


class GetApplication(Request[Application], rename="camel"):
    """Get one application."""

    operation = get("/market/v1/applications/{applicationId}", "getApplication", statuses=_FINDS, scope=NONE)

    application_id: str


class ChangeApplicationSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What is to change of an application."""

    name: Name | None = None
    scopes: list[str] | None = None
    optional_scopes: list[str] | None = None
    roles: list[str] | None = None
    redirect_uris: list[str] | None = None
    login_uri: str | None = None
    status: ApplicationStatus | None = None
    distribution: Distribution | None = None


class ChangeApplication(Request[Application], rename="camel"):
    """Change what an application is registered as; what is not said stays. Grants stay as they were given."""

    operation = patch(
        "/market/v1/applications/{applicationId}",
        "changeApplication",
        statuses=_CHANGES,
        body=ChangeApplicationSpecification,
        scope=NONE,
    )

    application_id: str
    name: Name | None = None
    scopes: list[str] | None = None
    optional_scopes: list[str] | None = None
    roles: list[str] | None = None
    """An empty list takes the layer of roles away."""
    redirect_uris: list[str] | None = None
    login_uri: str | None = None
    """An empty text takes it away."""
    status: ApplicationStatus | None = None
    distribution: Distribution | None = None


class Applications(Message):
    """The applications of the market."""

    applications: list[Application]


class ListApplications(Request[Applications]):
    """List the applications, by when they were registered."""

    operation = get("/market/v1/applications", "listApplications", statuses=_READS, scope=NONE)
