"""Reports on what lies at Amazon: how much and where, its ways, what it costs, and what to do about it."""
