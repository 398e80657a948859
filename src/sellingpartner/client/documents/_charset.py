"""Finds the charset of a document, and reads its text strictly: wrong letters are an error, never a surprise later.

What counts, in this order: a byte order mark; zero bytes, which only UTF-16 has; what XML declares itself, or the
Content-Type that the document came with; and where nothing is said, what the marketplace's flat files are written in.
Whatever is said, a text that is UTF-8 in every place is UTF-8: that does not happen by chance, and Amazon has sent
UTF-8 that was said to be Cp1252. JSON, and XML that declares nothing, are UTF-8 unless that proves wrong. Where UTF-8
is said and is not what came, reading says so: to go on with other letters would be a guess.

Assumed: Amazon's Cp1252 and ISO-8859-1 are both cp1252, and its Shift_JIS is cp932, their supersets, as browsers take
them. Flat files came in Cp1252 from Europe, in UTF-8 or Cp1252 from North America, in Shift_JIS from Japan.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from sellingpartner.client._shells.steps import PIECE
from sellingpartner.client.documents.failures import CharsetWrong
from sellingpartner.contract.marketplaces import BY_COUNTRY

UTF8 = "utf-8"
CP1252 = "cp1252"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as UTF-16 does, so that it comes first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SUPERSETS = {"iso8859-1": CP1252, "ascii": CP1252, "shift_jis": "cp932", "gb2312": "gb18030", "gbk": "gb18030"}
_ALIASES = {"windows-31j": "cp932", "x-sjis": "cp932", "ms932": "cp932", "x-euc-jp": "euc_jp", "x-gbk": "gbk"}
"""Names that Java has for it and Python has not."""
_NO_TEXT = frozenset({"idna", "punycode", "raw_unicode_escape", "undefined", "unicode_escape", "utf_7"})
"""Codecs that are text to Python, and to no document."""
_XML = re.compile(r"""^\s*<\?xml[^>]*\bencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})""")
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([^"';\s]{1,40})""", re.IGNORECASE)
_LOOK = 4096
_MANY = 0.03
"""The share of zero bytes from which a text is UTF-16."""
_FEW = 2
_ASIAN = re.compile("[\u0800-\U0010ffff]")
"""Letters that take three bytes or more in UTF-8."""
_WIDE = ("utf-16", "utf-32")
_ASIA = frozenset(
    {"cp932", "euc_jp", "gb18030", "big5", "big5hkscs", "cp949", "cp950", "euc_kr", "johab", "iso2022_jp"}
)
_JAPAN = BY_COUNTRY["JP"].marketplace_id
_HOLES = "sellingpartner.holes"


def _hole(wrong: UnicodeError) -> tuple[str, int]:
    """The five bytes that cp1252 leaves open are control characters, as browsers take them."""
    if not isinstance(wrong, UnicodeDecodeError):
        raise wrong
    return wrong.object[wrong.start : wrong.end].decode("latin-1"), wrong.end


codecs.register_error(_HOLES, _hole)


def charset_of(path: Path, content_type: str, marketplace_ids: tuple[str, ...]) -> str:
    """What a document's text is written in."""
    with path.open("rb") as file:
        beginning = file.read(_LOOK)
    said = declared(content_type)
    wide = _wide(beginning, is_said=said.startswith(_WIDE))
    if wide:
        return wide
    text = beginning.decode("latin-1")
    begins = text.lstrip()[:1]
    if begins == "<":
        found = _XML.search(text)
        said = _named(found[1]) if found else UTF8 if said == UTF8 or _is_utf8(path) else said
    elif begins in {"{", "["} and _is_utf8(path):
        return UTF8
    if said in {UTF8, "utf-8-sig"}:
        return UTF8
    if said.startswith(_WIDE):  # it would have shown itself
        said = ""
    said = said or usual(marketplace_ids)
    return UTF8 if _is_utf8(path, unlike=said) else said


