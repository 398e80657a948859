"""Orders: items, buyers, packages, cancellations, regulated information, pick-up in a store.

An order is one row: its document, and beside it what is searched by. Two versions of Amazon's API are views of it.
"""
