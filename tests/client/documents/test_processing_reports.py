"""What is read of a processing report; what cannot be read is never a success."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sellingpartner.client.documents import FeedMessage, FeedResult
from sellingpartner.client.documents._results import result_of

ENVELOPE = (
    '<?xml version="1.0" encoding="UTF-8"?><AmazonEnvelope><Message><ProcessingReport>'
    "<StatusCode>Complete</StatusCode><ProcessingSummary>{summary}</ProcessingSummary>{results}"
    "</ProcessingReport></Message></AmazonEnvelope>"
)
RESULT = (
    "<Result><MessageID>2</MessageID><ResultCode>{code}</ResultCode><ResultMessageCode>18028</ResultMessageCode>"
    "<ResultDescription>{text}</ResultDescription><AdditionalInfo><SKU>MUG</SKU></AdditionalInfo></Result>"
)
FLAT = (
    "Feed Processing Summary:\n\tNumber of records processed\t\t{processed}\n"
    "\tNumber of records successful\t\t{accepted}\n\n"
)
TABLE = "original-record-number\tsku\terror-code\terror-type\terror-message\n"


def read(report: str | None) -> FeedResult:
    return result_of("7001", "DONE", report)


def xml(processed: object, accepted: object, failed: object, results: str = "", warned: object = 0) -> str:
    names = ("MessagesProcessed", "MessagesSuccessful", "MessagesWithError", "MessagesWithWarning")
    said = zip(names, (processed, accepted, failed, warned), strict=True)
    return ENVELOPE.format(summary="".join(f"<{name}>{count}</{name}>" for name, count in said), results=results)


def flat(processed: object, accepted: object, table: str = "") -> str:
    return FLAT.format(processed=processed, accepted=accepted) + table


def in_json(**summary: object) -> str:
    return json.dumps({"issues": [], "summary": summary})


GOOD = in_json(messagesProcessed=2, messagesAccepted=2, messagesInvalid=0)
BAD = in_json(messagesProcessed=14, messagesAccepted=4, messagesInvalid=10)


@pytest.mark.parametrize(
    "report",
    [
        GOOD,
        in_json(messagesProcessed="2", messagesAccepted=2.0, messagesInvalid="0"),
        json.dumps({"Summary": {"MessagesProcessed": 2, "MessagesAccepted": 2, "MessagesInvalid": 0}}),
        GOOD[:-2].replace("0", "0,") + '"cut',
        xml(2, 2, 0),
        xml(" 2 ", "2", "0.0"),
        xml(2, 1, 0, warned=1),
        xml(2, 2, 0).replace("<StatusCode>", "<StatusCode>Salt & Pepper "),
        xml(2, 2, 0).replace("<", "<a:").replace("<a:/", "</a:").replace("<a:?", "<?"),
        flat(2, 2),
        flat(2, 2).replace("\n", "\r\n"),
        flat(2, 2, TABLE),
    ],
)
def test_a_report_on_which_nothing_failed_is_a_success(report: str) -> None:
    result = read(report)

    assert (result.processed, result.failed, result.problem) == (2, 0, "")
    assert result.is_accepted


@pytest.mark.parametrize(
    "report",
    [
        BAD,
        BAD[:-1],
        xml(14, 4, 10),
        xml(14, 4, "10 "),
        xml(14, 4, ""),
        xml(14, 4, "", warned=0).replace("Complete", "Complet\ufffd & more"),
        xml(14, 4, 10)[:-40],
        "junk before it " + xml(14, 4, 10),
        flat(14, 4),
        flat("1,014", "1,004"),
        flat("1.014", "1.004"),
        flat("1 014", "1 004\t"),
    ],
)
def test_ten_that_failed_are_found_whatever_is_wrong_with_the_report(report: str) -> None:
    result = read(report)

    assert result.failed == 10
    assert not result.is_accepted


@pytest.mark.parametrize(
    "report",
    [
        None,
        "",
        "\ufeff \n",
        "{",
        "[1]",
        "{}",
        '{"summary": {}}',
        '{"summary": {"messagesProcessed": 1}, "issues": null}',
        GOOD[:30],
        "[" * 100_000,
        "<x>",
        "<x/>",
        "<!DOCTYPE html><html><body>503 & gone</body></html>",
        "<a>" * 100_000,
        ENVELOPE.format(summary="", results=""),
        xml("some", "", "none"),
        xml(3, 4, 0),
        xml(14, 4, 10)[:170],
        "Thank you.",
        "Feed Processing Summary:\n\tNumber of records processed\n\tNumber of records successful\n",
        flat(1, 2),
        flat("\u00b2", "many"),
        "\ud800",
        "PK\x03\x04\x00\x00",
    ],
)
def test_what_says_nothing_is_no_success_and_says_why(report: str | None) -> None:
    result = read(report)

    assert not result.is_accepted
    assert result.problem
    assert result.report == (report or "")


@pytest.mark.parametrize(
    ("word", "severity"),
    [
        ("Warning", "WARNING"),
        (" Warnung\n", "WARNING"),
        ("Info", "INFO"),
        ("Error", "ERROR"),
        ("Error\n", "ERROR"),
        ("Fatal", "ERROR"),
        ("", "ERROR"),
    ],
)
@pytest.mark.parametrize("broken", ["", "&"])
def test_a_message_is_as_grave_as_its_word(word: str, severity: str, broken: str) -> None:
    report = xml(2, 2, 0, RESULT.format(code=word, text=f"one{broken}\ntwo"))

    (message,) = read(report).messages

    assert message == FeedMessage(severity=severity, text=f"one{broken}\ntwo", code="18028", message_id="2", sku="MUG")
    assert read(report).is_accepted is (severity != "ERROR")


def test_a_word_that_nobody_knows_is_a_warning_only_where_nothing_failed() -> None:
    row = f"{TABLE}1\tMUG\t5000\tVaroitus\tSama kuin ennen\n"

    assert [message.severity for message in read(flat(2, 2, row)).messages] == ["WARNING"]
    assert [message.severity for message in read(flat(2, 1, row)).messages] == ["ERROR"]


@pytest.mark.parametrize("gap", ["\n", "\r\n", "\r", "\u2028", "\x85", "\x0b", "\n\n", "\n2 of them\n", "\n\ta tab\n"])
def test_a_line_break_in_a_text_makes_no_message_of_its_own(gap: str) -> None:
    table = f"{TABLE}1\tMUG\t5000\tWarning\tThe same{gap}as before\n2\tCUP\t5000\tWarning\tOnce more\n"

    result = read(flat(2, 2, table))

    assert result.is_accepted
    assert [message.sku for message in result.messages] == ["MUG", "CUP"]
    assert result.messages[0].text.split() == f"The same{gap}as before".split()


def test_columns_in_another_language_are_known_by_their_places() -> None:
    table = "Datensatz\tBestellnummer\tPosition\tFehlercode\tFehlerart\tFehlermeldung\n1\t902-1\t5\t18\tFehler\tNein\n"

    (message,) = read(flat(1, 0, table)).messages

    assert message == FeedMessage(severity="ERROR", text="Nein", code="18", message_id="1", sku="902-1")


def test_issues_before_a_break_are_kept() -> None:
    issue = {"messageId": 4, "sku": "MUG", "code": "9", "severity": "ERROR", "message": 'The "messagesInvalid": 0'}
    report = json.dumps({"header": {}, "issues": [issue, issue], "summary": {}})[:-30]

    result = read(report)

    assert [message.message_id for message in result.messages] == ["4"]
    assert not result.is_accepted
    assert result.failed is None


@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")), st.sampled_from(["", "{", "<", "\t", FLAT]))
@example("ProcessingReport>", "<")
def test_nothing_that_comes_raises_or_counts_as_accepted_by_chance(text: str, begins: str) -> None:
    assert not read(begins + text).is_accepted
