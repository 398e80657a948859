"""Returns as reports tell of them: each item that comes back, with its order and what was refunded for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import msgspec

from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.money.ledger.selling.refunds import GUARANTEE_CLAIM
from sellingpartner.market.orders.items import OrderItem
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import orders_by_id, page_of_returns, refunds_of_orders
from sellingpartner.market.orders.returns import Refund, Return, ReturnStatus, returnable_until
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.time.chance import number_of
from sellingpartner.storage.unit import UnitOfWork

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_RMA_LENGTH = 9


class Returned(NamedTuple):
    """An item of an order that is sent back."""

    order: Order
    item: OrderItem
    asked: Return
    units: int
    refunds: Sequence[Refund]
    """The refunds of the order, for whatever reason."""

    @property
    def refunded_minor(self) -> int:
        """What was given back for this return of this item."""
        lines = (line for refund in self.refunds if refund.return_id == self.asked.return_id for line in refund.lines)
        return -sum(line.amounts.total for line in lines if line.order_item_id == self.item.order_item_id)

    @property
    def is_claimed(self) -> bool:
        """Whether the buyer was given its money back under Amazon's guarantee."""
        return any(refund.reason == GUARANTEE_CLAIM for refund in self.refunds)

    @property
    def is_in_policy(self) -> bool:
        """Whether it was asked for in time."""
        came = [package.delivered_at for package in self.order.packages if package.delivered_at is not None]
        return any(self.asked.asked_at <= returnable_until(self.order, one) for one in came)

    @property
    def status(self) -> str:
        """Assumed: a return is Approved as it is asked for, and Completed once it was received and refunded."""
        is_over = self.asked.status is ReturnStatus.RECEIVED and self.refunded_minor
        return "Completed" if is_over else "Approved"


def returned_since(
    unit: UnitOfWork, asked: Asked, channel: FulfillmentChannel, *, start: datetime | None
) -> Iterator[Returned]:
    """Items of a channel whose return was asked for from some moment up to the end of a report's time."""
    after = None
    while True:
        page = page_of_returns(unit, start=start, end=asked.end, after=after)
        order_ids = {one.order_id for one in page.found}
        orders, refunds = orders_by_id(unit, order_ids), refunds_of_orders(unit, order_ids)
        for one in page.found:
            order = orders[one.order_id]
            if order.channel is channel and order.marketplace_id in asked.marketplace_ids:
                for item_id, units in one.quantities.items():
                    yield Returned(order, order.item(item_id), one, units, refunds.get(one.order_id, ()))
        after = page.next_key
        if after is None:
            return


@cache
def _reasons() -> dict[str, str]:
    path = files("sellingpartner.market.reports.families.orders") / "return_reasons.toml"
    return msgspec.toml.decode(path.read_bytes(), type=dict[str, str])


def reason_of(asked: Return) -> str:
    """Amazon's word for why something comes back."""
    return _reasons().get(asked.reason, "NO_REASON_GIVEN")


def rma_id_of(unit: UnitOfWork, asked: Return) -> str:
    """Amazon's number of a return: nine characters and RRMA."""
    return f"{_lettered(number_of(unit.seed, 'rma', unit.seller_id, asked.return_id), _RMA_LENGTH)}RRMA"


def plate_of(unit: UnitOfWork, asked: Return, item_id: str, place: int) -> str:
    """The license plate that a fulfillment center puts on a returned unit."""
    number = number_of(unit.seed, "license plate", unit.seller_id, asked.return_id, item_id, place)
    return f"LPN{_lettered(number, 4).upper()}{number % 10**9:09d}"


def _lettered(number: int, length: int) -> str:
    letters = []
    for _ in range(length):
        number, place = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[place])
    return "".join(letters)
