"""Boxes of a shipment may come on different days: until the last one is there, its state is mixed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from receiver import Receiver

from sellingpartner.contract.fulfillment_inbound_v0 import (
    GetShipments,
    GetShipmentsQueryType,
    GetShipmentsShipmentStatus,
)
from sellingpartner.market.inbound.receiving import traveling
from sellingpartner.testing import TestMarket


def comes_in(monkeypatch: pytest.MonkeyPatch, late: int) -> None:
    """Have so many boxes of each shipment come later than the others."""
    monkeypatch.setattr(traveling, "late_boxes", lambda _luck, _boxes: late)


def way(harbor: Receiver, market: TestMarket) -> list[tuple[str, str]]:
    """The states of the first shipment by both versions, on its way to the shelf."""
    seen: list[tuple[str, str]] = []
    for _ in range(24 * 40):
        market.advance(hours=1)
        state = str(harbor.shipment(harbor.plan_id, harbor.shipment_id).status), harbor.status_in_v0()
        if state not in seen:
            seen.append(state)
        if state[0] == "CLOSED":
            break
    return seen


def test_a_shipment_is_mixed_until_its_last_box_has_come(market: TestMarket, monkeypatch: pytest.MonkeyPatch) -> None:
    comes_in(monkeypatch, 2)
    harbor = Receiver(market)

    seen = way(harbor, market)

    assert seen[-6:] == [
        ("IN_TRANSIT", "IN_TRANSIT"),
        ("MIXED", "IN_TRANSIT"),
        ("DELIVERED", "DELIVERED"),
        ("CHECKED_IN", "CHECKED_IN"),
        ("RECEIVING", "RECEIVING"),
        ("CLOSED", "CLOSED"),
    ]
    assert harbor.faults() == []


@pytest.mark.parametrize("late", [0, 5])
def test_boxes_that_come_together_are_never_mixed(
    market: TestMarket, monkeypatch: pytest.MonkeyPatch, late: int
) -> None:
    comes_in(monkeypatch, late)

    assert ("MIXED", "IN_TRANSIT") not in way(Receiver(market), market)


def test_what_is_mixed_is_in_transit_to_whoever_asks_the_older_version(
    market: TestMarket, monkeypatch: pytest.MonkeyPatch
) -> None:
    comes_in(monkeypatch, 2)
    harbor = Receiver(market)
    while harbor.shipment(harbor.plan_id, harbor.shipment_id).status != "MIXED":
        market.advance(hours=1)
    asked = GetShipments(
        query_type=GetShipmentsQueryType.DATE_RANGE,
        marketplace_id=market.marketplace_id,
        shipment_status_list=[GetShipmentsShipmentStatus.IN_TRANSIT],
        last_updated_after=market.now - timedelta(days=2),
        last_updated_before=market.now,
    )

    payload = market.seller.send(asked).payload

    assert payload is not None
    assert [one.shipment_id for one in payload.shipment_data or []] == [harbor.confirmed()]
