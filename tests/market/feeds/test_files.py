"""Files that are broken, hostile, or written as no other: Amazon's answer each, and nothing half done."""

from __future__ import annotations

import gzip

import pytest
from feed_writer import envelope, shipped, table

from sellingpartner.contract.feeds_2021_06_30 import CreateFeed
from sellingpartner.market.events.orders import OrderShipped, PackageShipped
from sellingpartner.testing import TestMarket
from sellingpartner.testing.feeding import FeedTold, uploaded
from sellingpartner.testing.world import US

SHIPMENTS, FLAT = "POST_ORDER_FULFILLMENT_DATA", "POST_FLAT_FILE_FULFILLMENT_DATA"
TSV = "text/tab-separated-values; charset="
COLUMNS = ("order-id", "ship-date", "carrier-code", "carrier-name")
JAPANESE = "\u6ce8\u6587\u756a\u53f7\t\u51fa\u8377\u65e5\t\u30b3\u30fc\u30c9\t\u914d\u9001\u696d\u8005\u540d"
YAMATO = "\u30e4\u30de\u30c8\u904b\u8f38"


@pytest.fixture
def order_id(market: TestMarket) -> str:
    market.lists("MUG-BLUE")
    return market.buys()


def packed(market: TestMarket, content: bytes, feed_type: str = SHIPMENTS) -> FeedTold:
    document_id = uploaded(market.seller, content, "text/xml", is_packed=True)
    asked = CreateFeed(feed_type=feed_type, marketplace_ids=[US], input_feed_document_id=document_id)
    return market.feed_of(market.seller.send(asked).feed_id)


BOMB = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    ("begin", "body"),
    [
        ('<!DOCTYPE x [<!ENTITY who "me">]>', "&who;"),
        ('<!DOCTYPE x [<!ENTITY who SYSTEM "file:///etc/passwd">]>', "&who;"),
        ('<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">', ""),
        (f'<!DOCTYPE x [<!ENTITY b0 "ha">{BOMB}]>', "&b11;"),
    ],
)
def test_entities_are_not_followed_and_nothing_is_done(
    market: TestMarket, order_id: str, begin: str, body: str
) -> None:
    content = envelope("OrderFulfillment", shipped(order_id), shipped(order_id, tracking=body), begin=begin)

    told = market.feed(SHIPMENTS, content)

    assert (told.status, told.counts, [one[:2] for one in told.found]) == ("DONE", (0, 0, 1), [(0, "5001")])
    assert "root:" not in told.text
    assert market.facts(OrderShipped) == []


def test_an_entity_in_an_attribute_of_the_root_is_no_way_around(market: TestMarket, order_id: str) -> None:
    content = envelope("OrderFulfillment", shipped(order_id), begin=f'<!DOCTYPE x [<!ENTITY b0 "ha">{BOMB}]>')

    told = market.feed(SHIPMENTS, content.replace("<AmazonEnvelope ", '<AmazonEnvelope x="&b11;" '))

    assert (told.status, told.counts, told.found[0][1]) == ("DONE", (0, 0, 1), "5001")


