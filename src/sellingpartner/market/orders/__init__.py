"""Orders: items, buyers, packages, cancellations, regulated information, pick-up in a store.

An order is one row: its document, and beside it what is searched by. Two versions of Amazon's API are views of it.
What it is made of stands at the door (`model.py`, `items.py`, `buyer.py`, `packages.py`, `purchase.py`, `promises.py`,
`regulated.py`, `returns.py`) and reads nothing; `canceling.py` is used by all that can go wrong. What happens to it
stands in these rooms; `pyproject.toml` says which of them may import which:

    placing     a buyer places it, promotions take something off, it is paid for, reviewed, moved to another source
    taxes       which tax is in it, and who collects that
    fulfilling  its packages leave and arrive, or are fetched; what is late; orders from outside the shop
    returning   units come back, and money goes back
    reading     lists of orders, page by page, and as much of each as Amazon shows
    metrics     what was ordered in a stretch of time, as sums
"""
