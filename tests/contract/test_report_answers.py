"""Answers about reports, held against Amazon's own document of them."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest
from made_up_reports import RESTRICTED, SCHEDULED

from sellingpartner.contract.reports_2021_06_30 import CreateReport, CreateReportSchedule, Period
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import US

DOCUMENT = "reports_2021-06-30.json"
REPORTS = "/reports/2021-06-30"
MADE = f"{REPORTS}/reports/{{report}}"
NO_REPORT = b'{"reportType": "GET_NOTHING", "marketplaceIds": ["ATVPDKIKX0DER"]}'
REPORT = f'{{"reportType": "{SCHEDULED}", "marketplaceIds": ["{US}"]}}'.encode()
PLAN = f'{{"reportType": "{SCHEDULED}", "marketplaceIds": ["{US}"], "period": "P1D"}}'.encode()


@pytest.fixture(scope="module")
def made() -> Any:  # noqa: ANN401 - a market and the ids of what is in it
    with TestMarket() as market:
        ids = {"report": market.report(SCHEDULED).report.report_id}
        ids["document"] = str(market.report_of(ids["report"]).report.report_document_id)
        personal = market.report(RESTRICTED).report
        ids["personal"] = str(personal.report_document_id)
        ids["waits"] = market.seller.send(CreateReport(report_type=SCHEDULED, marketplace_ids=[US])).report_id
        plan = CreateReportSchedule(report_type=SCHEDULED, marketplace_ids=[US], period=Period.P30D)
        ids["schedule"] = market.seller.send(plan).report_schedule_id
        yield market, ids


@pytest.mark.parametrize(
    ("method", "target", "body", "status", "answer"),
    [
        ("POST", f"{REPORTS}/reports", REPORT, 202, "CreateReportResponse"),
        ("POST", f"{REPORTS}/reports", NO_REPORT, 400, "ErrorList"),
        ("GET", MADE, None, 200, "Report"),
        ("GET", f"{REPORTS}/reports/1", None, 404, "ErrorList"),
        ("GET", f"{REPORTS}/reports?reportTypes={SCHEDULED}&pageSize=1", None, 200, "GetReportsResponse"),
        ("GET", f"{REPORTS}/reports", None, 400, "ErrorList"),
        ("DELETE", MADE, None, 400, "ErrorList"),
        ("DELETE", f"{REPORTS}/reports/{{waits}}", None, 200, None),
        ("GET", f"{REPORTS}/documents/{{document}}", None, 200, "ReportDocument"),
        ("GET", f"{REPORTS}/documents/{{personal}}", None, 403, "ErrorList"),
        ("GET", f"{REPORTS}/documents/1", None, 400, "ErrorList"),
        ("POST", f"{REPORTS}/schedules", PLAN, 201, "CreateReportScheduleResponse"),
        ("POST", f"{REPORTS}/schedules", REPORT, 400, "ErrorList"),
        ("GET", f"{REPORTS}/schedules?reportTypes={SCHEDULED}", None, 200, "ReportScheduleList"),
        ("GET", f"{REPORTS}/schedules/1", None, 404, "ErrorList"),
    ],
)
def test_an_answer_has_the_form_of_amazons_document(
    made: tuple[TestMarket, dict[str, str]],
    published: dict[str, Any],
    method: str,
    target: str,
    body: bytes | None,
    status: int,
    answer: str | None,
) -> None:
    market, ids = made
    reply = market.seller.call(method, target.format(**ids), headers={"content-type": "application/json"}, body=body)

    assert reply.status == status
    if answer is not None:
        schema = {"$ref": f"#/definitions/{answer}", "definitions": published[DOCUMENT]["definitions"]}
        jsonschema_rs.Draft7Validator(schema).validate(reply.json())
