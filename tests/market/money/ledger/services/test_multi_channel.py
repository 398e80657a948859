"""What orders of other shops cost, what is collected for them, and what is paid for those that were lost."""

from __future__ import annotations

from datetime import timedelta

from books import faults_in
from outside_shop import asks, line, shipments

from sellingpartner.contract import fulfillment_outbound_2020_07_01 as v2020
from sellingpartner.contract.finances_2024_06_19 import ListTransactions
from sellingpartner.contract.finances_v0 import FinancialEvents, ListFinancialEvents
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.money.ledger.questions import EntryFilter, legs_of, page_of_entries
from sellingpartner.market.outbound.commands import cancel
from sellingpartner.market.outbound.questions import find_fulfillment, parcels_by_reference
from sellingpartner.market.shipping.commands import move
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.testing import TestMarket

FEES = ["FBAPerUnitFulfillmentFee", "FBATransportationFee", "OrderFulfillmentFee"]
IN_JAPAN = v2020.Address(
    name="Ann Lee",
    address_line1="1-1 Chiyoda",
    city="Chiyoda",
    state_or_region="Tokyo",
    postal_code="100-0001",
    country_code="JP",
)


def posted(market: TestMarket, kind: str = "MULTI_CHANNEL") -> list[dict[str, int]]:
    """What was posted, entry by entry, by component."""
    with market.market.read(market.seller_account.seller_id) as unit:
        assert faults_in(unit) == []
        found = page_of_entries(unit, EntryFilter(kinds=(kind,))).entries
        legs = legs_of(unit, [one.entry_id for one in found])
        return [{leg.component: leg.effect for leg in legs[one.entry_id] if leg.component} for one in found]


def events(market: TestMarket) -> FinancialEvents:
    market.advance(minutes=3)
    payload = market.seller.send(ListFinancialEvents(posted_after=market.now - timedelta(days=5))).payload
    assert payload is not None
    assert payload.financial_events is not None
    return payload.financial_events


def test_fees_are_posted_when_it_leaves_and_not_before(market: TestMarket) -> None:
    asks(market)
    market.advance(hours=3)
    assert posted(market) == []

    market.advance(days=1)

    (fees,) = posted(market)
    assert set(fees) <= set(FEES)
    assert all(amount < 0 for amount in fees.values())
    assert "FBAPerUnitFulfillmentFee" in fees


def test_what_never_left_costs_nothing(market: TestMarket) -> None:
    asks(market)
    with market.market.write(market.seller_account.seller_id) as unit:
        cancel(unit, "SHOP-1")

    market.advance(days=2)

    assert posted(market) == []


def test_finances_show_it_as_a_shipment_of_a_shop_that_is_not_amazons(market: TestMarket) -> None:
    asks(market)
    market.advance(days=1)
    (fees,) = posted(market)

    (shipment,) = events(market).shipment_event_list or []
    found = market.seller.send(ListTransactions(posted_after=market.now - timedelta(days=5)))

    assert (shipment.seller_order_id, shipment.marketplace_name) == ("SHOP-1", "Non-Amazon US")
    ((total, kind),) = [(one.total_amount, one.transaction_type) for one in found.payload.transactions or []]
    assert total is not None
    assert total.currency_amount is not None
    assert (int(total.currency_amount * 100), kind) == (sum(fees.values()), "Shipment")


def test_cash_is_collected_in_japan_with_its_fee() -> None:
    with TestMarket(marketplaces=[BY_COUNTRY["JP"].marketplace_id]) as market:
        cod = v2020.CODSettings(is_cod_required=True, cod_charge=v2020.Money(currency_code="JPY", value="300"))
        goods = line(
            quantity=2, per_unit_declared_value=None, per_unit_price=v2020.Money(currency_code="JPY", value="1500")
        )
        asks(market, destination_address=IN_JAPAN, cod_settings=cod, items=[goods])
        market.advance(days=1)

        (legs,) = posted(market)

    assert legs["CODItemCharge"] == 3000
    assert legs["CODOrderCharge"] == 300
    assert legs["FBAFulfillmentCODFee"] < 0


def test_a_parcel_that_is_lost_is_paid_for_after_thirty_days(market: TestMarket) -> None:
    asks(market)
    market.advance(days=1)
    assert [one.fulfillment_shipment_status.value for one in shipments(market.seller)] == ["SHIPPED"]
    with market.market.write(market.seller_account.seller_id) as unit:
        order = find_fulfillment(unit, "SHOP-1")
        assert order is not None
        (parcel,) = parcels_by_reference(unit, order).values()
        move(unit, parcel.parcel_id, ParcelStatus.LOST)

    market.advance(days=30, seconds=-1)
    assert posted(market, "ADJUSTMENT") == []
    market.advance(seconds=1)

    ((paid,),) = [list(one.items()) for one in posted(market, "ADJUSTMENT")]
    assert paid[0] == "MULTICHANNEL_ORDER_LOST"
    assert paid[1] > 0
    (row,) = market.report("GET_FBA_REIMBURSEMENTS_DATA", start=market.now - timedelta(days=1)).rows
    assert (row["reason"], row["quantity-reimbursed-cash"]) == ("Lost_Outbound", "2")
    assert row["amazon-order-id"].startswith("S01-")
