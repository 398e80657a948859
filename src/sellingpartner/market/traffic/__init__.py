"""Who looked at what: visits that lead to the orders there are."""
