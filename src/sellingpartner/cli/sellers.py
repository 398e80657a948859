"""`spapi seller`."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App

from sellingpartner.cli.connection import Connection
from sellingpartner.cli.marketplace_names import marketplace_id_of
from sellingpartner.cli.parameters import SEVERAL
from sellingpartner.cli.printing import print_facts, print_json, print_table
from sellingpartner.contract.market_v1 import CreateSeller, ListSellers

app = App(name="seller", help="Sellers of the market.")


@app.command
def create(
    name: str,
    *,
    marketplace: Annotated[tuple[str, ...], SEVERAL] = ("US",),
    to: Connection | None = None,
) -> None:
    """Open a seller's account.

    Args:
        name: The seller's name.
        marketplace: Where it sells, by country (US) or marketplace id; repeat it for more of the same region.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(CreateSeller(name=name, marketplace_ids=[marketplace_id_of(one) for one in marketplace]))
    if to.json:
        print_json(answer)
    else:
        print_facts([("Seller", answer.seller_id), ("Region", answer.region), ("Marketplaces", answer.marketplace_ids)])


@app.command(name="list")
def list_sellers(*, to: Connection | None = None) -> None:
    """List the sellers."""
    to = to or Connection()
    answer = to.send(ListSellers())
    if to.json:
        print_json(answer)
    else:
        print_table(
            ("Seller", "Name", "Region", "Marketplaces", "Joined"),
            [(one.seller_id, one.name, one.region, one.marketplace_ids, one.joined_at) for one in answer.sellers],
            empty="The market has no seller yet.",
        )
