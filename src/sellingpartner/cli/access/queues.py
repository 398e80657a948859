"""`spapi application queue` and `spapi application rotate`."""

from __future__ import annotations

from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.shown.printing import print_facts, print_json, print_table
from sellingpartner.contract.market_v1 import GetQueue, RegisterQueue, RotateClientSecret


def queue(application: str, address: str | None = None, *, to: Connection | None = None) -> None:
    """Show the SQS queue that an application is told in, and what was sent there; or register another one.

    Args:
        application: The application's id.
        address: The queue's URL or ARN, to register it.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(
        GetQueue(application_id=application)
        if address is None
        else RegisterQueue(application_id=application, queue=address)
    )
    if to.json:
        print_json(answer)
        return
    print_facts([("Application", answer.application_id), ("Queue", answer.queue), ("Since", answer.registered_at)])
    print_table(
        ("Message", "Created", "Attempts", "Sent", "Why not"),
        [(one.notification_type, one.created_at, one.attempts, one.sent_at, one.failure) for one in answer.deliveries],
        empty="Nothing was sent yet.",
    )


def rotate(application: str, *, to: Connection | None = None) -> None:
    """Make another client secret for an application; it is shown this once, and the old one works a week more.

    Args:
        application: The application's id.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(RotateClientSecret(application_id=application))
    if to.json:
        print_json(answer)
    else:
        print_facts(
            [
                ("Client id", answer.client_id),
                ("Client secret", answer.client_secret),
                ("Works until", answer.expires_at),
                ("Old ones until", answer.old_expires_at),
            ]
        )
