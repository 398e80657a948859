"""Families of reports, a module each, in rooms by what they tell of; `families.toml` says which knows which types.

`shelf.py`, on which several rooms stand, is what a seller has in a marketplace, SKU by SKU.
"""
