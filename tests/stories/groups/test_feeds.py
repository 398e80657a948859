"""Feeds: one is laid down, handed in, called off; the next ships an order and tells so."""

from __future__ import annotations

from urllib.parse import urlsplit

from feed_writer import envelope, shipped

from sellingpartner import SellingPartner
from sellingpartner.testing import TestMarket

XML = "text/xml; charset=UTF-8"
SHIPMENTS = "POST_ORDER_FULFILLMENT_DATA"


def test_a_feed_ships_an_order_and_the_one_that_was_called_off_does_not(
    market: TestMarket, client: SellingPartner
) -> None:
    feeds, ids = client.feeds, []
    orders = [market.buys(), market.buys()]
    for order_id in orders:
        place = feeds.create_feed_document(content_type=XML)
        link = urlsplit(place.url)
        content = envelope("OrderFulfillment", shipped(order_id)).encode()
        headers = {"Content-Type": XML}
        assert market.anybody().call("PUT", f"{link.path}?{link.query}", headers=headers, body=content).status == 200
        handed_in = feeds.create_feed(
            feed_type=SHIPMENTS,
            marketplace_ids=[market.marketplace_id],
            input_feed_document_id=place.feed_document_id,
        )
        ids.append(handed_in.feed_id)
    feeds.cancel_feed(feed_id=ids[1])
    market.advance(minutes=2)

    done, called_off = (feeds.get_feed(feed_id=one) for one in ids)
    listed = feeds.get_feeds(feed_types=[SHIPMENTS]).feeds
    result = feeds.get_feed_document(feed_document_id=done.result_feed_document_id or "")

    assert {one.feed_id: one.processing_status for one in listed} == dict(zip(ids, ("DONE", "CANCELLED"), strict=True))
    assert called_off.result_feed_document_id is None
    link = urlsplit(result.url)
    told = market.anybody().call("GET", f"{link.path}?{link.query}").body.decode()
    assert "<MessagesSuccessful>1</MessagesSuccessful>" in told
    statuses = [client.orders_v0.get_order(order_id=one).payload.order_status for one in orders]
    assert statuses == ["Shipped", "Unshipped"]
    market.advance(days=21)  # delivered, and what the money is kept back for has passed
    events = client.finances_v0.list_financial_events_by_order_id(order_id=orders[0]).payload.financial_events
    assert events is not None
    assert len(events.shipment_event_list or []) == 1
