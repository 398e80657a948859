"""The lifecycles of an order, of its regulated information and of its pick-up in a store."""

from __future__ import annotations

from enum import StrEnum

from sellingpartner.market.events.orders import (
    InvoiceAwaited,
    InvoiceConfirmed,
    OrderCanceled,
    OrderPaid,
    OrderPickedUp,
    OrderShipped,
    OrderUnfulfillable,
    PackageShipped,
    PickupRefused,
    PreorderReleased,
    VerificationApproved,
    VerificationCanceled,
    VerificationExpired,
    VerificationRejected,
)
from sellingpartner.market.time.lifecycle import Lifecycle
from sellingpartner.storage.events import Event


class OrderStatus(StrEnum):
    """Where an order stands."""

    PENDING_AVAILABILITY = "PendingAvailability"
    PENDING = "Pending"
    UNSHIPPED = "Unshipped"
    PARTIALLY_SHIPPED = "PartiallyShipped"
    SHIPPED = "Shipped"
    INVOICE_UNCONFIRMED = "InvoiceUnconfirmed"
    CANCELED = "Canceled"
    UNFULFILLABLE = "Unfulfillable"


# Assumed: of an order that has partly shipped only the rest can be canceled, and the order is then Shipped.
LIFECYCLE: Lifecycle[OrderStatus] = {
    OrderStatus.PENDING_AVAILABILITY: {
        PreorderReleased: OrderStatus.PENDING,
        OrderCanceled: OrderStatus.CANCELED,
    },
    OrderStatus.PENDING: {
        OrderPaid: OrderStatus.UNSHIPPED,
        OrderCanceled: OrderStatus.CANCELED,
        OrderUnfulfillable: OrderStatus.UNFULFILLABLE,
    },
    OrderStatus.UNSHIPPED: {
        PackageShipped: OrderStatus.PARTIALLY_SHIPPED,
        OrderShipped: OrderStatus.SHIPPED,
        InvoiceAwaited: OrderStatus.INVOICE_UNCONFIRMED,
        OrderCanceled: OrderStatus.CANCELED,
        OrderUnfulfillable: OrderStatus.UNFULFILLABLE,
    },
    OrderStatus.PARTIALLY_SHIPPED: {
        PackageShipped: OrderStatus.PARTIALLY_SHIPPED,
        OrderShipped: OrderStatus.SHIPPED,
        InvoiceAwaited: OrderStatus.INVOICE_UNCONFIRMED,
    },
    OrderStatus.INVOICE_UNCONFIRMED: {InvoiceConfirmed: OrderStatus.SHIPPED},
    OrderStatus.SHIPPED: {},
    OrderStatus.CANCELED: {},
    OrderStatus.UNFULFILLABLE: {},
}

DEEDS: dict[type[Event], str] = {
    PreorderReleased: "be released",
    OrderPaid: "be paid",
    OrderCanceled: "be canceled",
    OrderUnfulfillable: "be given up as unfulfillable",
    PackageShipped: "ship",
    OrderShipped: "ship",
    InvoiceAwaited: "wait for its invoice",
    InvoiceConfirmed: "have its invoice confirmed",
    VerificationApproved: "be approved",
    VerificationRejected: "be rejected",
    VerificationExpired: "expire",
    VerificationCanceled: "be canceled",
    OrderPickedUp: "be picked up",
    PickupRefused: "be refused at the pick-up",
}
"""What becomes of an order, or of its review, by each fact, as a refusal says it: `to be paid it must be Pending`."""

UNPAID = frozenset({OrderStatus.PENDING_AVAILABILITY, OrderStatus.PENDING})
"""The states in which an order hides its address and its prices."""

SHIPPABLE = frozenset({OrderStatus.UNSHIPPED, OrderStatus.PARTIALLY_SHIPPED})
"""The states in which a package may leave."""

OPEN = UNPAID | SHIPPABLE
"""The states that still lead somewhere by themselves: few orders of many, so they have an index of their own."""

APART = frozenset(OrderStatus) - OPEN - {OrderStatus.SHIPPED}
"""The states, neither open nor shipped, of few orders of many: they have an index of their own, too."""


class VerificationStatus(StrEnum):
    """Where the check of an order's regulated information stands."""

    PENDING = "Pending"
    APPROVED = "Approved"
    REJECTED = "Rejected"
    EXPIRED = "Expired"
    CANCELED = "Cancelled"  # spelled as the API spells it


VERIFICATION: Lifecycle[VerificationStatus] = {
    VerificationStatus.PENDING: {
        VerificationApproved: VerificationStatus.APPROVED,
        VerificationRejected: VerificationStatus.REJECTED,
        VerificationExpired: VerificationStatus.EXPIRED,
        VerificationCanceled: VerificationStatus.CANCELED,
    },
    VerificationStatus.APPROVED: {},
    VerificationStatus.REJECTED: {},
    VerificationStatus.EXPIRED: {},
    VerificationStatus.CANCELED: {},
}


class PickupStatus(StrEnum):
    """Where an order stands that its buyer fetches from a store."""

    READY = "ReadyForPickup"
    PICKED_UP = "PickedUp"
    REFUSED = "RefusedPickup"


PICKUP: Lifecycle[PickupStatus] = {
    PickupStatus.READY: {OrderPickedUp: PickupStatus.PICKED_UP, PickupRefused: PickupStatus.REFUSED},
    PickupStatus.PICKED_UP: {},
    PickupStatus.REFUSED: {},
}
