"""`spapi feed list` and `spapi feed show`."""

from __future__ import annotations

import pytest
from feed_writer import listings, quantity
from tests.cli.conftest import Spapi

from sellingpartner.client.documents._results import result_of
from sellingpartner.testing import TestMarket


def test_feeds_are_listed_and_shown_as_their_results_begin(market: TestMarket, spapi: Spapi) -> None:
    assert "No feed has been handed in." in spapi("feed", "list").out
    market.lists("MUG-BLUE")
    told = market.feed("JSON_LISTINGS_FEED", listings(market, quantity("MUG-BLUE", 3), {"sku": ""}))
    flat = market.feed("POST_FLAT_FILE_FULFILLMENT_DATA", "nothing")

    listed = spapi("feed", "list", "--status", "DONE", "--feed-type", "JSON_LISTINGS_FEED").out.splitlines()
    shown = spapi("feed", "show", told.feed.feed_id)
    of_table = spapi("feed", "show", flat.feed.feed_id, "--rows", "1")

    assert [told.feed.feed_id in line for line in listed] == [False, True]
    assert shown.code == 0
    assert "2 of 2 carried out, 1 failed" in shown.out
    assert "4002008" in shown.out.splitlines()[-1]
    assert of_table.out.splitlines()[-1] == "Feed Processing Summary:"
    assert spapi("feed", "show", told.feed.feed_id, "--json").json()["feed"]["failed"] == 1
    assert spapi("feed", "show", "1").code == 1


def test_a_feed_is_told_before_it_has_ended(market: TestMarket, spapi: Spapi) -> None:
    market.feed("POST_FLAT_FILE_FULFILLMENT_DATA", "nothing")
    feed_id = market.feed("UPLOAD_VAT_INVOICE", b"%PDF-", options={"OrderId": "1"}).feed.feed_id

    shown = spapi("feed", "show", feed_id).out

    assert "OrderId=1" in shown
    assert "application/pdf, 5 bytes" in shown


@pytest.mark.parametrize(
    ("feed_type", "content"),
    [
        ("JSON_LISTINGS_FEED", '{"header": '),
        ("POST_ORDER_FULFILLMENT_DATA", "<AmazonEnvelope"),
        ("POST_FLAT_FILE_FULFILLMENT_DATA", "nothing"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_as_that(
    market: TestMarket, spapi: Spapi, feed_type: str, content: str
) -> None:
    told = market.feed(feed_type, content)

    shown = " ".join(spapi("feed", "show", told.feed.feed_id).out.split())
    summary = result_of(told.feed.feed_id, "DONE", told.text).summary()

    assert "Messages none that could be read; its result says why" in shown
    assert summary.startswith("its file could not be read, and no message of it was processed: ")
    assert "of 0" not in summary
