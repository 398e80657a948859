"""Reports as a test reads them: asked for, waited for on the market's clock, downloaded by their link, unpacked."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

import msgspec

from sellingpartner.contract.report_types import REPORT_TYPES, Format
from sellingpartner.contract.reports_2021_06_30 import CreateReport, GetReport, GetReportDocument, Report
from sellingpartner.testing.caller import Caller

_STEP = timedelta(seconds=30)
_PATIENCE = 40


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A report that has ended, and what its document says, if it has one."""

    report: Report
    content: bytes = b""
    content_type: str = ""

    @property
    def status(self) -> str:
        """How it ended."""
        return self.report.processing_status.value

    @property
    def charset(self) -> str:
        """The charset that its content type names."""
        return self.content_type.partition("charset=")[2]

    @property
    def text(self) -> str:
        """Its content, read in its charset."""
        return self.content.decode({"Shift_JIS": "cp932"}.get(self.charset, self.charset or "utf-8"))

    @property
    def columns(self) -> list[str]:
        """The header of a table."""
        return self._lines()[0]

    @property
    def rows(self) -> list[dict[str, str]]:
        """The rows of a table, by their columns."""
        columns, *rows = self._lines()
        return [dict(zip(columns, row, strict=True)) for row in rows]

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever the report says
        """What a document of JSON says."""
        return msgspec.json.decode(self.content)

    def _lines(self) -> list[list[str]]:
        is_csv = REPORT_TYPES[self.report.report_type].format is Format.CSV
        if is_csv:
            return list(csv.reader(io.StringIO(self.text, newline="")))
        return [line.split("\t") for line in self.text.removesuffix("\r\n").split("\r\n")]


def ask_for(
    caller: Caller,
    report_type: str,
    *,
    start: datetime | None,
    end: datetime | None,
    options: Mapping[str, str] | None,
    marketplace_ids: Sequence[str],
) -> str:
    """Ask for a report; returns its id."""
    asked = CreateReport(
        report_type=report_type,
        marketplace_ids=list(marketplace_ids),
        report_options=None if options is None else dict(options),
        data_start_time=start,
        data_end_time=end,
    )
    return caller.send(asked).report_id


def waited_for(
    caller: Caller, report_id: str, pass_time: Callable[[timedelta], object], restricted: Callable[[str], Caller]
) -> Paper:
    """A report when it has ended."""
    for _ in range(_PATIENCE):
        report = caller.send(GetReport(report_id=report_id))
        if report.processing_end_time is not None:
            return _read(caller, report, restricted)
        pass_time(_STEP)
    message = f"Report {report_id} does not end."
    raise AssertionError(message)


def _read(caller: Caller, report: Report, restricted: Callable[[str], Caller]) -> Paper:
    document_id = report.report_document_id
    if document_id is None:
        return Paper(report=report)
    if REPORT_TYPES[report.report_type].is_restricted:
        caller = restricted(f"/reports/2021-06-30/documents/{quote(document_id)}")
    found = caller.send(GetReportDocument(report_document_id=document_id))
    link = urlsplit(found.url)
    reply = Caller(caller.app).call("GET", f"{link.path}?{link.query}")
    content = gzip.decompress(reply.body) if found.compression_algorithm else reply.body
    return Paper(report=report, content=content, content_type=reply.headers["content-type"])
