"""What holds of every kind of report: schedules, repeats, options, personal data, what cannot be made."""

from datetime import timedelta
from io import BytesIO
from itertools import pairwise
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest
from made_up_reports import (
    BROKEN,
    NOTHING_IS_FATAL,
    OF_XML,
    RARE,
    RESTRICTED,
    SAME_AGAIN,
    SCHEDULED,
    UNAVAILABLE,
    WITH_OPTIONS,
    attempts,
)

from sellingpartner.contract.errors import InvalidInput, NotFound, Unauthorized
from sellingpartner.contract.reports_2021_06_30 import (
    CancelReportSchedule,
    CreateReport,
    CreateReportSchedule,
    GetReport,
    GetReportDocument,
    GetReports,
    GetReportSchedule,
    GetReportSchedules,
    Period,
)
from sellingpartner.market.accounts.grants import revoke_application
from sellingpartner.market.events.reports import ReportScheduleEnded
from sellingpartner.market.time.works import ATTEMPTS
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import START, US


def planned(market: TestMarket, **more: object) -> str:
    fields = {"report_type": SCHEDULED, "marketplace_ids": [US], "period": Period.P1D}
    return market.seller.send(CreateReportSchedule(**{**fields, **more})).report_schedule_id  # type: ignore[arg-type] # the case's


def test_a_schedule_makes_a_report_each_period_of_what_came_since_the_one_before(market: TestMarket) -> None:
    schedule_id = planned(market, next_report_creation_time=START + timedelta(hours=1))

    market.advance(days=2, hours=2)

    made = market.seller.send(GetReports(report_types=[SCHEDULED])).reports[::-1]
    bounds = [(report.data_start_time, report.data_end_time) for report in made]
    first = START + timedelta(hours=1)
    ends = [first + timedelta(days=day) for day in range(3)]
    assert bounds == list(zip([first - timedelta(days=38), *ends[:2]], ends, strict=True))
    assert {(report.report_schedule_id, report.processing_status) for report in made} == {(schedule_id, "DONE")}
    told = market.seller.send(GetReportSchedule(report_schedule_id=schedule_id))
    assert (told.next_report_creation_time, told.period) == (ends[2] + timedelta(days=1), "P1D")
    sheet = ZipFile(BytesIO(market.report_of(made[0].report_id).content))
    assert "xl/worksheets/sheet1.xml" in sheet.namelist()


