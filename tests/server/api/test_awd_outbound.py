"""Units on their way out of AWD and into FBA: outbound orders, replenishment orders, those that AWD makes by itself."""

from __future__ import annotations

import pytest
from distributor import MUG, Distributor, cases
from modeled import check_form
from msgspec import structs

from sellingpartner.contract import awd_2024_05_09 as awd
from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.market.distribution.commands import lose_by_hand, set_policy
from sellingpartner.market.distribution.model import Kind, Policy
from sellingpartner.market.events.distribution import AwdOutboundFailed, ReplenishmentArrived
from sellingpartner.market.inventory.commands import adjust, make_available
from sellingpartner.market.inventory.model import Condition, Place
from sellingpartner.testing import TestMarket

FORM = "awd_2024-05-09.json"
BASE = "/awd/2024-05-09"
LAMP = "LAMP-OAK"


@pytest.fixture
def seller(market: TestMarket) -> Distributor:
    found = Distributor(market)
    found.stores()
    return found


def outbound(seller: Distributor, **said: object) -> str:
    return seller.seller.send(awd.CreateOutbound(**said)).order_id  # type: ignore[arg-type] # fields of the request


def shown(seller: Distributor, order_id: str) -> awd.OutboundOrder:
    return seller.seller.send(awd.GetOutbound(order_id=order_id))


def units(quantity: int, sku: str = MUG) -> list[awd.ProductQuantity]:
    return [awd.ProductQuantity(sku=sku, quantity=quantity)]


def test_a_replenishment_moves_units_through_their_states_into_fba(seller: Distributor, market: TestMarket) -> None:
    order_id = seller.replenishes(40)
    seen: list[tuple[str, tuple[int | None, ...], tuple[int | None, ...]]] = []
    for step in [1] * 20 + [3600] * 30 * 24:
        state = (str(seller.replenishment(order_id).status), seller.levels()[1:], seller.fba()[1:])
        seen += [state] if not seen or state != seen[-1] else []
        if state[0] == "SUCCESS":
            break
        market.advance(seconds=step)

    assert seen == [
        ("CREATED", (100, 0, 0), (0, 0, 0)),
        ("VALIDATING", (100, 0, 0), (0, 0, 0)),
        ("CONFIRMED", (60, 40, 0), (0, 0, 0)),
        ("EXECUTING", (60, 40, 0), (0, 0, 0)),
        ("INVENTORY_OUTBOUND", (60, 40, 0), (0, 0, 0)),
        ("INVENTORY_OUTBOUND", (60, 0, 40), (40, 0, 0)),
        ("INVENTORY_OUTBOUND", (60, 0, 40), (0, 40, 0)),
        ("SUCCESS", (60, 0, 0), (0, 0, 40)),
    ]
    market.advance(days=2)
    order = seller.replenishment(order_id)
    assert [one.shipment_status for one in order.outbound_shipments] == ["CLOSED"]
    assert [(one.sku, one.quantity) for one in order.shipped_products or []] == [(MUG, 40)]
    (arrived,) = market.facts(ReplenishmentArrived)
    assert (arrived.units, arrived.boxes, arrived.is_automatic) == (40, 4, False)


def test_a_manual_order_waits_for_its_confirmation(seller: Distributor, market: TestMarket) -> None:
    order_id = seller.replenishes(40, mode="MANUAL")
    with pytest.raises(InvalidInput, match="to be confirmed it must be ELIGIBLE") as early:
        seller.seller.send(awd.ConfirmReplenishmentOrder(order_id=order_id))
    market.advance(days=2)
    assert (seller.replenishment(order_id).status, seller.levels()) == ("ELIGIBLE", (0, 100, 0, 0))

    seller.seller.send(awd.ConfirmReplenishmentOrder(order_id=order_id))

    assert early.value.code == "BAD_REQUEST"
    assert (seller.replenishment(order_id).status, seller.levels()) == ("CONFIRMED", (0, 60, 40, 0))
    with pytest.raises(InvalidInput, match="is CONFIRMED; to be confirmed"):
        seller.seller.send(awd.ConfirmReplenishmentOrder(order_id=order_id))
    assert seller.levels() == (0, 60, 40, 0)


def test_a_replenishment_takes_what_there_is_and_says_what_is_missing(seller: Distributor, market: TestMarket) -> None:
    order_id = seller.replenishes(250)
    market.advance(seconds=15)

    order = seller.replenishment(order_id)

    assert (order.status, seller.levels()) == ("CONFIRMED", (0, 0, 100, 0))
    assert [(one.sku, one.quantity) for one in order.eligible_products or []] == [(MUG, 100)]
    (short,) = order.distribution_ineligible_reasons or []
    assert (short.failure_code, short.sku) == ("INSUFFICIENT_INVENTORY", MUG)
    assert short.failure_reasons == ["250 units were requested and 100 are available."]


def test_what_awd_has_nothing_of_is_ineligible(seller: Distributor, market: TestMarket) -> None:
    order_id = seller.replenishes(5, "MUG-RED")
    market.advance(seconds=15)

    assert seller.replenishment(order_id).status == "INELIGIBLE"
    with pytest.raises(InvalidInput, match="is INELIGIBLE"):
        seller.seller.send(awd.ConfirmReplenishmentOrder(order_id=order_id))


