"""Feeds from the upload to the result, through the public client."""

import gzip
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from feed_writer import envelope, listings, quantity, shipped
from made_up_feeds import BROKEN, COUNTED

from sellingpartner.client.documents import FeedFailed
from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.feed_types import FEED_TYPES
from sellingpartner.contract.feeds_2021_06_30 import (
    CancelFeed,
    CreateFeed,
    CreateFeedDocument,
    GetFeed,
    GetFeedDocument,
    GetFeeds,
    ProcessingStatus,
)
from sellingpartner.market.documents.documents import documents_kept
from sellingpartner.market.events.feeds import FeedEnded, FeedSubmitted
from sellingpartner.market.events.orders import OrderShipped
from sellingpartner.testing import TestMarket
from sellingpartner.testing.feeding import uploaded
from sellingpartner.testing.world import START, US

JSON = "JSON_LISTINGS_FEED"
SHIPMENTS = "POST_ORDER_FULFILLMENT_DATA"
XML = "text/xml; charset=UTF-8"


def handed_in(market: TestMarket, feed_type: str = SHIPMENTS, content: bytes = b"<x/>") -> str:
    document_id = uploaded(market.seller, content, XML)
    asked = CreateFeed(feed_type=feed_type, marketplace_ids=[US], input_feed_document_id=document_id)
    return market.seller.send(asked).feed_id


def test_a_feed_waits_is_carried_out_and_tells_what_it_did(market: TestMarket) -> None:
    market.lists("MUG-BLUE")
    order_id = market.buys()

    feed_id = handed_in(market, content=envelope("OrderFulfillment", shipped(order_id)).encode())
    waits = market.seller.send(GetFeed(feed_id=feed_id))
    assert market.facts(OrderShipped) == []
    told = market.feed_of(feed_id)

    assert (waits.processing_status, waits.processing_start_time) == (ProcessingStatus.IN_QUEUE, None)
    assert (told.status, told.counts, told.found) == ("DONE", (1, 1, 0), [])
    assert told.content_type == XML
    assert f"<DocumentTransactionID>{feed_id}</DocumentTransactionID>" in told.text
    began, ended = told.feed.processing_start_time, told.feed.processing_end_time
    assert began is not None
    assert ended is not None
    assert timedelta(seconds=4) <= began - START <= timedelta(seconds=7)
    assert timedelta(seconds=6) <= ended - began <= timedelta(seconds=9)
    assert [one.feed_id for one in market.facts(FeedSubmitted)] == [feed_id]
    (fact,) = market.facts(FeedEnded)
    assert (fact.feed_id, fact.status, fact.document_id) == (feed_id, "DONE", told.feed.result_feed_document_id)
    assert [one.order_id for one in market.facts(OrderShipped)] == [order_id]


def test_the_client_submits_waits_and_reads_the_result(market: TestMarket) -> None:
    market.lists("MUG-BLUE")
    with market.seller.client() as client:

        def submitted(*messages: object) -> object:
            return client.feeds.submit(
                JSON,
                listings(market, *messages),  # type: ignore[arg-type] # messages of a feed
                on_progress=lambda _: market.advance(seconds=30),
            )

        result = client.feeds.submit(
            JSON, listings(market, quantity("MUG-BLUE", 3)), on_progress=lambda _: market.advance(seconds=30)
        )
        with pytest.raises(FeedFailed, match="4002008") as failed:
            submitted(quantity("MUG-BLUE", 4), {"sku": "MUG-BLUE", "operationType": "PATCH"})

    assert (result.status, result.processed, result.accepted) == ("DONE", 1, 1)
    assert (failed.value.result.processed, failed.value.result.accepted) == (2, 1)


def test_feeds_of_one_type_are_carried_out_one_after_the_other_and_others_do_not_wait(market: TestMarket) -> None:
    first, second, other = (
        handed_in(market),
        handed_in(market),
        handed_in(market, "POST_ORDER_ACKNOWLEDGEMENT_DATA"),
    )
    for feed_id in (first, second, other):
        market.feed_of(feed_id)

    one, two, three = (market.seller.send(GetFeed(feed_id=feed_id)) for feed_id in (first, second, other))
    assert one.processing_end_time is not None
    assert two.processing_start_time is not None
    assert three.processing_start_time is not None
    assert two.processing_start_time >= one.processing_end_time > three.processing_start_time


def test_a_feed_that_waits_is_cancelled_and_does_nothing(market: TestMarket) -> None:
    market.lists("MUG-BLUE")
    order_id = market.buys()
    feed_id = handed_in(market, content=envelope("OrderFulfillment", shipped(order_id)).encode())

    market.seller.send(CancelFeed(feed_id=feed_id))
    told = market.feed_of(feed_id)
    market.advance(minutes=1)

    assert (told.status, told.feed.result_feed_document_id) == ("CANCELLED", None)
    assert market.facts(OrderShipped) == []
    assert [one.status for one in market.facts(FeedEnded)] == ["CANCELLED"]
    with pytest.raises(InvalidInput, match="is CANCELLED; only a feed that is IN_QUEUE"):
        market.seller.send(CancelFeed(feed_id=feed_id))
    with pytest.raises(NotFound, match="There is no feed '1'"):
        market.seller.send(CancelFeed(feed_id="1"))


