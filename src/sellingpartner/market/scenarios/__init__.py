"""Scenarios: short files that say how a market begins: sellers, SKUs, orders with a past, faults, credentials."""
