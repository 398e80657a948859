"""Removal orders: units that a seller has sent back to it from Amazon's warehouses, or destroyed there."""
