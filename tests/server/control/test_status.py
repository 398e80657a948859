from __future__ import annotations

from importlib.metadata import version

import pytest

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InternalFailure, InvalidInput
from sellingpartner.contract.sellers_v1 import GetMarketplaceParticipations
from sellingpartner.server.control import endpoint
from sellingpartner.testing import Caller, TestMarket


def test_the_status_counts_what_there_is(market: TestMarket, operator: Caller) -> None:
    market.buys("MUG-BLUE")
    market.buys("MUG-BLUE", paid=False)

    status = operator.send(v1.GetMarketStatus())

    assert (status.version, status.seed, status.limits) == (version("sellingpartner"), 1, v1.Limits.OFF)
    assert (status.clock.now, status.clock.mode) == (market.now, v1.ClockMode.FROZEN)
    assert (status.demo_world, status.failures) == (False, [])
    assert (status.counts.sellers, status.counts.applications, status.counts.grants) == (1, 1, 1)
    assert status.counts.orders == {"Pending": 1, "Unshipped": 1}
    # The payment that clears, the order that is canceled if none does, and the seller's plan that is charged monthly.
    assert (status.counts.skus > 0, status.counts.waiting) == (True, 3)


def test_the_log_shows_calls_of_every_api_newest_first(market: TestMarket, operator: Caller) -> None:
    market.seller.send(GetMarketplaceParticipations())
    operator.call("GET", "/sellers/v1/marketplaceParticipations")
    operator.call("POST", "/market/v1/nowhere")

    made = operator.send(v1.ListRequests()).requests
    refused = operator.send(v1.ListRequests(refused=True, limit=1)).requests
    ours = operator.send(v1.ListRequests(application_id=market.application.application_id)).requests

    assert [(one.status, one.operation) for one in made] == [
        (404, None),
        (403, "getMarketplaceParticipations"),
        (200, "getMarketplaceParticipations"),
    ]
    assert [(one.code, one.path) for one in refused] == [("NotFound", "/market/v1/nowhere")]
    assert [one.status for one in ours] == [200]


def test_what_is_wrong_is_named_as_the_gateway_names_it(operator: Caller) -> None:
    with pytest.raises(InvalidInput, match="limit"):
        operator.send(v1.ListRequests(limit=0))

    reply = operator.call("GET", "/market/v1/nowhere")

    assert reply.status == 404
    assert reply.json()["errors"][0]["message"] == "The market's control API has no GET /market/v1/nowhere."


def test_a_defect_is_told_from_a_refusal_and_shows_nothing(operator: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint.Control, "_serve", lambda *_: 1 / 0)

    with pytest.raises(InternalFailure, match="its log has the reason"):
        operator.send(v1.GetClock())
