"""A store's shipments on both databases, told through the public client."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from storekeeper import MUG, labeled, made_ready, options, ordered, packed, processed, reported, shipment, shipments_in

from sellingpartner.contract import external_fulfillment_shipments_2024_09_11 as api
from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.contract.external_fulfillment_returns_2024_09_11 import ListReturns
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.orders.commands import ask_return, receive_return
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.supply.questions import stock_at
from sellingpartner.market.supply.stock import set_unplaced
from sellingpartner.testing import TestMarket


def test_shipments_move_leave_and_come_back(database_url: str) -> None:
    market = TestMarket(database_url)
    quay, barn = market.opens_store("QUAY", {MUG: 4}), market.opens_store("BARN", {MUG: 4}, ships="MARKETPLACE")
    with market.market.write(market.seller.seller_id) as unit:
        set_unplaced(unit, MUG, 0)
    moving, staying = ordered(market, from_store="QUAY"), ordered(market, from_store="QUAY")
    processed(market, moving, "REJECT", ("1", "OUT_OF_STOCK"))
    market.advance(minutes=2)
    [moved] = shipments_in(market, "ACCEPTED", location_id=barn)
    made_ready(market, staying)
    reported(market, staying, "SHIPPED")
    reported(market, staying, "DELIVERED")
    processed(market, moved.id, "CONFIRM")
    packed(market, moved.id)
    options(market, moved.id)
    labeled(market, moved.id)
    reported(market, moved.id, "SHIPPED")

    with market.market.write(market.seller.seller_id) as unit:
        order_id = shipment(market, staying).shipment_info.buyer_order_id
        [item] = order_of(unit, order_id).items
        back = ask_return(unit, order_id, quantities={item.order_item_id: 1}, reason="Missed")
        receive_return(unit, order_id, back.return_id)
        at_quay, at_barn = stock_at(unit, quay, MUG), stock_at(unit, barn, MUG)
        pool = stock_of(unit, MUG, Place.SELLER)

    assert (at_quay.on_hand, at_quay.reserved) == (1, 0)
    assert (at_barn.on_hand, at_barn.reserved) == (3, 0)
    assert (pool.on_hand, pool.reserved) == (4, 0)
    [listed] = market.seller.send(ListReturns(return_location_id=quay)).returns or []
    assert listed.status == "DELIVERED"
    market.close()


def test_a_shipment_that_many_confirm_and_reject_at_once_has_one_fate(database_url: str) -> None:
    market = TestMarket(database_url)
    quay = market.opens_store("QUAY", {MUG: 4})
    shipment_id = ordered(market, from_store="QUAY")
    callers = [market.caller() for _ in range(4)]
    done: list[str] = []

    def answer(number: int) -> None:
        confirms = number % 2 == 0
        operation = api.ProcessShipmentOperation.CONFIRM if confirms else api.ProcessShipmentOperation.REJECT
        line = api.LineItemWithReason(line_item=api.LineItem(id="1"), reason=api.Reason.CUSTOMER_REQUESTED)
        body = None if confirms else api.ShipmentAcknowledgementRequest(line_items=[line])
        with suppress(SellingPartnerError):
            callers[number].send(api.ProcessShipment(shipment_id=shipment_id, operation_=operation, body=body))
            done.append(operation.value)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(answer, range(4)))

    # Confirmed and then rejected is a fate, too; nothing is done twice.
    assert sorted(done) in (["CONFIRM", "REJECT"], ["REJECT"])
    assert shipment(market, shipment_id).status == "CANCELLED"
    with market.market.read(market.seller.seller_id) as unit:
        held = stock_at(unit, quay, MUG)
    assert (held.on_hand, held.reserved) == (4, 0)
    market.close()
