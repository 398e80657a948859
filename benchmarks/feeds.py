"""Feeds: how long 25,000 listings take, how many messages a second, and what memory their file takes.

    python -m benchmarks.feeds                                                      # on SQLite
    python -m benchmarks.feeds --database postgresql+psycopg://USER@HOST/NAME       # one that is empty

A process of its own carries the feed out, by the same work as a served market does, and says how far its memory rose
above what a feed of one message took.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, NamedTuple

import msgspec

from benchmarks.memory import peak_mebibytes
from benchmarks.report import Figure
from sellingpartner.market.feeds.store import find_feed
from sellingpartner.market.market import Market
from sellingpartner.storage.document_store import DocumentStore
from sellingpartner.testing import TestMarket
from sellingpartner.testing.feeding import handed_in, uploaded
from sellingpartner.testing.world import US

MESSAGES, FEW = 25_000, 1_000
_SKUS = 2_000
_TYPE = "JSON_LISTINGS_FEED"
_MOST_SECONDS = 60


class Measured(NamedTuple):
    """One feed."""

    messages: int
    failed: int
    seconds: float
    risen_mebibytes: float
    """How far the peak of resident memory rose above the peak after a feed of one message."""


def measure(folder: Path, *, is_quick: bool) -> list[Figure]:
    """What a feed of listings takes."""
    count = FEW if is_quick else MESSAGES
    found = carried_out(f"sqlite:///{folder / 'feeds.db'}", folder / "feeds.documents", count)
    name = f"a feed of {found.messages:,} listings"
    most = _MOST_SECONDS if count == MESSAGES else None
    return [
        Figure(name=name, value=found.seconds, unit="s", most=most),
        Figure(name=f"{name}, messages", value=found.messages / found.seconds, unit="messages/s"),
        Figure(name=f"{name}, memory", value=found.risen_mebibytes, unit="MiB more"),
    ]


def carried_out(url: str, folder: Path, count: int) -> Measured:
    """Hand in a feed of one message and one of many, and have another process carry them out."""
    with TestMarket(url) as market:
        market.market.documents = DocumentStore(str(folder))
        for number in range(_SKUS):
            market.lists(f"SKU-{number}", stock=5)
        feed_ids = [_handed_in(market, many) for many in (1, count)]
        seller_id = market.seller.seller_id
    command = [sys.executable, "-m", "benchmarks.feeds", "--carry-out", seller_id, *feed_ids]
    ran = subprocess.run(
        [*command, "--database", url, "--folder", str(folder)], capture_output=True, text=True, check=True
    )
    return Measured(**json.loads(ran.stdout))


def carry_out(url: str, folder: Path, seller_id: str, feed_ids: list[str]) -> Measured:
    """Let time pass until both feeds have ended."""
    market = Market.open(url, documents=DocumentStore(str(folder)))
    one, many = feed_ids
    _until_ended(market, seller_id, one)
    before = peak_mebibytes()
    began = perf_counter()
    feed = _until_ended(market, seller_id, many)
    seconds = perf_counter() - began
    market.close()
    return Measured(feed.position, feed.failed, seconds, peak_mebibytes() - before)


def _until_ended(market: Market, seller_id: str, feed_id: str) -> Any:  # noqa: ANN401 - a feed
    while True:
        with market.read(seller_id) as unit:
            feed = find_feed(unit, feed_id)
        due = market.next_due()
        if feed.is_ended or due is None:
            assert feed.status == "DONE", feed.status
            return feed
        market.advance_to(due)


def _handed_in(market: TestMarket, count: int) -> str:
    messages = [_message(number) for number in range(count)]
    header = {"sellerId": market.seller.seller_id, "version": "2.0"}
    content = msgspec.json.encode({"header": header, "messages": messages})
    document_id = uploaded(market.seller, content, "application/json; charset=UTF-8")
    return handed_in(market.seller, _TYPE, document_id, options=None, marketplace_ids=[US])


def _message(number: int) -> dict[str, Any]:
    """A new quantity, and of each second one a new price as well."""
    price = [{"schedule": [{"value_with_tax": round(10 + number % 500 / 100, 2)}]}]
    offer: dict[str, Any] = {"marketplace_id": US, "currency": "USD", "our_price": price}
    said: dict[str, Any] = {
        "fulfillment_availability": [{"fulfillment_channel_code": "DEFAULT", "quantity": 1 + number % 90}]
    }
    if number % 2:
        said["purchasable_offer"] = [offer]
    return {
        "messageId": number + 1,
        "sku": f"SKU-{number % _SKUS}",
        "operationType": "PARTIAL_UPDATE",
        "productType": "PRODUCT",
        "attributes": said,
    }


def main() -> None:
    """Measure, and print what was found; or carry feeds out for whoever measures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.feeds")
    parser.add_argument("--messages", type=int, default=MESSAGES)
    parser.add_argument("--database")
    parser.add_argument("--carry-out", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.carry_out:
        seller_id, *feed_ids = options.carry_out
        print(json.dumps(carry_out(options.database, options.folder, seller_id, feed_ids)._asdict()))
        return
    with TemporaryDirectory(prefix="sellingpartner-feeds-") as folder:
        url = options.database or f"sqlite:///{folder}/market.db"
        found = carried_out(url, Path(folder) / "documents", options.messages)
    print(
        f"{found.messages:,} messages, {found.failed:,} refused, in {found.seconds:.1f} s:"
        f" {found.messages / found.seconds:,.0f} messages/s, memory rose by {found.risen_mebibytes:.1f} MiB"
    )


if __name__ == "__main__":
    main()
