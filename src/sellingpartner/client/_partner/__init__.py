"""The two clients, `SellingPartner` and `AsyncSellingPartner`, and how they are put together; begin with `assembly.py`.

`sellingpartner.client` gives them out; all else here is the client's own.
"""
