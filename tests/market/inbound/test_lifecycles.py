from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import pytest

from sellingpartner.market.inbound import commands
from sellingpartner.market.inbound.lifecycle import (
    OPERATION,
    PACKING,
    PLACEMENT,
    PLAN,
    SHIPMENT,
    PlacementStatus,
    PlanStatus,
    ShipmentStatus,
    moved,
)
from sellingpartner.market.inbound.operation_kinds import kinds
from sellingpartner.market.inbound.operations import carried_out


@pytest.mark.parametrize("table", [PLAN, PACKING, PLACEMENT, SHIPMENT, OPERATION])
def test_every_state_has_its_row_and_leads_to_states_that_there_are(
    table: Mapping[StrEnum, frozenset[StrEnum]],
) -> None:
    (kind,) = {type(state) for state in table}

    assert set(table) == set(kind)
    assert {to for row in table.values() for to in row} <= set(kind)


def test_a_shipment_goes_its_way_from_a_plan_to_a_shelf() -> None:
    way = ["UNCONFIRMED", "WORKING", "READY_TO_SHIP", "SHIPPED", "IN_TRANSIT", "DELIVERED", "CHECKED_IN", "RECEIVING"]
    state = ShipmentStatus.UNCONFIRMED

    for step in [*way[1:], "CLOSED"]:
        state = moved(SHIPMENT, state, ShipmentStatus(step))

    assert SHIPMENT[state] == frozenset()


def test_what_is_confirmed_or_given_up_stays_so() -> None:
    with pytest.raises(RuntimeError, match="VOIDED does not lead to ACTIVE"):
        moved(PLAN, PlanStatus.VOIDED, PlanStatus.ACTIVE)
    with pytest.raises(RuntimeError, match="ACCEPTED does not lead to EXPIRED"):
        moved(PLACEMENT, PlacementStatus.ACCEPTED, PlacementStatus.EXPIRED)


def test_every_kind_of_operation_is_carried_out_by_somebody() -> None:
    assert commands
    assert carried_out() == set(kinds())
