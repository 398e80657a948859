"""What applications show to sellers."""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.market.accounts.questions import application_by
from sellingpartner.market.integrations.commands import add_template
from sellingpartner.market.integrations.model import Template
from sellingpartner.market.integrations.questions import notifications_shown, templates_of
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.whose import shop_meant
from sellingpartner.storage.unit import UnitOfWork


def list_app_notifications(desk: Desk, request: v1.ListAppNotifications) -> v1.ShownNotifications:
    """What is shown to a seller, and was."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    with desk.market.read(seller_id) as unit:
        return v1.ShownNotifications(
            notifications=[
                v1.ShownNotification(
                    notification_id=one.notification_id,
                    application_id=one.application_id,
                    template_id=one.template_id,
                    marketplace_id=one.marketplace_id,
                    title=one.title,
                    body=one.body,
                    status=one.status.value,
                    created_at=one.created_at,
                    ends_at=one.ends_at,
                    reason=one.reason,
                )
                for one in notifications_shown(unit)
            ]
        )


def list_app_templates(desk: Desk, request: v1.ListAppTemplates) -> v1.AppTemplates:
    """What an application may show."""
    with desk.market.read() as unit:
        application_by(unit, application_id=request.application_id)
        return _templates(unit, request.application_id)


def put_app_template(desk: Desk, request: v1.PutAppTemplate) -> v1.AppTemplates:
    """Let an application have a template."""
    template = Template(title=request.title, body=request.body, days=request.days)
    with desk.market.write() as unit:
        add_template(unit, request.application_id, request.template_id, template)
        return _templates(unit, request.application_id)


def _templates(unit: UnitOfWork, application_id: str) -> v1.AppTemplates:
    return v1.AppTemplates(
        templates=[
            v1.AppTemplate(
                template_id=name, title=one.title, body=one.body, parameters=list(one.parameters), days=one.days
            )
            for name, one in templates_of(unit, application_id).items()
        ]
    )
