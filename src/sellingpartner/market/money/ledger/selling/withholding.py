"""What of a sale is tax, and which tax the marketplace withholds: pure, by a table of countries.

Assumed: the marketplaces of the Emirates, Saudi Arabia and Egypt withhold as the British one does, from sellers from
outside; those of Turkey, South Africa and Mexico withhold nothing sale by sale. Known of India are the names and rates
that are collected and deducted at source; Amazon rounds each line, to the paisa.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files

import msgspec

from sellingpartner.market.events.orders import LineAmounts


class Model(StrEnum):
    """How a country's sales are taxed; `withholding.toml` says what each means."""

    FACILITATOR = "facilitator"
    VAT = "vat"
    LOW_VALUE = "low_value"
    GST = "gst"
    APART = "apart"
    GROSS = "gross"


class Places(msgspec.Struct, frozen=True, kw_only=True):
    """The places that decide: of the marketplace, of the seller, and where the goods go."""

    country: str
    seller_country: str
    is_same_state: bool = False
    """Whether the goods stay in the seller's own state."""


class _Union(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    countries: tuple[str, ...]


class _Gst(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    collected: Decimal
    deducted: Decimal


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    models: Mapping[str, Model]
    unions: tuple[_Union, ...]
    gst: _Gst
    income_tax: Mapping[str, Decimal]


Parts = list[tuple[str, int]]
"""Components, and their effect on the seller."""

_HUNDREDTH = Decimal("0.01")


@cache
def _table() -> _Table:
    place = files("sellingpartner.market.money.ledger.selling") / "withholding.toml"
    return msgspec.toml.decode(place.read_bytes(), type=_Table)


def model_of(country: str) -> Model:
    """How sales in a country's shop are taxed."""
    return _table().models[country]


def income_tax_percent(country: str) -> Decimal | None:
    """The part of a month's sales that is withheld as income tax; None where none is."""
    return _table().income_tax.get(country)


def is_inside(country: str, seller_country: str) -> bool:
    """Whether a seller is at home where it sells, so that it pays the tax itself."""
    if country == seller_country:
        return True
    return any(country in union.countries and seller_country in union.countries for union in _table().unions)


def paid(amounts: LineAmounts, model: Model) -> Parts:
    """What the buyer pays, part by part; it sums to the total that the buyer pays."""
    taxes = LineAmounts() if model is Model.GROSS else amounts
    inside = taxes if amounts.tax_included else LineAmounts()
    parts = (
        ("Principal", amounts.price - inside.tax),
        ("Tax", taxes.tax),
        ("ShippingCharge", amounts.shipping - inside.shipping_tax),
        ("ShippingTax", taxes.shipping_tax),
        ("GiftWrap", amounts.gift_wrap - inside.gift_wrap_tax),
        ("GiftWrapTax", taxes.gift_wrap_tax),
        ("CODItemCharge", amounts.cod_fee),
        ("PromotionPrincipal", inside.promotion_discount_tax - amounts.promotion_discount),
        ("PromotionShipping", inside.shipping_discount_tax - amounts.shipping_discount),
        ("TaxDiscount", -taxes.promotion_discount_tax - taxes.shipping_discount_tax),
        ("Goodwill", amounts.goodwill),
        ("RestockingFee", -amounts.restocking_fee),
        ("ReturnShipping", -amounts.return_shipping),
    )
    return [part for part in parts if part[1]]


def withheld(amounts: LineAmounts, places: Places) -> Parts:
    """The tax that the marketplace withholds of what is paid."""
    model = model_of(places.country)
    if model is Model.FACILITATOR:
        return _all_tax("MarketplaceFacilitatorTax", amounts)
    if model is Model.GST:
        return _at_source(amounts, is_same_state=places.is_same_state)
    if model in {Model.VAT, Model.LOW_VALUE} and not is_inside(places.country, places.seller_country):
        return _all_tax("MarketplaceFacilitatorVAT" if model is Model.VAT else "LowValueGoodsTax", amounts)
    return []


def _all_tax(name: str, amounts: LineAmounts) -> Parts:
    wrap = "Other" if name == "LowValueGoodsTax" else "Giftwrap"
    parts = (
        (f"{name}-Principal", amounts.promotion_discount_tax - amounts.tax),
        (f"{name}-Shipping", amounts.shipping_discount_tax - amounts.shipping_tax),
        (f"{name}-{wrap}", -amounts.gift_wrap_tax),
    )
    return [part for part in parts if part[1]]


def _at_source(amounts: LineAmounts, *, is_same_state: bool) -> Parts:
    """Tax collected at source, of the net value, and tax deducted at source, of the gross value."""
    rates, gross = _table().gst, amounts.total
    net = gross - amounts.all_tax
    collected = _part(net, rates.collected)
    central = collected // 2
    halves = [("TCS-CGST", -central), ("TCS-SGST", central - collected)]
    parts = [*(halves if is_same_state else [("TCS-IGST", -collected)]), ("TDS", -_part(gross, rates.deducted))]
    return [part for part in parts if part[1]]


def _part(minor: int, percent: Decimal) -> int:
    """A percentage of an amount, rounded half away from nothing: what is given back is what was taken."""
    return int((minor * percent * _HUNDREDTH).to_integral_value(ROUND_HALF_UP))
