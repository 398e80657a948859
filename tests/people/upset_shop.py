"""A busy shop to whose money more happens than an order's everyday."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from busy_shop import BusyShop
from outside_trade import trades

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.market.money.ledger import commands as money
from sellingpartner.storage.unit import UnitOfWork

CURRENCIES = {"US": "USD", "DE": "EUR", "JP": "JPY"}


def upsets(shop: BusyShop, unit: UnitOfWork) -> None:
    """Let something happen to the money of the shop that is not an order's everyday."""
    luck, currency = shop.luck, CURRENCIES[shop.country]
    order_id = luck.choice(shop.placed)
    number = unit.next_number("upsets")
    what = luck.randrange(6)
    if what == 0:
        cost = luck.randint(1, 30000)
        money.charge(unit, money.ServiceCharge(component="VineFee", minor=cost, currency=currency, source=f"v{number}"))
    elif what == 1:
        money.claim(unit, order_id, luck.choice([money.ClaimKind.GUARANTEE, money.ClaimKind.CHARGEBACK]))
    elif what == 2:
        money.claim(unit, order_id, luck.choice([money.ClaimKind.SAFE_T, money.ClaimKind.RETROCHARGE]), 250)
    elif what == 3:
        money.pay_out(unit, currency)
    elif what == 4:
        money.fail(unit, luck.randint(1, 3))
    else:
        money.change_policy(unit, currency, bank_works=luck.random() < 0.7, card_works=luck.random() < 0.7)


def lives(shop: BusyShop, purchases: int) -> Iterator[None]:
    """Let so many buyers come, and others to the seller's other shop; after each, somebody may look at the books."""
    elsewhere = Random(f"another shop of {shop.country}")
    for _ in range(purchases):
        shop.lives(1, at_most_hours=60)
        trades(shop, elsewhere)
        if shop.placed:
            try:
                with shop.market.market.write(shop.market.seller_account.seller_id) as unit:
                    upsets(shop, unit)
            except SellingPartnerError as refused:
                shop.refusals.append(str(refused))
        yield
