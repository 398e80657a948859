"""Any operation by its name, and its request from what was typed: read from the contract."""
