"""Clients whose calls block; each module has a `connect`, and what it gives is a `Blocking`."""
