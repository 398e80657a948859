"""What the Selling Partner API is: its operations and models, one module per API version.

The modules named after an API version (``orders_v0``) are generated from Amazon's published models by
``tools/contract``; the rest, written by hand, is the form they share: `Message` and `OpenEnum` for models,
`Request` and `Operation` for operations, the tree of errors, marketplaces and scopes. This package imports
nothing else of ours, and importing it imports no API.
"""
