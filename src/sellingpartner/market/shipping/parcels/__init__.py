"""Parcels on their way: each is moved by the clock until it arrives, comes back or is lost."""
