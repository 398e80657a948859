"""Files that are broken, hostile, or written as no other: Amazon's answer each, and nothing half done."""

from __future__ import annotations

import gzip
import resource
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from feed_writer import envelope, shipped, table

from sellingpartner.contract.feeds_2021_06_30 import CreateFeed
from sellingpartner.market.events.orders import OrderShipped, PackageShipped
from sellingpartner.market.feeds import opening
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


@pytest.mark.parametrize(
    ("feed_type", "begin", "status"),
    [
        (SHIPMENTS, "<AmazonEnvelope><MessageType>OrderFulfillment</MessageType>", "DONE"),
        (FLAT, "order-id\tship-date\n", "FATAL"),
        ("JSON_LISTINGS_FEED", "", "DONE"),
        ("UPLOAD_VAT_INVOICE", "%PDF-1.4", "FATAL"),
    ],
)
def test_a_bomb_of_gzip_does_nothing_in_flat_memory(
    market: TestMarket, feed_type: str, begin: str, status: str
) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = packer.compress(begin.encode())
    blank = b"\n" * (1 << 20)
    for _ in range(opening.MOST_BYTES // len(blank) + 1):
        bomb += packer.compress(blank)
    bomb += packer.flush()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    told = packed(market, bomb, feed_type)

    assert (told.status, told.counts[0]) == (status, 0)
    assert "268,435,456" in told.found[0][2] or status == "DONE"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024


def packed_endless(begin: str, again: str, size: int = 100 << 20) -> bytes:
    """What begins so and goes on so, without an end; packed it is small."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    many = again.encode() * ((1 << 20) // len(again))
    return b"".join(
        (packer.compress(begin.encode()), *(packer.compress(many) for _ in range(size >> 20)), packer.flush())
    )


@pytest.mark.parametrize(
    ("feed_type", "begin", "again"),
    [
        ("JSON_LISTINGS_FEED", "", "["),
        ("JSON_LISTINGS_FEED", "", '{"a":'),
        ("JSON_LISTINGS_FEED", '{"messages":[', '{"a":['),
        ("JSON_LISTINGS_FEED", '{"messages":[[', "[],"),
        ("JSON_LISTINGS_FEED", '{"messages":[{', '"a":1,'),
        ("JSON_LISTINGS_FEED", '{"header":{', '"a":{},'),
        ("JSON_LISTINGS_FEED", '{"header":[', "{},"),
        ("JSON_LISTINGS_FEED", '{"header":{"sellerId":"', "A"),
        ("JSON_LISTINGS_FEED", '{"messages":[', "1"),
        (SHIPMENTS, "", "<a>"),
        (SHIPMENTS, "<AmazonEnvelope><Header>", "<a/>"),
        (SHIPMENTS, "<AmazonEnvelope><MessageType>OrderFulfillment</MessageType><Message>", "<a/>"),
        (SHIPMENTS, "<AmazonEnvelope><MessageType>", "O"),
        (FLAT, "", "order-id\t"),
    ],
)
def test_brackets_values_and_texts_without_end_do_nothing_in_flat_memory(
    market: TestMarket, feed_type: str, begin: str, again: str
) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    told = packed(market, packed_endless(begin, again), feed_type)

    assert (told.status, told.counts[0], [number for number, _, _ in told.found]) == ("DONE", 0, [0])
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells what a process held at most")
def test_a_huge_envelope_is_read_in_flat_memory() -> None:
    ran = subprocess.run([sys.executable, "-c", _HUGE], capture_output=True, text=True, check=True)

    few, many = (int(said) for said in ran.stdout.split())
    assert many - few < 8 * 1024


_HUGE = """
from sellingpartner.market.feeds.families.shipments import in_xml
from sellingpartner.market.feeds.kinds import FeedFile

BODY = "<AmazonOrderID>111-1111111-1111111</AmazonOrderID><FulfillmentDate>2026-11-02T09:00:00Z</FulfillmentDate>"

def peak_after(count):
    def pieces():
        yield b"<AmazonEnvelope><Header/><MessageType>OrderFulfillment</MessageType>"
        for number in range(1, count + 1):
            said = f"<Message><MessageID>{number}</MessageID><OrderFulfillment>{BODY}</OrderFulfillment></Message>"
            yield said.encode()
        yield b"</AmazonEnvelope>"

    file = FeedFile(feed_id="1", pieces=pieces, content_type="text/xml", seller_id="A", marketplace_ids=("U",))
    assert sum(1 for _ in in_xml(file)) == count
    (line,) = [line for line in open("/proc/self/status") if line.startswith("VmHWM:")]
    return int(line.split()[1])

print(peak_after(100), peak_after(15_000))
"""
