"""Product Fees, v0: what selling a product at a price would cost."""

from __future__ import annotations

from sellingpartner.contract import product_fees_v0 as v0
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.counted import counted
from sellingpartner.market.accounts.questions import NotTheSellersMarketplace, participations_of
from sellingpartner.market.amounts import Money
from sellingpartner.market.money import questions as money
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

MOST = 20
"""How many products one call may ask about."""

_CLIENT_ERROR = "There is an client-side error. Please verify your inputs."  # Amazon's own words
_SERVICE_ERROR = "The data that the estimate needs is not available."
_YEN = "JPY"


class IncorrectMarketplace(InvalidInput):
    """A marketplace is named that there is not, or that the seller does not sell in."""

    def __init__(self, reason: str) -> None:
        super().__init__("Incorrect Marketplace identifier.", details=reason)
        self.because(reason)


class TooManyProducts(InvalidInput):
    """One call asks about at least one product and at most twenty."""

    code = "InvalidParameterValue"

    def __init__(self, count: int) -> None:
        super().__init__(f"The request asks about {counted(count, 'product')}; it must be 1 to {MOST}.")


@handles(v0.GetMyFeesEstimateForSKU, reads=True)
def get_my_fees_estimate_for_sku(unit: UnitOfWork, request: v0.GetMyFeesEstimateForSKU) -> v0.GetMyFeesEstimateResponse:
    """The fees of one of the seller's SKUs."""
    return _one(unit, request.fees_estimate_request, v0.IdType.SELLER_SKU, request.seller_sku)


@handles(v0.GetMyFeesEstimateForASIN, reads=True)
def get_my_fees_estimate_for_asin(
    unit: UnitOfWork, request: v0.GetMyFeesEstimateForASIN
) -> v0.GetMyFeesEstimateResponse:
    """The fees of an item of the catalog, whoever sells it."""
    return _one(unit, request.fees_estimate_request, v0.IdType.ASIN, request.asin)


@handles(v0.GetMyFeesEstimates, reads=True)
def get_my_fees_estimates(unit: UnitOfWork, request: v0.GetMyFeesEstimates) -> v0.GetMyFeesEstimatesResponse:
    """The fees of up to twenty products; one that has none says so in its place.

    Assumed: results come in the order in which they were asked for; Amazon does not promise that.
    """
    if not 0 < len(request.body) <= MOST:
        raise TooManyProducts(len(request.body))
    asked = [
        (_present(one.fees_estimate_request, f"[{place}].FeesEstimateRequest"), one)
        for place, one in enumerate(request.body)
    ]
    _check_marketplaces(unit, [about for about, _ in asked])
    return [_result(unit, about, one.id_type, one.id_value) for about, one in asked]


def _one(
    unit: UnitOfWork, sent: v0.FeesEstimateRequest | None, kind: v0.IdType, value: str
) -> v0.GetMyFeesEstimateResponse:
    about = _present(sent, "FeesEstimateRequest")
    _check_marketplaces(unit, [about])
    result = _result(unit, about, kind, value)
    return v0.GetMyFeesEstimateResponse(payload=v0.GetMyFeesEstimateResult(fees_estimate_result=result))


def _present(sent: v0.FeesEstimateRequest | None, place: str) -> v0.FeesEstimateRequest:
    if sent is None:
        message = f"Body field {place} is missing; it must say the marketplace, the price and an identifier."
        raise InvalidInput(message)
    return sent


def _check_marketplaces(unit: UnitOfWork, asked: list[v0.FeesEstimateRequest]) -> None:
    try:
        participations_of(unit, unit.seller_id, including=[one.marketplace_id for one in asked])
    except NotTheSellersMarketplace as refusal:
        raise IncorrectMarketplace(refusal.message) from None


