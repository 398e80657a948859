"""Faults where tokens are given out, and where signed links lead."""

from __future__ import annotations

import pytest

from sellingpartner.contract import errors
from sellingpartner.contract.product_type_definitions_2020_09_01 import GetDefinitionsProductType
from sellingpartner.testing import Reply, TestMarket


def schema_of(market: TestMarket) -> Reply:
    """What a signed link leads to, asked for by somebody without a token."""
    definition = market.seller.send(
        GetDefinitionsProductType(product_type="MUG", marketplace_ids=[market.marketplace_id])
    )
    return market.anybody().call("GET", definition.schema.link.resource.removeprefix("http://127.0.0.1:80"))


def test_links_answer_as_if_their_time_were_over(market: TestMarket) -> None:
    market.faults.add("expired-link times=1")

    over, good = schema_of(market), schema_of(market)

    assert (over.status, good.status) == (403, 200)
    assert b"was good until" in over.body
    assert [call.fault for call in market.requests(operation="document")] == ["1 expired-link"]


def test_a_storage_refuses_as_a_storage_does(market: TestMarket) -> None:
    market.faults.add("refuse 503 operation=document times=1")

    refused = schema_of(market)

    assert refused.status == 503
    assert b"<Code>SlowDown</Code>" in refused.body
    assert schema_of(market).status == 200


def test_no_token_is_given_out(market: TestMarket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    market.faults.add("refuse 503 operation=token")

    with market.seller.client(retries=0) as client, pytest.raises(errors.SellingPartnerError) as refused:
        client.sellers_v1.get_marketplace_participations()

    assert refused.value.status == 503
    market.faults.clear()
    market.faults.add("reset operation=token times=1")
    with market.seller.client() as client:
        assert client.sellers_v1.get_marketplace_participations().payload


def test_a_rule_that_names_no_place_leaves_tokens_and_documents_alone(market: TestMarket) -> None:
    market.faults.add("page api='sellers v1'")
    market.faults.add("page probability=0.5 operation=getOrder*")

    assert schema_of(market).status == 200
