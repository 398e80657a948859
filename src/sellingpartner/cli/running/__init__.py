"""Commands that run a market, and what it is like: served, its time, its worlds, what goes wrong."""
