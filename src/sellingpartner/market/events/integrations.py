"""What applications show to sellers."""

from __future__ import annotations

from sellingpartner.storage.events import Event


class AppNotificationShown(Event):
    """An application shows a notification to the seller."""

    notification_id: str
    application_id: str
    template_id: str


class AppNotificationsWithdrawn(Event):
    """An application took its notifications of one template back."""

    application_id: str
    template_id: str
    reason: str
    notification_ids: tuple[str, ...]


class ActionFeedbackRecorded(Event):
    """An application says that the seller has acted on a notification."""

    notification_id: str
    application_id: str
    feedback: str
