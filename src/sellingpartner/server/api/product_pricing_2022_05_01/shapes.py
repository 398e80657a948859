"""Amounts and statuses in the shapes of Product Pricing, 2022-05-01."""

from __future__ import annotations

from http import HTTPStatus

from sellingpartner.contract import product_pricing_2022_05_01 as v2022
from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.market.amounts import Money
from sellingpartner.market.offers.model import Offer

SUCCESS = v2022.HttpStatusLine(status_code=HTTPStatus.OK.value, reason_phrase="Success")


def money(amount: Money) -> v2022.MoneyType:
    """An amount."""
    return v2022.MoneyType(currency_code=amount.currency, amount=amount.decimal)


def of(offer: Offer, minor: int) -> v2022.MoneyType:
    """An amount in an offer's currency."""
    return money(offer.money(minor))


def points(offer: Offer) -> v2022.Points | None:
    """The points that come with an offer, if any do."""
    if not offer.points:
        return None
    return v2022.Points(points_number=offer.points, points_monetary_value=of(offer, offer.points))


def refused(refusal: SellingPartnerError) -> tuple[v2022.HttpStatusLine, list[v2022.Error]]:
    """The status and the errors of an entry that was refused."""
    status = v2022.HttpStatusLine(status_code=refusal.status, reason_phrase="Client Error")
    return status, [v2022.Error(code=refusal.code, message=refusal.message, details=refusal.details or None)]
