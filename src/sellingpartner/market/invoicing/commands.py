"""What happens to invoices: they are handed in, asked for, issued and exported."""

from __future__ import annotations

from sellingpartner.market.invoicing.delivering import hand_in
from sellingpartner.market.invoicing.exporting import export
from sellingpartner.market.invoicing.issuing import request_invoice
from sellingpartner.market.invoicing.store import save_biller
from sellingpartner.market.invoicing.submitting import submit

__all__ = ["export", "hand_in", "request_invoice", "save_biller", "submit"]
