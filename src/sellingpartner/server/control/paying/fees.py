"""What selling something would cost its seller."""

from __future__ import annotations

from decimal import Decimal

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidArgument
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.listings.model import FulfillmentChannel, Listing
from sellingpartner.market.listings.questions import listing_of
from sellingpartner.market.money import questions as money
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.whose import shop_meant
from sellingpartner.storage.unit import UnitOfWork


def estimate_fees(desk: Desk, request: v1.EstimateFees) -> v1.EstimatedFees:
    """Estimate the fees of one unit."""
    seller_id, marketplace_id = shop_meant(desk.market, request.seller_id, request.marketplace_id)
    with desk.market.read(seller_id) as unit:
        listing = _listing(unit, request, marketplace_id)
        asin = listing.asin if listing is not None else request.asin or ""
        price = _price(request, listing, marketplace_id)
        product = money.product_by_asin(unit, asin, marketplace_id)
        sale = money.Sale(
            marketplace_id=marketplace_id,
            category=product.category,
            price=price,
            shipping=None if request.shipping is None else _amount(request.shipping, marketplace_id),
            is_individual=money.is_individual(unit),
            is_amazon_fulfilled=_is_amazon_fulfilled(request, listing),
            package=product.package,
        )
        found = money.estimate(sale, unit.now)
        return v1.EstimatedFees(
            seller_id=seller_id,
            marketplace_id=marketplace_id,
            asin=asin,
            category=sale.category,
            size_tier=found.size_tier,
            price=_told(sale.price),
            shipping=None if sale.shipping is None else _told(sale.shipping),
            fees=[_fee(fee) for fee in found.fees],
            total=_told(found.total),
            proceeds=_told(sale.total - found.total),
            at=unit.now,
        )


def _listing(unit: UnitOfWork, request: v1.EstimateFees, marketplace_id: str) -> Listing | None:
    """The listing under the SKU that is asked about; None for an ASIN."""
    if (request.sku is None) == (request.asin is None):
        message = "The request must name either a sku or an asin."
        raise InvalidArgument(message)
    return None if request.sku is None else listing_of(unit, request.sku, marketplace_id)


def _price(request: v1.EstimateFees, listing: Listing | None, marketplace_id: str) -> Money:
    if request.price is not None:
        return _amount(request.price, marketplace_id)
    if listing is None:
        message = "The request names an asin and no price; say what it is sold for."
        raise InvalidArgument(message)
    return listing.price


def _is_amazon_fulfilled(request: v1.EstimateFees, listing: Listing | None) -> bool:
    if request.is_amazon_fulfilled is not None:
        return request.is_amazon_fulfilled
    return listing is not None and listing.fulfillment_channel is FulfillmentChannel.AFN


def _amount(said: Decimal, marketplace_id: str) -> Money:
    return money.money_of(said, MARKETPLACES[marketplace_id].currency)


def _fee(fee: money.Fee) -> v1.Fee:
    return v1.Fee(
        type=fee.kind.value,
        amount=_told(fee.amount),
        tax=None if fee.tax is None else _told(fee.tax),
        final=_told(fee.final),
    )


def _told(amount: Money) -> v1.Money:
    return v1.Money(currency_code=amount.currency, amount=str(amount))
