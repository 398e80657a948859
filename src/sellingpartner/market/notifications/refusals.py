"""What the Notifications API refuses, in Amazon's words as far as they are known.

Amazon's `message` says only what kind of refusal it is; `details` says what is wrong.
"""

from __future__ import annotations

from sellingpartner.contract.errors import Conflict, InvalidInput, NotFound, Unauthorized


class NotUnderstood(InvalidInput):
    """A part of a request is wrong; the details say which and why."""

    def __init__(self, details: str) -> None:
        super().__init__("Request has missing or invalid parameters and cannot be parsed.", details=details)
        self.because(details)


class DestinationTwice(Conflict):
    """An application has a destination for this queue or this account already."""

    def __init__(self, what: str, application_id: str) -> None:
        super().__init__(
            "The requested resource conflict with a resource in the server.",
            details=f"A destination with {what} already exists for the application {application_id}",
        )
        self.because(self.details or "")


class DestinationInUse(Unauthorized):
    """Subscriptions deliver to a destination that is to be deleted."""

    def __init__(self) -> None:
        super().__init__("Destination has subscriptions", message="The requested action is forbidden.")


class SubscribedAlready(Conflict):
    """An application has a seller's subscription of this type and version already."""

    def __init__(self, notification_type: str) -> None:
        super().__init__(
            "The resource specified conflicts with the current state.",
            details=f"Subscription already exist for notification type {notification_type}",
            code="StateConflict",
        )
        self.because(self.details or "")


class Unknown(NotFound):
    """An application has no such destination or subscription; what is another application's is unknown, too.

    Assumed: the words in which a destination or subscription is said to be unknown; Amazon's are not known.
    """

    def __init__(self, details: str) -> None:
        super().__init__("The resource specified does not exist.", details=details)
        self.because(details)
