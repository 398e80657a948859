"""Packages leave and arrive, or are fetched from a store; what does not leave in time is canceled."""
