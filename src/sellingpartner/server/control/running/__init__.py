"""What the market is like: its time, its worlds, its sandbox, what goes wrong."""
