"""`spapi fees`."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.shown.printing import print_facts, print_json
from sellingpartner.cli.words.amounts import amount_of, told
from sellingpartner.cli.words.marketplace_names import Marketplace, marketplace_id_of
from sellingpartner.contract.market_v1 import EstimatedFees, EstimateFees


def fees(
    product: str,
    *,
    price: str | None = None,
    shipping: str | None = None,
    fba: Annotated[bool | None, Parameter(negative="--no-fba", show_default=False)] = None,
    asin: Annotated[bool, FLAG] = False,
    seller: str | None = None,
    marketplace: Marketplace = None,
    to: Connection | None = None,
) -> None:
    """Say what selling one unit costs its seller, and what is left of the price.

    Args:
        product: A SKU of the seller.
        price: What it is sold for, in the marketplace's currency; the price of the SKU's offer unless said.
        shipping: What the buyer pays for shipping.
        fba: Amazon fulfills; as the SKU is listed unless said.
        asin: The product is named by its ASIN.
        seller: The seller's id; the market's first seller unless said.
        marketplace: Where, by country (US) or marketplace id; the seller's home unless said.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(
        EstimateFees(
            seller_id=seller,
            marketplace_id=marketplace and marketplace_id_of(marketplace),
            sku=None if asin else product,
            asin=product if asin else None,
            price=amount_of(price, "--price"),
            shipping=amount_of(shipping, "--shipping"),
            is_amazon_fulfilled=fba,
        )
    )
    if to.json:
        print_json(answer)
    else:
        _show(answer)


def _show(answer: EstimatedFees) -> None:
    tier = [] if answer.size_tier is None else [("Size tier", answer.size_tier)]
    shipping = [] if answer.shipping is None else [("Shipping", told(answer.shipping))]
    lines = [
        (fee.type, told(fee.final) + ("" if fee.tax is None else f", tax {fee.tax.amount}")) for fee in answer.fees
    ]
    print_facts(
        [
            ("ASIN", answer.asin),
            ("Category", answer.category),
            *tier,
            ("Price", told(answer.price)),
            *shipping,
            *lines,
            ("Fees", told(answer.total)),
            ("Left", told(answer.proceeds)),
        ]
    )
