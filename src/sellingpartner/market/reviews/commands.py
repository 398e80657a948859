"""Buyers review what has come; and it is kept why things are sent back.

Assumed: an item can be reviewed once an order, from the arrival of its first package on.
"""

from __future__ import annotations

from collections.abc import Mapping

from sellingpartner.contract.errors import Conflict, InvalidInput
from sellingpartner.market.catalog.questions import found_item
from sellingpartner.market.events.orders import ReturnAsked
from sellingpartner.market.events.reviews import ItemReviewed
from sellingpartner.market.orders.purchase import NON_AMAZON
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.reviews.model import BEST, Mention, ReturnedItem, Review
from sellingpartner.market.reviews.questions import review_of
from sellingpartner.market.reviews.tables import item_reviews, returned_items
from sellingpartner.market.reviews.words import parts_of
from sellingpartner.market.time.chance import chance
from sellingpartner.storage.prepared import Prepared
from sellingpartner.storage.unit import UnitOfWork, on

_insert_review = Prepared(item_reviews.insert())
_insert_returned = Prepared(returned_items.insert())


class CannotBeReviewed(Conflict):
    """The item is not one that its buyer may review, or not yet, or not again."""


def review(unit: UnitOfWork, order_id: str, sku: str, stars: int, topics: Mapping[str, bool]) -> Review:
    """Let the buyer of an order review what was bought under an SKU; `topics` says of which it speaks, and if well.

    Raises `TopicUnknown`, `InvalidInput` and `CannotBeReviewed`.
    """
    if not 1 <= stars <= BEST:
        message = f"stars is {stars}; it must be from 1 to {BEST}."
        raise InvalidInput(message)
    order = order_of(unit, order_id)
    item = next((one for one in order.items if one.sku == sku), None)
    if item is None:
        message = f"Order {order_id} has no item of SKU {sku[:40]!r}."
        raise InvalidInput(message)
    unit.next_number("reviews")  # of two that review at once, the second waits here and finds the first
    if order.sales_channel == NON_AMAZON or not any(package.delivered_at for package in order.packages):
        message = f"Nothing of order {order_id} has come from Amazon's shop yet; it cannot be reviewed."
        raise CannotBeReviewed(message)
    if review_of(unit, order_id, item.order_item_id) is not None:
        message = f"{sku} of order {order_id} was reviewed already."
        raise CannotBeReviewed(message)
    written = Review(
        order_id=order_id,
        order_item_id=item.order_item_id,
        marketplace_id=order.marketplace_id,
        asin=item.asin,
        classification_id=_place_of(unit, item.asin),
        stars=stars,
        mentions=tuple(
            _mention(unit, order_id, topic, is_positive=is_positive) for topic, is_positive in sorted(topics.items())
        ),
        written_at=unit.now,
    )
    _insert_review.run(unit.connection, _row(unit, written))
    unit.emit(
        ItemReviewed(
            order_id=order_id,
            order_item_id=written.order_item_id,
            marketplace_id=written.marketplace_id,
            asin=written.asin,
            stars=stars,
            topics=tuple(one.topic for one in written.mentions),
        )
    )
    return written


@on(ReturnAsked)
def keep_a_reason(unit: UnitOfWork, fact: ReturnAsked) -> None:
    """Keep why units are sent back."""
    for line in fact.lines:
        returned = ReturnedItem(
            order_id=fact.order_id,
            return_id=fact.return_id,
            order_item_id=line.order_item_id,
            marketplace_id=fact.marketplace_id,
            asin=line.asin,
            classification_id=_place_of(unit, line.asin),
            reason=fact.reason,
            asked_at=unit.now,
        )
        _insert_returned.run(unit.connection, _row(unit, returned))


def _mention(unit: UnitOfWork, order_id: str, topic: str, *, is_positive: bool) -> Mention:
    """What is said of a topic, in words that the buyer chooses."""
    parts = parts_of(topic)
    luck = chance(unit, "said of it", order_id, topic)
    part = luck.choice(sorted(parts))
    words = parts[part]
    return Mention(
        topic=topic,
        subtopic=part,
        is_positive=is_positive,
        words=luck.choice(words.good if is_positive else words.ill),
    )


def _place_of(unit: UnitOfWork, asin: str) -> str:
    item = found_item(unit, asin)
    return (item.classification_id if item else None) or ""


def _row(unit: UnitOfWork, one: Review | ReturnedItem) -> dict[str, object]:
    return {name: getattr(one, name) for name in one.__struct_fields__} | {"seller_id": unit.seller_id}
