"""A shipment on its way to its fulfillment center, and what the center does with it, and finds wrong with it."""
