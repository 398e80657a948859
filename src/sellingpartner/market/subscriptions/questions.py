"""What others may ask of subscriptions."""

from __future__ import annotations

from sellingpartner.market.subscriptions.enrolling import enrolled_in, enrollment_of
from sellingpartner.market.subscriptions.measuring import Figures, deliveries_between, percent
from sellingpartner.market.subscriptions.program import program
from sellingpartner.market.subscriptions.store import deliveries_in, subscription_of, subscriptions_in

__all__ = [
    "Figures",
    "deliveries_between",
    "deliveries_in",
    "enrolled_in",
    "enrollment_of",
    "percent",
    "program",
    "subscription_of",
    "subscriptions_in",
]
