"""The ProcessingReport: what a feed of XML is answered with. Messages that were carried out have no Result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from sellingpartner.market.feeds.kinds import Finding
from sellingpartner.market.feeds.results.outcome import Outcome
from sellingpartner.market.reports.writing.xml import printable

_OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<AmazonEnvelope xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:noNamespaceSchemaLocation="amzn-envelope.xsd">\n'
)
_CLOSING = "\t\t</ProcessingReport>\n\t</Message>\n</AmazonEnvelope>\n"


def envelope_parts(outcome: Outcome, findings: Iterable[Finding]) -> Iterator[str]:
    """The report, part by part.

    Assumed: of a file that cannot be read no message is processed, and one has an error: the file, as message 0. The
    report that a feed has had made is named behind the counts.
    """
    yield _OPENING
    yield "\t<Header>\n" + _element(2, "DocumentVersion", "1.02")
    yield _element(2, "MerchantIdentifier", outcome.seller_id) + "\t</Header>\n"
    yield _element(1, "MessageType", "ProcessingReport")
    yield "\t<Message>\n" + _element(2, "MessageID", "1") + "\t\t<ProcessingReport>\n"
    yield _element(3, "DocumentTransactionID", outcome.feed_id) + _element(3, "StatusCode", "Complete")
    yield "\t\t\t<ProcessingSummary>\n"
    counts = {
        "MessagesProcessed": outcome.processed,
        "MessagesSuccessful": outcome.processed - outcome.failed,
        "MessagesWithError": outcome.failed if outcome.is_whole else 1,
        "MessagesWithWarning": outcome.warned,
    }
    yield "".join(_element(4, name, str(count)) for name, count in counts.items())
    yield "\t\t\t</ProcessingSummary>\n"
    if outcome.refers is not None:
        yield _element(3, "DocumentReportReferenceID", outcome.refers)
    yield from map(_result, findings)
    yield _CLOSING


def _result(found: Finding) -> str:
    about = "".join(_element(5, name, value) for name, value in found.about.items())
    return (
        "\t\t\t<Result>\n"
        + _element(4, "MessageID", str(found.message))
        + _element(4, "ResultCode", "Error" if found.is_error else "Warning")
        + _element(4, "ResultMessageCode", found.code)
        + _element(4, "ResultDescription", found.text)
        + (f"\t\t\t\t<AdditionalInfo>\n{about}\t\t\t\t</AdditionalInfo>\n" if about else "")
        + "\t\t\t</Result>\n"
    )


def _element(depth: int, name: str, text: str) -> str:
    return f"{chr(9) * depth}<{name}>{escape(printable(text))}</{name}>\n"
