"""What happens to queries of the Data Kiosk."""

from __future__ import annotations
