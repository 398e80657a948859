"""What sellers and buyers write to each other."""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.market.messaging.commands import answer
from sellingpartner.market.messaging.model import Message
from sellingpartner.market.messaging.questions import allowed_kinds, messages_of
from sellingpartner.market.orders.questions import order_of
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.whose import seller_of_order, shop_meant


def list_messages(desk: Desk, request: v1.ListMessages) -> v1.OrderMessages:
    """What was written, and what may be."""
    if request.order_id is None:
        seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    else:
        seller_id = seller_of_order(desk.market, request.order_id)
    with desk.market.read(seller_id) as unit:
        allowed = [] if request.order_id is None else allowed_kinds(unit, order_of(unit, request.order_id))
        return v1.OrderMessages(messages=[_shown(one) for one in messages_of(unit, request.order_id)], allowed=allowed)


def answer_message(desk: Desk, request: v1.AnswerMessage) -> v1.OrderMessages:
    """Let the buyer write."""
    with desk.market.write(seller_of_order(desk.market, request.order_id)) as unit:
        return v1.OrderMessages(messages=[_shown(answer(unit, request.order_id, request.text))])


def _shown(message: Message) -> v1.OrderMessage:
    return v1.OrderMessage(
        message_id=message.message_id,
        order_id=message.order_id,
        marketplace_id=message.marketplace_id,
        sender=message.sender.value,
        kind=message.said.kind,
        text=message.said.text,
        files=[one.file_name for one in message.said.attachments],
        sent_at=message.sent_at,
    )
