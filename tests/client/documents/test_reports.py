from __future__ import annotations

import asyncio
import gc
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
from office import JP, REPORTS, TYPE, US, Office, Waits, report
from scripted import Caller, answer, refusal

from sellingpartner.client import AsyncSellingPartner
from sellingpartner.client.documents import Progress, ReportCanceled, ReportFailed
from sellingpartner.contract.errors import (
    ConnectionFailed,
    DeadlineExceeded,
    InvalidInput,
    NotConfigured,
    NotFound,
)

BODY = b"date\trating\n2026-11-01\t5\n2026-11-02\t4\n"
SINCE, UNTIL = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 2, 12, tzinfo=UTC)
CREATE, LOOK, CANCEL = f"POST {REPORTS}", f"GET {REPORTS}/5001", f"DELETE {REPORTS}/5001"
FETCH = ["GET /reports/2021-06-30/documents/doc-1", "GET /one"]


def download(caller: Caller, report_type: Any = TYPE, *period: Any, **fields: Any) -> Any:  # noqa: ANN401
    return caller.call(lambda client: client.reports.download(report_type, *period, **fields))


def test_a_report_is_made_waited_for_and_fetched(caller: Caller, office: Office, waits: Waits, tmp_path: Path) -> None:
    office.report("IN_QUEUE", "IN_PROGRESS", "IN_PROGRESS", "DONE", body=BODY)

    document = download(caller, TYPE, SINCE, UNTIL, to=tmp_path / "feedback.txt")

    assert office.calls == [CREATE, LOOK, LOOK, LOOK, LOOK, *FETCH]
    assert waits.seconds == [1.0, 1.5, 2.25]
    assert json.loads(office.requests[0].content) == {
        "reportType": TYPE,
        "marketplaceIds": [US],
        "dataStartTime": "2026-11-01T00:00:00Z",
        "dataEndTime": "2026-11-02T12:00:00Z",
    }
    assert document.path == tmp_path / "feedback.txt"
    assert document.path.read_bytes() == BODY
    assert (document.report_id, document.report_type, document.charset) == ("5001", TYPE, "utf-8")
    assert [row["rating"] for row in document.rows()] == ["5", "4"]
    assert list(tmp_path.iterdir()) == [document.path]


def test_the_link_gets_no_token_and_nothing_of_amazons(caller: Caller, office: Office) -> None:
    office.report("DONE", body=BODY)

    with download(caller):
        pass

    (asked,) = office.asked("GET /one")
    assert str(asked.url) == "http://documents.test/one?X-Amz-Signature=5ec2e7"
    assert [name for name in asked.headers if name.startswith("x-amz") or name == "authorization"] == []
    assert asked.headers["accept-encoding"] == "identity"


def test_a_document_without_a_path_goes_with_its_object(caller: Caller, office: Office) -> None:
    office.report("DONE", body=BODY)

    with download(caller) as document:
        assert document.text() == BODY.decode()

    assert not document.path.exists()


def test_a_temporary_document_that_nobody_holds_is_removed(caller: Caller, office: Office) -> None:
    office.report("DONE", body=BODY)

    path = download(caller).path

    # Another thread may be the one that collects: then this one's turn finds nothing to do, and it looks again.
    assert any(gc.collect() is not None and not path.exists() for _ in range(50))


def test_waits_grow_to_a_minute(caller: Caller, office: Office, waits: Waits) -> None:
    office.report(*["IN_QUEUE"] * 14, "DONE", body=BODY)

    download(caller).close()

    assert waits.seconds[:3] == [1.0, 1.5, 2.25]
    assert waits.seconds[-2:] == [60.0, 60.0]


def test_progress_is_told_in_stages(caller: Caller, office: Office) -> None:
    told: list[Progress] = []
    office.report("IN_QUEUE", "DONE", body=BODY)

    download(caller, on_progress=told.append).close()

    assert told == [
        Progress(stage="created", job_id="5001"),
        Progress(stage="waiting", job_id="5001", status="IN_QUEUE"),
        Progress(stage="downloading", job_id="5001", status="DONE", bytes_done=len(BODY), bytes_total=len(BODY)),
        Progress(stage="done", job_id="5001", status="DONE", bytes_done=len(BODY), bytes_total=len(BODY)),
    ]


def test_a_deadline_ends_the_wait_and_says_how_to_go_on(caller: Caller, office: Office, waits: Waits) -> None:
    office.report("IN_QUEUE")

    with pytest.raises(DeadlineExceeded, match=r"Amazon calls it IN_QUEUE.*report_id='5001'") as raised:
        download(caller, deadline=4)

    assert raised.value.report_id == "5001"
    assert waits.seconds == [1.0, 1.5, 0.5]  # a second is kept for the last look
    assert CANCEL not in office.calls


