from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from office import FEEDS, US, Office, Waits, breaks_off, expired, served
from scripted import Caller, answer, refusal

from sellingpartner.client.documents import (
    DocumentUnreachable,
    FeedCanceled,
    FeedFailed,
    FeedMessage,
    FeedResult,
    FeedResultUnreadable,
    Progress,
)
from sellingpartner.contract.errors import ConnectionFailed, DeadlineExceeded, InvalidInput, NotConfigured

PLACE, PUT, CREATE = f"POST {FEEDS}/documents", "PUT /upload", f"POST {FEEDS}/feeds"
LOOK, CANCEL, LIST = f"GET {FEEDS}/feeds/7001", f"DELETE {FEEDS}/feeds/7001", f"GET {FEEDS}/feeds"
RESULT, GET = f"GET {FEEDS}/documents/result-1", "GET /one"
MESSAGES = {"header": {"sellerId": "A1", "version": "2.0"}, "messages": [{"messageId": 1, "sku": "MUG"}]}
TABLE = "order-id\tship-date\n902-1\t2026-11-02\n"
SHIPMENTS = "POST_FLAT_FILE_FULFILLMENT_DATA"


def feed(state: str, feed_id: str = "7001", **more: Any) -> httpx2.Response:  # noqa: ANN401
    return answer(feed_of(state, feed_id, **more))


def feed_of(state: str, feed_id: str = "7001", **more: Any) -> dict[str, Any]:  # noqa: ANN401
    named = {"feedId": feed_id, "feedType": "JSON_LISTINGS_FEED", "createdTime": "2026-11-02T09:00:00Z"}
    result = {"resultFeedDocumentId": "result-1"} if state == "DONE" else {}
    return {**named, "marketplaceIds": [US], "processingStatus": state, **result, **more}


@pytest.fixture
def ready(office: Office) -> Office:
    """Everything goes well, and one message was accepted."""
    office.on(
        PLACE, answer({"feedDocumentId": "input-1", "url": "http://documents.test/upload?X-Amz-Signature=5"}, 201)
    )
    office.on(PUT, httpx2.Response(200)).on(CREATE, answer({"feedId": "7001"}, 202))
    office.on(LOOK, feed("IN_QUEUE"), feed("DONE")).on(CANCEL, answer({}))
    office.on(RESULT, answer({"feedDocumentId": "result-1", "url": "http://documents.test/one"}))
    return says(office, json.dumps({"issues": [], "summary": counts(1, 1, 0)}).encode())


def says(office: Office, report: bytes, charset: str = "UTF-8") -> Office:
    return office.on(GET, lambda _: served(report, headers={"Content-Type": f"text/plain; charset={charset}"}))


def counts(processed: int, accepted: int, invalid: int) -> dict[str, int]:
    return {"messagesProcessed": processed, "messagesAccepted": accepted, "messagesInvalid": invalid}


def submit(caller: Caller, feed_type: str | None = "JSON_LISTINGS_FEED", content: Any = MESSAGES, **more: Any) -> Any:  # noqa: ANN401
    return caller.call(lambda client: client.feeds.submit(feed_type, content, **more))


def test_a_feed_is_uploaded_submitted_waited_for_and_read(caller: Caller, ready: Office, waits: Waits) -> None:
    result = submit(caller, feed_options={"x": "y"})

    assert ready.calls == [PLACE, PUT, CREATE, LOOK, LOOK, RESULT, GET]
    assert json.loads(ready.asked(CREATE)[0].content) == {
        "feedType": "JSON_LISTINGS_FEED",
        "marketplaceIds": [US],
        "inputFeedDocumentId": "input-1",
        "feedOptions": {"x": "y"},
    }
    assert (result.feed_id, result.status, result.processed, result.accepted, result.failed) == (
        "7001",
        "DONE",
        1,
        1,
        0,
    )
    assert result.messages == ()
    assert waits.seconds == [1.0]


