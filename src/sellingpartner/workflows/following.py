"""`follow_deliveries`: what has become of the packages that left, until each has arrived or will not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import msgspec

from sellingpartner.client import AsyncSellingPartner, SellingPartner
from sellingpartner.contract.errors import NotFound
from sellingpartner.contract.orders_2026_01_01 import Order, OrderPackage, Status
from sellingpartner.workflows import steps
from sellingpartner.workflows.journal import Entry, Journal
from sellingpartner.workflows.orders import order
from sellingpartner.workflows.steps import Steps

_ENDS = frozenset({Status.DELIVERED.value, Status.UNDELIVERABLE.value, Status.CANCELLED.value})
_LONGEST = timedelta(days=60)
"""A package of which nothing has been heard for so long is followed no more."""
GIVEN_UP = "given up"


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """Where a package is that has left."""

    order_id: str
    reference: str
    carrier: str
    tracking_number: str
    status: str
    """In the words of Orders 2026-01-01, such as `IN_TRANSIT`; empty if the API does not show the package."""
    is_changed: bool
    """Whether it was somewhere else when it was looked at before."""

    @property
    def has_ended(self) -> bool:
        """Whether it has arrived, or will not; it is not looked at again."""
        return self.status in _ENDS

    @property
    def has_failed(self) -> bool:
        """Whether it will not arrive."""
        return self.has_ended and self.status != Status.DELIVERED


OnDelivery = Callable[[Delivery], object]


def follow_deliveries(
    client: SellingPartner, journal: Journal, *, on_delivery: OnDelivery | None = None
) -> tuple[Delivery, ...]:
    """Look where every package is that left and has not arrived, as the journal of `fulfill_orders` knows them.

        for delivery in follow_deliveries(client, Journal("fulfillment.db")):
            print(delivery.order_id, delivery.status)

    Each order is asked for once. A package that has arrived, or will not, is told of once and not looked at again.
    """
    return steps.run(_followed(journal, on_delivery), client)


async def follow_deliveries_async(
    client: AsyncSellingPartner, journal: Journal, *, on_delivery: OnDelivery | None = None
) -> tuple[Delivery, ...]:
    """The same with the asynchronous client; `on_delivery` may be asynchronous, too."""
    return await steps.run_async(_followed(journal, on_delivery), client)


def _followed(journal: Journal, on_delivery: OnDelivery | None) -> Steps[tuple[Delivery, ...]]:
    found: list[Delivery] = []
    seen: dict[str, Order | None] = {}
    for entry in journal.under_way():
        if entry.order_id not in seen:
            seen[entry.order_id] = yield from _order(entry.order_id)
        delivery = _delivery(entry, seen)
        if on_delivery is not None:
            told = delivery
            yield from steps.do(lambda told=told: on_delivery(told))  # type: ignore[misc]
        is_old = not delivery.has_ended and datetime.now(UTC) - entry.begun_at > _LONGEST
        ends = {"is_arrived": 1} if delivery.has_ended or is_old else {}
        journal.note(entry.order_id, entry.reference, seen=GIVEN_UP if is_old else delivery.status, **ends)
        found.append(delivery)
    return tuple(found)


def _order(order_id: str) -> Steps[Order | None]:
    try:
        return (yield from order(order_id))
    except NotFound:
        return None  # Amazon forgets orders after some years; what is left of it is not there any more


def _delivery(entry: Entry, seen: Mapping[str, Order | None]) -> Delivery:
    shown = seen[entry.order_id]
    package = next((one for one in (shown and shown.packages) or () if _is(one, entry)), None)
    status = package.package_status.status.value if package and package.package_status else ""
    return Delivery(
        order_id=entry.order_id,
        reference=entry.reference,
        carrier=entry.method or entry.carrier_name or entry.carrier_code,
        tracking_number=entry.tracking_number,
        status=status,
        is_changed=status != entry.seen,
    )


def _is(package: OrderPackage, entry: Entry) -> bool:
    if entry.tracking_number:
        return package.tracking_number == entry.tracking_number
    return package.package_reference_id == entry.reference
