"""`spapi fees`."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated

from cyclopts import Parameter

from sellingpartner.cli.connection import Connection
from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.marketplace_names import marketplace_id_of
from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.printing import print_facts, print_json
from sellingpartner.contract.market_v1 import EstimatedFees, EstimateFees, Money


def fees(
    product: str,
    *,
    price: str | None = None,
    shipping: str | None = None,
    fba: Annotated[bool | None, Parameter(negative="--no-fba", show_default=False)] = None,
    asin: Annotated[bool, FLAG] = False,
    seller: str | None = None,
    marketplace: str | None = None,
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
            price=_amount(price, "--price"),
            shipping=_amount(shipping, "--shipping"),
            is_amazon_fulfilled=fba,
        )
    )
    if to.json:
        print_json(answer)
    else:
        _show(answer)


def _amount(said: str | None, option: str) -> Decimal | None:
    """An amount exactly as it was written."""
    if said is None:
        return None
    try:
        found = Decimal(said)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        message = f"{said!r} is no amount for {option}; write one like 19.99."
        raise CannotDo(message)
    return found


def _show(answer: EstimatedFees) -> None:
    tier = [] if answer.size_tier is None else [("Size tier", answer.size_tier)]
    shipping = [] if answer.shipping is None else [("Shipping", _told(answer.shipping))]
    lines = [
        (fee.type, _told(fee.final) + ("" if fee.tax is None else f", tax {fee.tax.amount}")) for fee in answer.fees
    ]
    print_facts(
        [
            ("ASIN", answer.asin),
            ("Category", answer.category),
            *tier,
            ("Price", _told(answer.price)),
            *shipping,
            *lines,
            ("Fees", _told(answer.total)),
            ("Left", _told(answer.proceeds)),
        ]
    )


def _told(amount: Money) -> str:
    return f"{amount.amount} {amount.currency_code}"
