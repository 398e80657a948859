"""What was found in a processing report, and what follows from it."""

from __future__ import annotations

import re

import msgspec

from sellingpartner.client.documents.feed_result import FeedMessage

_PLAIN = re.compile(r"(\d{1,15})(?:[.,]0+)?")
_GROUPED = re.compile(r"\d{1,3}(?:[.,'\u2019\s]\d{3}){1,4}")

_ERRORS = frozenset(
    {"error", "fatal", "invalid", "fehler", "schwerwiegend", "erreur", "errore", "fout", "fel", "hata", "erro"}
    | {"błąd", "エラー", "错误", "錯誤", "خطأ"}
)
_WARNINGS = frozenset(
    {
        "warning",
        "warnung",
        "avertissement",
        "avviso",
        "avvertenza",
        "advertencia",
        "waarschuwing",
        "varning",
        "uyar\u0131",
    }
    | {"aviso", "advertência", "ostrzeżenie", "警告", "تحذير"}
)
_NOTES = frozenset({"info", "information", "note", "hinweis"})
UNCLEAR = ""
"""The severity of a message that names its own in a word that nobody here knows."""


class Findings(msgspec.Struct, frozen=True, kw_only=True):
    """What a processing report says; a count is None where it says none."""

    processed: int | None = None
    accepted: int | None = None
    failed: int | None = None
    warned: int | None = None
    messages: tuple[FeedMessage, ...] = ()
    problem: str = ""
    """Why it says nothing, if it does not."""

    @property
    def failures(self) -> int | None:
        """How many failed: as many as it says, or as are missing from those that were accepted.

        Assumed: in the processing report of a feed, messages with a warning are among the successful ones or are
        counted apart; either way they did not fail.
        """
        if self.processed is None or self.accepted is None:
            return self.failed
        if self.accepted > self.processed:  # then one of the two is wrong, and nobody knows which
            return self.failed or None
        return max(self.failed or 0, self.processed - self.accepted - (self.warned or 0), 0)

    @property
    def settled_messages(self) -> tuple[FeedMessage, ...]:
        """The messages; where nothing failed, a word of unknown meaning is a warning, and an error elsewhere."""
        settled = "WARNING" if self.failures == 0 else "ERROR"
        return tuple(
            msgspec.structs.replace(message, severity=settled) if message.severity == UNCLEAR else message
            for message in self.messages
        )


def severity_of(word: object) -> str:
    """ERROR, WARNING or INFO for the word that a report uses, in whichever language."""
    plain = word.strip().lower() if isinstance(word, str) else ""
    if not plain or plain in _ERRORS:
        return "ERROR"
    if plain in _WARNINGS:
        return "WARNING"
    return "INFO" if plain in _NOTES else UNCLEAR


def count_of(value: object) -> int | None:
    """A count, be it a number or text, with or without separators between thousands."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return int(value) if value >= 0 and value == value // 1 else None
    text = value.strip() if isinstance(value, str) else ""
    if plain := _PLAIN.fullmatch(text):
        return int(plain[1])
    return int(re.sub(r"\D", "", text)) if _GROUPED.fullmatch(text) else None


def text_of(value: object) -> str | None:
    """What a report says of one thing, as text; None where it says nothing."""
    text = "" if value is None else str(value).strip()
    return text or None
