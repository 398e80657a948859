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

from sellingpartner.cli.installed import CLI, SERVER, missing_of, what_is_needed

_NEEDED = ("cyclopts", "rich")


def main() -> None:
    """Run the command with the arguments that it was given, and end with its exit code."""
    if missing := missing_of(_NEEDED):
        sys.stderr.write(f"{what_is_needed('spapi', missing, CLI)} (or [{SERVER}], to serve a market)\n")
        sys.exit(2)
    # Only where they are installed: a client's install has neither.
    from sellingpartner.cli.app import run  # noqa: PLC0415

    sys.exit(run(sys.argv[1:]))
