from __future__ import annotations

import gzip
import tempfile
import zlib
from errno import ENOSPC
from pathlib import Path
from typing import Any, BinaryIO

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from office import TYPE, Office, Waits, breaks_off, expired, link, packed, served, with_ranges
from scripted import Caller

from sellingpartner.client.documents import DocumentDamaged, DocumentUnreachable
from sellingpartner.client.documents._landing import Landing
from sellingpartner.contract.errors import AnswerTooLarge, ConnectionFailed, DeadlineExceeded

LINK, GET = "GET /reports/2021-06-30/documents/doc-1", "GET /one"
BODY = b"sku\ttitle\n" + b"".join(b"SKU-%d\tMug %d\n" % (number, number) for number in range(50_000))


@pytest.fixture
def ready(office: Office) -> Office:
    """A report that is done, and whose document is still to be told."""
    return office.report("DONE")


def download(caller: Caller, **fields: Any) -> Any:  # noqa: ANN401
    return caller.call(lambda client: client.reports.download(TYPE, **fields))


def test_a_packed_document_is_unpacked_while_it_comes(caller: Caller, ready: Office) -> None:
    ready.on(LINK, link(packed=True)).on(GET, served(packed(BODY)))

    with download(caller) as document:
        assert document.path.read_bytes() == BODY


def test_a_packed_document_may_say_so_itself(caller: Caller, ready: Office) -> None:
    ready.on(GET, served(packed(BODY), headers={"Content-Encoding": "gzip"}))

    with download(caller) as document:
        assert document.path.read_bytes() == BODY


def test_a_link_that_has_expired_is_asked_for_again(caller: Caller, ready: Office) -> None:
    ready.on(LINK, link(), link("http://documents.test/two?X-Amz-Signature=6"))
    ready.on(GET, expired).on("GET /two", served(BODY))

    with download(caller) as document:
        assert document.size == len(BODY)

    assert ready.calls[2:] == [LINK, GET, LINK, "GET /two"]


def test_a_link_that_is_refused_twice_is_given_up(caller: Caller, ready: Office, tmp_path: Path) -> None:
    ready.on(GET, expired)

    with pytest.raises(DocumentUnreachable, match=r"refused with 403: <Error>.*Request has expired") as raised:
        download(caller, to=tmp_path / "x.txt")

    assert raised.value.report_id == "5001"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("is_packed", [False, True])
def test_a_document_that_breaks_off_goes_on_where_it_broke(caller: Caller, ready: Office, is_packed: bool) -> None:  # noqa: FBT001
    sent = packed(BODY) if is_packed else BODY
    ready.on(LINK, link(packed=is_packed))
    ready.on(GET, breaks_off(sent, 70_000), with_ranges(sent))

    with download(caller) as document:
        assert document.path.read_bytes() == BODY

    assert ready.calls[2:] == [LINK, GET, GET]  # the link is young, so it serves
    asked = ready.asked(GET)[1].headers
    assert (asked["range"], asked["if-range"]) == ("bytes=65536-", '"e1"')


def test_a_break_after_minutes_needs_another_link(caller: Caller, ready: Office, waits: Waits) -> None:
    def breaks_late(_: httpx2.Request) -> httpx2.Response:
        waits.now += 280
        return breaks_off(BODY, 70_000)

    ready.on(GET, breaks_late, with_ranges(BODY))

    with download(caller) as document:
        assert document.path.read_bytes() == BODY

    assert ready.calls[2:] == [LINK, GET, LINK, GET]
    assert "range" in ready.asked(GET)[1].headers


def test_a_server_without_ranges_sends_all_again(caller: Caller, ready: Office) -> None:
    ready.on(GET, breaks_off(BODY, 70_000), served(BODY))

    with download(caller) as document:
        assert document.path.read_bytes() == BODY


def test_another_document_under_the_same_link_is_not_mixed_in(caller: Caller, ready: Office) -> None:
    other = BODY.replace(b"Mug", b"Jug")
    ready.on(GET, breaks_off(BODY, 70_000), served(other, headers={"ETag": '"e2"'}))

    with download(caller) as document:
        assert document.path.read_bytes() == other


