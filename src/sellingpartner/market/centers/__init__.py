"""Where units can lie at Amazon: its fulfillment centers and its warehouses for bulk, as data."""
