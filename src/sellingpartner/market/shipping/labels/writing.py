"""Which characters a font has, so that a text is never drawn as empty boxes.

Differs: where no font has a character (the picture and the PDF know Western European ones, the PDF Japanese ones, too)
the label shows its plain letter, or a question mark.
"""

from __future__ import annotations

from unicodedata import normalize


def western(text: str) -> str:
    """A text in the characters of Western European fonts."""
    if _fits(text, "cp1252"):
        return text
    return "".join(letter if _fits(letter, "cp1252") else _plain(letter) for letter in text)


def is_western(text: str) -> bool:
    """Whether Western European fonts have all of it."""
    return _fits(text, "cp1252")


def is_japanese(text: str) -> bool:
    """Whether Japanese fonts have all of it."""
    return _fits(text, "shift_jis")


def _plain(letter: str) -> str:
    return normalize("NFKD", letter).encode("ascii", "ignore").decode() or "?"


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
