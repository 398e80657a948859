from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidInput, NotFound, SellingPartnerError
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.questions import order_of
from sellingpartner.testing import Caller, TestMarket


@pytest.fixture
def arrived(market: TestMarket) -> str:
    """An order of two mugs that has reached its buyer."""
    return deliver(market)


def deliver(market: TestMarket) -> str:
    order_id = market.buys(quantity=2)
    with market.market.write(market.seller_account.seller_id) as unit:
        quantities = order_of(unit, order_id).unshipped_quantities()
        orders.ship(unit, order_id, Parcel(reference="1", shipped_at=unit.now, quantities=quantities, carrier_code="X"))
        orders.deliver(unit, order_id)
    return order_id


def test_a_return_is_led_by_hand_from_asked_to_refunded(market: TestMarket, operator: Caller, arrived: str) -> None:
    mug = [v1.UnitsOfSku(sku="MUG-BLUE")]

    asked = operator.send(v1.AskReturn(order_id=arrived, lines=mug, reason="Defective"))
    sent = operator.send(v1.SendReturn(order_id=arrived, return_id=asked.return_id))
    back = operator.send(
        v1.ReceiveReturn(order_id=arrived, return_id=asked.return_id, condition=v1.ReturnCondition.DEFECTIVE)
    )
    given = operator.send(v1.RefundOrder(order_id=arrived, return_id=asked.return_id))
    part = operator.send(v1.RefundOrder(order_id=arrived, amount=Decimal("2.50"), reason="Scratched"))

    assert [one.status for one in (asked, sent, back)] == ["Asked", "OnItsWay", "Received"]
    assert (back.condition, back.received_at) == ("DEFECTIVE", market.now)
    assert (given.lines, given.total.amount) == ([v1.PlacedLine(sku="MUG-BLUE", quantity=1)], "14.99")
    assert (part.lines, part.total.amount) == ([v1.PlacedLine(sku="MUG-BLUE", quantity=0)], "2.50")
    listed = operator.send(v1.ListReturns(order_id=arrived))
    assert listed == v1.OrderReturns(returns=[back], refunds=[given, part])


def test_all_that_has_arrived_comes_back_by_itself(market: TestMarket, operator: Caller, arrived: str) -> None:
    asked = operator.send(v1.AskReturn(order_id=arrived, comes_by_itself=True))
    market.advance(days=20)

    listed = operator.send(v1.ListReturns(order_id=arrived))

    assert asked.lines == [v1.PlacedLine(sku="MUG-BLUE", quantity=2)]
    assert [one.status for one in listed.returns] == ["Received"]
    assert [one.total.amount for one in listed.refunds] == ["29.98"]


@pytest.mark.parametrize(
    ("month", "last"),
    [(3, datetime(2026, 4, 2, 6, 59, 59, tzinfo=UTC)), (11, datetime(2027, 2, 1, 7, 59, 59, tzinfo=UTC))],
)
def test_what_is_asked_back_too_late_is_refused_unless_it_is_allowed(
    operators: Callable[[TestMarket], Caller], month: int, last: datetime
) -> None:
    market = TestMarket(at=datetime(2026, month, 2, 9, 0, tzinfo=UTC))
    operator, arrived = operators(market), deliver(market)
    everything = v1.AskReturn(order_id=arrived)
    market.market.advance_to(last)
    in_time = operator.send(v1.AskReturn(order_id=arrived, lines=[v1.UnitsOfSku(sku="MUG-BLUE")]))
    market.advance(seconds=1)

    with pytest.raises(InvalidInput, match=f"could be sent back until {last:%Y-%m-%dT%H:%M:%SZ}; say isLate"):
        operator.send(everything)
    allowed = operator.send(replace(everything, is_late=True))

    assert [one.lines[0].quantity for one in (in_time, allowed)] == [1, 1]
    assert operator.send(v1.ListReturns(order_id=arrived)).returns == [in_time, allowed]
    market.close()


@pytest.mark.parametrize(
    ("request_", "error", "why"),
    [
        (
            v1.AskReturn(order_id="ORDER", lines=[v1.UnitsOfSku(sku="TEA")]),
            InvalidInput,
            "has no SKU 'TEA'; it has 'M",
        ),
        (
            v1.AskReturn(order_id="ORDER", lines=[v1.UnitsOfSku(sku="MUG-BLUE", quantity=3)]),
            InvalidInput,
            "2 units can",
        ),
        (v1.SendReturn(order_id="ORDER", return_id="R1"), NotFound, "has no return R1"),
        (v1.RefundOrder(order_id="ORDER", return_id="R1"), NotFound, "has no return R1"),
        (
            v1.RefundOrder(order_id="ORDER", amount=Decimal("1.999")),
            InvalidInput,
            "in USD it has 2 decimal places at most",
        ),
        (v1.RefundOrder(order_id="ORDER", amount=Decimal(-1)), InvalidInput, "amount is -1; it must be at least 0.01"),
        (v1.RefundOrder(order_id="ORDER", amount=Decimal(1), return_id="R1"), InvalidInput, "one item"),
        (v1.ListReturns(order_id="111-0000000-0000000"), NotFound, "There is no order"),
    ],
)
def test_what_cannot_be_is_refused(
    operator: Caller,
    arrived: str,
    request_: Any,  # noqa: ANN401 - a request of any kind
    error: type[SellingPartnerError],
    why: str,
) -> None:
    meant = request_ if request_.order_id != "ORDER" else replace(request_, order_id=arrived)

    with pytest.raises(error, match=why):
        operator.send(meant)
