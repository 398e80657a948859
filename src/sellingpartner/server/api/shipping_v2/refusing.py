"""Refusals in the words of Shipping: two words, and the fault in the details."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sellingpartner.market.shipping.refusals import InvalidPurchase, InvalidShipment, NoSuchShipment, Unfit


@contextmanager
def in_shippings_words() -> Iterator[None]:
    """Say what the carriers' network refuses as Shipping does, which is more than Merchant Fulfillment says.

    Assumed: Amazon says of v1 in these words that there is no such shipment, with the status 400; v2 is taken to.
    """
    try:
        yield
    except NoSuchShipment as refused:
        raise _with_reason("Shipment not found for specified shipmentId", refused.reason) from None
    except (InvalidShipment, InvalidPurchase) as refused:
        raise _with_reason(refused.reason, refused.reason) from None


def _with_reason(details: str, reason: str) -> Unfit:
    said = Unfit(details)
    said.because(reason)
    return said
