"""What is added up of products over days: what was sold, what was looked at."""

from __future__ import annotations

import msgspec

from sellingpartner.market.orders.metrics.by_day import DayOfLines
from sellingpartner.market.traffic.visits import Visits


class Side(msgspec.Struct):
    """Sums over all buyers, or over those that are businesses. Amounts are minor units."""

    placed: int = 0
    """Lines that were ordered, canceled ones as well."""
    items: int = 0
    units: int = 0
    sales: int = 0
    units_shipped: int = 0
    orders_shipped: int = 0
    sales_shipped: int = 0
    units_refunded: int = 0
    sales_refunded: int = 0
    claims: int = 0
    """A-to-z guarantee claims that were granted."""
    claimed: int = 0
    browser_sessions: int = 0
    app_sessions: int = 0
    browser_views: int = 0
    app_views: int = 0
    featured_views: int = 0

    @property
    def sessions(self) -> int:
        """All visits."""
        return self.browser_sessions + self.app_sessions

    @property
    def views(self) -> int:
        """All views of pages."""
        return self.browser_views + self.app_views

    def add_lines(self, lines: DayOfLines) -> None:
        """Add what was ordered."""
        self.placed += lines.placed
        self.items += lines.items
        self.units += lines.units
        self.sales += lines.sales_minor


class Counts(msgspec.Struct):
    """Sums over all buyers, and over businesses, which are among all."""

    every: Side = msgspec.field(default_factory=Side)
    b2b: Side = msgspec.field(default_factory=Side)

    def add_visits(self, visits: Visits) -> None:
        """Add visits of a day."""
        every, b2b = self.every, self.b2b
        every.browser_sessions += visits.browser_sessions
        every.app_sessions += visits.app_sessions
        every.browser_views += visits.browser_views
        every.app_views += visits.app_views
        every.featured_views += visits.featured_views
        b2b.browser_sessions += visits.browser_sessions_b2b
        b2b.app_sessions += visits.app_sessions_b2b
        b2b.browser_views += visits.browser_views_b2b
        b2b.app_views += visits.app_views_b2b
        b2b.featured_views += visits.featured_views_b2b
