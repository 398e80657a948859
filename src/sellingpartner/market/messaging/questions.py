"""What others may ask of messaging: what may be sent about an order at this moment, and what was."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Row, select

from sellingpartner.market.catalog.questions import items_of
from sellingpartner.market.messaging.kinds import Trait, arrived_at, is_allowed, kinds
from sellingpartner.market.messaging.model import SOLICITATION, Message, Sender
from sellingpartner.market.messaging.tables import messages
from sellingpartner.market.orders.lifecycle import OrderStatus
from sellingpartner.market.orders.model import Order
from sellingpartner.storage.unit import UnitOfWork

SOLICITED_FROM, SOLICITED_UNTIL = timedelta(days=5), timedelta(days=30)
"""Between which times after its delivery an order's buyer can be asked for a review."""

_DIGITAL = ("SOFTWARE", "DIGITAL", "VIDEO_GAME", "DOWNLOADABLE")
_SERVICE = ("SERVICE",)


def allowed_kinds(unit: UnitOfWork, order: Order) -> list[str]:
    """The names of the kinds of messages that may be sent about an order at this moment."""
    traits = _traits(unit, order)
    return [name for name, kind in kinds().items() if is_allowed(kind, order, traits, unit.now)]


def is_in_time_for_solicitation(unit: UnitOfWork, order: Order) -> bool:
    """Whether it is neither too early nor too late to ask an order's buyer for a review.

    Assumed: an order that was shipped in several packages is delivered when the last one has arrived.
    """
    arrived = arrived_at(order)
    return arrived is not None and arrived + SOLICITED_FROM <= unit.now <= arrived + SOLICITED_UNTIL


def may_solicit(unit: UnitOfWork, order: Order) -> bool:
    """Whether an order's buyer can be asked for a review now: once, in time, and not for what was canceled."""
    return (
        order.status is OrderStatus.SHIPPED
        and is_in_time_for_solicitation(unit, order)
        and not was_solicited(unit, order.order_id)
    )


def was_solicited(unit: UnitOfWork, order_id: str) -> bool:
    """Whether an order's buyer was asked for a review already."""
    wanted = select(messages.c.message_id).where(
        messages.c.seller_id == unit.seller_id, messages.c.order_id == order_id, messages.c.kind == SOLICITATION
    )
    return unit.execute(wanted.limit(1)).first() is not None


def messages_of(unit: UnitOfWork, order_id: str | None = None, *, limit: int = 100) -> list[Message]:
    """What was said last, about an order or about all of a seller's, the newest first."""
    wanted = select(messages).where(messages.c.seller_id == unit.seller_id)
    if order_id is not None:
        wanted = wanted.where(messages.c.order_id == order_id)
    return [_message(row) for row in unit.execute(wanted.order_by(messages.c.message_id.desc()).limit(limit))]


def _traits(unit: UnitOfWork, order: Order) -> set[Trait]:
    """What an order is besides.

    Assumed: an order is for something digital, or for a service, if the product type of one of its items says so.
    """
    types = [item.product_type for item in items_of(unit, {line.asin for line in order.items}).values()]
    found = {
        Trait.CUSTOMIZED: any(line.customized_url is not None for line in order.items),
        Trait.DIGITAL: any(word in kind for kind in types for word in _DIGITAL),
        Trait.SERVICE: any(word in kind for kind in types for word in _SERVICE),
    }
    return {trait for trait, holds in found.items() if holds}


def _message(row: Row[tuple[object, ...]]) -> Message:
    return Message(
        message_id=row.message_id,
        order_id=row.order_id,
        marketplace_id=row.marketplace_id,
        sender=Sender(row.sender),
        sent_at=row.sent_at,
        said=row.said,
    )
