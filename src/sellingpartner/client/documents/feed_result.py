"""What became of a feed."""

from __future__ import annotations

import msgspec

from sellingpartner.counted import counted

_SHOWN = 5


class FeedMessage(msgspec.Struct, frozen=True, kw_only=True):
    """What Amazon says of one message, or of one line of a flat file."""

    severity: str
    """ERROR, WARNING or INFO."""
    text: str
    code: str | None = None
    message_id: str | None = None
    """The message's own number, or the number of the record in a flat file; None where all of it is meant."""
    sku: str | None = None
    attribute: str | None = None
    """The attribute that is wrong, where one is named."""

    def __str__(self) -> str:
        where = " ".join(
            part for part in (f"message {self.message_id}" if self.message_id else "", self.sku or "") if part
        )
        code = f" {self.code}" if self.code else ""
        return f"{where + ': ' if where else ''}{self.severity}{code}: {self.text}"


class FeedResult(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a feed; counts are None where no processing report says them."""

    feed_id: str
    status: str
    """The feed's processing status: DONE once it is over, IN_QUEUE if nobody waited for it."""
    processed: int | None = None
    accepted: int | None = None
    failed: int | None = None
    messages: tuple[FeedMessage, ...] = ()
    report: str = ""
    """The processing report as it came."""
    problem: str = ""
    """Why the processing report does not say what was accepted, if it does not."""

    @property
    def errors(self) -> tuple[FeedMessage, ...]:
        """The messages that say why something failed."""
        return tuple(message for message in self.messages if message.severity == "ERROR")

    @property
    def is_accepted(self) -> bool:
        """Whether a report says that nothing in it failed; not as long as nothing says so."""
        return self.failed == 0 and not self.errors

    @property
    def is_unread(self) -> bool:
        """Whether its file could not be read, so that no message of it was looked at."""
        return self.processed == 0 and bool(self.errors)

    def summary(self) -> str:
        """How many failed, and the first reasons."""
        if self.is_unread:
            said = "its file could not be read, and no message of it was processed"
        elif self.processed is not None:
            said = f"{self.failed or 0} of {counted(self.processed, 'message')} failed"
        else:
            said = counted(len(self.errors), "error")
        shown = "; ".join(str(message) for message in self.errors[:_SHOWN])
        more = len(self.errors) - _SHOWN
        more_words = f"; and {more} more" if more > 0 else ""
        return f"{said}{': ' if shown else ''}{shown}{more_words}".removesuffix(".") + "."