def _wide(beginning: bytes, *, is_said: bool) -> str:
    """What a byte order mark says, or zero bytes at every second place."""
    for mark, charset in _MARKS:
        if beginning.startswith(mark):
            return charset
    even, odd = beginning[::2].count(0), beginning[1::2].count(0)
    least = 1 if is_said else max(_MANY * len(beginning), _FEW)
    if max(even, odd) < least or min(even, odd) * 4 > max(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def declared(content_type: str) -> str:
    """The charset that a Content-Type names, as Python calls it, or nothing."""
    name = charset_in(content_type)
    return _named(name) if name else ""


def charset_in(content_type: str) -> str:
    """The charset that a Content-Type names, to the letter, or nothing."""
    found = _CHARSET.search(content_type)
    return found[1] if found else ""


def _named(name: str) -> str:
    """A charset as Python calls it; one that nobody knows keeps its name, and reading says that nobody knows it."""
    known = known_charset(name)
    return _SUPERSETS.get(known, known) if known else name


def known_charset(name: str) -> str:
    """Python's name of a charset that text is written in; nothing if it knows none of that name."""
    try:
        found = codecs.lookup(_ALIASES.get(name.lower(), name))
    except (LookupError, ValueError):  # a name may hold what is no letter at all
        return ""
    is_text = found._is_text_encoding and found.incrementaldecoder is not None  # noqa: SLF001 - there is no other way
    return found.name if is_text and found.name.replace("-", "_") not in _NO_TEXT else ""


def usual(marketplace_ids: tuple[str, ...]) -> str:
    """What a marketplace's flat files are written in where they are not UTF-8."""
    return "cp932" if _JAPAN in marketplace_ids else CP1252


def _is_utf8(path: Path, unlike: str = CP1252) -> bool:
    """Whether all of it is; takes a look at every byte up to the first that is wrong, and keeps none.

    Short texts in the charsets of Asia can be UTF-8 by chance, but not with letters of Asia in it.
    """
    is_proved = unlike not in _ASIA
    is_plain = True
    try:
        for text in texts(path, UTF8):
            is_plain = is_plain and text.isascii()
            is_proved = is_proved or _ASIAN.search(text) is not None
    except CharsetWrong:
        return False
    return is_proved or is_plain


def texts(path: Path, charset: str) -> Iterator[str]:
    """A file's text piece by piece."""
    known = _known(charset)
    decoder = codecs.getincrementaldecoder(known)(_HOLES if known == CP1252 else "strict")
    offset = 0
    with path.open("rb") as file:
        while True:
            piece = file.read(PIECE)
            kept = len(decoder.getstate()[0])
            try:
                yield decoder.decode(piece, final=not piece)
            except UnicodeError as wrong:  # most are UnicodeDecodeErrors, but for a missing byte order mark
                raise _wrong(charset, offset - kept, wrong) from None
            if not piece:
                return
            offset += len(piece)


def beginning(path: Path, charset: str, size: int) -> str:
    """The first letters of a document, as far as they are letters."""
    with path.open("rb") as file:
        raw = file.read(size)
    return raw.decode(_known(charset), errors="replace").removeprefix("\ufeff")


def _known(charset: str) -> str:
    known = known_charset(charset)
    if not known:
        raise CharsetWrong(f"Nobody knows the charset {charset!r}; say one that Python knows, as charset=.")
    return known


class Transcoded:
    """A document as a file of UTF-8, for a parser that knows nothing else."""

    def __init__(self, path: Path, charset: str) -> None:
        self._texts = texts(path, charset)
        self._left = b""
        self._is_begun = False

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most so many if a size is said; nothing at the end."""
        while not self._left:
            text = next(self._texts, None)
            if text is None:
                return b""
            if text and not self._is_begun:
                text, self._is_begun = text.removeprefix("\ufeff"), True
            self._left = text.encode(errors="replace")
        if size < 0:
            size = len(self._left)
        given, self._left = self._left[:size], self._left[size:]
        return given


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


def forgiving(raw: bytes, marketplace_ids: tuple[str, ...]) -> str:
    """Text for people to read, whatever it takes: a line that is not UTF-8 is what the marketplace writes."""
    other = usual(marketplace_ids)
    return "\n".join(_line(line, other) for line in raw.split(b"\n"))


def _line(line: bytes, other: str) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode(other, _HOLES if other == CP1252 else "replace")


def _wrong(charset: str, before: int, reason: UnicodeError) -> CharsetWrong:
    others = ", ".join(name for name in (UTF8, CP1252, "cp932") if name != charset)
    if not isinstance(reason, UnicodeDecodeError):
        return CharsetWrong(f"This is no text in {charset} ({reason}); if you know better, say charset=... ({others}).")
    offset, byte = before + reason.start, reason.object[reason.start]
    wrong = CharsetWrong(
        f"Byte {offset} (0x{byte:02x}) is no text in {charset}; if you know better, say charset=... ({others})."
    )
    wrong.byte_offset = offset
    return wrong
