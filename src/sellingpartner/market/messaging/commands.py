"""Messages are sent: by the seller, by the buyer who answers, and by Amazon that asks for a review."""

from __future__ import annotations

from sellingpartner.contract.errors import InvalidInput, Unauthorized
from sellingpartner.counted import counted
from sellingpartner.market.documents.uploads import attach
from sellingpartner.market.events.messaging import BuyerAnswered, MessageSent, SolicitationSent
from sellingpartner.market.messaging.kinds import MOST_ATTACHMENTS, Attachments, Kind, kinds
from sellingpartner.market.messaging.model import SOLICITATION, Attachment, Draft, Message, Sender
from sellingpartner.market.messaging.questions import (
    allowed_kinds,
    is_in_time_for_solicitation,
    may_solicit,
    was_solicited,
)
from sellingpartner.market.messaging.tables import messages
from sellingpartner.market.messaging.texts import check_text
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import order_of
from sellingpartner.storage.unit import UnitOfWork

ANSWER = "answer"
LONGEST_ANSWER = 4000
_LONGEST_NAME = 255


class NotAllowedNow(Unauthorized):
    """The order is not one, or not yet, or no longer, about which this may be sent."""

    def __init__(self, kind: str, order: Order, allowed: list[str]) -> None:
        super().__init__(message="Invalid amazonOrderId and template combination.")
        self.because(
            f"About order {order.order_id}, which is {order.status.value}, {kind} cannot be sent now; "
            f"what can is {', '.join(allowed) or 'nothing'}."
        )


class NoSolicitation(Unauthorized):
    """The buyer cannot be asked for a review, or not again."""

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message=message)
        self.because(reason)


def send_message(unit: UnitOfWork, order: Order, draft: Draft) -> Message:
    """Send the buyer a message of a kind that is allowed now; raises `NotAllowedNow`, `InvalidInput`."""
    allowed = allowed_kinds(unit, order)
    if draft.kind not in allowed:
        raise NotAllowedNow(draft.kind, order, allowed)
    _check(draft, kinds()[draft.kind])
    resource = f"messaging/v1/orders/{order.order_id}/messages/{draft.kind}"
    for one in draft.attachments:
        attach(unit, one.upload_destination_id, resource=resource)
    message = _keep(unit, order, Sender.SELLER, draft)
    unit.emit(
        MessageSent(
            order_id=order.order_id,
            marketplace_id=order.marketplace_id,
            message_id=message.message_id,
            kind=draft.kind,
        )
    )
    return message


def solicit(unit: UnitOfWork, order: Order) -> Message:
    """Have Amazon ask the buyer for a review and for feedback: once, from 5 to 30 days after delivery."""
    number = unit.next_number("messages")  # of two that ask at once, the second waits here and finds the first
    if not is_in_time_for_solicitation(unit, order):
        raise NoSolicitation(
            "You can\u2019t use this feature to request a review outside the 5-30 day range after the order delivery "
            "date.",
            f"Order {order.order_id} was not delivered, or not 5 to 30 days ago.",
        )
    if not may_solicit(unit, order):
        again = was_solicited(unit, order.order_id)
        raise NoSolicitation(
            "The requested solicitation is not available for this amazonOrderId.",
            f"The buyer of order {order.order_id} was asked already."
            if again
            else f"Order {order.order_id} is {order.status.value}; it must be Shipped.",
        )
    message = _keep(unit, order, Sender.AMAZON, Draft(kind=SOLICITATION), number=number)
    unit.emit(
        SolicitationSent(order_id=order.order_id, marketplace_id=order.marketplace_id, message_id=message.message_id)
    )
    return message


def answer(unit: UnitOfWork, order_id: str, text: str) -> Message:
    """Let the buyer of an order write to the seller."""
    order = order_of(unit, order_id)
    if not text.strip() or len(text) > LONGEST_ANSWER:
        message = f"text must have 1 to {LONGEST_ANSWER} characters."
        raise InvalidInput(message)
    message_ = _keep(unit, order, Sender.BUYER, Draft(kind=ANSWER, text=text))
    unit.emit(
        BuyerAnswered(order_id=order.order_id, marketplace_id=order.marketplace_id, message_id=message_.message_id)
    )
    return message_


def _check(draft: Draft, kind: Kind) -> None:
    """Whether a message holds what its kind is to hold."""
    if kind.text is not None and draft.text is not None:
        check_text(draft.text, kind.text)
    if draft.text is None and (kind.attachments is Attachments.NONE or not draft.attachments):
        missing = "attachments" if kind.text is None else "text"
        raise InvalidInput(f"{missing} is missing; a message of this kind needs it.")
    if kind.attachments is Attachments.NEEDED and not draft.attachments:
        raise InvalidInput("attachments is empty; a message of this kind needs 1 to 5.")
    if len(draft.attachments) > MOST_ATTACHMENTS:
        held = counted(len(draft.attachments), "file")
        raise InvalidInput(f"attachments holds {held}; there can be {MOST_ATTACHMENTS} at most.")
    for one in draft.attachments:
        _check_name(one)
    if draft.coverage_start and draft.coverage_end and draft.coverage_end < draft.coverage_start:
        raise InvalidInput("coverageEndDate is before coverageStartDate.")


def _check_name(one: Attachment) -> None:
    stem, dot, extension = one.file_name.rpartition(".")
    is_name = stem and dot and extension.isalnum() and one.file_name.isprintable()
    if not is_name or len(one.file_name) > _LONGEST_NAME or "/" in one.file_name or "\\" in one.file_name:
        message = (
            f"fileName is {one.file_name[:60]!r}; it must be a file's name with its extension, such as manual.pdf."
        )
        raise InvalidInput(message)


def _keep(unit: UnitOfWork, order: Order, sender: Sender, draft: Draft, *, number: int | None = None) -> Message:
    message = Message(
        message_id=number or unit.next_number("messages"),
        order_id=order.order_id,
        marketplace_id=order.marketplace_id,
        sender=sender,
        sent_at=unit.now,
        said=draft,
    )
    unit.execute(
        messages.insert(),
        {
            "seller_id": unit.seller_id,
            "message_id": message.message_id,
            "order_id": order.order_id,
            "marketplace_id": order.marketplace_id,
            "sender": sender.value,
            "kind": draft.kind,
            "sent_at": unit.now,
            "said": draft,
        },
    )
    return message
