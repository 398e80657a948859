"""Orders to rows and back."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import and_, bindparam, select

from sellingpartner.market.events.orders import Line
from sellingpartner.market.orders.identifiers import is_order_id
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.refusals import MalformedOrderId, NoSuchOrder
from sellingpartner.market.orders.tables import order_lines, orders
from sellingpartner.storage.kept import Kept, as_kept
from sellingpartner.storage.memory import Recollection
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork


class _FoundKept(NamedTuple):
    document: Kept[Order]


_CHANGING = (
    "status",
    "is_open",
    "updated_at",
    "earliest_delivery_at",
    "latest_delivery_at",
    "total_minor",
    "easy_ship_status",
    "invoice_status",
    "document",
)
"""The columns that events change; a seller's own order number has a statement of its own, for its index's sake."""

_this = and_(orders.c.seller_id == bindparam("of_seller"), orders.c.order_id == bindparam("of_order"))
_document = select(as_kept(orders.c.document, Order).label("document")).where(_this)
_find = Question(_document, _FoundKept)
_hold = Question(_document.with_for_update(), _FoundKept)

_HELD: Recollection[tuple[str, str], Kept[Order]] = Recollection()
"""The orders that a transaction holds, or has written: nobody else changes them before it ends."""

_decode = msgspec.json.Decoder(Order).decode
_insert = Prepared(orders.insert())
_insert_lines = Prepared(order_lines.insert())
_update = Prepared(orders.update().where(_this).values({name: bindparam(name) for name in _CHANGING}))
_lower = Prepared(
    order_lines.update()
    .where(
        order_lines.c.seller_id == bindparam("of_seller"),
        order_lines.c.order_id == bindparam("of_order"),
        order_lines.c.order_item_id == bindparam("of_item"),
    )
    .values(
        quantity=order_lines.c.quantity - bindparam("units"), price_minor=order_lines.c.price_minor - bindparam("price")
    )
)
_source = orders.update().where(_this).values(supply_source_id=bindparam("supply_source_id"))
_number = orders.update().where(_this).values(seller_order_id=bindparam("seller_order_id"))


def find_order(unit: UnitOfWork, order_id: str) -> Order:
    """An order to look at; raises `NoSuchOrder`."""
    return kept_order(unit, order_id).read()


def kept_order(unit: UnitOfWork, order_id: str) -> Kept[Order]:
    """An order as it is kept; raises `NoSuchOrder`."""
    held = _HELD.of(unit.memory).get((unit.seller_id, order_id))
    return _found(unit, _find, order_id) if held is None else held


def load_order(unit: UnitOfWork, order_id: str) -> Order:
    """An order to change: nobody else changes it until the unit ends. Raises `NoSuchOrder`."""
    known = _HELD.of(unit.memory)
    held = known.get((unit.seller_id, order_id))
    if held is None:
        held = known[unit.seller_id, order_id] = _found(unit, _hold, order_id)
    return held.read()


def insert_order(unit: UnitOfWork, order: Order) -> None:
    """Keep an order for the first time."""
    row = row_of(unit, order)
    _insert.run(unit.connection, row)
    _insert_lines.run_many(
        unit.connection,
        [
            {
                "seller_id": row["seller_id"],
                "order_id": order.order_id,
                "order_item_id": item.order_item_id,
                "purchased_at": order.purchased_at,
                "marketplace_id": order.marketplace_id,
                "sku": item.sku,
                "asin": item.asin,
                "quantity": item.quantity,
                "price_minor": item.amounts.price,
            }
            for item in order.items
        ],
    )


def save_order(unit: UnitOfWork, order: Order) -> None:
    """Keep an order that has changed, as updated now."""
    order.updated_at = unit.now
    keep_order(unit, order)


def keep_order(unit: UnitOfWork, order: Order) -> None:
    """Keep what changed of an order and nobody outside sees, so that it was not updated."""
    _update.run(
        unit.connection,
        {
            "of_seller": unit.seller_id,
            "of_order": order.order_id,
            "status": order.status.value,
            "is_open": order.is_open,
            "updated_at": order.updated_at,
            "earliest_delivery_at": order.earliest_delivery_at,
            "latest_delivery_at": order.latest_delivery_at,
            "total_minor": order.total.minor,
            "easy_ship_status": order.easy_ship_status,
            "invoice_status": order.invoice_status and order.invoice_status.value,
            "document": _encoded(unit, order),
        },
    )


def lower_lines(unit: UnitOfWork, order_id: str, canceled: Iterable[Line]) -> None:
    """Take canceled units off the lines that are summed."""
    rows = [
        {
            "of_seller": unit.seller_id,
            "of_order": order_id,
            "of_item": line.order_item_id,
            "units": line.quantity,
            "price": line.amounts.price,
        }
        for line in canceled
    ]
    _lower.run_many(unit.connection, rows)


def save_seller_order_id(unit: UnitOfWork, order: Order) -> None:
    """Keep the seller's own number of an order."""
    key = {"of_seller": unit.seller_id, "of_order": order.order_id}
    unit.execute(_number, key | {"seller_order_id": order.seller_order_id})
    save_order(unit, order)


