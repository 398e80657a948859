"""Commands about a seller's money: the ledger, fees, wallets, invoices."""