def test_whoever_subscribed_is_told_of_the_end(market: TestMarket) -> None:
    market.subscribe("FEED_PROCESSING_FINISHED")
    told = market.feed(SHIPMENTS, "<x/>")
    cancelled = handed_in(market)
    market.seller.send(CancelFeed(feed_id=cancelled))

    said = [one.payload for one in market.notifications("FEED_PROCESSING_FINISHED")]

    assert [(one.feed_id, one.processing_status, one.result_feed_document_id) for one in said] == [
        (told.feed.feed_id, "DONE", told.feed.result_feed_document_id),
        (cancelled, "CANCELLED", None),
    ]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("POST_PRODUCT_DATA", "Amazon has removed it"),
        ("POST_FLAT_FILE_LISTINGS_DATA", "Amazon has removed it"),
        ("POST_EXPECTED_SHIP_DATE_SOD", "nobody has written down"),
        ("POST_NOTHING", ""),
    ],
)
def test_a_type_that_is_none_or_no_more_is_refused_in_amazons_words(market: TestMarket, name: str, why: str) -> None:
    with pytest.raises(InvalidInput, match=f"feed type {name} is invalid") as refused:
        handed_in(market, name)

    assert why in str(refused.value.details)
    assert market.facts(FeedSubmitted) == []


def test_every_type_is_carried_out_or_refused_with_its_reason(market: TestMarket) -> None:
    document_id = uploaded(market.seller, b"x", XML)
    made = []
    for name in FEED_TYPES.keys() - {COUNTED, BROKEN}:
        asked = CreateFeed(feed_type=name, marketplace_ids=["A1PA6795UKMFR9"], input_feed_document_id=document_id)
        with pytest.raises(InvalidInput) as refused:
            market.seller.send(asked)
        if "is invalid" not in refused.value.message:
            made.append(name)
        else:
            assert refused.value.details
    assert sorted(made) == [
        "JSON_LISTINGS_FEED",
        "POST_EASYSHIP_DOCUMENTS",
        "POST_FBA_INBOUND_CARTON_CONTENTS",
        "POST_FLAT_FILE_FBA_CREATE_REMOVAL",
        "POST_FLAT_FILE_FULFILLMENT_DATA",
        "POST_FLAT_FILE_FULFILLMENT_ORDER_CANCELLATION_REQUEST_DATA",
        "POST_FLAT_FILE_FULFILLMENT_ORDER_REQUEST_DATA",
        "POST_FLAT_FILE_ORDER_ACKNOWLEDGEMENT_DATA",
        "POST_FLAT_FILE_PAYMENT_ADJUSTMENT_DATA",
        "POST_FULFILLMENT_ORDER_CANCELLATION_REQUEST_DATA",
        "POST_FULFILLMENT_ORDER_REQUEST_DATA",
        "POST_INVOICE_CONFIRMATION_DATA",
        "POST_ORDER_ACKNOWLEDGEMENT_DATA",
        "POST_ORDER_FULFILLMENT_DATA",
        "POST_PAYMENT_ADJUSTMENT_DATA",
        "UPLOAD_VAT_INVOICE",
    ]


def test_a_document_serves_one_feed_of_its_seller_once_it_was_uploaded(market: TestMarket) -> None:
    other = market.caller(seller=market.join("Somebody Else"))
    awaited = market.seller.send(CreateFeedDocument(content_type=XML)).feed_document_id
    used = uploaded(market.seller, b"<x/>", XML)
    asked = CreateFeed(feed_type=SHIPMENTS, marketplace_ids=[US], input_feed_document_id=used)
    result = market.feed_of(market.seller.send(asked).feed_id).feed.result_feed_document_id

    refusals = {
        "is empty: upload the feed to its URL first": awaited,
        "serves another feed": used,
        "is none of createFeedDocument": uploaded(other, b"<x/>", XML),
        "'1' is none of": "1",
        "or it is over": str(result),
    }
    for why, document_id in refusals.items():
        asked = CreateFeed(feed_type=SHIPMENTS, marketplace_ids=[US], input_feed_document_id=document_id)
        with pytest.raises(InvalidInput, match="Invalid request parameters") as refused:
            market.seller.send(asked)
        assert why in str(refused.value.details)
    assert len(market.facts(FeedSubmitted)) == 1