def _result(unit: UnitOfWork, about: v0.FeesEstimateRequest, kind: v0.IdType, value: str) -> v0.FeesEstimateResult:
    """An estimate, or why there is none, for one product.

    Differs: where there is none, Error.Detail tells the reason; Amazon's is empty.
    """
    identifier = v0.FeesEstimateIdentifier(
        marketplace_id=about.marketplace_id,
        seller_id=unit.seller_id,
        id_type=kind,
        id_value=value,
        is_amazon_fulfilled=bool(about.is_amazon_fulfilled),
        price_to_estimate_fees=about.price_to_estimate_fees,
        seller_input_identifier=about.identifier,
        optional_fulfillment_program=about.optional_fulfillment_program,
    )
    try:
        found = money.estimate(_sale(unit, about, kind, value), unit.now)
    except money.NotSold as reason:
        error = _error("Receiver", "DataNotAvailable", _SERVICE_ERROR, reason)
        return v0.FeesEstimateResult(status="ServiceError", fees_estimate_identifier=identifier, error=error)
    except money.NotEstimated as reason:
        error = _error("Sender", "InvalidParameterValue", _CLIENT_ERROR, reason)
        return v0.FeesEstimateResult(status="ClientError", fees_estimate_identifier=identifier, error=error)
    told = v0.FeesEstimate(
        # Differs: the time is told to the second; Amazon tells milliseconds as well.
        time_of_fees_estimation=unit.now.replace(microsecond=0),
        total_fees_estimate=_money_type(found.total),
        fee_detail_list=[_detail(fee) for fee in found.fees],
    )
    return v0.FeesEstimateResult(status="Success", fees_estimate_identifier=identifier, fees_estimate=told)


def _sale(unit: UnitOfWork, about: v0.FeesEstimateRequest, kind: v0.IdType, value: str) -> money.Sale:
    """The sale that is asked about; raises `NotEstimated`.

    Assumed: who does not say who fulfills means the seller, whatever the listing says; points count in Japan alone, at
    one yen each unless their worth is told.
    """
    currency = MARKETPLACES[about.marketplace_id].currency
    prices = about.price_to_estimate_fees
    price = _money(prices.listing_price, "ListingPrice", currency)
    shipping = None if prices.shipping is None else _money(prices.shipping, "Shipping", currency)
    points = _points(prices.points, currency)
    by = money.product_by_asin if kind is v0.IdType.ASIN else money.product_by_sku
    product = by(unit, value, about.marketplace_id)
    return money.Sale(
        marketplace_id=about.marketplace_id,
        category=product.category,
        price=price,
        shipping=shipping,
        points=points,
        is_individual=money.is_individual(unit),
        is_amazon_fulfilled=bool(about.is_amazon_fulfilled),
        program=money.Program(about.optional_fulfillment_program or money.Program.CORE),
        package=product.package,
    )


def _points(points: v0.Points | None, currency: str) -> Money | None:
    if points is None or currency != _YEN:
        return None
    if points.points_monetary_value is not None and points.points_monetary_value.amount is not None:
        return _money(points.points_monetary_value, "PointsMonetaryValue", currency)
    return Money(points.points_number or 0, currency)


def _money(sent: v0.MoneyType, name: str, currency: str) -> Money:
    """An amount in the marketplace's currency; raises `PriceImpossible`."""
    if sent.amount is None or sent.currency_code != currency:
        message = f"{name} is {sent.amount} {sent.currency_code}; it must be an amount in {currency}."
        raise money.PriceImpossible(message)
    return money.money_of(sent.amount, currency)


def _detail(fee: money.Fee) -> v0.FeeDetail:
    included = [
        v0.IncludedFeeDetail(
            fee_type=one.kind.value,
            fee_amount=_money_type(one.amount),
            fee_promotion=_money_type(one.promotion),
            tax_amount=None if one.tax is None else _money_type(one.tax),
            final_fee=_money_type(one.final),
        )
        for one in fee.included
    ]
    return v0.FeeDetail(
        fee_type=fee.kind.value,
        fee_amount=_money_type(fee.amount),
        fee_promotion=_money_type(fee.promotion),
        tax_amount=None if fee.tax is None else _money_type(fee.tax),
        final_fee=_money_type(fee.final),
        included_fee_detail_list=included or None,
    )


def _money_type(amount: Money) -> v0.MoneyType:
    return v0.MoneyType(currency_code=amount.currency, amount=amount.decimal)


def _error(kind: str, code: str, message: str, reason: money.NotEstimated) -> v0.FeesEstimateError:
    return v0.FeesEstimateError(type=kind, code=code, message=message, detail=[{"Reason": reason.message}])
