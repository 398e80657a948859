"""What a text to a buyer may hold."""

from __future__ import annotations

import re

from sellingpartner.contract.errors import InvalidInput

# A tag that begins as HTML has it; "a < b" and "<3" are none.
_TAG = re.compile(r"<\s*/?\s*[a-zA-Z!][^<>]{0,1000}>|&(?:[a-zA-Z]{2,8}|#[0-9]{1,6});")
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9.\-]{1,255}\.[A-Za-z]{2,24}")
_LINK = re.compile(r"(?i)\b(?:https?://|ftp://|www\.)\S")


class TextRefused(InvalidInput):
    """The text cannot be sent to a buyer."""

    def __init__(self, fault: str) -> None:
        super().__init__(f"text {fault}")


def check_text(text: str, longest: int) -> None:
    """Raise `TextRefused` for a text that is empty or too long, or that holds HTML, a link or an email address.

    Differs: Amazon takes links that concern what the message is for; a market cannot tell these from others, so it
    takes none.
    """
    if not text.strip() or len(text) > longest:
        raise TextRefused(f"must have 1 to {longest} characters; it has {len(text)}.")
    if _TAG.search(text):
        raise TextRefused("must not hold HTML.")
    if _EMAIL.search(text):
        raise TextRefused("must not hold an email address.")
    if _LINK.search(text):
        raise TextRefused("must not hold a link.")
