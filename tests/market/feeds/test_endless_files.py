"""Files without an end, or with one that is far: little of them is read, nothing is done, and memory stays flat."""

from __future__ import annotations

import gzip
import subprocess
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path

import pytest
from feed_writer import envelope, shipped, table

from sellingpartner.contract.feeds_2021_06_30 import CreateFeed
from sellingpartner.market.events.orders import OrderShipped
from sellingpartner.market.feeds import opening, working
from sellingpartner.market.feeds.kinds import FeedFile, Refused, kind_of
from sellingpartner.testing import TestMarket
from sellingpartner.testing.feeding import FeedTold, uploaded
from sellingpartner.testing.world import US

SHIPMENTS, FLAT, LISTINGS = "POST_ORDER_FULFILLMENT_DATA", "POST_FLAT_FILE_FULFILLMENT_DATA", "JSON_LISTINGS_FEED"
IN_XML = "<AmazonEnvelope><MessageType>OrderFulfillment</MessageType>"
HEAD = "order-id\tship-date\n"
FORGET_PEAK = Path("/proc/self/clear_refs")


@pytest.fixture
def order_id(market: TestMarket) -> str:
    market.lists("MUG-BLUE")
    return market.buys()


def packed(market: TestMarket, content: bytes, feed_type: str = SHIPMENTS) -> FeedTold:
    document_id = uploaded(market.seller, content, "text/xml", is_packed=True)
    asked = CreateFeed(feed_type=feed_type, marketplace_ids=[US], input_feed_document_id=document_id)
    return market.feed_of(market.seller.send(asked).feed_id)


