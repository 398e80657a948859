"""What it costs to have Amazon ship what was sold elsewhere: for each unit, each shipment and each order.

Assumed: multi-channel fulfillment of a unit costs what fulfillment costs in the shop, in its column of the highest
price, times a number for the speed and for how many units the order has; parcels that may not go by Amazon's
own carrier cost a twentieth more. Amazon's own tables are not at hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.money.fees.fulfillment import fulfillment_fee
from sellingpartner.market.money.fees.library import fee_table
from sellingpartner.market.money.fees.model import SMALLEST, NotEstimated, Sale
from sellingpartner.market.money.fees.products import Product
from sellingpartner.market.money.fees.referral import money_of
from sellingpartner.market.outbound.speeds import Speed

_DEAREST = 10**12
_PERCENT = Decimal("0.01")


class _Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    least: int
    part: Decimal


class _Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    times: dict[Speed, Decimal]
    units: tuple[_Step, ...]
    blocked: dict[str, Decimal]
    transportation: dict[str, Decimal]
    order: dict[str, Decimal]
    on_delivery: dict[str, Decimal]


class Terms(NamedTuple):
    """On what, besides the goods, the fees of an order depend."""

    marketplace_id: str
    speed: Speed
    units_ordered: int
    is_blocked: bool = False
    """Whether Amazon's own carrier may not have its parcels."""


@cache
def _said() -> _Said:
    path = files("sellingpartner.market.money.fees") / "multi_channel.toml"
    return msgspec.toml.decode(path.read_bytes(), type=_Said, strict=False)


def unit_fee(terms: Terms, product: Product, on: date) -> Money | None:
    """What one unit costs; None for what is too large."""
    currency = MARKETPLACES[terms.marketplace_id].currency
    sale = Sale(
        marketplace_id=terms.marketplace_id,
        category=product.category,
        price=Money(_DEAREST, currency),
        is_amazon_fulfilled=True,
        package=product.package or SMALLEST,
    )
    try:
        core, _ = fulfillment_fee(fee_table(terms.marketplace_id), sale, on)
    except NotEstimated:
        return None
    part = next(step.part for step in reversed(_said().units) if terms.units_ordered >= step.least)
    return core.share(_said().times[terms.speed] * part)


def shipment_fee(terms: Terms, unit_fees: Sequence[Money]) -> Money:
    """What a shipment costs, whose units cost so much."""
    currency = MARKETPLACES[terms.marketplace_id].currency
    fee = _of_currency(_said().transportation, currency)
    if terms.is_blocked:
        fee += sum(unit_fees, start=Money.zero(currency)).share(_said().blocked["percent"] * _PERCENT)
    return fee


def order_fee(marketplace_id: str) -> Money:
    """What an order costs as such."""
    return _of_currency(_said().order, MARKETPLACES[marketplace_id].currency)


def on_delivery_fee(marketplace_id: str) -> Money:
    """What it costs that an order is paid on delivery."""
    return _of_currency(_said().on_delivery, MARKETPLACES[marketplace_id].currency)


def _of_currency(amounts: dict[str, Decimal], currency: str) -> Money:
    return money_of(amounts.get(currency, Decimal(0)), currency)
