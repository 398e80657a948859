"""Sellers: an application learns who let it in, and where that seller sells."""

from __future__ import annotations

from sellingpartner import SellingPartner
from sellingpartner.testing import TestMarket


def test_an_application_learns_who_let_it_in_and_sells_there(market: TestMarket, client: SellingPartner) -> None:
    places = client.sellers.get_marketplace_participations().payload or []
    account = client.sellers.get_account().payload

    here = [one.marketplace.id for one in places if one.participation.is_participating]
    assert here == [market.marketplace_id]
    assert account is not None
    assert {one.marketplace.id for one in account.marketplace_participation_list} == {market.marketplace_id}
    order_id = market.buys()
    market.advance(minutes=3)
    found = client.orders_v0.get_orders(marketplace_ids=here, created_after="2026-11-01T00:00:00Z").payload
    assert [(one.amazon_order_id, one.marketplace_id) for one in found.orders] == [(order_id, here[0])]
