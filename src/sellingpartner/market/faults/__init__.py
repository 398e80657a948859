"""Faults that are injected: rules of what is to go wrong, for whom and how often, and the luck by which it does."""
