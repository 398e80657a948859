from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sellingpartner.market.events.outbound import FulfillmentCanceled
from sellingpartner.market.outbound.lifecycle import (
    CANCELABLE,
    DEEDS,
    LIFECYCLE,
    OPEN,
    POLICIES,
    SHIPMENT,
    FulfillmentStatus,
    Policy,
    ShipmentStatus,
)
from sellingpartner.market.time.lifecycle import IllegalTransition, advance
from soak import examples


@settings(max_examples=examples(60))
@given(st.data())
def test_any_walk_over_the_table_ends_where_nothing_leads_on(data: st.DataObject) -> None:
    status = FulfillmentStatus.RECEIVED
    while LIFECYCLE[status]:
        fact = data.draw(st.sampled_from(list(LIFECYCLE[status])))
        status = advance(LIFECYCLE, status, fact, subject="It", deed=DEEDS[fact])

    assert status not in OPEN


def test_the_states_that_lead_on_are_the_open_ones() -> None:
    assert {status for status, facts in LIFECYCLE.items() if facts} == OPEN
    assert {status for status, facts in LIFECYCLE.items() if FulfillmentCanceled in facts} == CANCELABLE
    assert set(LIFECYCLE) == set(FulfillmentStatus)
    assert set(SHIPMENT) == set(ShipmentStatus)
    assert set(POLICIES) == set(Policy)


def test_what_is_picked_cannot_be_canceled() -> None:
    with pytest.raises(IllegalTransition, match="to be cancelled it must be Received or Planning"):
        advance(
            LIFECYCLE,
            FulfillmentStatus.PROCESSING,
            FulfillmentCanceled,
            subject="It",
            deed=DEEDS[FulfillmentCanceled],
        )
