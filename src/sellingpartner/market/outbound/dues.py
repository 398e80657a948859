"""What happens to fulfillment orders later."""

from __future__ import annotations

from datetime import timedelta

from sellingpartner.market.time.schedule import Due

HOLD_TIME = timedelta(days=14)
WAIT_TIME = timedelta(hours=24)
LOOK_AGAIN = timedelta(hours=1)


class FulfillmentIsPlanned(Due):
    """The network begins to plan a fulfillment order."""

    fulfillment_order_id: str


class FulfillmentIsPicked(Due):
    """A center begins to pick it."""

    fulfillment_order_id: str


class FulfillmentLeaves(Due):
    """A shipment of it leaves."""

    fulfillment_order_id: str
    shipment_id: str


class FulfillmentLooksAgain(Due):
    """It waits for units, and looks whether they have come."""

    fulfillment_order_id: str


class HoldEnds(Due):
    """An order was on hold for so long that it is canceled."""

    fulfillment_order_id: str
