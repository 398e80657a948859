"""Reports and feeds from the command line, against a scripted Amazon; settlements against a market."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import httpx2
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "client"))

from office import FEEDS, REPORTS, TYPE, US, Office, served
from scripted import CREDENTIALS, answer
from shipper import ships

from sellingpartner.cli.reach.transport import through
from sellingpartner.server.process.credentials import Credentials
from sellingpartner.testing import TestMarket

Spapi = Callable[..., Any]

BODY = b"date\trating\n2026-11-01\t5\n"
REPORT = json.dumps(
    {
        "issues": [{"messageId": 1, "sku": "MUG", "code": "90220", "severity": "ERROR", "message": "Required."}],
        "summary": {"messagesProcessed": 1, "messagesAccepted": 0, "messagesInvalid": 1},
    }
).encode()


@pytest.fixture
def office(spapi: Spapi, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An Amazon that makes a report in two looks and fails the only message of a feed, and nobody waits."""
    made = Office().report("IN_QUEUE", "DONE", body=BODY)
    made.on(f"POST {FEEDS}/documents", answer({"feedDocumentId": "in-1", "url": "http://documents.test/up"}, 201))
    made.on("PUT /up", httpx2.Response(200)).on(f"POST {FEEDS}/feeds", answer({"feedId": "7001"}, 202))
    feed = {"feedId": "7001", "feedType": "JSON_LISTINGS_FEED", "createdTime": "2026-11-02T09:00:00Z"}
    made.on(f"GET {FEEDS}/feeds/7001", answer({**feed, "processingStatus": "DONE", "resultFeedDocumentId": "r-1"}))
    made.on(f"GET {FEEDS}/documents/r-1", answer({"feedDocumentId": "r-1", "url": "http://documents.test/result"}))
    made.on("GET /result", lambda _: served(REPORT))
    for name in ("client_id", "client_secret", "refresh_token", "base_url"):
        monkeypatch.setenv(f"SP_API_{name.upper()}", getattr(CREDENTIALS, name))
    monkeypatch.setenv("SP_API_MARKETPLACE_ID", US)
    monkeypatch.setattr("sellingpartner.client._shells.sync.time.sleep", lambda _: None)
    with through(httpx2.MockTransport(made)):
        yield made


def test_a_report_is_written_to_a_file(spapi: Spapi, office: Office) -> None:
    said = spapi("report", "download", TYPE, "--since", "2026-11-01", "--until", "2026-11-02", "--to", "x.txt")

    assert (said.code, Path("x.txt").read_bytes()) == (0, BODY)
    assert [line.split() for line in said.out.splitlines()] == [
        ["report_id", "5001"],
        ["report_type", TYPE],
        ["file", "x.txt"],
        ["bytes", str(len(BODY))],
        ["charset", "utf-8"],
    ]
    assert said.err.splitlines() == [
        "report 5001: created",
        "report 5001: IN_QUEUE",
        "report 5001: downloading",
        "report 5001: done",
    ]
    assert json.loads(office.requests[0].content)["dataStartTime"] == "2026-11-01T00:00:00Z"


def test_a_report_without_a_path_is_named_after_its_type(spapi: Spapi, office: Office) -> None:
    said = spapi("report", "download", TYPE, "--option", "a=b", "--json")
    again = spapi("report", "download", TYPE)

    assert said.json()["file"] == f"{TYPE}.txt"
    assert json.loads(office.requests[0].content)["reportOptions"] == {"a": "b"}
    assert (again.code, "is there already; say --to" in again.err) == (2, True)
    assert len(office.asked(f"POST {REPORTS}")) == 1


def test_a_report_is_poured_out(spapi: Spapi, office: Office) -> None:
    said = spapi("report", "download", "--report-id", "5001", "--to", "-")

    assert (said.code, said.out) == (0, BODY.decode())
    assert office.asked(f"POST {REPORTS}") == []


SETTLEMENTS = "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2"


def test_the_latest_settlement_is_fetched_and_none_is_asked_for(
    spapi: Spapi, market: TestMarket, ready: Credentials
) -> None:
    ships(market, market.buys("MUG-BLUE"))
    market.advance(days=40)

    said = spapi("report", "download", SETTLEMENTS, "--latest", "--to", "-")
    asked = spapi("report", "download", SETTLEMENTS)

    assert said.code == 0, said.err
    assert said.out.startswith("settlement-id\t")
    assert (asked.code, "--latest" in asked.err, f"getReports reportTypes={SETTLEMENTS}" in asked.err) == (
        2,
        True,
        True,
    )


