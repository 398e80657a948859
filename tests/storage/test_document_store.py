"""Bytes by keys, in memory, in a folder and in a bucket."""

import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import boto3
import pytest
from made_up_reports import WITH_OPTIONS

from sellingpartner.storage.document_store import IN_MEMORY, DocumentStore, NoSuchBytes, StoreUnusable
from sellingpartner.testing import TestMarket

FAR = datetime(9000, 1, 1, tzinfo=UTC)


@pytest.fixture
def bucket(moto_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A bucket of a server that speaks as S3 does, and the environment by which it is found."""
    environment = {
        "AWS_ENDPOINT_URL": moto_url,
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_REGION": "us-east-1",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    boto3.client("s3", endpoint_url=moto_url, region_name="us-east-1").create_bucket(Bucket="market")
    return "s3://market/documents"


@pytest.fixture(params=["memory", "folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> DocumentStore:
    if request.param == "s3":
        return DocumentStore(request.getfixturevalue("bucket"))
    return DocumentStore(IN_MEMORY if request.param == "memory" else str(tmp_path / "documents"))


def test_what_was_put_is_got_whole_and_in_parts_until_it_is_deleted(store: DocumentStore) -> None:
    pieces = [bytes([number]) * 100_000 for number in range(120)]
    whole = b"".join(pieces)

    size = store.put("A1/2026-11/one", iter(pieces))

    assert (size, store.size("A1/2026-11/one")) == (len(whole), len(whole))
    assert b"".join(store.get("A1/2026-11/one")) == whole
    assert b"".join(store.get("A1/2026-11/one", 99_999, 100_002)) == whole[99_999:100_002]
    assert b"".join(store.get("A1/2026-11/one", 11_900_000)) == whole[11_900_000:]
    assert list(store.kept_before(FAR, below="A1/")) == ["A1/2026-11/one"]
    assert list(store.kept_before(FAR, below="A2/")) == []
    store.delete(["A1/2026-11/one", "A1/2026-11/never"])
    with pytest.raises(NoSuchBytes):
        store.size("A1/2026-11/one")
    with pytest.raises(NoSuchBytes):
        store.get("A1/2026-11/one")


def test_of_what_breaks_off_nothing_is_kept(store: DocumentStore) -> None:
    def broken() -> Iterator[bytes]:
        yield b"begun" * 2_000_000
        raise ValueError("the reader is gone")

    with pytest.raises(Exception, match="the reader is gone"):
        store.put("A1/2026-11/broken", broken())

    with pytest.raises(NoSuchBytes):
        store.size("A1/2026-11/broken")


def test_a_world_beside_has_keys_of_its_own_and_is_cleared_alone(tmp_path: Path) -> None:
    home = DocumentStore(str(tmp_path))
    beside = home.below("sandbox/")
    beside.clear()
    home.put("A1/one", iter([b"home"]))
    beside.put("A1/one", iter([b"beside"]))

    beside.clear()

    assert b"".join(home.get("A1/one")) == b"home"
    with pytest.raises(NoSuchBytes):
        beside.get("A1/one")
    assert home.path("A1/one") == tmp_path / "A1/one"


def test_large_bytes_go_through_in_constant_memory(tmp_path: Path) -> None:
    store = DocumentStore(str(tmp_path))
    store.put("first", iter([b"x"]))
    tracemalloc.start()

    size = store.put("large", (b"x" * 1_000_000 for _ in range(100)))
    got = sum(map(len, store.get("large")))

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (size, got) == (100_000_000, 100_000_000)
    assert peak < 30_000_000


def test_a_place_where_nothing_can_be_kept_is_told_of_without_what_is_secret_in_it(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()

    with pytest.raises(StoreUnusable, match="file/documents"):
        DocumentStore(str(file / "documents")).check()
    with pytest.raises(StoreUnusable, match="gopher://nowhere: "):
        DocumentStore("gopher://nowhere?secret=1").check()
    DocumentStore(str(tmp_path / "documents")).check()


def test_a_market_whose_documents_are_in_a_bucket_gives_them_out_by_its_links(bucket: str) -> None:
    with TestMarket() as market:
        market.market.documents = DocumentStore(bucket, prefix="given-out/")

        paper = market.report(WITH_OPTIONS, options={"note": "kept in a bucket"})

        assert paper.rows[0]["note"] == "kept in a bucket"
        assert len(list(market.market.documents.kept_before(FAR))) == 1
        market.advance(days=3)
        assert list(market.market.documents.kept_before(FAR)) == []
