"""The market's control API, v1: what applications show to sellers, and the templates of it."""

from __future__ import annotations

from datetime import datetime

from sellingpartner.contract.message import Message
from sellingpartner.contract.operation import Request, get, put
from sellingpartner.contract.scopes import NONE

_READS = (200, 400, 403, 404, 500, 503)
_COMMANDS = (200, 400, 403, 404, 415, 500, 503)


class ShownNotification(Message, rename="camel"):
    """A notification of an application."""

    notification_id: str
    application_id: str
    template_id: str
    marketplace_id: str | None = None
    title: str
    body: str
    status: str
    """SHOWN, COMPLETED, WITHDRAWN or EXPIRED."""
    created_at: datetime
    ends_at: datetime
    reason: str | None = None


class ShownNotifications(Message):
    """Notifications, the newest first."""

    notifications: list[ShownNotification]


class ListAppNotifications(Request[ShownNotifications], rename="camel"):
    """List what applications show, or showed, to a seller."""

    operation = get("/market/v1/appNotifications", "listAppNotifications", statuses=_READS, scope=NONE)

    seller_id: str | None = None
    """The market's first seller unless said."""


class AppTemplate(Message, rename="camel"):
    """What a notification says."""

    template_id: str
    title: str
    body: str
    parameters: list[str]
    days: int


class AppTemplates(Message):
    """The templates of an application."""

    templates: list[AppTemplate]


class ListAppTemplates(Request[AppTemplates], rename="camel"):
    """List the templates that an application has."""

    operation = get("/market/v1/appTemplates", "listAppTemplates", statuses=_READS, scope=NONE)

    application_id: str


class PutAppTemplateSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """A template; its parameters stand in braces."""

    application_id: str
    template_id: str
    title: str
    body: str
    days: int = 14


class PutAppTemplate(Request[AppTemplates], rename="camel"):
    """Let an application have a template, or change one that it has."""

    operation = put(
        "/market/v1/appTemplates", "putAppTemplate", statuses=_COMMANDS, body=PutAppTemplateSpecification, scope=NONE
    )

    application_id: str
    template_id: str
    title: str
    body: str
    days: int = 14
    """For how many days a notification is shown."""
