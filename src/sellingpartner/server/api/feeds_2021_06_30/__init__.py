"""Feeds, 2021-06-30: views of the context `feeds`."""

from __future__ import annotations

from sellingpartner.server.api.feeds_2021_06_30 import documents, listings, reading, submitting

PARTS = (submitting, reading, documents, listings)