@pytest.mark.parametrize(
    ("feed_type", "begin", "status"),
    [
        (SHIPMENTS, IN_XML, "DONE"),
        (FLAT, HEAD, "DONE"),
        (LISTINGS, "", "DONE"),
        ("UPLOAD_VAT_INVOICE", "%PDF-1.4", "FATAL"),
    ],
)
def test_a_bomb_of_gzip_does_nothing_in_flat_memory(
    market: TestMarket, feed_type: str, begin: str, status: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if status == "DONE":  # who reads whole what may be so long is the one who is tried with all of it
        monkeypatch.setattr(opening, "MOST_BYTES", 40 << 20)
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = packer.compress(begin.encode())
    blank = b"\n" * (1 << 20)
    for _ in range(opening.MOST_BYTES // len(blank) + 1):
        bomb += packer.compress(blank)
    bomb += packer.flush()

    with flat_memory():
        told = packed(market, bomb, feed_type)

    assert (told.status, told.counts[0]) == (status, 0)
    assert "268,435,456" in told.found[0][2] or status == "DONE"


@contextmanager
def flat_memory() -> Iterator[None]:
    """Hold what runs inside to a part of what it reads; Linux alone tells how much a process held at most lately."""
    if not FORGET_PEAK.exists():
        yield
        return
    FORGET_PEAK.write_text("5")
    before = peak()
    yield
    assert peak() - before < 24 * 1024


def peak() -> int:
    """The most that this process has held, in KiB."""
    (line,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1])


def packed_endless(begin: str, again: str, size: int = 36 << 20) -> bytes:
    """What begins so and goes on so, without an end; packed it is small."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    many = again.encode() * ((1 << 20) // len(again))
    return b"".join(
        (packer.compress(begin.encode()), *(packer.compress(many) for _ in range(size >> 20)), packer.flush())
    )


@pytest.mark.parametrize(
    ("feed_type", "begin", "again"),
    [
        (LISTINGS, "", "["),
        (LISTINGS, "", '{"a":'),
        (LISTINGS, '{"messages":[', '{"a":['),
        (LISTINGS, '{"messages":[[', "[],"),
        (LISTINGS, '{"messages":[{', '"a":1,'),
        (LISTINGS, '{"header":{', '"a":{},'),
        (LISTINGS, '{"header":[', "{},"),
        (LISTINGS, '{"header":{"sellerId":"', "A"),
        (LISTINGS, '{"messages":[', "1"),
        (SHIPMENTS, "", "<a>"),
        (SHIPMENTS, "<AmazonEnvelope><Header>", "<a/>"),
        (SHIPMENTS, IN_XML + "<Message>", "<a/>"),
        (SHIPMENTS, "<AmazonEnvelope><MessageType>", "O"),
        (FLAT, "", "order-id\t"),
    ],
)
def test_brackets_values_and_texts_without_end_do_nothing_in_flat_memory(
    market: TestMarket, feed_type: str, begin: str, again: str
) -> None:
    file = packed_endless(begin, again)

    with flat_memory():
        told = packed(market, file, feed_type)

    assert (told.status, told.counts[0], [number for number, _, _ in told.found]) == ("DONE", 0, [0])


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


ENDLESS = [
    (FLAT, HEAD, "\n", 2),
    (FLAT, HEAD, " \r\n", 4),
    (FLAT, HEAD, "\t\t\t\n", 5),
    (SHIPMENTS, IN_XML, "\n", 2),
    (SHIPMENTS, IN_XML, "<!-- -->", 2),
    (SHIPMENTS, IN_XML, "<!-- -->\n", 2),
    (SHIPMENTS, IN_XML, "<?a?>", 2),
    (SHIPMENTS, "", "\n", 2),
    (SHIPMENTS, "<AmazonEnvelope><Header>", "<a/>", 2),
    (LISTINGS, "", "\n", 2),
    (LISTINGS, '{"messages":[', "\n", 2),
    (LISTINGS, '{"header":{"sellerId":"', "A", 2),
    (LISTINGS, '{"messages":[', "{},", 2),
    (LISTINGS, '{"messages":[', "1,", 2),
    (LISTINGS, '{"other":[', "1,", 2),
]


@pytest.mark.parametrize(("feed_type", "begin", "again", "most"), ENDLESS)
def test_of_what_says_nothing_little_is_read(feed_type: str, begin: str, again: str, most: int) -> None:
    """However much of it there is: `most` is in MiB."""
    kind = kind_of(feed_type)
    assert kind is not None
    read = 0

    def pieces() -> Iterator[bytes]:
        nonlocal read
        yield begin.encode()
        for piece in repeat(again.encode() * ((1 << 16) // len(again))):
            read += len(piece)
            yield piece

    file = FeedFile(feed_id="1", pieces=pieces, content_type="text/plain", seller_id="A", marketplace_ids=(US,))
    with pytest.raises(Refused):
        list(kind.read(file))

    assert read <= most << 20


def test_a_million_blank_lines_below_a_record_do_not_harm_it(market: TestMarket, order_id: str) -> None:
    row = {"order-id": order_id, "ship-date": "2026-11-02", "carrier-code": "UPS"}
    sheet = table(tuple(row), [row]) + "\t\t\r\n" * 1_000_000

    told = packed(market, gzip.compress(sheet.encode()), FLAT)

    assert (told.status, told.counts) == ("DONE", (1, 1, 0))
    assert [one.order_id for one in market.facts(OrderShipped)] == [order_id]


def test_a_gzip_of_parts_that_hold_nothing_ends_fatal(market: TestMarket) -> None:
    told = packed(market, gzip.compress(b"") * 2_000)

    assert (told.status, told.counts[0], [one[:2] for one in told.found]) == ("FATAL", 0, [(0, "90000")])


@pytest.mark.parametrize("feed_type", [SHIPMENTS, FLAT])
def test_a_feed_of_too_many_messages_ends_fatal_and_does_nothing(
    market: TestMarket, order_id: str, feed_type: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "MOST_MESSAGES", 2)
    row = {"order-id": order_id, "ship-date": "2026-11-02", "carrier-code": "UPS"}
    content = {SHIPMENTS: envelope("OrderFulfillment", *[shipped(order_id)] * 3), FLAT: table(tuple(row), [row] * 3)}

    told = market.feed(feed_type, content[feed_type])

    assert (told.status, told.counts[0], told.found[0][:2]) == ("FATAL", 0, (0, "90000"))
    assert told.found[0][2] == "The file has more than 2 messages; send them in several feeds."
    assert market.facts(OrderShipped) == []