@pytest.mark.parametrize(
    ("break_it", "code"),
    [
        (lambda _: "", "5001"),
        (lambda text: text[:-20], "5001"),
        (lambda text: text + "<more/>", "5001"),
        (lambda text: text.replace("</FulfillmentData>", ""), "5001"),
        (lambda text: text.replace("AmazonEnvelope", "Envelope"), "5000"),
        (lambda text: text.replace("<MessageType>OrderFulfillment</MessageType>", ""), "5000"),
        (lambda text: text.replace("<MessageType>OrderFulfillment", "<MessageType>Product"), "5000"),
        (lambda text: text.replace("<Message>", "<Massage>").replace("</Message>", "</Massage>"), "5000"),
        (lambda text: text.partition("<Message>")[0] + "</AmazonEnvelope>", "5000"),
        (lambda text: text.replace("UTF-8", "no-such-charset"), "5001"),
        (lambda _: "order-id\tship-date\n", "5001"),
    ],
)
def test_a_file_that_is_no_envelope_does_nothing(
    market: TestMarket, order_id: str, break_it: object, code: str
) -> None:
    content = envelope("OrderFulfillment", shipped(order_id), shipped(order_id))

    told = market.feed(SHIPMENTS, break_it(content))  # type: ignore[operator] # a lambda of the case

    ((number, found, _),) = told.found
    assert (told.status, told.counts, number, found) == ("DONE", (0, 0, 1), 0, code)
    assert market.facts(OrderShipped) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<MessageID>1</MessageID>", ""),
        ("<MessageID>1</MessageID>", "<MessageID>0</MessageID>"),
        ("<MessageID>1</MessageID>", "<MessageID>99999999999999999999999</MessageID>"),
        ("<OperationType>Update", "<OperationType>Erase"),
        ("<FulfillmentDate>2026-11-02T09:00:00Z", "<FulfillmentDate>2026-11-02 09:00:00"),
        ("<FulfillmentDate>2026-11-02T09:00:00Z", "<FulfillmentDate>12026-11-02T09:00:00Z"),
        ("<ShippingMethod>", "<Unknown/><ShippingMethod>"),
        ("</OrderFulfillment>", "</OrderFulfillment><OrderFulfillment/>"),
        ("</OrderFulfillment>", "</OrderFulfillment><Product/>"),
    ],
)
def test_a_message_of_another_structure_is_refused_alone(market: TestMarket, order_id: str, old: str, new: str) -> None:
    other = market.buys()
    content = envelope("OrderFulfillment", shipped(order_id), shipped(other)).replace(old, new, 1)

    told = market.feed(SHIPMENTS, content)

    assert (told.status, told.counts, len(told.found)) == ("DONE", (2, 1, 1), 1)
    assert [one.order_id for one in market.facts(OrderShipped)] == [other]


def test_the_charset_is_the_files_own_or_else_that_of_the_content_type(market: TestMarket) -> None:
    market.lists("MUG-BLUE")
    carrier = "Stra\u00dfenpost"

    def sent(content: bytes, content_type: str) -> str:
        order_id = market.buys()
        body = content.replace(b"ORDER", order_id.encode())
        assert market.feed(SHIPMENTS, body, content_type=content_type).counts == (1, 1, 0)
        (fact,) = market.facts(PackageShipped, order_id=order_id)
        return fact.carrier

    latin = envelope(
        "OrderFulfillment", shipped("ORDER", carrier=carrier), head='<?xml version="1.0" encoding="ISO-8859-1"?>'
    )
    bare = envelope("OrderFulfillment", shipped("ORDER", carrier=carrier), head="")
    assert sent(latin.encode("latin-1"), "text/xml; charset=UTF-8") == carrier
    assert sent(bare.encode("latin-1"), "text/xml; charset=iso-8859-1") == carrier
    assert sent(bare.encode(), "text/xml") == carrier
    assert sent(bare.encode("utf-8-sig"), "text/xml; charset=iso-8859-1") == carrier


