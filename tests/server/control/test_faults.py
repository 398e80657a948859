"""Faults by the control API: rules are added, listed with what they did, and taken away."""

from __future__ import annotations

import pytest

from sellingpartner.contract.errors import InvalidInput, NotFound, ServiceUnavailable
from sellingpartner.contract.market_v1 import ApplyProfile, ClearFaults, CreateFault, DeleteFault, ListFaults
from sellingpartner.contract.sellers_v1 import GetMarketplaceParticipations
from sellingpartner.market.faults.profiles import about, profile, profiles
from sellingpartner.testing import TestMarket


def test_a_rule_is_added_strikes_is_listed_and_goes(market: TestMarket) -> None:
    operator = market.anybody()
    made = operator.send(CreateFault(rule='refuse every=2 api="sellers v1" note="a bad day"'))

    market.seller.send(GetMarketplaceParticipations())
    with pytest.raises(ServiceUnavailable):
        market.seller.send(GetMarketplaceParticipations())

    (listed,) = operator.send(ListFaults()).faults
    assert (listed.fault_id, listed.kind, listed.note) == (made.fault_id, "refuse", "a bad day")
    assert listed.rule == "refuse 503 'api=sellers v1' every=2 'note=a bad day'"
    assert (listed.matched, listed.struck) == (2, 1)
    operator.send(DeleteFault(fault_id=made.fault_id))
    assert operator.send(ListFaults()).faults == []
    with pytest.raises(NotFound, match="no fault rule 1"):
        operator.send(DeleteFault(fault_id=made.fault_id))


def test_a_profile_is_added_to_what_is_there_and_all_is_cleared_at_once(market: TestMarket) -> None:
    operator = market.anybody()
    operator.send(CreateFault(rule="page"))

    added = operator.send(ApplyProfile(profile="throttled")).faults

    assert [fault.kind for fault in added] == ["refuse", "rate-header"]
    assert [fault.kind for fault in operator.send(ListFaults()).faults] == ["page", "refuse", "rate-header"]
    operator.send(ClearFaults())
    assert operator.send(ListFaults()).faults == []


def test_what_makes_no_sense_is_refused_and_nothing_is_added(market: TestMarket) -> None:
    operator = market.anybody()

    with pytest.raises(InvalidInput, match="Did you mean refuse"):
        operator.send(CreateFault(rule="refus 503"))
    with pytest.raises(InvalidInput, match="Did you mean prime-day"):
        operator.send(ApplyProfile(profile="prime-dya"))

    assert operator.send(ListFaults()).faults == []


@pytest.mark.parametrize("name", profiles())
def test_a_ready_profile_can_be_read_and_says_what_it_is(name: str) -> None:
    assert profile(name)
    assert about(name).endswith(".")