def test_without_a_strong_tag_nothing_is_pieced_together(caller: Caller, ready: Office) -> None:
    ready.on(GET, breaks_off(BODY, 70_000, ETag='W/"e1"'), with_ranges(BODY))

    with download(caller) as document:
        assert document.path.read_bytes() == BODY

    assert "range" not in ready.asked(GET)[1].headers


def test_a_range_that_was_not_asked_for_begins_anew(caller: Caller, ready: Office) -> None:
    odd = served(BODY[10:], 206, headers={"Content-Range": f"bytes 10-{len(BODY) - 1}/{len(BODY)}"})
    beyond = httpx2.Response(416)
    ready.on(GET, breaks_off(BODY, 70_000), odd, beyond, with_ranges(BODY))

    with download(caller) as document:
        assert document.path.read_bytes() == BODY


def test_a_part_that_nobody_asked_for_is_not_the_document(caller: Caller, ready: Office) -> None:
    part = served(BODY, 206, headers={"Content-Range": f"bytes 0-{len(BODY) - 1}/{len(BODY)}"})
    ready.on(GET, part, served(BODY))

    with download(caller) as document:
        assert document.path.read_bytes() == BODY

    assert len(ready.asked(GET)) == 2


def test_a_body_shorter_than_it_says_is_no_success(caller: Caller, ready: Office, tmp_path: Path) -> None:
    ready.on(GET, lambda _: served(BODY[:100], headers={"Content-Length": str(len(BODY))}))

    with pytest.raises(ConnectionFailed, match=f"100 of {len(BODY):,} bytes came"):
        download(caller, to=tmp_path / "x.txt")

    assert len(ready.asked(GET)) == 5
    assert list(tmp_path.iterdir()) == []


def test_a_document_that_breaks_again_and_again_says_how_far_it_came(caller: Caller, ready: Office) -> None:
    ready.on(GET, lambda _: breaks_off(BODY, 10))

    with pytest.raises(ConnectionFailed, match=r"ReadError: Connection reset by peer .0 of"):
        download(Caller(caller.client.with_options(retries=2)))

    assert len(ready.asked(GET)) == 3


def test_truncated_gzip_is_an_error(caller: Caller, ready: Office, tmp_path: Path) -> None:
    ready.on(LINK, link(packed=True)).on(GET, served(packed(BODY)[:-20]))

    with pytest.raises(DocumentDamaged, match="GZIP that ends too soon"):
        download(caller, to=tmp_path / "x.txt")

    assert list(tmp_path.iterdir()) == []
    assert len(ready.asked(GET)) == 1


def test_what_is_said_to_be_gzip_and_is_not_is_an_error(caller: Caller, ready: Office, tmp_path: Path) -> None:
    ready.on(LINK, link(packed=True)).on(GET, served(BODY))

    with pytest.raises(DocumentDamaged, match="said to be GZIP and is not"):
        download(caller, to=tmp_path / "x.txt")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("is_packed", [True, False])
def test_a_document_that_is_too_large_is_left(
    caller: Caller, ready: Office, tmp_path: Path, *, is_packed: bool
) -> None:
    ready.on(LINK, link(packed=is_packed)).on(GET, served(packed(BODY) if is_packed else BODY))

    with pytest.raises(AnswerTooLarge, match="larger than max_document_bytes") as raised:
        download(caller.with_options(max_document_bytes=len(BODY) - 1), to=tmp_path / "x.txt")

    assert raised.value.report_id == "5001"
    assert list(tmp_path.iterdir()) == []
    assert len(ready.asked(GET)) == 1


def test_a_document_as_large_as_it_may_be_is_had(caller: Caller, ready: Office) -> None:
    ready.on(LINK, link(packed=True)).on(GET, served(packed(BODY)))

    with download(caller.with_options(max_document_bytes=len(BODY))) as document:
        assert document.size == len(BODY)


def test_a_link_that_leads_nowhere_is_tried_once(caller: Caller, ready: Office) -> None:
    ready.on(LINK, link("http://[::1"))

    with pytest.raises(ConnectionFailed, match="did not come: InvalidURL"):
        download(caller)

    assert ready.calls.count(LINK) == 1


def test_an_overloaded_store_is_asked_again(caller: Caller, ready: Office) -> None:
    ready.on(GET, httpx2.Response(503, content=b"SlowDown"), served(BODY))

    with download(caller) as document:
        assert document.size == len(BODY)


