"""`spapi product`."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App

from sellingpartner.cli.parameters import FLAG, SEVERAL
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.reach.tables import Printed
from sellingpartner.cli.shown.printing import print_facts, print_json
from sellingpartner.cli.words.marketplace_names import NAMED, Marketplace, countries_of, marketplace_id_of
from sellingpartner.contract.market_v1 import CreateProduct, FindProducts, GetProduct, Product

app = App(name="product", help="The catalog: find items, show them, bring them in.")


@app.command(name="list")
def list_products(
    keywords: str,
    *,
    brand: str | None = None,
    marketplace: Marketplace = None,
    limit: int = 20,
    csv: Annotated[bool, FLAG] = False,
    to: Connection | None = None,
) -> None:
    """Find items by words.

    Args:
        keywords: Words that the item has.
        brand: Only of this brand.
        marketplace: Where, by country (US) or marketplace id; the United States unless said.
        limit: How many at most, up to 1,000.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    here = None if marketplace is None else marketplace_id_of(marketplace)
    answer = to.send(FindProducts(keywords=keywords, brand=brand, marketplace_id=here, limit=limit))
    rows = [(one.asin, one.title, one.brand, one.product_type, one.rank, one.offer_count) for one in answer.products]
    columns = ("ASIN", "Title", "Brand", "Product type", "Rank", "Offers")
    Printed(to, csv=csv).show(answer, columns, rows, empty="The catalog has nothing like that.")


@app.command
def show(asin: str, *, marketplace: Marketplace = None, to: Connection | None = None) -> None:
    """Show an item.

    Args:
        asin: Its ASIN.
        marketplace: Where, by country (US) or marketplace id.
        to: Which market.
    """
    to = to or Connection()
    here = None if marketplace is None else marketplace_id_of(marketplace)
    _show(to, to.send(GetProduct(asin=asin, marketplace_id=here)))


@app.command
def create(
    title: str,
    *,
    brand: str = "Generic",
    product_type: str = "PRODUCT",
    gtin: str | None = None,
    marketplace: Annotated[tuple[str, ...], SEVERAL, NAMED] = (),
    to: Connection | None = None,
) -> None:
    """Bring an item into the catalog that nobody offers yet.

    Args:
        title: What it is called.
        brand: Its brand.
        product_type: What it is (MUG, SHIRT, ...).
        gtin: A UPC, an EAN or an ISBN.
        marketplace: Where, by country (US) or marketplace id; repeat it for more. Everywhere unless said.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(
        CreateProduct(
            title=title,
            brand=brand,
            product_type=product_type,
            gtin=gtin,
            marketplace_ids=[marketplace_id_of(one) for one in marketplace],
        )
    )
    _show(to, answer)


def _show(to: Connection, one: Product) -> None:
    if to.json:
        print_json(one)
        return
    print_facts(
        [
            ("ASIN", one.asin),
            ("Title", one.title),
            ("Brand", one.brand),
            ("Product type", one.product_type),
            ("Classification", one.classification),
            ("Rank", one.rank),
            ("Offers", one.offer_count),
            ("Identifiers", one.identifiers),
            ("Parent", one.parent_asin),
            ("Variations", one.child_asins),
            ("Marketplaces", countries_of(one.marketplace_ids)),
        ]
    )