def test_nothing_can_be_uploaded_to_a_document_that_serves_a_feed(market: TestMarket) -> None:
    made = market.seller.send(CreateFeedDocument(content_type=XML))
    link = urlsplit(made.url)
    target, headers = f"{link.path}?{link.query}", {"Content-Type": XML}
    anybody = market.anybody()
    assert anybody.call("PUT", target, headers=headers, body=b"<x/>").status == 200
    asked = CreateFeed(feed_type=SHIPMENTS, marketplace_ids=[US], input_feed_document_id=made.feed_document_id)
    market.seller.send(asked)

    refused = anybody.call("PUT", target, headers=headers, body=b"<y/>")

    assert (refused.status, "<Code>AccessDenied</Code>" in refused.body.decode()) == (403, True)
    assert len(list(market.market.documents.kept_before(market.now + timedelta(days=9999)))) == 1


def test_a_result_is_given_out_and_what_was_uploaded_is_not(market: TestMarket) -> None:
    document_id = uploaded(market.seller, b"<x/>", XML)
    other = market.caller(seller=market.join("Somebody Else"))
    told = market.feed(SHIPMENTS, "<x/>")

    for caller, wanted in (
        (market.seller, document_id),
        (other, told.feed.result_feed_document_id or ""),
        (other, "1"),
    ):
        with pytest.raises(InvalidInput, match="Invalid feedDocumentId"):
            caller.send(GetFeedDocument(feed_document_id=wanted))


def test_a_result_is_kept_for_28_days_and_its_feed_for_90(market: TestMarket) -> None:
    told = market.feed(SHIPMENTS, "<x/>")
    document_id = str(told.feed.result_feed_document_id)

    market.advance(days=27)
    assert market.seller.send(GetFeedDocument(feed_document_id=document_id)).feed_document_id == document_id
    market.advance(days=2)
    with pytest.raises(InvalidInput, match="Invalid feedDocumentId"):
        market.seller.send(GetFeedDocument(feed_document_id=document_id))
    market.advance(days=60)
    assert market.seller.send(GetFeed(feed_id=told.feed.feed_id)).processing_status == "DONE"
    market.advance(days=2)
    with pytest.raises(NotFound):
        market.seller.send(GetFeed(feed_id=told.feed.feed_id))
    with market.market.read() as unit:
        assert {one.purpose for one in documents_kept(unit)} & {"FEED", "FEED_RESULT"} == set()


def test_feeds_are_listed_by_type_state_and_time_page_by_page(market: TestMarket) -> None:
    made = [handed_in(market) for _ in range(3)]
    other = handed_in(market, "POST_ORDER_ACKNOWLEDGEMENT_DATA")
    market.seller.send(CancelFeed(feed_id=made[0]))

    first = market.seller.send(GetFeeds(feed_types=[SHIPMENTS], page_size=2))
    second = market.seller.send(GetFeeds(next_token=first.next_token))
    waiting = GetFeeds(
        feed_types=[SHIPMENTS, "POST_ORDER_ACKNOWLEDGEMENT_DATA"], processing_statuses=[ProcessingStatus.IN_QUEUE]
    )

    assert [[one.feed_id for one in page.feeds] for page in (first, second)] == [made[:0:-1], made[:1]]
    assert second.next_token is None
    assert {one.feed_id for one in market.seller.send(waiting).feeds} == {*made[1:], other}
    later = GetFeeds(feed_types=[SHIPMENTS], created_since=market.now + timedelta(seconds=1))
    with pytest.raises(InvalidInput, match="createdSince is after createdUntil"):
        market.seller.send(later)
    with pytest.raises(InvalidInput, match="feedTypes is missing"):
        market.seller.send(GetFeeds())
    with pytest.raises(InvalidInput, match="nextToken stands alone"):
        market.seller.send(GetFeeds(next_token=first.next_token, feed_types=[SHIPMENTS]))


def test_a_packed_result_says_so_and_so_does_a_packed_upload(market: TestMarket) -> None:
    wrong = "".join(
        f"<Message><MessageID>{number}</MessageID><OrderFulfillment/></Message>" for number in range(1, 400)
    )
    content = f"<AmazonEnvelope><Header/><MessageType>OrderFulfillment</MessageType>{wrong}</AmazonEnvelope>"
    document_id = uploaded(market.seller, gzip.compress(content.encode()), XML, is_packed=True)
    asked = CreateFeed(feed_type=SHIPMENTS, marketplace_ids=[US], input_feed_document_id=document_id)

    told = market.feed_of(market.seller.send(asked).feed_id)
    found = market.seller.send(GetFeedDocument(feed_document_id=told.feed.result_feed_document_id or ""))

    assert found.compression_algorithm == "GZIP"
    assert (told.counts, len(told.found)) == ((399, 0, 399), 399)


def test_a_content_type_is_a_media_type(market: TestMarket) -> None:
    for wrong in ("POST_PRODUCT_DATA", "", "text/" + "x" * 300):
        with pytest.raises(InvalidInput, match="contentType"):
            market.seller.send(CreateFeedDocument(content_type=wrong))