@pytest.mark.parametrize(
    ("feed_type", "content", "sent", "content_type"),
    [
        (
            "JSON_LISTINGS_FEED",
            MESSAGES,
            json.dumps(MESSAGES, separators=(",", ":")),
            "application/json; charset=UTF-8",
        ),
        (SHIPMENTS, TABLE, TABLE, "text/tab-separated-values; charset=UTF-8"),
        ("POST_ORDER_FULFILLMENT_DATA", "<Ü/>", "<Ü/>", "text/xml; charset=UTF-8"),
    ],
)
def test_the_content_type_is_said_and_sent_to_the_letter(
    caller: Caller,
    ready: Office,
    feed_type: str,
    content: Any,  # noqa: ANN401 - whatever a feed may be
    sent: str,
    content_type: str,
) -> None:
    submit(caller, feed_type, content)

    (put,) = ready.asked(PUT)
    assert json.loads(ready.asked(PLACE)[0].content) == {"contentType": content_type}
    assert put.headers["content-type"] == content_type
    assert put.content == sent.encode()
    assert put.headers["content-length"] == str(len(sent.encode()))
    assert [name for name in put.headers if name.startswith(("x-amz", "transfer", "authorization"))] == []


def test_a_content_type_of_ones_own_is_kept_and_text_written_in_its_charset(caller: Caller, ready: Office) -> None:
    submit(caller, SHIPMENTS, "商品\n", content_type="text/tab-separated-values; charset=Shift_JIS")

    assert ready.asked(PUT)[0].content == "商品\n".encode("shift_jis")
    assert ready.asked(PUT)[0].headers["content-type"] == "text/tab-separated-values; charset=Shift_JIS"


def test_a_file_is_sent_as_it_is(caller: Caller, ready: Office, tmp_path: Path) -> None:
    told: list[Progress] = []
    path = tmp_path / "feed.txt"
    path.write_bytes(b"a\tb\n" * 50_000)

    submit(caller, SHIPMENTS, path, on_progress=told.append)

    assert ready.asked(PUT)[0].content == path.read_bytes()
    uploads = [(one.bytes_done, one.bytes_total) for one in told if one.stage == "uploading"]
    assert uploads == [(65536, 200_000), (131_072, 200_000), (196_608, 200_000), (200_000, 200_000)]
    assert [one.stage for one in told[4:]] == ["created", "waiting", "downloading", "done"]


def test_an_upload_link_that_has_expired_is_replaced(caller: Caller, ready: Office) -> None:
    ready.on(PUT, expired, httpx2.Response(200))

    submit(caller)

    assert ready.calls[:5] == [PLACE, PUT, PLACE, PUT, CREATE]


def test_an_upload_that_breaks_off_begins_anew(caller: Caller, ready: Office) -> None:
    ready.on(PUT, httpx2.WriteError("Broken pipe"), httpx2.Response(200))

    submit(caller)

    assert ready.calls[:5] == [PLACE, PUT, PLACE, PUT, CREATE]


def test_an_upload_that_never_succeeds_submits_nothing(caller: Caller, ready: Office) -> None:
    patient = Caller(caller.client.with_options(retries=1))
    ready.on(PUT, httpx2.Response(403, content=b"SignatureDoesNotMatch"))
    with pytest.raises(DocumentUnreachable, match=r"403: SignatureDoesNotMatch. Nothing was submitted"):
        submit(patient)

    ready.on(PUT, httpx2.WriteError("Broken pipe"))
    with pytest.raises(ConnectionFailed, match=r"Broken pipe. Nothing was submitted"):
        submit(patient)

    assert ready.asked(CREATE) == []
    assert len(ready.asked(PUT)) == 4


def test_a_feed_is_never_submitted_twice(caller: Caller, ready: Office) -> None:
    ready.on(CREATE, httpx2.ReadError("Connection reset by peer"))

    with pytest.raises(ConnectionFailed, match="look before you make it again") as raised:
        submit(caller)

    assert raised.value.may_have_arrived
    assert len(ready.asked(CREATE)) == 1


