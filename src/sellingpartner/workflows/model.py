"""What a fulfillment says of itself: orders to ship, how far it is, and what became of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import msgspec

from sellingpartner.contract.orders_2026_01_01 import Order
from sellingpartner.workflows.journal import Entry, Journal
from sellingpartner.workflows.steps import Steps


class Units(msgspec.Struct, frozen=True):
    """So many units of an order's item."""

    order_item_id: str
    quantity: int
    sku: str | None = None


class ToShip(msgspec.Struct, frozen=True, kw_only=True):
    """What of an order is to leave in one package."""

    order: Order
    marketplace_id: str
    reference: str
    """The package's number within the order: the same order and number are the same package, however often asked."""
    units: tuple[Units, ...]
    now: datetime
    """The API's time, as far as it tells; a market's clock may be far from this machine's."""

    @property
    def order_id(self) -> str:
        """The order's id."""
        return self.order.order_id


class Handed(msgspec.Struct, frozen=True, kw_only=True):
    """A package that a carrier has, or is to fetch."""

    carrier_code: str
    """As Amazon lists them, or `Other` with the carrier's name."""
    tracking_number: str
    carrier_name: str | None = None
    method: str | None = None
    cost: str | None = None
    """What a label cost, as text with its currency."""


class Stage(StrEnum):
    """What was just done for an order."""

    FOUND = "found"
    STOCK = "stock"
    CHANNEL = "channel"
    SHIPPED = "shipped"
    CONFIRMED = "confirmed"
    STATUS = "status"
    TOLD = "told"
    ENDED = "ended"


class Result(StrEnum):
    """What became of an order."""

    SHIPPED = "shipped"
    PLANNED = "planned"
    """A dry run would ship it."""
    BY_AMAZON = "by Amazon"
    """Amazon ships it from its own warehouse."""
    HELD = "held"
    """Left for somebody to decide, or for the next run."""
    SHORT = "short"
    """There are not enough units on the shelf."""
    UNCERTAIN = "uncertain"
    """A label may have been bought, and the API does not tell: a person has to look."""
    FAILED = "failed"


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """A step of the way, as soon as it is done."""

    order_id: str
    stage: Stage
    words: str
    done: int
    """How many orders are through."""
    total: int
    outcome: Outcome | None = None
    """What became of the order, where this is its last step."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an order."""

    order_id: str
    result: Result
    words: str = ""
    package: Handed | None = None
    status: str | None = None
    """The order's status after it, as the API tells it."""
    is_told: bool = False
    """Whether the buyer was written to."""
    error: Exception | None = None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What became of all orders, in the order in which they were taken up."""

    outcomes: tuple[Outcome, ...]
    is_dry_run: bool = False

    def of(self, result: Result) -> tuple[Outcome, ...]:
        """The orders of which this became."""
        return tuple(one for one in self.outcomes if one.result is result)

    @property
    def counts(self) -> Mapping[Result, int]:
        """How many there are of each result that there is."""
        return {result: found for result in Result if (found := len(self.of(result)))}

    @property
    def needs_somebody(self) -> bool:
        """Whether an order failed, or is uncertain."""
        return bool(self.of(Result.FAILED) or self.of(Result.UNCERTAIN))


class Uncertain(Exception):
    """Whether something was bought, the API does not tell."""


class Held(Exception):
    """The order is left as it is."""


class ShippingPlan(Protocol):
    """A way to ship: by oneself (`OwnShipping`), or with a label of Amazon's (`BuyLabels`)."""

    def planned(self, parcel: ToShip) -> Steps[str]:
        """Say in words what `shipped` would do, and do nothing; raises `Held`."""

    def shipped(self, parcel: ToShip, journal: Journal) -> Steps[Handed]:
        """Have the package leave, or get ready to, with its journal kept; raises `Held`."""

    def found_again(self, entry: Entry, order: Order) -> Steps[Handed | None]:
        """What became of a package that was begun and of which nothing more is known.

        None if nothing has left, so that it may be begun anew; raises `Uncertain` or `Held`.
        """

    def taken_up(self, parcel: ToShip, entry: Entry) -> Steps[None]:
        """Fetch what a crash may have lost of a package that a carrier has."""

    @property
    def confirms(self) -> bool:
        """Whether shipping so confirms the order's shipment by itself."""
