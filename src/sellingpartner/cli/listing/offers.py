"""`spapi offer`."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from cyclopts import App

from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.reach.tables import Printed
from sellingpartner.cli.shown.printing import print_json, print_line
from sellingpartner.cli.words.amounts import amount_of, told
from sellingpartner.cli.words.marketplace_names import Marketplace, marketplace_id_of
from sellingpartner.contract.market_v1 import Compete, ListOffers, ProductOffers, WithdrawOffer

app = App(name="offer", help="Who offers an item, whose offer is featured, and competitors.")
_COLUMNS = ("Featured", "Seller", "Name", "SKU", "Price", "Shipping", "Condition", "Fulfilled by", "Rating", "Stock")


@app.command(name="list")
def list_offers(
    product: str,
    *,
    asin: Annotated[bool, FLAG] = False,
    seller: str | None = None,
    marketplace: Marketplace = None,
    csv: Annotated[bool, FLAG] = False,
    to: Connection | None = None,
) -> None:
    """List who offers an item, cheapest first.

    Args:
        product: A SKU of the seller.
        asin: The product is named by its ASIN.
        seller: The seller's id; the market's first seller unless said.
        marketplace: Where, by country (US) or marketplace id; the seller's home unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    asked = ListOffers(
        asin=product if asin else None,
        sku=None if asin else product,
        seller_id=seller,
        marketplace_id=None if marketplace is None else marketplace_id_of(marketplace),
    )
    _show(to, to.send(asked), csv=csv)


@app.command
def compete(
    asin: str,
    price: str,
    *,
    competitor: str | None = None,
    name: str = "Competitor",
    sku: str | None = None,
    shipping: str | None = None,
    fba: Annotated[bool, FLAG] = False,
    strategy: Literal["HOLD", "MATCH", "UNDERCUT", "SEESAW"] = "HOLD",
    marketplace: Marketplace = None,
    to: Connection | None = None,
) -> None:
    """Let a competitor offer an item, or change the price at which it does.

    Args:
        asin: The item.
        price: What it asks, in the marketplace's currency.
        competitor: The seller id of one that is there, to change its offer; else one joins.
        name: What the one who joins is called.
        sku: Its SKU; the ASIN unless said.
        shipping: What the buyer pays for shipping.
        fba: Amazon fulfills.
        strategy: How the one who joins sets prices afterwards.
        marketplace: Where, by country (US) or marketplace id; the United States unless said.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(
        Compete(
            asin=asin,
            price=amount_of(price, "PRICE") or Decimal(0),
            competitor_id=competitor,
            name=name,
            sku=sku,
            shipping=amount_of(shipping, "--shipping") or Decimal(0),
            is_amazon_fulfilled=fba,
            strategy=strategy,
            marketplace_id=None if marketplace is None else marketplace_id_of(marketplace),
        )
    )
    _show(to, answer, csv=False)


@app.command
def withdraw(competitor: str, sku: str, *, marketplace: Marketplace = None, to: Connection | None = None) -> None:
    """Let a competitor take an offer back.

    Args:
        competitor: Its seller id.
        sku: Its SKU.
        marketplace: Where, by country (US) or marketplace id; the United States unless said.
        to: Which market.
    """
    to = to or Connection()
    here = None if marketplace is None else marketplace_id_of(marketplace)
    answer = to.send(WithdrawOffer(competitor_id=competitor, sku=sku, marketplace_id=here))
    if to.json:
        print_json(answer)
    else:
        print_line(f"{competitor} does not offer {sku} any more.")


def _show(to: Connection, answer: ProductOffers, *, csv: bool) -> None:
    rows = [
        (
            "yes" if one.is_featured else "",
            one.seller_id,
            one.seller_name,
            one.sku,
            told(one.price),
            told(one.shipping),
            one.condition,
            "Amazon" if one.is_amazon_fulfilled else "seller",
            f"{one.positive_rating}% of {one.feedback_count}",
            "in stock" if one.is_available else "sold out",
        )
        for one in answer.offers
    ]
    Printed(to, csv=csv).show(answer, _COLUMNS, rows, empty="Nobody offers it there.")
