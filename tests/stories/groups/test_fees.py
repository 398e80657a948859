"""Fees: what is estimated by SKU, by ASIN and in one go is the same, and is what the sale then costs."""

from __future__ import annotations

from decimal import Decimal

from sellingpartner import SellingPartner
from sellingpartner.contract import product_fees_v0 as v0
from sellingpartner.market.catalog.commands import add_items
from sellingpartner.market.catalog.model import NewItem
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.testing import TestMarket

LAMP = "LAMP-BOXED"
BOXED = NewItem(
    product_type="LAMP",
    title="Oak Lamp",
    brand="Harbor",
    weight_grams=900,
    length_mm=300,
    width_mm=200,
    height_mm=150,
)


def total(result: v0.FeesEstimateResult | None) -> Decimal:
    assert result is not None
    assert result.fees_estimate is not None
    assert result.fees_estimate.total_fees_estimate is not None
    return result.fees_estimate.total_fees_estimate.amount or Decimal(0)


def test_what_is_estimated_is_what_the_sale_costs(market: TestMarket, client: SellingPartner) -> None:
    with market.market.write() as unit:
        (asin,) = add_items(unit, [BOXED])
    listing = market.lists(LAMP, 5900, asin=asin, fulfillment_channel=FulfillmentChannel.AFN)
    price = v0.MoneyType(currency_code="USD", amount=listing.price.decimal)
    asked = v0.FeesEstimateRequest(
        marketplace_id=market.marketplace_id,
        is_amazon_fulfilled=True,
        price_to_estimate_fees=v0.PriceToEstimateFees(listing_price=price),
        identifier="lamp",
    )

    by_sku = client.product_fees.get_my_fees_estimate_for_sku(seller_sku=LAMP, fees_estimate_request=asked).payload
    by_asin = client.product_fees.get_my_fees_estimate_for_asin(asin=listing.asin, fees_estimate_request=asked).payload
    both = client.product_fees.get_my_fees_estimates(
        body=[
            v0.FeesEstimateByIdRequest(fees_estimate_request=asked, id_type=kind, id_value=value)
            for kind, value in ((v0.IdType.SELLER_SKU, LAMP), (v0.IdType.ASIN, listing.asin))
        ]
    )

    assert by_sku is not None
    assert by_asin is not None
    estimates = {total(one) for one in (by_sku.fees_estimate_result, by_asin.fees_estimate_result, *both)}
    assert len(estimates) == 1
    order_id = market.buys(LAMP)
    market.advance(days=30)  # shipped, delivered, and what the money is kept back for has passed
    events = client.finances_v0.list_financial_events_by_order_id(order_id=order_id).payload.financial_events
    assert events is not None
    [event] = events.shipment_event_list or []
    [item] = event.shipment_item_list or []
    charged = [one.fee_amount.currency_amount or 0 for one in item.item_fee_list or [] if one.fee_amount]
    assert estimates == {-sum(charged, Decimal(0))}
