"""Files that sellers hand to the market, for other operations to refer to."""
