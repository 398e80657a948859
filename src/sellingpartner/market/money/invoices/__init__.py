"""Invoices: what Amazon asks a seller for its fees and services of a month, read from the ledger."""
