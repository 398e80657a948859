"""`spapi invoicing`."""

from __future__ import annotations

from typing import Literal

from cyclopts import App

from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.reach.tables import Printed
from sellingpartner.contract.market_v1 import GetInvoicing, InvoiceBiller, Invoicing, SetInvoicing

app = App(name="invoicing", help="Who writes a seller's tax invoices of what Amazon ships in Brazil.")
_BILLERS = {"amazon": InvoiceBiller.AMAZON, "seller": InvoiceBiller.SELLER}


@app.command
def show(*, seller: str | None = None, to: Connection | None = None) -> None:
    """Show who writes the invoices.

    Args:
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    to = to or Connection()
    _show(to, to.send(GetInvoicing(seller_id=seller)))


@app.command(name="by")
def set_biller(biller: Literal["amazon", "seller"], *, seller: str | None = None, to: Connection | None = None) -> None:
    """Say who writes the invoices from now on: with the seller's, orders leave only after their invoice.

    Args:
        biller: Amazon, or the seller itself.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    to = to or Connection()
    _show(to, to.send(SetInvoicing(biller=_BILLERS[biller], seller_id=seller)))


def _show(to: Connection, found: Invoicing) -> None:
    Printed(to, csv=False).show(found, ("Seller", "Invoices by"), [(found.seller_id, found.biller.value)], empty="")
