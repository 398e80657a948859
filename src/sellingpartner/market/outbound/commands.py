"""What happens to fulfillment orders: they are created, changed, let go, taken back, missed, and come back."""

from __future__ import annotations

from sellingpartner.market.outbound import tables
from sellingpartner.market.outbound.changing import Change, ItemChange, cancel, miss, update
from sellingpartner.market.outbound.creating import create
from sellingpartner.market.outbound.returning import AskedReturn, ask_return
from sellingpartner.market.outbound.trying import advance_order, move_package, set_status

__all__ = [
    "AskedReturn",
    "Change",
    "ItemChange",
    "advance_order",
    "ask_return",
    "cancel",
    "create",
    "miss",
    "move_package",
    "set_status",
    "update",
]

LISTENING = (tables,)