def test_a_failed_message_raises_with_all_of_them(caller: Caller, ready: Office) -> None:
    issue = {"messageId": 4, "sku": "MUG", "code": "90220", "severity": "ERROR", "message": "Required.", "x": 1}
    warning = {"code": "18027", "severity": "WARNING", "message": "Blurred.", "attributeName": "image"}
    says(ready, json.dumps({"issues": [issue, warning], "summary": counts(2, 1, 1)}).encode())

    with pytest.raises(FeedFailed, match="1 of 2 messages failed: message 4 MUG: ERROR 90220: Required") as raised:
        submit(caller)

    result = raised.value.result
    assert raised.value.feed_id == "7001"
    assert (result.processed, result.accepted, result.failed) == (2, 1, 1)
    assert result.messages == (
        FeedMessage(severity="ERROR", text="Required.", code="90220", message_id="4", sku="MUG"),
        FeedMessage(severity="WARNING", text="Blurred.", code="18027", attribute="image"),
    )


def test_warnings_alone_raise_nothing(caller: Caller, ready: Office) -> None:
    warning = {"messageId": 1, "code": "18027", "severity": "WARNING", "message": "Blurred."}
    says(ready, json.dumps({"issues": [warning], "summary": counts(1, 1, 0)}).encode())

    assert [str(message) for message in submit(caller).messages] == ["message 1: WARNING 18027: Blurred."]


FLAT = """Feed Processing Summary:
\tNumber of records processed\t\t3
\tNumber of records successful\t\t2

original-record-number\tsku\terror-code\terror-type\terror-message
2\tMUG-Ü\t8541\tError\tNo such thing
3\tCUP\t5000\tWarning\tNothing new
"""
GERMAN = """Zusammenfassung der Verarbeitung
\tVerarbeitete Datensätze\t\t3
\tErfolgreiche Datensätze\t\t2

Datensatz\tSKU\tFehlercode\tFehlerart\tFehlermeldung
2\tMUG-Ü\t8541\tFehler\tNo such thing
3\tCUP\t5000\tWarnung\tNothing new
"""


@pytest.mark.parametrize("text", [FLAT, GERMAN], ids=["english", "german"])
def test_a_flat_files_report_is_read_in_whichever_language(caller: Caller, ready: Office, text: str) -> None:
    says(ready, text.encode("cp1252"), "Cp1252")

    with pytest.raises(FeedFailed, match="1 of 3 messages failed") as raised:
        submit(caller, SHIPMENTS, TABLE)

    assert raised.value.result.messages == (
        FeedMessage(severity="ERROR", text="No such thing", code="8541", message_id="2", sku="MUG-Ü"),
        FeedMessage(severity="WARNING", text="Nothing new", code="5000", message_id="3", sku="CUP"),
    )
    assert raised.value.result.report == text


def test_a_report_on_orders_names_the_order(caller: Caller, ready: Office) -> None:
    head = "\tNumber of records processed\t\t1\n\tNumber of records successful\t\t0\n\n"
    columns = "original-record-number\torder-id\torder-item-id\terror-code\terror-type\terror-message\n"
    says(ready, (head + columns + "1\t902-1\t5\t18\tError\tUnknown order\n").encode())

    with pytest.raises(FeedFailed, match="message 1 902-1: ERROR 18: Unknown order"):
        submit(caller, SHIPMENTS, TABLE)


def test_a_flat_files_report_without_errors(caller: Caller, ready: Office) -> None:
    says(ready, FLAT.partition("original")[0].replace("\t3", "\t2").encode())

    result = submit(caller, SHIPMENTS, TABLE)

    assert (result.processed, result.accepted, result.failed, result.messages) == (2, 2, 0, ())


def test_an_envelopes_report(caller: Caller, ready: Office) -> None:
    says(
        ready,
        b'<?xml version="1.0" encoding="UTF-8"?><AmazonEnvelope><Message><ProcessingReport><StatusCode>Complete'
        b"</StatusCode><ProcessingSummary><MessagesProcessed>2</MessagesProcessed><MessagesSuccessful>1"
        b"</MessagesSuccessful><MessagesWithError>1</MessagesWithError></ProcessingSummary><Result><MessageID>2"
        b"</MessageID><ResultCode>Error</ResultCode><ResultMessageCode>18028</ResultMessageCode><ResultDescription>"
        b"No such order.</ResultDescription><AdditionalInfo><SKU>MUG</SKU></AdditionalInfo></Result>"
        b"</ProcessingReport></Message></AmazonEnvelope>",
    )

    with pytest.raises(FeedFailed) as raised:
        submit(caller, "POST_ORDER_FULFILLMENT_DATA", "<x/>")

    result = raised.value.result
    assert (result.processed, result.accepted, result.failed) == (2, 1, 1)
    assert result.messages == (
        FeedMessage(severity="ERROR", text="No such order.", code="18028", message_id="2", sku="MUG"),
    )


XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
TEN_OF_14 = (
    "<AmazonEnvelope><Message><ProcessingReport><DocumentTransactionID>50\u00e8</DocumentTransactionID>"
    "<ProcessingSummary><MessagesProcessed>14</MessagesProcessed><MessagesSuccessful>4</MessagesSuccessful>"
    "<MessagesWithError>10</MessagesWithError></ProcessingSummary></ProcessingReport></Message></AmazonEnvelope>"
)
JAPANESE = TEN_OF_14.replace("50\u00e8", "\u5546\u54c1")


@pytest.mark.parametrize(
    ("report", "charset"),
    [
        ((XML_HEAD + TEN_OF_14).encode("latin-1"), "UTF-8"),
        ((XML_HEAD.replace("UTF-8", "Shift_JIS") + JAPANESE).encode("cp932"), "UTF-8"),
        (JAPANESE.encode("cp932"), "Shift_JIS"),
        ((XML_HEAD.replace("UTF-8", "UTF-16") + TEN_OF_14).encode("utf-16"), "UTF-16"),
        ((XML_HEAD + TEN_OF_14).replace("50\u00e8", "Salt & Pepper").encode(), "UTF-8"),
        (
            json.dumps({"issues": [], "summary": counts(14, 4, 10), "x": "\u00e8"}, ensure_ascii=False).encode(
                "latin-1"
            ),
            "",
        ),
    ],
    ids=["a wrong byte", "Shift_JIS", "Shift_JIS, undeclared", "UTF-16", "a bare ampersand", "JSON with a wrong byte"],
)
def test_a_report_with_a_flaw_is_read_all_the_same(caller: Caller, ready: Office, report: bytes, charset: str) -> None:
    says(ready, report, charset)

    with pytest.raises(FeedFailed, match="10 of 14 messages failed"):
        submit(caller)


@pytest.mark.parametrize(
    "report", [b"", b"{", b"<x>", b"<x/>", b"[1]", b"Thank you.", b"<!DOCTYPE html><p>Busy & gone", b"\xff\xfe\x00"]
)
def test_a_report_that_nobody_can_read_is_no_success(caller: Caller, ready: Office, report: bytes) -> None:
    says(ready, report)

    with pytest.raises(
        FeedResultUnreadable, match=r"nothing says what was accepted.*Look at \.result\.report"
    ) as raised:
        submit(caller)

    assert raised.value.feed_id == "7001"
    assert raised.value.result.report in {report.decode("latin-1"), "\0", "\ufffd"}
    assert not raised.value.result.is_accepted


def test_a_feed_without_a_report_is_no_success(caller: Caller, ready: Office) -> None:
    ready.on(LOOK, feed("DONE", resultFeedDocumentId=None))

    with pytest.raises(FeedResultUnreadable, match="There is no processing report"):
        submit(caller)


def test_a_feed_that_is_given_up_raises_with_what_is_known(caller: Caller, ready: Office) -> None:
    ready.on(LOOK, feed("FATAL", resultFeedDocumentId="result-1"))
    says(ready, b"The header is wrong.")

    with pytest.raises(FeedFailed, match=r"may have been applied. The header is wrong") as raised:
        submit(caller)
    assert raised.value.result.status == "FATAL"

    ready.on(LOOK, feed("FATAL"))
    with pytest.raises(FeedFailed, match="Nothing says why"):
        submit(caller)


def test_a_canceled_feed_raises(caller: Caller, ready: Office) -> None:
    ready.on(LOOK, feed("CANCELLED"))

    with pytest.raises(FeedCanceled, match="nothing of it was processed"):
        submit(caller)


