"""Clients whose calls are awaited; each module has a `connect`, and what it gives is a `Waiting`."""
