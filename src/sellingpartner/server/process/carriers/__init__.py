"""What carries notifications out of the market: one module for each kind of destination."""
