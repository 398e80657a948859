"""Amounts of money as Finances v0 writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sellingpartner.contract import finances_v0 as v0
from sellingpartner.market.amounts import Money
from sellingpartner.market.money.ledger.components import components
from sellingpartner.market.money.ledger.model import Posting


def amount(minor: int, currency: str) -> v0.Currency:
    """An amount."""
    return v0.Currency(currency_code=currency, currency_amount=Money(minor, currency).decimal)


def total(legs: Iterable[Posting], currency: str) -> v0.Currency:
    """What legs do to the seller, together."""
    return amount(sum(leg.effect for leg in legs), currency)


def second(moment: datetime) -> datetime:
    """When something was posted: to the second, as settlements have it."""
    return moment.replace(microsecond=0)


def charges(legs: Iterable[Posting], currency: str, place: str = "charge") -> list[v0.ChargeComponent]:
    """What stands in a place of an event, as charges."""
    return [
        v0.ChargeComponent(charge_type=components()[leg.component].name, charge_amount=amount(leg.effect, currency))
        for leg in legs
        if components()[leg.component].place == place
    ]


def fees(legs: Iterable[Posting], currency: str, place: str = "fee") -> list[v0.FeeComponent]:
    """The fees of a place of an event; the tax on a fee is in it."""
    sums: dict[str, int] = {}
    for leg in legs:
        component = components()[leg.component]
        if component.place == place:
            name = components()[component.tax_of or leg.component].name
            sums[name] = sums.get(name, 0) + leg.effect
    return [v0.FeeComponent(fee_type=name, fee_amount=amount(minor, currency)) for name, minor in sums.items()]


def withheld(legs: Iterable[Posting], currency: str) -> list[v0.TaxWithheldComponent]:
    """The taxes that Amazon keeps back."""
    taxes = charges(legs, currency, "withheld")
    return (
        [v0.TaxWithheldComponent(tax_collection_model="MarketplaceFacilitator", taxes_withheld=taxes)] if taxes else []
    )
