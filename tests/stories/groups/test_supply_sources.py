"""Supply sources: a store opens, takes orders that are to leave from there, and is given up."""

from __future__ import annotations

from sellingpartner import SellingPartner
from sellingpartner.contract import supply_sources_2020_07_01 as v1
from sellingpartner.market.supply.stock import set_quantity
from sellingpartner.testing import TestMarket

ADDRESS = v1.Address(
    name="North Shed",
    address_line1="1 Quay",
    city="Portland",
    state_or_region="OR",
    postal_code="97205",
    country_code="US",
)


def test_a_store_opens_takes_an_order_and_is_given_up(market: TestMarket, client: SellingPartner) -> None:
    sources = client.supply_sources
    source_id = sources.create_supply_source(supply_source_code="SHED", alias="Shed", address=ADDRESS).supply_source_id
    sources.update_supply_source(
        supply_source_id=source_id,
        alias="North Shed",
        capabilities=v1.SupplySourceCapabilities(outbound=v1.OutboundCapability(is_supported=True)),
    )
    sources.update_supply_source_status(supply_source_id=source_id, status=v1.SupplySourceStatus.ACTIVE)

    listed = sources.get_supply_sources().supply_sources or []
    shown = sources.get_supply_source(supply_source_id=source_id)
    assert [(one.supply_source_id, one.alias) for one in listed] == [(source_id, "North Shed")]
    assert (shown.status, shown.alias) == ("Active", "North Shed")
    with market.market.write(market.seller.seller_id) as unit:
        set_quantity(unit, source_id, "MUG-BLUE", 5)
    order_id = market.buys(supply_source_id=source_id)
    market.advance(minutes=3)
    order = client.orders_v0.get_order(order_id=order_id).payload
    assert order.fulfillment_instruction is not None
    assert order.fulfillment_instruction.fulfillment_supply_source_id == source_id
    found = client.orders_v0.get_orders(
        marketplace_ids=[market.marketplace_id],
        created_after="2026-11-01T00:00:00Z",
        actual_fulfillment_supply_source_id=source_id,
    ).payload.orders
    assert [one.amazon_order_id for one in found] == [order_id]
    sources.archive_supply_source(supply_source_id=source_id)
    assert sources.get_supply_source(supply_source_id=source_id).status == "Archived"
