"""`spapi report`: a report from the request to a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import msgspec
from cyclopts import App, Parameter

from sellingpartner.cli.asked.completing import report_type_words
from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.parameters import FLAG, SEVERAL
from sellingpartner.cli.reach.caller import Caller
from sellingpartner.cli.reach.moments import moment_of
from sellingpartner.cli.shown.bar import Bar
from sellingpartner.cli.shown.output import JsonOnly, print_json_text
from sellingpartner.cli.shown.printing import print_facts
from sellingpartner.cli.shown.writing import print_file
from sellingpartner.cli.words.pairs import pairs
from sellingpartner.client import SellingPartner
from sellingpartner.client.documents import Document
from sellingpartner.client.documents.reports import NEVER_MADE
from sellingpartner.contract.reports_2021_06_30 import ProcessingStatus

app = App(name="report", help="Reports that Amazon makes of what a seller has, sold and earned.")

app.command(f"{__package__}.report_lists:list_reports", name="list")
app.command(f"{__package__}.report_lists:show_report", name="show")
app.command(f"{__package__}.report_lists:make_report", name="make")

_STDOUT = "-"


@Parameter(name="*", group="Which report")
@dataclass(frozen=True)
class Which:
    """What the report is about, or which one it is."""

    since: str | None = None
    "From when: a date, a time, or how long ago by the market's clock, at Amazon by this machine's (30d, 12h)."
    until: str | None = None
    "Until when."
    option: Annotated[tuple[str, ...], SEVERAL] = ()
    "A report option, as NAME=VALUE; repeat it for more."
    report_id: str | None = None
    "A report that was begun before: it is waited for and fetched."
    latest: Annotated[bool, FLAG] = False
    "The latest of its type that is there; none is made. Settlements, which Amazon makes by itself, come so."


@app.command
def download(
    report_type: Annotated[str | None, Parameter(completer=report_type_words)] = None,
    /,
    *,
    to: Annotated[str | None, Parameter(allow_leading_hyphen=True)] = None,
    keep: Annotated[bool, FLAG] = False,
    which: Which | None = None,
    caller: Caller | None = None,
    output: JsonOnly | None = None,
) -> None:
    """Have a report made, wait for it, and write it to a file, unpacked.

    Ctrl-C cancels the report, unless --keep is said.

    Args:
        report_type: Amazon's name for it, such as GET_MERCHANT_LISTINGS_ALL_DATA.
        to: The file, or - for stdout; the report's type with .txt unless said.
        keep: Let Amazon go on with the report when this is interrupted.
        which: Which report.
        caller: Who calls.
        output: How the result is printed.
    """
    which, caller, output = which or Which(), caller or Caller(), output or JsonOnly()
    if report_type is None and which.report_id is None:
        message = "Which report? Name a type such as GET_MERCHANT_LISTINGS_ALL_DATA, or --report-id."
        raise CannotDo(message)
    _check(which, report_type)
    path = None if to == _STDOUT else _path(to, report_type or f"report-{which.report_id}")
    with caller.client() as client, Bar("report") as bar:
        asked = _fields(which, client, report_type)
        asked |= {"to": path, "on_progress": bar, "keep": keep}
        if caller.deadline is not None:
            asked["deadline"] = caller.deadline
        document = client.reports.download(report_type, **asked)
    if path is None:
        with document:
            _pour(document)
    else:
        _show(document, output)


def _check(which: Which, report_type: str | None) -> None:
    if which.latest and (which.report_id or which.since or which.until or which.option or report_type is None):
        message = "--latest fetches a report that is there: name its type, and nothing else of it."
        raise CannotDo(message)
    if report_type in NEVER_MADE and which.report_id is None and not which.latest:
        message = (
            f"Amazon makes {report_type} by itself: fetch the newest with --latest, or one with --report-id ID; "
            f"`spapi call getReports reportTypes={report_type}` lists them."
        )
        raise CannotDo(message)


def _latest(client: SellingPartner, report_type: str | None) -> str:
    """The id of the report of a type that was made last; raises `CannotDo` if none is there."""
    answer = client.reports.get_reports(report_types=[report_type or ""], processing_statuses=[ProcessingStatus.DONE])
    if not answer.reports:
        message = f"There is no {report_type} of the last 90 days that is done."
        raise CannotDo(message)
    return max(answer.reports, key=lambda one: one.created_time).report_id


def _path(to: str | None, name: str) -> Path:
    if to is not None:
        return Path(to)
    path = Path(f"{name}.txt")
    if path.exists():
        message = f"{str(path)!r} is there already; say --to where the report goes."
        raise CannotDo(message)
    return path


def _fields(which: Which, client: SellingPartner, report_type: str | None) -> dict[str, Any]:
    if which.latest:
        return {"report_id": _latest(client, report_type)}
    if which.report_id is not None:
        return {"report_id": which.report_id}
    if client.credentials.marketplace_id is None:
        message = "Which marketplace? Say --marketplace, by country (US) or id, or set SP_API_MARKETPLACE_ID."
        raise CannotDo(message)
    return {
        "since": moment_of(which.since, "--since", client) if which.since else None,
        "until": moment_of(which.until, "--until", client) if which.until else None,
        "report_options": pairs(which.option, "--option"),
    }


def _show(document: Document[Any], output: JsonOnly) -> None:
    facts = {
        "report_id": document.report_id,
        "report_type": document.report_type,
        "file": str(document.path),
        "bytes": document.size,
        "charset": document.charset,
    }
    if output.json:
        print_json_text(msgspec.json.encode(facts))
    else:
        print_facts(facts.items())


def _pour(document: Document[Any]) -> None:
    print_file(document.path, document.charset)
