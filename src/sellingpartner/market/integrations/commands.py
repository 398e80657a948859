"""Applications show notifications, take them back, and say what the seller did about them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, select

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.accounts.questions import application_by, participations_of
from sellingpartner.market.events.integrations import (
    ActionFeedbackRecorded,
    AppNotificationShown,
    AppNotificationsWithdrawn,
)
from sellingpartner.market.integrations.model import AppNotification, Status, Template
from sellingpartner.market.integrations.questions import templates_of
from sellingpartner.market.integrations.tables import TEMPLATE_ID_LENGTH, app_notifications, app_templates
from sellingpartner.market.time.chance import uuid_of, wide_number_of
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.prepared import Prepared
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert

_LONGEST_TITLE, _LONGEST_BODY, _MOST_DAYS = 100, 1000, 365
_LONGEST_VALUE = 200
_LARGEST = 10**18
_put_template = Prepared(
    upsert(app_templates, lambda offered: {name: offered[name] for name in ("title", "body", "days")})
)


class TemplateUnknown(InvalidInput):
    """The application has no such template; Amazon's two operations say so in two ways."""

    def __init__(self, template_id: str, name: str) -> None:
        super().__init__(f"Invalid {name}", details=f"'{template_id}' is an invalid templateId")


class NotificationUnknown(InvalidInput):
    """The application showed the seller no such notification."""

    def __init__(self, notification_id: str) -> None:
        super().__init__("Invalid notificationId", details=f"'{notification_id}' is an invalid notificationId")


class NotificationEnds(Due):
    """A notification is shown no longer."""

    notification_id: str


def add_template(unit: UnitOfWork, application_id: str, template_id: str, template: Template) -> None:
    """Let an application have a template, or another text under the id of one that it has; raises `InvalidInput`."""
    application_by(unit, application_id=application_id)
    is_id = template_id.isascii() and template_id.replace("_", "").isalnum() and template_id == template_id.upper()
    if not is_id or len(template_id) > TEMPLATE_ID_LENGTH:
        message = f"templateId must be capitals, digits and underscores, {TEMPLATE_ID_LENGTH} at most."
        raise InvalidInput(message)
    for name, text, longest in (("title", template.title, _LONGEST_TITLE), ("body", template.body, _LONGEST_BODY)):
        if not text.strip() or len(text) > longest:
            message = f"{name} must have 1 to {longest} characters."
            raise InvalidInput(message)
    if not 1 <= template.days <= _MOST_DAYS:
        message = f"days must be 1 to {_MOST_DAYS}."
        raise InvalidInput(message)
    row = {"application_id": application_id, "template_id": template_id} | msgspec.structs.asdict(template)
    _put_template.run(unit.connection, row)


def show(
    unit: UnitOfWork,
    application_id: str,
    template_id: str,
    parameters: Mapping[str, Any],
    marketplace_id: str | None = None,
) -> AppNotification:
    """Show the seller what a template says; raises `TemplateUnknown`, `InvalidInput`.

    Assumed: a parameter that a notification's template has may be left out; one that it has not is refused.
    """
    template = templates_of(unit, application_id).get(template_id)
    if template is None:
        raise TemplateUnknown(template_id, "Template Identifier(templateId)")
    if marketplace_id is not None:
        participations_of(unit, unit.seller_id, including=[marketplace_id])
    title, body = template.filled(_checked(parameters, template))
    number = unit.next_number("app notifications")
    notification = AppNotification(
        notification_id=uuid_of(wide_number_of(unit.seed, "app", unit.seller_id, number)),
        application_id=application_id,
        template_id=template_id,
        marketplace_id=marketplace_id,
        title=title,
        body=body,
        status=Status.SHOWN,
        created_at=unit.now,
        ends_at=unit.now + timedelta(days=template.days),
        changed_at=unit.now,
        reason=None,
    )
    unit.execute(app_notifications.insert(), msgspec.structs.asdict(notification) | {"seller_id": unit.seller_id})
    later(unit, NotificationEnds(notification_id=notification.notification_id), at=notification.ends_at)
    unit.emit(
        AppNotificationShown(
            notification_id=notification.notification_id, application_id=application_id, template_id=template_id
        )
    )
    return notification


def withdraw(unit: UnitOfWork, application_id: str, template_id: str, reason: str) -> list[str]:
    """Take back what the application shows the seller by a template; returns the ids. Raises `TemplateUnknown`."""
    if template_id not in templates_of(unit, application_id):
        raise TemplateUnknown(template_id, "Template Id(templateId)")
    at = app_notifications.c
    these = and_(
        at.seller_id == unit.seller_id,
        at.application_id == application_id,
        at.template_id == template_id,
        at.status == Status.SHOWN.value,
    )
    withdrawn = list(unit.execute(select(at.notification_id).where(these).order_by(at.notification_id)).scalars())
    _change(unit, at.notification_id.in_(withdrawn), Status.WITHDRAWN, reason)
    if withdrawn:
        unit.emit(
            AppNotificationsWithdrawn(
                application_id=application_id,
                template_id=template_id,
                reason=reason,
                notification_ids=tuple(withdrawn),
            )
        )
    return withdrawn


def record_feedback(unit: UnitOfWork, application_id: str, notification_id: str, feedback: str) -> None:
    """Keep what the seller did about a notification; raises `NotificationUnknown`.

    Assumed: feedback on a notification that is over or was withdrawn is taken and changes nothing; so is the same
    feedback twice.
    """
    at = app_notifications.c
    this = and_(at.notification_id == notification_id, at.application_id == application_id)
    status = unit.execute(select(at.status).where(at.seller_id == unit.seller_id, this)).scalar()
    if status is None:
        raise NotificationUnknown(notification_id)
    if status == Status.SHOWN.value:
        _change(unit, this, Status.COMPLETED, feedback)
        unit.emit(
            ActionFeedbackRecorded(notification_id=notification_id, application_id=application_id, feedback=feedback)
        )


@when(NotificationEnds)
def end(unit: UnitOfWork, due: NotificationEnds) -> None:
    """Show a notification no longer."""
    _change(unit, app_notifications.c.notification_id == due.notification_id, Status.EXPIRED, None)


def _change(unit: UnitOfWork, these: ColumnElement[bool], status: Status, reason: str | None) -> None:
    """Let notifications that are shown stand otherwise."""
    at = app_notifications.c
    shown = and_(at.seller_id == unit.seller_id, at.status == Status.SHOWN.value, these)
    changed: dict[str, str | datetime | None] = {"status": status.value, "reason": reason, "changed_at": unit.now}
    unit.execute(app_notifications.update().where(shown).values(**changed))


def _checked(parameters: Mapping[str, Any], template: Template) -> dict[str, str]:
    """What was given, as text."""
    known = template.parameters
    found = {}
    for name, value in parameters.items():
        if name not in known:
            message = f"notificationParameters holds {name[:60]!r}; the template has {', '.join(known) or 'none'}."
            raise InvalidInput(message)
        if not isinstance(value, str | int | float) or len(str(value)) > _LONGEST_VALUE:
            message = (
                f"notificationParameters.{name} must be a text or a number of {_LONGEST_VALUE} characters at most."
            )
            raise InvalidInput(message)
        found[name] = str(value)
    return found