def test_a_deadline_names_the_feeds_that_stand_before(caller: Caller, ready: Office) -> None:
    ready.on(LOOK, feed("IN_QUEUE", createdTime="2026-11-02T09:00:00Z"))
    earlier = feed_of("IN_PROGRESS", "6999", createdTime="2026-11-01T09:00:00Z")
    later = feed_of("IN_QUEUE", "7002", createdTime="2026-11-02T10:00:00Z")
    ready.on(LIST, answer({"feeds": [later, feed_of("IN_QUEUE"), earlier]}))

    with pytest.raises(DeadlineExceeded, match=r"Before it: 6999 \(IN_PROGRESS\)\..*feed_id='7001'") as raised:
        submit(caller, deadline=30)

    assert raised.value.blocked_by == ("6999",)
    assert raised.value.feed_id == "7001"
    assert ready.asked(LIST)[0].url.params["feedTypes"] == "JSON_LISTINGS_FEED"
    assert CANCEL not in ready.calls


def test_a_deadline_is_said_though_nobody_knows_what_blocks(caller: Caller, ready: Office) -> None:
    ready.on(LOOK, feed("IN_QUEUE")).on(LIST, refusal(403, "Unauthorized"))

    with pytest.raises(DeadlineExceeded, match="30 s of this job are over") as raised:
        submit(caller, deadline=30)

    assert raised.value.blocked_by == ()


def test_a_feed_is_waited_for_by_its_id(caller: Caller, ready: Office) -> None:
    assert submit(caller, None, None, feed_id="7001").accepted == 1

    assert ready.calls == [LOOK, LOOK, RESULT, GET]


def test_nobody_has_to_wait(caller: Caller, ready: Office) -> None:
    assert submit(caller, wait=False) == FeedResult(feed_id="7001", status="IN_QUEUE")

    assert ready.calls == [PLACE, PUT, CREATE]


@pytest.mark.parametrize(("keep", "calls"), [(False, [CANCEL]), (True, [])])
def test_an_interrupted_feed_is_taken_out_of_the_queue(
    caller: Caller,
    ready: Office,
    waits: Waits,
    keep: bool,  # noqa: FBT001 - a parameter
    calls: list[str],
) -> None:
    waits.then = interrupt

    with pytest.raises(KeyboardInterrupt) as raised:
        submit(caller, keep=keep)

    assert ready.calls == [PLACE, PUT, CREATE, LOOK, *calls]
    assert "7001" in raised.value.__notes__[0]


def test_a_result_that_breaks_off_goes_on(caller: Caller, ready: Office) -> None:
    report = json.dumps({"issues": [], "summary": counts(1, 1, 0)}).encode()
    ready.on(GET, breaks_off(report, 5), served(report))

    assert submit(caller).accepted == 1


def test_what_cannot_be_sent_is_refused_before_anything_is(
    caller: Caller, ready: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "feed.txt").write_text("x")
    (tmp_path / "empty.txt").write_text("")
    monkeypatch.chdir(tmp_path)
    wrong: list[tuple[Any, Any, dict[str, Any], str]] = [
        (None, "x", {}, "Say the feed's type"),
        (SHIPMENTS, None, {}, "Say the feed's type"),
        (SHIPMENTS, "", {}, "is empty"),
        (SHIPMENTS, "feed.txt", {}, "give Path"),
        (SHIPMENTS, Path("no.txt"), {}, "There is no file 'no.txt'"),
        (SHIPMENTS, Path("empty.txt"), {}, "'empty.txt' is empty"),
        (SHIPMENTS, {"a": 1}, {}, "A dict is sent as JSON alone"),
        (SHIPMENTS, "ü", {"content_type": "text/plain; charset=ascii"}, "cannot be written in ascii"),
        (SHIPMENTS, "ü", {"content_type": "text/plain; charset=klingon"}, "Nobody knows the charset"),
        ("MOON_FEED", "x", {}, "What is a MOON_FEED sent as"),
        (SHIPMENTS, "x\n", {"feed_id": "7001"}, "give no content"),
    ]

    for feed_type, content, more, said in wrong:
        with pytest.raises(InvalidInput, match=said):
            submit(caller, feed_type, content, **more)
    assert ready.calls == []


def test_a_feed_needs_a_marketplace(connect: Any, ready: Office) -> None:  # noqa: ANN401
    with pytest.raises(NotConfigured, match="For which marketplace"):
        submit(connect(ready))

    assert ready.calls == []


def interrupt() -> None:
    raise KeyboardInterrupt