def test_two_orders_do_not_get_the_same_units(seller: Distributor, market: TestMarket) -> None:
    first, second = (seller.replenishes(70, mode="MANUAL") for _ in range(2))
    market.advance(seconds=15)
    seller.seller.send(awd.ConfirmReplenishmentOrder(order_id=first))

    seller.seller.send(awd.ConfirmReplenishmentOrder(order_id=second))
    market.advance(days=20)

    assert [seller.replenishment(one).status for one in (first, second)] == ["SUCCESS", "SUCCESS"]
    assert [(seller.replenishment(one).shipped_products or [])[0].quantity for one in (first, second)] == [70, 30]
    assert (seller.levels(), seller.fba()) == ((0, 0, 0, 0), (0, 0, 0, 100))


def test_an_order_for_units_that_are_gone_is_not_confirmed(seller: Distributor, market: TestMarket) -> None:
    first, second = (seller.replenishes(100, mode="MANUAL") for _ in range(2))
    market.advance(seconds=15)
    seller.seller.send(awd.ConfirmReplenishmentOrder(order_id=first))

    with pytest.raises(InvalidInput, match="Nothing is left"):
        seller.seller.send(awd.ConfirmReplenishmentOrder(order_id=second))

    assert (seller.replenishment(second).status, seller.levels()) == ("ELIGIBLE", (0, 0, 100, 0))


def test_an_outbound_order_takes_all_or_nothing_unless_it_may_take_part(
    seller: Distributor, market: TestMarket
) -> None:
    order_id = outbound(seller, products_to_outbound=units(150))
    assert shown(seller, order_id).order_status == "DRAFT"
    market.advance(seconds=15)
    assert shown(seller, order_id).order_status == "INELIGIBLE"

    part = awd.OrderAttribute(
        order_preference=awd.OrderPreference.PARTIAL_ORDER, order_preference_value=awd.OrderPreferenceValue.SET
    )
    changed = structs.replace(shown(seller, order_id), order_preferences=[part])
    assert seller.seller.send(awd.UpdateOutbound(order_id=order_id, body=changed)).order_id == order_id
    assert shown(seller, order_id).order_status == "VALIDATING"
    market.advance(seconds=15)
    seller.seller.send(awd.ConfirmOutbound(order_id=order_id))

    order = shown(seller, order_id)
    assert (order.order_status, order.confirmed_on, seller.levels()) == ("CONFIRMED", market.now, (0, 0, 100, 0))
    with pytest.raises(InvalidInput, match="is CONFIRMED; to be changed"):
        seller.seller.send(awd.UpdateOutbound(order_id=order_id, body=changed))


def test_an_outbound_order_by_the_case_arrives_at_fba(seller: Distributor, market: TestMarket) -> None:
    order_id = outbound(seller, packages_to_outbound=[cases(3, (MUG, 10))])
    market.advance(seconds=15)
    eligible = shown(seller, order_id)
    assert [one.count for one in eligible.eligible_packages_to_outbound or []] == [3]
    seller.seller.send(awd.ConfirmOutbound(order_id=order_id))
    market.advance(days=20)

    order = shown(seller, order_id)
    (shipment,) = order.outbound_shipments
    assert (order.order_status, shipment.shipment_status, seller.fba()) == ("SUCCESS", "CLOSED", (0, 0, 0, 30))
    assert [one.count for one in order.shipped_outbound_packages or []] == [3]
    assert shipment.origin_address.name.startswith("Amazon IUS")
    for path, definition in ((f"/outboundOrders/{order_id}", "OutboundOrder"), ("/outboundOrders", "OutboundListing")):
        check_form(seller.seller.call("GET", BASE + path).json(), FORM, definition)


def test_cases_that_never_came_are_not_eligible(seller: Distributor, market: TestMarket) -> None:
    order_id = outbound(seller, packages_to_outbound=[cases(3, (MUG, 7))])
    market.advance(seconds=15)

    order = shown(seller, order_id)

    assert order.order_status == "INELIGIBLE"
    assert [one.failure_code for one in order.execution_errors or []] == ["NO_SUCH_CASES"]