def test_where_no_report_is_done_the_latest_is_not_there(spapi: Spapi, market: TestMarket, ready: Credentials) -> None:
    said = spapi("report", "download", SETTLEMENTS, "--latest")

    assert (said.code, f"There is no {SETTLEMENTS}" in said.err, list(Path().glob("*.txt"))) == (2, True, [])


def test_an_interrupted_report_is_canceled_and_that_is_said(
    spapi: Spapi, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sellingpartner.client._shells.sync.time.sleep", interrupt)

    said = spapi("report", "download", TYPE, "--to", "x.txt")

    assert said.code == 130
    assert "The report 5001 was asked to be canceled." in said.err
    assert office.calls[-1] == f"DELETE {REPORTS}/5001"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("report", "download"), "Which report?"),
        (("report", "download", TYPE, "--since", "soon"), "--since is 'soon'"),
        (("report", "download", TYPE, "--option", "a"), "--option is 'a'; write NAME=VALUE."),
        (("report", "download", "--latest", "--report-id", "5001"), "--latest fetches a report that is there"),
        (("report", "download", TYPE, "--latest", "--since", "30d"), "--latest fetches a report that is there"),
        (("feed", "submit"), "Name the feed's type and its file"),
        (("feed", "submit", "JSON_LISTINGS_FEED", "x.json", "--feed-id", "7"), "give no file"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_called(
    spapi: Spapi, office: Office, arguments: tuple[str, ...], told: str
) -> None:
    said = spapi(*arguments)

    assert (said.code, told in said.err) == (2, True)
    assert office.calls == []


def test_a_marketplace_has_to_be_named(spapi: Spapi, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SP_API_MARKETPLACE_ID")

    for arguments in (("report", "download", TYPE), ("feed", "submit", "JSON_LISTINGS_FEED", "x.json")):
        said = spapi(*arguments)
        assert (said.code, "Which marketplace? Say --marketplace" in said.err) == (2, True)
    assert office.calls == []


def test_a_feed_that_fails_shows_why(spapi: Spapi, office: Office) -> None:
    Path("feed.json").write_text('{"messages": []}')

    said = spapi("feed", "submit", "JSON_LISTINGS_FEED", "feed.json")

    assert said.code == 1
    assert [line.split() for line in said.out.splitlines()[:5]] == [
        ["feed_id", "7001"],
        ["status", "DONE"],
        ["processed", "1"],
        ["accepted", "0"],
        ["failed", "1"],
    ]
    assert said.out.splitlines()[-1].split() == ["1", "MUG", "ERROR", "90220", "Required."]
    assert "1 of 1 message failed" in said.err
    assert office.asked("PUT /up")[0].content == b'{"messages": []}'


def test_of_a_feed_that_could_not_be_read_no_counts_are_shown(spapi: Spapi, office: Office) -> None:
    Path("feed.json").write_text("{")
    issue = {"code": "4000001", "severity": "ERROR", "message": "Malformed."}
    summary = {"messagesProcessed": 0, "messagesAccepted": 0, "messagesInvalid": 0}
    office.on("GET /result", lambda _: served(json.dumps({"issues": [issue], "summary": summary}).encode()))

    said = spapi("feed", "submit", "JSON_LISTINGS_FEED", "feed.json")

    assert said.code == 1
    assert [line.split()[0] for line in said.out.splitlines()[:2]] == ["feed_id", "status"]
    assert not any(word in said.out for word in ("processed", "accepted", "failed"))
    assert "4000001" in said.out
    assert "its file could not be read, and no message of it was processed" in said.err


def test_a_feed_need_not_be_waited_for(spapi: Spapi, office: Office) -> None:
    Path("feed.json").write_text("{}")

    said = spapi("feed", "submit", "JSON_LISTINGS_FEED", "feed.json", "--no-wait", "--json")

    assert (said.code, said.json()["feed_id"], said.json()["status"]) == (0, "7001", "IN_QUEUE")
    assert office.calls[-1] == f"POST {FEEDS}/feeds"


def test_a_feed_may_come_from_stdin(spapi: Spapi, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b'{"messages": [1]}')))

    assert spapi("feed", "submit", "JSON_LISTINGS_FEED", "-", "--no-wait").code == 0

    assert office.asked("PUT /up")[0].content == b'{"messages": [1]}'
