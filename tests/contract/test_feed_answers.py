"""Answers about feeds, held against Amazon's own document of them."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest

from sellingpartner.contract.feeds_2021_06_30 import CreateFeed
from sellingpartner.testing import TestMarket
from sellingpartner.testing.feeding import uploaded
from sellingpartner.testing.world import US

DOCUMENT = "feeds_2021-06-30.json"
FEEDS = "/feeds/2021-06-30"
TYPE = "POST_FLAT_FILE_FULFILLMENT_DATA"
MADE = f"{FEEDS}/feeds/{{feed}}"
FEED = '{{"feedType": "%s", "marketplaceIds": ["ATVPDKIKX0DER"], "inputFeedDocumentId": "{%s}"}}'


@pytest.fixture(scope="module")
def made() -> Any:  # noqa: ANN401 - a market and the ids of what is in it
    with TestMarket() as market:
        told = market.feed(TYPE, "nothing").feed
        documents = [uploaded(market.seller, b"x", "text/plain") for _ in range(2)]
        waits = CreateFeed(feed_type=TYPE, marketplace_ids=[US], input_feed_document_id=documents[0])
        yield (
            market,
            {
                "feed": told.feed_id,
                "document": str(told.result_feed_document_id),
                "used": documents[0],
                "new": documents[1],
                "waits": market.seller.send(waits).feed_id,
            },
        )


@pytest.mark.parametrize(
    ("method", "target", "body", "status", "answer"),
    [
        ("POST", f"{FEEDS}/documents", '{{"contentType": "text/plain"}}', 201, "CreateFeedDocumentResponse"),
        ("POST", f"{FEEDS}/documents", '{{"contentType": "plain"}}', 400, "ErrorList"),
        ("POST", f"{FEEDS}/feeds", FEED % (TYPE, "new"), 202, "CreateFeedResponse"),
        ("POST", f"{FEEDS}/feeds", FEED % (TYPE, "used"), 400, "ErrorList"),
        ("POST", f"{FEEDS}/feeds", FEED % ("POST_PRODUCT_DATA", "new"), 400, "ErrorList"),
        ("GET", MADE, None, 200, "Feed"),
        ("GET", f"{FEEDS}/feeds/{{waits}}", None, 200, "Feed"),
        ("GET", f"{FEEDS}/feeds/1", None, 404, "ErrorList"),
        ("GET", f"{FEEDS}/feeds?feedTypes={TYPE}&pageSize=1", None, 200, "GetFeedsResponse"),
        ("GET", f"{FEEDS}/feeds", None, 400, "ErrorList"),
        ("DELETE", MADE, None, 400, "ErrorList"),
        ("DELETE", f"{FEEDS}/feeds/{{waits}}", None, 200, None),
        ("GET", f"{FEEDS}/documents/{{document}}", None, 200, "FeedDocument"),
        ("GET", f"{FEEDS}/documents/{{used}}", None, 400, "ErrorList"),
    ],
)
def test_an_answer_has_the_form_of_amazons_document(
    made: tuple[TestMarket, dict[str, str]],
    published: dict[str, Any],
    method: str,
    target: str,
    body: str | None,
    status: int,
    answer: str | None,
) -> None:
    market, ids = made
    sent = None if body is None else body.format(**ids).encode()
    reply = market.seller.call(method, target.format(**ids), headers={"content-type": "application/json"}, body=sent)

    assert reply.status == status, reply.body
    if answer is not None:
        schema = {"$ref": f"#/definitions/{answer}", "definitions": published[DOCUMENT]["definitions"]}
        jsonschema_rs.Draft7Validator(schema).validate(reply.json())
