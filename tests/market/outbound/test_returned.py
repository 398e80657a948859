"""What comes back to Amazon of orders of another shop is told in the report on returns, with its reason."""

from __future__ import annotations

from outside_shop import asks, shipments

from sellingpartner.contract import fulfillment_outbound_2020_07_01 as v2020
from sellingpartner.market.money.ledger.policies import defaults
from sellingpartner.market.orders.returns import Return
from sellingpartner.market.outbound.returning import return_reasons
from sellingpartner.market.reports.families.orders.returned_lines import reason_of
from sellingpartner.market.reports.families.stock.reimbursements import REASONS
from sellingpartner.testing import TestMarket


def test_a_unit_that_came_back_has_a_row_with_its_reason(market: TestMarket) -> None:
    asks(market)
    market.advance(days=9)
    item = v2020.CreateReturnItem(
        seller_return_item_id="R1",
        seller_fulfillment_order_item_id="1",
        amazon_shipment_id=shipments(market.seller)[0].amazon_shipment_id,
        return_reason_code="CR-MISSING_PARTS",
    )
    market.seller.send(v2020.CreateFulfillmentReturn(seller_fulfillment_order_id="SHOP-1", items=[item]))
    market.advance(days=12)

    (row,) = market.report("GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA").rows

    assert (row["reason"], row["quantity"], row["sku"]) == ("MISSING_PARTS", "1", "LAMP-OAK")


def test_reports_have_a_word_for_every_reason_and_for_all_that_is_paid(market: TestMarket) -> None:
    words = {
        reason_of(Return(return_id="R", order_id="O", quantities={}, reason=one.code, asked_at=market.now))
        for one in return_reasons()
    }

    assert "NO_REASON_GIVEN" not in words
    assert len(words) == len(return_reasons())
    assert set(defaults().research_days) <= set(REASONS)
