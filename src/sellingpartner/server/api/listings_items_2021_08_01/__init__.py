"""Listings Items, 2021-08-01: sellers put, patch, read, search and delete what they list."""

from __future__ import annotations

from sellingpartner.server.api.listings_items_2021_08_01 import reading, searching, submitting

__all__ = ["reading", "searching", "submitting"]
