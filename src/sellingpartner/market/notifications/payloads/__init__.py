"""What is told of what: a module for the facts of each context, which turns them into Amazon's payloads."""

from __future__ import annotations

from sellingpartner.market.notifications.payloads import (
    accounts,
    catalog,
    data_kiosk,
    feeds,
    inventory,
    labels,
    listings,
    money,
    offers,
    orders,
    outbound,
    parcels,
    pricing,
    product_types,
    reports,
)

ALL = (
    accounts,
    catalog,
    data_kiosk,
    feeds,
    inventory,
    labels,
    listings,
    money,
    offers,
    orders,
    outbound,
    parcels,
    pricing,
    product_types,
    reports,
)
"""Importing them subscribes them to what they tell of."""
