"""What reports do: importing this registers their due things and their work."""

from __future__ import annotations

from sellingpartner.market.reports import making, queue, scheduling, settling, tables

PARTS = (tables, queue, making, scheduling, settling)
