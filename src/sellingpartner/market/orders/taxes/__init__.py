"""Taxes of orders: which rates there are, and who collects them."""
