"""Finds the charset of a document, and reads its text strictly: wrong letters are an error, never a surprise later.

What counts, in this order: a byte order mark; what XML declares itself, and JSON is; the charset in the Content-Type
that the document came with; and where that says nothing, the bytes themselves if they are UTF-8 in every place, else
what the marketplace's flat files are written in.

Assumed: Amazon's Cp1252 and ISO-8859-1 are both cp1252, and its Shift_JIS is cp932, their supersets, as browsers take
them. Flat files came in Cp1252 from Europe, in UTF-8 or Cp1252 from North America, in Shift_JIS from Japan.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

from sellingpartner.client._shells.steps import PIECE
from sellingpartner.client.documents.failures import CharsetWrong
from sellingpartner.contract.marketplaces import BY_COUNTRY

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SUPERSETS = {"iso8859-1": "cp1252", "ascii": "cp1252", "shift_jis": "cp932"}
_ALIASES = {"windows-31j": "cp932", "x-sjis": "cp932", "ms932": "cp932"}
"""Names that Java has for it and Python has not."""
_XML = re.compile(rb"""^\s*<\?xml[^>]*\bencoding\s*=\s*["']([A-Za-z0-9._-]+)""")
_LOOK = 200
_JAPAN = BY_COUNTRY["JP"].marketplace_id


def charset_of(path: Path, content_type: str, marketplace_ids: tuple[str, ...]) -> str:
    """What a document's text is written in."""
    with path.open("rb") as file:
        beginning = file.read(_LOOK)
    for mark, charset in _MARKS:
        if beginning.startswith(mark):
            return charset
    inside = beginning.lstrip()[:1]
    if inside == b"<":
        found = _XML.search(beginning)
        return found[1].decode() if found else "utf-8"
    if inside in {b"{", b"["}:
        return "utf-8"
    return declared(content_type) or ("utf-8" if _is_utf8(path) else usual(marketplace_ids))


def declared(content_type: str) -> str:
    """The charset that a Content-Type names, as Python calls it, or nothing."""
    header = Message()
    header["Content-Type"] = content_type
    named = header.get_content_charset()
    if not named:
        return ""
    try:
        charset = codecs.lookup(_ALIASES.get(named, named)).name
    except LookupError:
        return named  # reading says that nobody knows it
    return _SUPERSETS.get(charset, charset)


def usual(marketplace_ids: tuple[str, ...]) -> str:
    """What a marketplace's flat files are written in where they are not UTF-8."""
    return "cp932" if _JAPAN in marketplace_ids else "cp1252"


def _is_utf8(path: Path) -> bool:
    try:
        for _ in texts(path, "utf-8"):
            pass
    except CharsetWrong:
        return False
    return True


def texts(path: Path, charset: str) -> Iterator[str]:
    """A file's text piece by piece."""
    try:
        decoder = codecs.getincrementaldecoder(charset)("strict")
    except LookupError:
        raise CharsetWrong(f"Nobody knows the charset {charset!r}; say one that Python knows, as charset=.") from None
    offset = 0
    with path.open("rb") as file:
        while True:
            piece = file.read(PIECE)
            kept = len(decoder.getstate()[0])
            try:
                yield decoder.decode(piece, final=not piece)
            except UnicodeDecodeError as wrong:
                raise _wrong(charset, offset - kept + wrong.start, wrong.object[wrong.start]) from None
            if not piece:
                return
            offset += len(piece)


def lines(path: Path, charset: str) -> Iterator[str]:
    """A file's lines with their ends, however long they are."""
    begun: list[str] = []
    for text in texts(path, charset):
        *ended, last = text.split("\n")
        for line in ended:
            begun.append(line)
            yield "".join(begun) + "\n"
            begun.clear()
        if last:
            begun.append(last)
    if begun:
        yield "".join(begun)


def _wrong(charset: str, offset: int, byte: int) -> CharsetWrong:
    others = ", ".join(name for name in ("utf-8", "cp1252", "cp932") if name != charset)
    wrong = CharsetWrong(
        f"Byte {offset} (0x{byte:02x}) is no text in {charset}; if you know better, say charset=... ({others})."
    )
    wrong.byte_offset = offset
    return wrong