def test_a_report_is_taken_up_again_by_its_id(caller: Caller, office: Office) -> None:
    office.report("IN_PROGRESS", "DONE", body=BODY)

    with download(caller, None, report_id="5001") as document:
        assert document.text() == BODY.decode()

    assert office.calls == [LOOK, LOOK, *FETCH]


def test_an_interrupted_report_is_canceled(caller: Caller, office: Office, waits: Waits) -> None:
    office.report("IN_QUEUE")
    waits.then = interrupt

    with pytest.raises(KeyboardInterrupt) as raised:
        download(caller)

    assert office.calls == [CREATE, LOOK, CANCEL]
    assert raised.value.__notes__ == ["The report 5001 was asked to be canceled."]


@pytest.mark.parametrize("kind", [AsyncSellingPartner])
def test_a_canceled_task_cancels_its_report(caller: Caller, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    client: Any = caller.client
    office.report("IN_QUEUE")

    async def canceled() -> None:
        asleep = asyncio.Event()

        async def sleeps(_: float) -> None:
            asleep.set()
            await asyncio.Event().wait()

        monkeypatch.setattr("anyio.sleep", sleeps)
        task = asyncio.create_task(client.reports.download(TYPE))
        await asleep.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(canceled())

    assert office.calls == [CREATE, LOOK, CANCEL]


def test_an_interrupted_report_is_kept_if_that_is_wanted(caller: Caller, office: Office, waits: Waits) -> None:
    office.report("IN_QUEUE")
    waits.then = interrupt

    with pytest.raises(KeyboardInterrupt) as raised:
        download(caller, keep=True)

    assert office.calls == [CREATE, LOOK]
    assert raised.value.__notes__ == ["The report 5001 goes on; come back to it with report_id='5001'."]


def test_somebody_elses_report_is_not_canceled(caller: Caller, office: Office, waits: Waits) -> None:
    office.report("IN_QUEUE")
    waits.then = interrupt

    with pytest.raises(KeyboardInterrupt):
        download(caller, None, report_id="5001")

    assert CANCEL not in office.calls


def test_an_error_in_the_callers_own_callback_cancels_the_report(caller: Caller, office: Office) -> None:
    office.report("IN_QUEUE")

    def enough(progress: Progress) -> None:
        if progress.stage == "waiting":
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        download(caller, on_progress=enough)

    assert office.calls == [CREATE, LOOK, CANCEL]


def test_a_report_is_not_asked_for_twice_when_its_answer_is_lost(caller: Caller, office: Office) -> None:
    office.report("DONE").on(CREATE, httpx2.ReadError("Connection reset by peer"))

    with pytest.raises(ConnectionFailed) as raised:
        download(caller)

    assert raised.value.may_have_arrived
    assert office.calls == [CREATE]


def test_a_look_that_fails_is_repeated_and_the_report_goes_on(caller: Caller, office: Office) -> None:
    office.report("DONE", body=BODY)
    office.on(LOOK, refusal(500, "InternalFailure"), report("DONE"))

    download(caller).close()

    assert office.calls == [CREATE, LOOK, LOOK, *FETCH]


def test_a_canceled_report_may_have_nothing_to_report(caller: Caller, office: Office) -> None:
    office.report("IN_QUEUE", "CANCELLED")

    with pytest.raises(ReportCanceled, match="there is nothing to report") as raised:
        download(caller)

    assert raised.value.report_id == "5001"
    assert office.calls == [CREATE, LOOK, LOOK]


def test_a_failed_report_says_what_its_document_says(caller: Caller, office: Office, tmp_path: Path) -> None:
    office.report("FATAL", body=b'{"errorDetails": "The period is too long."}', reportDocumentId="doc-1")

    with pytest.raises(ReportFailed, match="The period is too long") as raised:
        download(caller, to=tmp_path / "x.txt")

    assert raised.value.explanation == '{"errorDetails": "The period is too long."}'
    assert list(tmp_path.iterdir()) == []


def test_a_failed_report_without_a_document_says_so(caller: Caller, office: Office) -> None:
    office.report("FATAL")

    with pytest.raises(ReportFailed, match=r"failed \(FATAL\), and nothing says why") as raised:
        download(caller)

    assert raised.value.explanation is None


def test_a_failed_report_is_not_hidden_by_a_document_that_cannot_be_had(caller: Caller, office: Office) -> None:
    office.report("FATAL", reportDocumentId="doc-1")
    office.on(FETCH[0], refusal(404, "NotFound"))

    with pytest.raises(ReportFailed):
        download(caller)


def test_personal_data_are_fetched_with_a_token_for_this_very_document(caller: Caller, office: Office) -> None:
    office.report("DONE", body=BODY, kind="GET_FLAT_FILE_ORDER_REPORT_DATA_SHIPPING")
    rdt = "POST /tokens/2021-03-01/restrictedDataToken"
    office.on(rdt, answer({"restrictedDataToken": "Atz.sprdt|1", "expiresIn": 3600}))

    download(caller, "GET_FLAT_FILE_ORDER_REPORT_DATA_SHIPPING").close()

    assert office.calls == [CREATE, LOOK, rdt, *FETCH]
    assert json.loads(office.asked(rdt)[0].content) == {
        "restrictedResources": [{"method": "GET", "path": "/reports/2021-06-30/documents/doc-1"}]
    }
    assert office.asked(FETCH[0])[0].headers["x-amz-access-token"] == "Atz.sprdt|1"


def test_other_reports_need_no_such_token_even_where_personal_data_are_wanted(caller: Caller, office: Office) -> None:
    office.report("DONE", body=BODY)

    download(Caller(caller.client.with_personal_data())).close()

    assert office.calls == [CREATE, LOOK, *FETCH]


def test_marketplaces_are_said_by_country(caller: Caller, office: Office) -> None:
    office.report("DONE", body=BODY)

    download(caller, marketplace_ids=["JP", US], report_options={"custom": "true"}).close()

    sent = json.loads(office.requests[0].content)
    assert sent == {"reportType": TYPE, "marketplaceIds": [JP, US], "reportOptions": {"custom": "true"}}


def test_the_language_of_the_headers_is_an_option_of_the_report(caller: Caller, office: Office) -> None:
    office.report("DONE", body=BODY)

    download(caller, report_options={"custom": "true"}, locale="en_US").close()

    options = json.loads(office.requests[0].content)["reportOptions"]
    assert options == {"custom": "true", "preferredReportDocumentLocale": "en_US"}
    with pytest.raises(InvalidInput, match="locale is 'English'; it is a language and a country"):
        download(caller, locale="English")


def test_dates_are_their_first_moment_in_utc(caller: Caller, office: Office) -> None:
    office.report("DONE", body=BODY)

    download(caller, TYPE, date(2026, 11, 1), "2026-11-02T00:00:00+01:00").close()

    sent = json.loads(office.requests[0].content)
    assert (sent["dataStartTime"], sent["dataEndTime"]) == ("2026-11-01T00:00:00Z", "2026-11-01T23:00:00Z")


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ((datetime(2026, 1, 31),), "has no time zone"),  # noqa: DTZ001 - what is refused
        (("2026-01-31T00:00:00",), "has no time zone"),
        (("yesterday",), "is no moment; write 2026-01-31T00:00:00Z"),
        (("2026-02-01", "2026-01-31"), "is not before until"),
    ],
)
def test_a_period_that_could_mean_anything_is_refused(caller: Caller, office: Office, period: Any, said: str) -> None:  # noqa: ANN401
    with pytest.raises(InvalidInput, match=said):
        download(caller, TYPE, *period)

    assert office.calls == []