def test_a_document_that_is_not_there_is_not_asked_for_again(caller: Caller, ready: Office) -> None:
    ready.on(GET, httpx2.Response(404, content=b"NoSuchKey"))

    with pytest.raises(DocumentUnreachable, match="refused with 404: NoSuchKey"):
        download(caller)

    assert len(ready.asked(GET)) == 1


def test_a_temporary_document_is_its_owners_alone(caller: Caller, ready: Office) -> None:
    ready.on(GET, served(BODY))

    with download(caller) as document:
        assert document.path.parent.stat().st_mode & 0o077 == 0

    assert not document.path.parent.exists()


def test_a_full_disk_is_said_and_leaves_nothing(
    caller: Caller, ready: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready.on(GET, served(BODY))
    monkeypatch.setattr(Path, "open", full_after(100_000, Path.open))

    with pytest.raises(OSError, match=r"No space left on device.*x\.txt\.part") as raised:
        download(caller, to=tmp_path / "x.txt")

    assert raised.value.errno == ENOSPC
    assert list(tmp_path.iterdir()) == []


def test_an_older_file_stays_until_its_successor_is_whole(caller: Caller, ready: Office, tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(b"yesterday's")
    ready.on(LINK, link(packed=True)).on(GET, served(packed(BODY)[:-20]))

    with pytest.raises(DocumentDamaged):
        download(caller, to=path)

    assert path.read_bytes() == b"yesterday's"


def test_a_download_ends_with_its_deadline(caller: Caller, ready: Office, waits: Waits) -> None:
    def breaks_late(_: httpx2.Request) -> httpx2.Response:
        waits.now += 100
        return breaks_off(BODY, 70_000)

    ready.on(GET, breaks_late)

    with pytest.raises(DeadlineExceeded, match="60 s of this job are over"):
        download(caller, deadline=60)


def test_an_empty_document_is_an_empty_file(caller: Caller, ready: Office, tmp_path: Path) -> None:
    ready.on(GET, served(b""))

    document = download(caller, to=tmp_path / "x.txt")

    assert document.size == 0
    assert list(document.rows()) == []


@given(st.lists(st.binary(max_size=2000), min_size=1, max_size=4), st.lists(st.integers(1, 500), max_size=20))
def test_gzip_unpacks_alike_however_it_is_cut(texts: list[bytes], sizes: list[int]) -> None:
    sent = b"".join(gzip.compress(text) for text in texts) + b"\0" * 7
    with tempfile.TemporaryDirectory() as folder:
        landing = Landing(Path(folder) / "x", lambda *_: None)
        landing.is_packed = True
        assert landing.opens(200, {"content-length": str(len(sent))})
        rest = sent
        for size in sizes:
            landing.write(rest[:size])
            rest = rest[size:]
        landing.write(rest)

        assert landing.is_whole
        landing.settle()
        assert (Path(folder) / "x").read_bytes() == b"".join(texts)


def test_a_packed_bomb_is_laid_down_in_small_pieces(tmp_path: Path) -> None:
    landing = Landing(tmp_path / "x", lambda *_: None)
    landing.is_packed = True
    landing.opens(200, {})
    laid: list[int] = []
    landing._lay = lambda piece: laid.append(len(piece))  # type: ignore[method-assign] # noqa: SLF001

    landing.write(zlib.compress(b"\0" * 20_000_000, wbits=31))

    assert sum(laid) == 20_000_000
    assert max(laid) <= 262_144
    landing.discard()


class Full:
    """A file on a disk with this much room."""

    def __init__(self, file: BinaryIO, room: int) -> None:
        self._file, self._room = file, room

    def write(self, piece: bytes) -> int:
        self._room -= len(piece)
        if self._room < 0:
            raise OSError(ENOSPC, "No space left on device")
        return self._file.write(piece)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._file, name)


def full_after(room: int, opened: Any) -> Any:  # noqa: ANN401 - Path.open
    def made(path: Path, mode: str = "r", *args: Any, **more: Any) -> Any:  # noqa: ANN401
        file = opened(path, mode, *args, **more)
        return Full(file, room) if mode == "wb" and path.name.endswith(".part") else file

    return made
