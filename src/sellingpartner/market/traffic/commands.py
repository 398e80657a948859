"""What traffic notes down: importing this registers its table and what it hears of."""

from __future__ import annotations

from sellingpartner.market.traffic import featuring, tables

PARTS = (tables, featuring)
