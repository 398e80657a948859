"""Reports, 2021-06-30: views of the context `reports`."""

from __future__ import annotations

from sellingpartner.server.api.reports_2021_06_30 import asking, documents, reading, schedules

PARTS = (asking, reading, documents, schedules)
