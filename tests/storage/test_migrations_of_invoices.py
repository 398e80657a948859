"""A market from before there were invoices takes one in."""

from __future__ import annotations

from old_markets import upgrade_to
from sqlalchemy import text

from sellingpartner.market.invoicing.commands import save_biller
from sellingpartner.market.invoicing.model import Biller, InvoiceFilter
from sellingpartner.market.invoicing.questions import biller_of, page_of_invoices
from sellingpartner.market.market import Market
from sellingpartner.storage.database import Database

SELLER = "A2SHOP"


def test_a_seller_of_an_older_market_has_no_invoices_and_leaves_them_to_amazon(blank_database_url: str) -> None:
    database = Database(blank_database_url)
    with database.remake() as connection:
        upgrade_to(connection, "0049")
        row = {"seller_id": SELLER, "name": "Ada", "region": "NA", "profile": "{}", "joined_at": 1}
        names = ", ".join(row)
        connection.execute(text(f"INSERT INTO sellers ({names}) VALUES ({', '.join(f':{one}' for one in row)})"), row)
    database.close()
    market = Market.open(blank_database_url)

    with market.write(SELLER) as unit:
        before = biller_of(unit)
        wanted = InvoiceFilter(marketplace_id="A2Q3Y263D00KWC", start=unit.now, end=unit.now)
        found = page_of_invoices(unit, wanted).invoices
        save_biller(unit, Biller.SELLER)
        after = biller_of(unit)
    market.close()

    assert (before, after, found) == (Biller.AMAZON, Biller.SELLER, [])
