"""Documents are kept until they are over, and then go by themselves: rows first, then bytes."""

import gzip
import os
from datetime import timedelta
from pathlib import Path

import pytest

from sellingpartner.market.documents.documents import (
    AWAITED_FOR,
    Document,
    Kept,
    NoSuchDocument,
    Purpose,
    Status,
    await_document,
    document_of,
    documents_kept,
    fill_document,
    keep_document,
)
from sellingpartner.market.documents.writer import GZIP, PLAIN_BYTES, Written, write_document
from sellingpartner.storage.document_store import DocumentStore, NoSuchBytes
from sellingpartner.testing import TestMarket


def kept(market: TestMarket, written: Written, days: int) -> Document:
    with market.market.write(market.seller.seller_id) as unit:
        return keep_document(
            unit,
            Kept(
                purpose=Purpose.REPORT,
                content_type="text/plain",
                compression=written.compression,
                size=written.size,
                store_key=written.store_key,
                expires_at=unit.now + timedelta(days=days),
            ),
        )


def test_a_small_document_stays_as_it_is_and_a_larger_one_is_compressed(market: TestMarket) -> None:
    store = market.market.documents
    small, large = b"x" * PLAIN_BYTES, b"xy" * PLAIN_BYTES

    first = write_document(store, "A1", [small])
    second = write_document(store, "A1", (large[at : at + 1000] for at in range(0, len(large), 1000)))

    assert (first.compression, b"".join(store.get(first.store_key))) == (None, small)
    assert second.compression == GZIP
    assert second.size < len(large)
    assert gzip.decompress(b"".join(store.get(second.store_key))) == large


def test_what_is_over_goes_by_itself_with_its_bytes(market: TestMarket) -> None:
    store = market.market.documents
    short, long = (write_document(store, market.seller.seller_id, [b"told"]) for _ in range(2))
    over, stays = kept(market, short, 3), kept(market, long, 90)
    with market.market.write(market.seller.seller_id) as unit:
        awaited = await_document(unit, "text/xml")

    market.advance(days=4)

    with market.market.read(market.seller.seller_id) as unit:
        assert document_of(unit, stays.document_id).store_key == long.store_key
        for gone in (over, awaited):
            with pytest.raises(NoSuchDocument):
                document_of(unit, gone.document_id)
        assert [(one.purpose, one.count, one.size) for one in documents_kept(unit)] == [("REPORT", 1, 4)]
    assert b"".join(store.get(long.store_key)) == b"told"
    with pytest.raises(NoSuchBytes):
        store.get(short.store_key)


def test_an_awaited_document_is_filled_and_may_be_filled_anew(market: TestMarket) -> None:
    with market.market.write(market.seller.seller_id) as unit:
        awaited = await_document(unit, "text/xml", region="eu")
        before = [
            fill_document(unit, awaited.document_id, store_key=key, size=3, compression=None) for key in ("a", "b")
        ]
        found = document_of(unit, awaited.document_id)

    assert before == [None, "a"]
    assert (found.status, found.store_key, found.purpose) == (Status.THERE, "b", Purpose.FEED)
    assert found.expires_at == market.now + AWAITED_FOR
    assert awaited.document_id.startswith("amzn1.spdoc.1.4.eu.")


def test_what_a_killed_writer_had_begun_goes_with_what_is_over(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    store = DocumentStore(str(folder))
    with TestMarket(f"sqlite:///{tmp_path / 'market.db'}") as market:
        market.market.documents = store
        document = kept(market, write_document(store, market.seller.seller_id, [b"whole"]), days=9)
        place = store.path(document.store_key or "")
        assert place is not None
        abandoned, at_work, named = (place.with_name(name) for name in ("dead#1", "alive#2", "odd#name"))
        for path in (abandoned, at_work, named):
            path.write_bytes(b"part")
        for path in (abandoned, place):
            os.utime(path, (0, 0))

        market.advance(days=1)

        assert [path.exists() for path in (abandoned, at_work, named, place)] == [False, True, True, True]
