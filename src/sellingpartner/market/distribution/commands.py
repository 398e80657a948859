"""What others may do with AWD. Importing this brings its tables and all that time does there."""

from __future__ import annotations

from sellingpartner.market.distribution import executing, tables
from sellingpartner.market.distribution.executing import lose_by_hand
from sellingpartner.market.distribution.inbound import (
    Draft,
    cancel_inbound,
    change_inbound,
    confirm_inbound,
    draft_inbound,
)
from sellingpartner.market.distribution.outbound import Order, change_outbound, confirm_outbound, draft_outbound
from sellingpartner.market.distribution.receiving import Harm, receive_by_hand
from sellingpartner.market.distribution.replenishing import set_policy
from sellingpartner.market.distribution.storing import store_by_hand
from sellingpartner.market.distribution.traveling import ship, tell_transport

LISTENING = (tables, executing)

__all__ = [
    "Draft",
    "Harm",
    "Order",
    "cancel_inbound",
    "change_inbound",
    "change_outbound",
    "confirm_inbound",
    "confirm_outbound",
    "draft_inbound",
    "draft_outbound",
    "lose_by_hand",
    "receive_by_hand",
    "set_policy",
    "ship",
    "store_by_hand",
    "tell_transport",
]
