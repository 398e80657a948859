"""Removal orders by hand: what is refused changes nothing."""

from __future__ import annotations

import pytest

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import Conflict, InvalidInput, NotFound, SellingPartnerError
from sellingpartner.testing import Caller, TestMarket

LAMP = "LAMP-OAK"


def of_lamps(units: int, number: str | None = None) -> v1.CreateRemoval:
    return v1.CreateRemoval(items=[v1.WantedUnits(sku=LAMP, sellable=units)], removal_id=number)


def test_an_order_is_handed_in_shown_and_taken_back(market: TestMarket, operator: Caller) -> None:
    made = operator.send(of_lamps(4, "R 1/ä"))
    shown = operator.send(v1.GetRemoval(removal_id="R 1/ä"))
    canceled = operator.send(v1.CancelRemoval(removal_id="R 1/ä"))

    assert (made.status, made.kind, [one.requested for one in made.lines]) == ("Pending", v1.RemovalKind.RETURN, [4])
    assert shown == made
    assert (canceled.status, canceled.lines[0].canceled) == ("Cancelled", 4)
    assert [one.removal_id for one in operator.send(v1.ListRemovals()).removals] == ["R 1/ä"]
    assert market.seller.stock(LAMP) == 100


@pytest.mark.parametrize(
    ("asked", "refusal", "said"),
    [
        (of_lamps(101), InvalidInput, "99 sellable units can be removed"),
        (of_lamps(1, "TAKEN"), Conflict, "was handed in before"),
        (of_lamps(1, "a\x00b"), InvalidInput, "NUL"),
        (v1.CreateRemoval(items=[]), InvalidInput, "1 to 500 items"),
        (v1.CreateRemoval(items=[v1.WantedUnits(sku="x" * 41, sellable=1)]), InvalidInput, "is not a SKU"),
        (
            v1.CreateRemoval(items=[v1.WantedUnits(sku=LAMP, sellable=1), v1.WantedUnits(sku=LAMP, unsellable=1)]),
            InvalidInput,
            "Each SKU stands once",
        ),
        (v1.CancelRemoval(removal_id="NONE"), NotFound, "There is no removal order 'NONE'"),
        (v1.GetRemoval(removal_id="a\x00b"), InvalidInput, "NUL"),
        (v1.GetRemoval(removal_id="NONE"), NotFound, "There is no removal order"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_put_aside(
    market: TestMarket,
    operator: Caller,
    asked: v1.CreateRemoval | v1.CancelRemoval | v1.GetRemoval,
    refusal: type[SellingPartnerError],
    said: str,
) -> None:
    operator.send(of_lamps(1, "TAKEN"))

    with pytest.raises(refusal, match=said):
        operator.send(asked)

    assert len(operator.send(v1.ListRemovals()).removals) == 1
    assert market.seller.stock(LAMP) == 99


def test_another_sellers_order_is_not_there(market: TestMarket, operator: Caller) -> None:
    operator.send(of_lamps(1, "MINE"))
    mine = market.seller_account.seller_id
    other = market.join("Somebody Else").seller_id

    with pytest.raises(NotFound):
        operator.send(v1.GetRemoval(removal_id="MINE", seller_id=other))
    with pytest.raises(NotFound):
        operator.send(v1.CancelRemoval(removal_id="MINE", seller_id=other))

    assert operator.send(v1.GetRemoval(removal_id="MINE", seller_id=mine)).status == "Pending"
