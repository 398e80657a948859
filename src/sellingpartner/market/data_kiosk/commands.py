"""What the Data Kiosk does: importing this registers its due things and its work."""

from __future__ import annotations

from sellingpartner.market.data_kiosk import queue, running, tables

PARTS = (tables, queue, running)
