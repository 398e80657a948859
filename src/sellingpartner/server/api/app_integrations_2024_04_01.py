"""App Integrations, 2024-04-01: what an application shows its seller in Seller Central, which is the console here."""

from __future__ import annotations

from sellingpartner.contract import app_integrations_2024_04_01 as api
from sellingpartner.contract.operation import NoContent
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.integrations.commands import record_feedback, show, withdraw
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(api.CreateNotification)
def create_notification(
    unit: UnitOfWork, request: api.CreateNotification, caller: Caller
) -> api.CreateNotificationResponse:
    """Show a notification."""
    shown = show(
        unit, caller.application_id, request.template_id, request.notification_parameters, request.marketplace_id
    )
    return api.CreateNotificationResponse(notification_id=shown.notification_id)


@handles(api.DeleteNotifications)
def delete_notifications(unit: UnitOfWork, request: api.DeleteNotifications, caller: Caller) -> NoContent:
    """Take back what is shown by a template."""
    withdraw(unit, caller.application_id, request.template_id, request.deletion_reason.value)
    return NoContent()


@handles(api.RecordActionFeedback)
def record_action_feedback(unit: UnitOfWork, request: api.RecordActionFeedback, caller: Caller) -> NoContent:
    """Keep what the seller did."""
    record_feedback(unit, caller.application_id, request.notification_id, request.feedback_action_code.value)
    return NoContent()