def save_supply_source(unit: UnitOfWork, order: Order) -> None:
    """Keep which supply source ships an order."""
    key = {"of_seller": unit.seller_id, "of_order": order.order_id}
    unit.execute(_source, key | {"supply_source_id": order.supply_source_id})
    save_order(unit, order)


def row_of(unit: UnitOfWork, order: Order) -> dict[str, Any]:
    """An order's row: what it is searched by, and itself."""
    return {
        "seller_id": unit.seller_id,
        "order_id": order.order_id,
        "marketplace_id": order.marketplace_id,
        "status": order.status.value,
        "is_open": order.is_open,
        "channel": order.channel.value,
        "is_business": order.is_business,
        "purchased_at": order.purchased_at,
        "updated_at": order.updated_at,
        "earliest_delivery_at": order.earliest_delivery_at,
        "latest_delivery_at": order.latest_delivery_at,
        "currency": order.currency,
        "total_minor": order.total.minor,
        "payment_method": order.payment_method.value,
        "seller_order_id": order.seller_order_id,
        "buyer_key": buyer_key(unit, order.buyer.email),
        "is_store_pickup": order.is_store_pickup,
        "store_chain_store_id": order.store_chain_store_id,
        "supply_source_id": order.supply_source_id,
        "easy_ship_status": order.easy_ship_status,
        "invoice_status": order.invoice_status and order.invoice_status.value,
        "document": _encoded(unit, order),
    }


def _encoded(unit: UnitOfWork, order: Order) -> msgspec.Raw:
    """An order as it is written; whoever reads it in this transaction is given that."""
    stored = msgspec.json.encode(order)
    _HELD.of(unit.memory)[unit.seller_id, order.order_id] = Kept(stored, _decode)
    return msgspec.Raw(stored)


def buyer_key(unit: UnitOfWork, email: str) -> str:
    """What stands for a buyer's email address where the address itself must not be read."""
    return key_of_buyer(unit.seed, unit.seller_id, email)


def key_of_buyer(seed: int, seller_id: str, email: str) -> str:
    """The same, for a seller of a market with a seed."""
    key = f"{seed}/{seller_id}".encode()
    return blake2b(email.strip().lower().encode(), digest_size=16, key=key).hexdigest()


def _found(unit: UnitOfWork, question: Question[_FoundKept], order_id: str) -> Kept[Order]:
    row = question.first(unit.connection, {"of_seller": unit.seller_id, "of_order": order_id})
    if row is None:
        raise _unknown(order_id)
    return row.document


def _unknown(order_id: str) -> NoSuchOrder | MalformedOrderId:
    return NoSuchOrder(order_id) if is_order_id(order_id) else MalformedOrderId(order_id)
