"""Shipments that a seller's own locations fulfill, step by step, and what comes back to those locations.

Which location has an order is `supply`'s to say, what becomes of the order `orders`', who carries a package
`shipping`'s. Here stands how far a location is with it.
"""
