"""Stock by SKU, condition and place, and the ledger of movements that sums to it."""
