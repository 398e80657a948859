"""What sellers send to Amazon's warehouses."""
