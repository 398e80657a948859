"""`spapi promotion`."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import App

from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.reach.moments import day_or_time
from sellingpartner.cli.reach.tables import Printed
from sellingpartner.cli.words.amounts import amount_of, told
from sellingpartner.cli.words.marketplace_names import Marketplace, marketplace_id_of
from sellingpartner.contract.market_v1 import (
    CreatePromotion,
    EndPromotion,
    ListPromotions,
    PromotionKind,
    Promotions,
    SellerPromotion,
)

app = App(name="promotion", help="Promotions and coupons, which take something off a seller's prices for a while.")
_COLUMNS = ("Promotion", "Kind", "Name", "State", "SKUs", "Off", "Begins", "Ends", "Spent", "Budget", "Marketplace")


@app.command
def create(
    sku: str,
    *more: str,
    ends: str,
    percent: int | None = None,
    amount: str | None = None,
    budget: str | None = None,
    begins: str | None = None,
    kind: Literal["BEST_DEAL", "LIGHTNING_DEAL", "PRICE_DISCOUNT", "COUPON"] = "PRICE_DISCOUNT",
    name: str = "Promotion",
    seller: str | None = None,
    marketplace: Marketplace = None,
    to: Connection | None = None,
) -> None:
    """Create a promotion or a coupon: while it runs, orders of its SKUs get its discount.

    Args:
        sku: A SKU that it is of.
        more: More SKUs.
        ends: When it is over, such as 2026-12-24 or 2026-12-24T12:00Z.
        percent: How many percent it takes off; either this or an amount.
        amount: What it takes off each unit, in the marketplace's currency.
        budget: How much it takes off in all; a coupon needs one.
        begins: When it begins; now unless said.
        kind: What buyers see it as.
        name: What it is called.
        seller: The seller's id; the market's first seller unless said.
        marketplace: Where, by country (US) or marketplace id; the seller's home unless said.
        to: Which market.
    """
    to = to or Connection()
    asked = CreatePromotion(
        skus=[sku, *more],
        ends_at=day_or_time(ends, "--ends"),
        begins_at=None if begins is None else day_or_time(begins, "--begins"),
        percent=percent,
        amount=amount_of(amount, "--amount"),
        budget=amount_of(budget, "--budget"),
        kind=PromotionKind(kind),
        name=name,
        seller_id=seller,
        marketplace_id=None if marketplace is None else marketplace_id_of(marketplace),
    )
    _show(to, to.send(asked))


@app.command(name="list")
def list_promotions(
    *, seller: str | None = None, csv: Annotated[bool, FLAG] = False, to: Connection | None = None
) -> None:
    """List a seller's promotions and coupons, those that are over included.

    Args:
        seller: The seller's id; the market's first seller unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    found = to.send(ListPromotions(seller_id=seller))
    rows = [_row(one) for one in found.promotions]
    Printed(to, csv=csv).show(found, _COLUMNS, rows, empty="The seller has no promotion.")


@app.command
def end(promotion: str, *, seller: str | None = None, to: Connection | None = None) -> None:
    """End a promotion before its time.

    Args:
        promotion: The promotion's id.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    to = to or Connection()
    _show(to, to.send(EndPromotion(promotion_id=promotion, seller_id=seller)))


def _show(to: Connection, one: SellerPromotion) -> None:
    answer: SellerPromotion | Promotions = one
    Printed(to, csv=False).show(answer, _COLUMNS, [_row(one)], empty="")


def _row(one: SellerPromotion) -> tuple[str, ...]:
    return (
        one.promotion_id,
        one.kind.value,
        one.name,
        one.state.value if one.ended_by is None else f"{one.state.value} ({one.ended_by})",
        ", ".join(one.skus),
        told(one.amount) if one.percent is None else f"{one.percent}%",
        f"{one.begins_at:%Y-%m-%dT%H:%M:%SZ}",
        f"{one.ends_at:%Y-%m-%dT%H:%M:%SZ}",
        told(one.spent),
        told(one.budget),
        one.marketplace_id,
    )
