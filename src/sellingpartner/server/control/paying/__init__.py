"""A seller's money: the ledger, fees, wallets, invoices."""
