"""Fulfillment Outbound 2020-07-01: fourteen operations, a view of the context `outbound`."""

from __future__ import annotations

from sellingpartner.server.api.fulfillment_outbound_2020_07_01 import (
    changing,
    features,
    offers,
    orders,
    previews,
    returns,
    tracking,
)

__all__ = ["changing", "features", "offers", "orders", "previews", "returns", "tracking"]
