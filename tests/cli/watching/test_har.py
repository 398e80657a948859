"""Calls as an HTTP Archive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sellingpartner.cli.watching.har import archive
from sellingpartner.contract.market_v1 import Call, RecordedHeader, Recording
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import START

Spapi = Callable[..., Any]


class Pair(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    value: str


class Post(msgspec.Struct, forbid_unknown_fields=True):
    mimeType: str  # noqa: N815 - HAR's own
    text: str
    params: list[Any]


class Sent(msgspec.Struct, forbid_unknown_fields=True):
    method: str
    url: str
    httpVersion: str  # noqa: N815
    cookies: list[Any]
    headers: list[Pair]
    queryString: list[Pair]  # noqa: N815
    headersSize: int  # noqa: N815
    bodySize: int  # noqa: N815
    postData: Post | None = None  # noqa: N815


class Content(msgspec.Struct, forbid_unknown_fields=True):
    size: int
    mimeType: str  # noqa: N815
    text: str | None = None
    encoding: str | None = None


class Answered(msgspec.Struct, forbid_unknown_fields=True):
    status: int
    statusText: str  # noqa: N815
    httpVersion: str  # noqa: N815
    cookies: list[Any]
    headers: list[Pair]
    content: Content
    redirectURL: str  # noqa: N815
    headersSize: int  # noqa: N815
    bodySize: int  # noqa: N815


class Entry(msgspec.Struct, forbid_unknown_fields=True):
    startedDateTime: datetime  # noqa: N815
    time: float
    request: Sent
    response: Answered
    cache: dict[str, Any]
    timings: dict[str, float]
    comment: str | None = None


class Log(msgspec.Struct, forbid_unknown_fields=True):
    version: str
    creator: dict[str, str]
    entries: list[Entry]


class Har(msgspec.Struct, forbid_unknown_fields=True):
    """The parts that HAR 1.2 requires, and those of the others that are used."""

    log: Log


CALL = Call(
    at=START,
    request_id="r1",
    method="POST",
    path="/a/{id}",
    status=400,
    milliseconds=1.5,
    reason="It is wrong.",
    size=9,
)


def read(made: object) -> list[Entry]:
    return msgspec.json.decode(msgspec.json.encode(made), type=Har).log.entries


def test_a_call_of_the_log_is_an_entry_without_what_the_log_does_not_keep() -> None:
    (entry,) = read(archive([CALL], [], "http://m"))

    assert (entry.request.url, entry.request.headers, entry.request.bodySize) == ("http://m/a/{id}", [], -1)
    assert (entry.response.status, entry.response.statusText, entry.response.content.size) == (400, "Bad Request", 9)
    assert entry.comment is not None
    assert entry.comment.startswith("From the log")
    assert entry.comment.endswith("It is wrong.")


@pytest.mark.parametrize(("is_base64", "encoding"), [(False, None), (True, "base64")])
def test_a_recorded_call_is_whole(is_base64: bool, encoding: str | None) -> None:  # noqa: FBT001 - a parameter
    headers = [RecordedHeader(name="Content-Type", value="application/json")]
    recording = Recording(
        request_id="r1",
        method="POST",
        url="http://m/a/7?b=c%20d&e=",
        request_headers=headers,
        request_body="{}",
        answer_headers=headers,
        answer_body="[]",
        is_base64=is_base64,
    )

    (entry,) = read(archive([CALL], [recording], "http://m"))

    assert entry.request.queryString == [Pair("b", "c d"), Pair("e", "")]
    assert entry.request.postData == Post("application/json", "{}", [])
    assert entry.response.content == Content(9, "application/json", "[]", encoding)
    assert entry.comment == "It is wrong."


def test_the_latest_calls_are_written_to_a_file(market: TestMarket, spapi: Spapi, tmp_path: Path) -> None:
    market.seller.call("GET", "/orders/v0/orders")

    said = spapi("requests", "--har", str(tmp_path / "calls.har"))
    nowhere = spapi("requests", "--har", str(tmp_path / "no" / "calls.har"))

    entries = msgspec.json.decode((tmp_path / "calls.har").read_bytes(), type=Har).log.entries
    assert [entry.request.url for entry in entries] == ["http://127.0.0.1:8000/orders/v0/orders"]
    assert said.out == f"1 call in {tmp_path / 'calls.har'}.\n"
    assert "`spapi serve --record` keeps them whole" in said.err
    assert (nowhere.code, "name another file" in nowhere.err) == (2, True)
