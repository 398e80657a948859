"""External fulfillment shipments, 2024-09-11: what a seller's locations send, step by step."""

from __future__ import annotations

from sellingpartner.server.api.external_fulfillment_shipments_2024_09_11 import handling, reading

__all__ = ["handling", "reading"]
