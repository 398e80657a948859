"""`spapi listen`: what applications are told, shown as it is written and forwarded to a local URL."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from secrets import token_bytes
from threading import Event
from typing import Annotated

import httpx2
import msgspec
from cyclopts import Parameter

from sellingpartner.cli.asked.completing import notification_type_words
from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.shown.printing import print_line
from sellingpartner.cli.shown.writing import print_aside
from sellingpartner.contract.market_v1 import (
    Delivery,
    GetDelivery,
    ListDeliveries,
    ListSubscriptions,
    NotificationSubscription,
    SubscribeListener,
)
from sellingpartner.counted import counted

_EVERY_SECONDS = 0.5
_AT_ONCE = 100
_SECRET_BYTES = 32
_PATIENCE = httpx2.Timeout(10, connect=3)


def listen(
    *,
    forward_to: str | None = None,
    type_: Annotated[tuple[str, ...], Parameter(name="--type", completer=notification_type_words)] = (),
    subscribe: Annotated[bool, FLAG] = False,
    application: str | None = None,
    seller: str | None = None,
    secret: Annotated[str | None, Parameter(env_var="SPAPI_LISTEN_SECRET")] = None,
    to: Connection | None = None,
) -> None:
    """Show what applications are told as it comes, and send it to a URL of yours, until Ctrl-C.

    Args:
        forward_to: Where to POST each message, such as http://localhost:3000/amazon; signed as webhooks are.
        type_: Only this notification type; may be said again.
        subscribe: Subscribe the application first, to the types that are named or to all; nothing else has to be there.
        application: Only what this application is told, by its id.
        seller: With --subscribe: about which seller; the first one unless said.
        secret: What messages are signed with (whsec_...); invented and shown unless said.
        to: Which market.
    """
    to = to or Connection()
    forward = None if forward_to is None else Forward(forward_to, secret)
    if subscribe:
        wanted = SubscribeListener(notification_types=list(type_) or None, application_id=application, seller_id=seller)
        made = to.send(wanted).subscriptions
        print_aside(
            f"Subscribed to {counted(len(made), 'notification type')} about {made[0].seller_id}." if made else ""
        )
    newest = to.send(ListDeliveries(limit=1)).deliveries
    after = newest[0].delivery_id if newest else 0
    in_vain = _why_in_vain(to.send(ListSubscriptions(application_id=application)).subscriptions, type_)
    if in_vain is not None:
        print_aside(in_vain)
    print_aside("Waiting for notifications; Ctrl-C ends it.")
    while True:
        pause()
        for one in to.watch(ListDeliveries(after=after, limit=_AT_ONCE)).deliveries:
            after = one.delivery_id
            if application in {None, one.application_id} and (not type_ or one.notification_type in type_):
                _show(to, to.watch(GetDelivery(delivery_id=one.delivery_id)), forward)


def _why_in_vain(subscriptions: Sequence[NotificationSubscription], types: Sequence[str]) -> str | None:
    """Why nothing will come, and what to do; None where a subscription has it come."""
    those = [one for one in subscriptions if not types or one.notification_type in types]
    if any(one.is_active for one in those):
        return None
    what = f"of {' or '.join(types)}" if types else "of anything"
    if those:
        return (
            f"Nobody is told {what} as it stands: the seller does not let the application have it any more; "
            "`spapi grant create` lets it in."
        )
    options = "".join(f" --type {name}" for name in types)
    return (
        f"Nobody has subscribed to be told {what}, so nothing will come until somebody does; "
        f"`spapi listen --subscribe{options}` subscribes the application first."
    )


def pause() -> None:
    """Wait a moment."""
    Event().wait(_EVERY_SECONDS)


class Forward:
    """Where messages are sent, and what they are signed with (Standard Webhooks)."""

    def __init__(self, url: str, secret: str | None) -> None:
        if not url.startswith(("http://", "https://")):
            message = f"{url!r} is no URL; write one like http://localhost:3000/amazon after --forward-to."
            raise CannotDo(message)
        # Here and not above: without the server it is not installed, and who does not forward needs it not.
        from standardwebhooks.webhooks import EmptyWebhookSecretError, Webhook  # noqa: PLC0415

        from sellingpartner.market.time.clock import real_now  # noqa: PLC0415 - the server's, too

        self._now = real_now
        self._url = url
        if secret is None:
            secret = f"whsec_{b64encode(token_bytes(_SECRET_BYTES)).decode()}"
            print_aside(f"Messages are signed with {secret}")
        try:
            self._webhook = Webhook(secret)
        except (ValueError, EmptyWebhookSecretError):
            message = "--secret is none; write whsec_ and the secret in Base64."
            raise CannotDo(message) from None

    def send(self, delivery: Delivery) -> str:
        """Send a message; returns how that went, in a word or some."""
        body = delivery.body or ""
        at = self._now()
        headers = {
            "content-type": "application/json",
            "webhook-id": delivery.notification_id,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": self._webhook.sign(delivery.notification_id, at, body),
        }
        try:
            with httpx2.Client(timeout=_PATIENCE, trust_env=False) as client:
                return str(client.post(self._url, headers=headers, content=body.encode()).status_code)
        except (httpx2.TransportError, httpx2.InvalidURL) as reason:
            return f"not reached ({reason or type(reason).__name__})"


def _show(to: Connection, delivery: Delivery, forward: Forward | None) -> None:
    how = None if forward is None else forward.send(delivery)
    if to.json:
        print_line(delivery.body or "{}")
        return
    parts: Sequence[str] = (
        f"{delivery.created_at:%Y-%m-%d %H:%M:%S}",
        delivery.notification_type,
        delivery.seller_id or "",
        "" if how is None else f"-> {how}",
    )
    print_line("  ".join(part for part in parts if part))
    if delivery.body:
        print_line(msgspec.json.format(delivery.body, indent=2))
