"""Subscriptions and their deliveries, to rows and back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from sellingpartner.contract.errors import NotFound
from sellingpartner.market.orders.buyer import Address, Buyer
from sellingpartner.market.subscriptions.model import Delivery, Outcome, Subscription
from sellingpartner.market.subscriptions.tables import buyer_subscriptions, subscription_deliveries
from sellingpartner.storage.prepared import Prepared
from sellingpartner.storage.unit import UnitOfWork

_subscription = [buyer_subscriptions.c[name] for name in Subscription.__struct_fields__]
_delivery = [subscription_deliveries.c[name] for name in Delivery.__struct_fields__]
_this = (buyer_subscriptions.c.seller_id == bindparam("of_seller")) & (
    buyer_subscriptions.c.subscription_id == bindparam("of_id")
)
_insert = Prepared(buyer_subscriptions.insert())
_go_on = Prepared(buyer_subscriptions.update().where(_this).values(next_at=bindparam("at")))
_end = Prepared(
    buyer_subscriptions.update().where(_this).values(canceled_at=bindparam("at"), canceled_by=bindparam("by"))
)
_insert_delivery = Prepared(subscription_deliveries.insert())


class NoSuchSubscription(NotFound):
    """The seller's buyers have no such subscription."""

    def __init__(self, subscription_id: str) -> None:
        super().__init__(f"There is no subscription {subscription_id[:40]!r}.")


class Subscriber(NamedTuple):
    """Who a subscription is delivered to."""

    buyer: Buyer
    address: Address


def insert_subscription(unit: UnitOfWork, subscription: Subscription, who: Subscriber) -> None:
    """Keep a subscription for the first time."""
    row = {name: getattr(subscription, name) for name in Subscription.__struct_fields__}
    _insert.run(unit.connection, row | who._asdict() | {"seller_id": unit.seller_id})


def subscription_of(unit: UnitOfWork, subscription_id: str) -> Subscription:
    """A subscription that nobody else changes until the unit ends, if it changes; raises `NoSuchSubscription`."""
    at = buyer_subscriptions.c
    wanted = select(*_subscription).where(at.seller_id == unit.seller_id, at.subscription_id == subscription_id)
    row = unit.execute(wanted.with_for_update()).first()
    if row is None:
        raise NoSuchSubscription(subscription_id)
    return Subscription(**row._mapping)


def subscriber_of(unit: UnitOfWork, subscription_id: str) -> Subscriber:
    """Who a subscription is delivered to."""
    at = buyer_subscriptions.c
    wanted = select(at.buyer, at.address).where(at.seller_id == unit.seller_id, at.subscription_id == subscription_id)
    row = unit.execute(wanted).one()
    return Subscriber(row.buyer, row.address)


def go_on(unit: UnitOfWork, subscription_id: str, next_at: datetime) -> None:
    """Say when the next delivery is due."""
    _go_on.run(unit.connection, {"of_seller": unit.seller_id, "of_id": subscription_id, "at": next_at})


def end(unit: UnitOfWork, subscription_id: str, canceled_by: str) -> None:
    """Say that nothing more comes of it."""
    key = {"of_seller": unit.seller_id, "of_id": subscription_id}
    _end.run(unit.connection, key | {"at": unit.now, "by": canceled_by})


def insert_delivery(unit: UnitOfWork, delivery: Delivery) -> None:
    """Keep what became of a delivery."""
    row: dict[str, Any] = {name: getattr(delivery, name) for name in Delivery.__struct_fields__}
    row |= {"seller_id": unit.seller_id, "outcome": delivery.outcome.value}
    _insert_delivery.run(unit.connection, row)


def ship_delivery(unit: UnitOfWork, order_id: str, units: int, minor: int) -> None:
    """Note what of a delivery left."""
    at = subscription_deliveries.c
    this = (at.seller_id == unit.seller_id) & (at.order_id == order_id)
    changed = {
        "shipped_at": unit.now,
        "shipped_units": at.shipped_units + units,
        "shipped_minor": at.shipped_minor + minor,
    }
    unit.execute(subscription_deliveries.update().where(this).values(**changed))


def cancel_delivery(unit: UnitOfWork, order_id: str) -> None:
    """Note that the order of a delivery was canceled."""
    at = subscription_deliveries.c
    this = (at.seller_id == unit.seller_id) & (at.order_id == order_id)
    unit.execute(subscription_deliveries.update().where(this).values(outcome=Outcome.CANCELED.value))


def subscriptions_in(unit: UnitOfWork, marketplace_id: str, skus: Collection[str] | None = None) -> list[Subscription]:
    """Every subscription of a marketplace, canceled ones included, by when they began; of some SKUs, if named."""
    at = buyer_subscriptions.c
    wanted = select(*_subscription).where(at.seller_id == unit.seller_id, at.marketplace_id == marketplace_id)
    if skus is not None:
        wanted = wanted.where(at.sku.in_(sorted(skus)))
    return [Subscription(**row._mapping) for row in unit.execute(wanted.order_by(at.created_at, at.subscription_id))]


def deliveries_in(unit: UnitOfWork, marketplace_id: str, skus: Collection[str] | None = None) -> list[Delivery]:
    """Every delivery of a marketplace, as they were due; of some SKUs, if named."""
    at = subscription_deliveries.c
    wanted = select(*_delivery).where(at.seller_id == unit.seller_id, at.marketplace_id == marketplace_id)
    if skus is not None:
        wanted = wanted.where(at.sku.in_(sorted(skus)))
    rows = unit.execute(wanted.order_by(at.number))
    return [Delivery(**{**row._mapping, "outcome": Outcome(row.outcome)}) for row in rows]