def test_the_two_kinds_of_orders_are_lists_of_their_own(seller: Distributor, market: TestMarket) -> None:
    filled, taken = [], []
    for _ in range(3):
        filled.append(seller.replenishes(1, mode="MANUAL"))
        taken.append(outbound(seller, products_to_outbound=units(1)))
        market.advance(minutes=1)
    asked, seen = awd.ListReplenishmentOrders(max_results=2), []
    while True:
        page = seller.seller.send(asked)
        seen += [one.order_id for one in page.orders or []]
        if page.next_token is None:
            break
        asked = structs.replace(asked, next_token=page.next_token)

    assert seen == filled[::-1]
    listed = seller.seller.send(awd.ListOutbounds(sort_order=awd.SortOrder.ASCENDING)).outbound_orders or []
    assert [one.order_id for one in listed] == taken
    for path, definition in (
        (f"/replenishmentOrders/{filled[0]}", "ReplenishmentOrder"),
        ("/replenishmentOrders", "ReplenishmentOrderListing"),
    ):
        check_form(seller.seller.call("GET", BASE + path).json(), FORM, definition)
    with pytest.raises(NotFound):
        shown(seller, filled[0])
    other = Distributor(market, market.caller(seller=market.join("Quay Goods")))
    with pytest.raises(NotFound):
        other.replenishment(filled[0])
    with pytest.raises(NotFound):
        other.seller.send(awd.ConfirmOutbound(order_id=taken[0]))
    assert other.seller.send(awd.ListOutbounds()).outbound_orders == []


def test_a_shipment_that_is_lost_fails_its_order_and_is_paid_for(seller: Distributor, market: TestMarket) -> None:
    order_id = seller.replenishes(40)
    while seller.levels()[3] != 40:
        market.advance(hours=1)
    (transfer,) = seller.replenishment(order_id).outbound_shipments
    with market.market.write(seller.seller.seller_id) as unit:
        lose_by_hand(unit, Kind.REPLENISHMENT, order_id, transfer.shipment_id)
    market.advance(days=60)  # Amazon looks into it first

    order = seller.replenishment(order_id)
    assert (order.status, order.outbound_shipments[0].shipment_status) == ("FAILURE", "FAILED")
    assert (seller.levels(), seller.fba()) == ((0, 60, 0, 0), (0, 0, 0, 0))
    assert len(market.facts(AwdOutboundFailed)) == 1
    paid = [one for one in market.facts("TransactionPosted") if one.kind == "ADJUSTMENT"]  # type: ignore[attr-defined] # its own
    assert [one.total_minor > 0 for one in paid] == [True]  # type: ignore[attr-defined] # as above


def test_units_that_are_counted_away_on_their_way_do_not_come(seller: Distributor, market: TestMarket) -> None:
    order_id = seller.replenishes(40)
    while seller.fba()[1] != 40:
        market.advance(hours=1)
    with market.market.write(seller.seller.seller_id) as unit:
        adjust(unit, MUG, Place.FBA, on_hand=5, condition=Condition.INBOUND_SHIPPED, reference="count")
    market.advance(days=10)

    assert (seller.replenishment(order_id).status, seller.levels()) == ("SUCCESS", (0, 60, 0, 0))
    assert seller.fba() == (0, 5, 0, 0)


def test_fba_is_filled_by_itself_where_it_runs_low(market: TestMarket) -> None:
    seller = Distributor(market)
    seller.stores(cases(20, (LAMP, 6)))
    with market.market.write(seller.seller.seller_id) as unit:
        set_policy(unit, Policy(sku=LAMP, least=30, most=50))
        make_available(unit, LAMP, Place.FBA, 20, reference="test")

    market.advance(days=20)

    orders = seller.seller.send(awd.ListReplenishmentOrders()).orders or []
    assert [(one.status, [each.quantity for each in one.products or []]) for one in orders] == [("SUCCESS", [30])]
    assert (seller.fba(LAMP), seller.levels(LAMP)) == ((0, 0, 0, 50), (0, 90, 0, 0))
    assert [one.is_automatic for one in market.facts(ReplenishmentArrived)] == [True]


def test_a_seller_may_keep_a_sku_for_itself(market: TestMarket) -> None:
    seller = Distributor(market)
    seller.stores(cases(5, (LAMP, 6)))
    with market.market.write(seller.seller.seller_id) as unit:
        make_available(unit, LAMP, Place.FBA, 0, reference="test")
        set_policy(unit, Policy(sku=LAMP, is_automatic=False))

    market.advance(days=20)

    assert seller.seller.send(awd.ListReplenishmentOrders()).orders == []
    assert seller.levels(LAMP) == (0, 30, 0, 0)


def test_what_sells_well_is_kept_for_some_weeks(market: TestMarket) -> None:
    seller = Distributor(market)
    for _ in range(10):
        market.buys(LAMP, 3)
    seller.stores(cases(40, (LAMP, 5)))
    with market.market.write(seller.seller.seller_id) as unit:
        make_available(unit, LAMP, Place.FBA, 10, reference="test")
    market.advance(days=2)

    (order,) = seller.seller.send(awd.ListReplenishmentOrders()).orders or []

    assert [one.quantity for one in order.products or []] == [35]  # 42 days of one a day, less ten, in whole cases


@pytest.mark.parametrize(
    ("policy", "why"),
    [
        (Policy(sku="NOBODY-HAS-IT"), "Invalid SKU"),
        (Policy(sku=MUG, least=-1), "minimum is -1"),
        (Policy(sku=MUG, least=9, most=5), "more than the maximum"),
    ],
)
def test_bounds_that_cannot_be_are_refused(market: TestMarket, policy: Policy, why: str) -> None:
    with pytest.raises(InvalidInput, match=why), market.market.write(market.seller.seller_id) as unit:
        set_policy(unit, policy)
