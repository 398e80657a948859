"""What came back, read: answers as the contract says or as well as can be, refusals as errors, pages one by one.

All of this package is the client's own, but for what `sellingpartner.client` gives out of it: `Drift` and `Surprise`.
"""