@pytest.mark.parametrize(
    ("content_type", "codec", "above"),
    [
        (TSV + "UTF-8", "utf-8", []),
        (TSV + "UTF-8", "utf-8-sig", []),
        (TSV + "Cp1252", "utf-8-sig", []),
        (TSV + "UTF-16", "utf-16", []),
        (TSV + "Shift_JIS", "cp932", []),
        (TSV + "Shift_JIS", "cp932", ["TemplateType=OrderFulfillment\tVersion=2011.1102\t\u6ce8\u610f"]),
        (TSV + "Shift_JIS", "cp932", ["TemplateType=OrderFulfillment\tVersion=2011.1102\t", JAPANESE]),
        ("text/plain", "utf-8", []),
    ],
)
def test_a_flat_file_is_read_in_its_charset_under_heads_of_one_to_three_lines(
    market: TestMarket, order_id: str, content_type: str, codec: str, above: list[str]
) -> None:
    row = {"order-id": order_id, "ship-date": "2026-11-02", "carrier-code": "Other", "carrier-name": YAMATO}

    told = market.feed(FLAT, table(COLUMNS, [row], above=above, end="\r\n").encode(codec), content_type=content_type)

    assert (told.status, told.counts, told.found) == ("DONE", (1, 1, 0), [])
    (fact,) = market.facts(OrderShipped)
    shown = market.seller.call("GET", f"/orders/v0/orders/{fact.order_id}")
    assert shown.json()["payload"]["OrderStatus"] == "Shipped"


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (table(COLUMNS, [{"carrier-name": YAMATO}]).encode("cp932"), TSV + "UTF-8"),
        (table(COLUMNS, [{"carrier-name": "Stra\u00dfe"}]).encode("latin-1"), TSV + "UTF-8"),
        (table(COLUMNS, [{}]).encode(), TSV + "no-such"),
        (table(COLUMNS, [{}]).encode(), TSV + "base64"),
        (table(COLUMNS, [{"carrier-name": "x" * 70_000}]).encode(), TSV + "UTF-8"),
    ],
)
def test_a_flat_file_in_another_charset_does_nothing(
    market: TestMarket, order_id: str, content: bytes, content_type: str
) -> None:
    good = table(COLUMNS, [{"order-id": order_id, "ship-date": "2026-11-02", "carrier-code": "UPS"}]).encode()

    told = market.feed(FLAT, good + content.partition(b"\n")[2], content_type=content_type)

    assert (told.status, told.counts, [number for number, _, _ in told.found]) == ("DONE", (0, 0, 0), [0])
    assert market.facts(OrderShipped) == []


def test_xml_that_is_sent_as_a_flat_file_is_told_so(market: TestMarket, order_id: str) -> None:
    told = market.feed(FLAT, envelope("OrderFulfillment", shipped(order_id)))

    assert told.counts == (0, 0, 0)
    assert [code for _, code, _ in told.found] == ["90012", "90012", "90061"]
    assert told.found[0][2].startswith("The required order-id field is missing from the file.")
    assert [line.split("\t")[4] for line in told.text.split("\n")[5:8]] == ["Fatal", "Fatal", "Warning"]


def test_a_line_that_is_broken_is_refused_alone_and_a_column_that_is_none_is_ignored(
    market: TestMarket, order_id: str
) -> None:
    rows = [
        {"order-id": "x", "ship-date": "2026-11-02", "carrier-name": "a\tb"},
        {"order-id": order_id, "ship-date": "2026-11-02", "carrier-code": "UPS", "color": "blue"},
    ]

    told = market.feed(FLAT, table((*COLUMNS[:3], "color", "carrier-name"), rows))

    assert told.counts == (2, 1, 1)
    assert [(number, code) for number, code, _ in told.found] == [(1, "90061"), (1, "90057")]
    assert len(market.facts(OrderShipped)) == 1


@pytest.mark.parametrize("content", ["", "\n\n", "order-id\n"])
def test_an_empty_flat_file_misses_its_columns(market: TestMarket, content: str) -> None:
    told = market.feed(FLAT, content)

    assert (told.status, told.counts, {code for _, code, _ in told.found}) == ("DONE", (0, 0, 0), {"90012"})


def test_what_is_no_gzip_ends_fatal_and_says_so(market: TestMarket, order_id: str) -> None:
    content = envelope("OrderFulfillment", shipped(order_id)).encode()

    for broken in (content, gzip.compress(content)[:-30], b"\x1f\x8b"):
        told = packed(market, broken)
        assert (told.status, told.counts[0], [one[:2] for one in told.found]) == ("FATAL", 0, [(0, "90000")])
    assert market.facts(OrderShipped) == []
    assert packed(market, gzip.compress(content)).counts == (1, 1, 0)
