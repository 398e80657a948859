"""The command `spapi`: calls Amazon or a market, serves a market, and drives a running one over HTTP.

`app.py` puts the commands together. They are in rooms, none of which imports another:

    calling     what calls Amazon, or a market alike: orders, reports, feeds, queries, any operation
    running     a market of one's own: served, its time, its worlds, what goes wrong
    watching    the calls that were made, and what applications are told
    access      sellers, applications, grants, users, tokens
    listing     products, listings, offers, promotions
    stocking    stock, and its ways to Amazon, through it and from it
    buying      what buyers do: orders, returns, parcels, services, subscriptions
    paying      a seller's money

and stand on what they share: `reach` (the way to whoever is called), `asked` (an operation and its request from what
was typed), `words` (what people type, as values) and `shown` (what is printed).
"""

from __future__ import annotations

import sys
from importlib.util import find_spec

_MISSING = (
    "spapi needs more than the client; install it with:"
    " pip install 'sellingpartner[cli]' (or [server], to serve a market)"
)


def main() -> None:
    """Run the command with the arguments that it was given, and end with its exit code."""
    if find_spec("cyclopts") is None or find_spec("rich") is None:
        sys.stderr.write(f"{_MISSING}\n")
        sys.exit(2)
    # Only where they are installed: a client's install has neither.
    from sellingpartner.cli.app import run  # noqa: PLC0415

    sys.exit(run(sys.argv[1:]))