def test_what_cannot_be_written_is_said_before_a_report_is_made(caller: Caller, office: Office, tmp_path: Path) -> None:
    for wrong, said in ((tmp_path, "is a folder"), (tmp_path / "no" / "x.txt", "make it first")):
        with pytest.raises(InvalidInput, match=said):
            download(caller, to=wrong)

    assert office.calls == []


def test_settlements_are_found_and_not_made(caller: Caller, office: Office) -> None:
    with pytest.raises(InvalidInput, match="get_reports"):
        download(caller, "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2")

    assert office.calls == []


def test_a_report_needs_a_type_and_a_marketplace(caller: Caller, office: Office) -> None:
    with pytest.raises(InvalidInput, match="Which report"):
        download(caller, None)
    with pytest.raises(InvalidInput, match="is a list"):
        download(caller, marketplace_ids="US")
    with pytest.raises(NotConfigured, match="is no marketplace"):
        download(caller, marketplace_ids=["Atlantis"])

    assert office.calls == []


def test_a_report_that_is_not_there_is_named(caller: Caller, office: Office) -> None:
    office.on(f"GET {REPORTS}/77", refusal(404, "NotFound", "no such report"))

    with pytest.raises(NotFound) as raised:
        download(caller, None, report_id="77")

    assert raised.value.report_id == "77"


def interrupt() -> None:
    raise KeyboardInterrupt
