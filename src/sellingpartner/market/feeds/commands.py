"""What feeds do: importing this registers their due things and their work."""

from __future__ import annotations

from sellingpartner.market.feeds import queue, tables, working

PARTS = (tables, queue, working)
