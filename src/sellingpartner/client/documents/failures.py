"""What jobs fail with, below `CallFailed`; each names the report or the feed, to look at or to resume."""

from __future__ import annotations

from sellingpartner.client.documents.feed_result import FeedResult
from sellingpartner.contract.errors import CallFailed


class ReportCanceled(CallFailed):
    """The report was canceled; Amazon cancels those that would hold nothing, too, and says no more."""

    code = "ReportCanceled"


class ReportFailed(CallFailed):
    """Amazon gave the report up (FATAL)."""

    code = "ReportFailed"
    explanation: str | None = None
    """What the document says that came instead of the report, if one came."""


class QueryCanceled(CallFailed):
    """The Data Kiosk query was canceled."""

    code = "QueryCanceled"


class QueryFailed(CallFailed):
    """Amazon gave the Data Kiosk query up (FATAL)."""

    code = "QueryFailed"
    explanation: str | None = None
    """What the query's error document says, if there is one."""


class FeedCanceled(CallFailed):
    """The feed was canceled before it was processed."""

    code = "FeedCanceled"


class FeedFailed(CallFailed):
    """Some or all of a feed's messages failed, or Amazon gave the feed up (FATAL)."""

    code = "FeedFailed"

    def __init__(self, message: str, result: FeedResult) -> None:
        super().__init__(message)
        self.result = result


class FeedResultUnreadable(FeedFailed):
    """A feed was processed, and nothing that can be read says what became of it: look at `result.report`.

    It is a kind of `FeedFailed`, so that nobody who handles that one takes this for a success.
    """

    code = "FeedResultUnreadable"


class DocumentUnreachable(CallFailed):
    """A document's link was refused, again and again."""

    code = "DocumentUnreachable"


class DocumentDamaged(CallFailed):
    """A document is not whole, or not what it says it is."""

    code = "DocumentDamaged"


class CharsetWrong(CallFailed):
    """A document's bytes are not text in the charset that it is read in."""

    code = "CharsetWrong"
    byte_offset: int = 0
    """Where the first byte is that does not fit."""


class HeaderUnknown(CallFailed):
    """A report's header has none of the columns that its typed rows are made of: it may be in another language."""

    code = "HeaderUnknown"