def test_a_schedule_ends_by_another_one_for_the_same_and_by_its_seller(market: TestMarket) -> None:
    first = planned(market)
    second = planned(market, period=Period.P1M)
    market.advance(days=3)

    listed = market.seller.send(GetReportSchedules(report_types=[SCHEDULED, RARE])).report_schedules
    assert [one.report_schedule_id for one in listed] == [second]
    assert listed[0].next_report_creation_time == START.replace(month=12)
    market.seller.send(CancelReportSchedule(report_schedule_id=second))
    market.advance(days=60)

    assert market.seller.send(GetReportSchedules(report_types=[SCHEDULED])).report_schedules == []
    for gone in (first, second, "1"):
        with pytest.raises(NotFound):
            market.seller.send(GetReportSchedule(report_schedule_id=gone))
        with pytest.raises(NotFound):
            market.seller.send(CancelReportSchedule(report_schedule_id=gone))
    ended = [(one.report_schedule_id, one.replaced_by) for one in market.facts(ReportScheduleEnded)]
    assert ended == [(first, second), (second, None)]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"report_type": RARE}, f"Invalid Report Type {RARE}"),
        ({"period": "PT7M"}, "period"),
        ({"marketplace_ids": ["A1PA6795UKMFR9"]}, "A1PA6795UKMFR9"),
        ({"report_options": {"note": "x"}}, "knows none"),
        ({"next_report_creation_time": START + timedelta(days=400)}, "more than a year ahead"),
    ],
)
def test_a_schedule_that_cannot_be_is_refused(market: TestMarket, fields: dict[str, object], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        planned(market, **fields)

    assert market.seller.send(GetReportSchedules(report_types=[SCHEDULED])).report_schedules == []


def test_a_type_that_is_made_every_half_hour_at_most_is_cancelled_when_asked_for_sooner(market: TestMarket) -> None:
    statuses = [market.report(RARE).status for _ in range(2)]
    market.advance(minutes=30)

    assert [*statuses, market.report(RARE).status] == ["DONE", "CANCELLED", "DONE"]


def test_a_type_that_is_remembered_gives_the_same_document_again_for_a_while(market: TestMarket) -> None:
    first, again = (market.report(SAME_AGAIN).report.report_document_id for _ in range(2))
    market.advance(hours=1)
    later = market.report(SAME_AGAIN)

    assert first == again != later.report.report_document_id
    assert later.rows == [{"type": SAME_AGAIN, "note": "ok"}]


def test_reports_of_a_type_are_made_one_after_the_other(market: TestMarket) -> None:
    asked = CreateReport(report_type=WITH_OPTIONS, marketplace_ids=[US])
    ids = [market.seller.send(asked).report_id for _ in range(3)]
    market.advance(minutes=2)

    made = [market.seller.send(GetReport(report_id=one)) for one in ids]
    for before, after in pairwise(made):
        assert before.processing_end_time is not None
        assert after.processing_start_time is not None
        assert before.processing_end_time <= after.processing_start_time


def test_options_are_those_that_the_type_knows(market: TestMarket) -> None:
    assert market.report(WITH_OPTIONS, options={"custom": "true", "note": "a\tb"}).rows[0]["note"] == "a b"
    with pytest.raises(InvalidInput, match=r"reportOptions.custom is 'maybe'; it must be one of true, false"):
        market.report(WITH_OPTIONS, options={"custom": "maybe"})


@pytest.mark.parametrize(
    ("report_type", "said"),
    [
        (UNAVAILABLE, f"{UNAVAILABLE} is not for today"),
        (NOTHING_IS_FATAL, "The requested data is unavailable. Please try a different date range"),
    ],
)
def test_a_report_that_cannot_be_made_is_fatal_and_its_document_says_why(
    market: TestMarket, report_type: str, said: str
) -> None:
    paper = market.report(report_type)

    assert (paper.status, paper.json) == ("FATAL", {"errorDetails": said})


def test_a_report_that_fails_by_a_defect_is_tried_and_then_fatal(market: TestMarket) -> None:
    attempts.clear()

    paper = market.report(BROKEN)

    assert (paper.status, len(attempts)) == ("FATAL", ATTEMPTS)
    assert paper.json["errorDetails"].startswith("A client error occurred.")
    assert market.report(WITH_OPTIONS).status == "DONE"


def test_xml_is_written_element_by_element_and_says_what_it_can(market: TestMarket) -> None:
    paper = market.report(OF_XML)

    assert paper.content_type == "text/xml; charset=UTF-8"
    assert paper.text == (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<Rows kind="made up"><Row number="1"><Text>a &lt; b &amp; \u00e4</Text></Row><Row number="2"/></Rows>'
    )


def test_personal_data_takes_a_restricted_token_for_its_document_alone(market: TestMarket) -> None:
    paper = market.report(RESTRICTED)
    document_id = str(paper.report.report_document_id)
    asked = GetReportDocument(report_document_id=document_id)
    elsewhere = market.restricted("/reports/2021-06-30/documents/amzn1.spdoc.1.4.na.other")

    assert paper.rows == [{"type": RESTRICTED, "note": "ok"}]
    for caller in (market.seller, elsewhere):
        with pytest.raises(Unauthorized):
            caller.send(asked)
    template = market.restricted("/reports/2021-06-30/documents/{reportDocumentId}")
    assert template.send(asked).url.startswith("http://")


def test_a_link_ends_with_the_grant_that_it_was_made_for(market: TestMarket) -> None:
    paper = market.report(WITH_OPTIONS)
    caller = market.caller()
    link = urlsplit(caller.send(GetReportDocument(report_document_id=str(paper.report.report_document_id))).url)
    target = f"{link.path}?{link.query}"
    assert market.anybody().call("GET", target).status == 200

    with market.market.write(market.seller.seller_id) as unit:
        revoke_application(unit, market.seller.seller_id, market.application.application_id)

    refused = market.anybody().call("GET", target)
    assert (refused.status, b"<Code>AccessDenied</Code>" in refused.body) == (403, True)
