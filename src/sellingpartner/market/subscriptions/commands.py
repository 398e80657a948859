"""What others may do with subscriptions. Importing this brings their tables and all that time does with them."""

from __future__ import annotations

from sellingpartner.market.subscriptions import tables
from sellingpartner.market.subscriptions.enrolling import enroll
from sellingpartner.market.subscriptions.subscribing import cancel_subscription, subscribe

LISTENING = (tables,)

__all__ = ["cancel_subscription", "enroll", "subscribe"]
