"""Rows of JSON documents: of a list that may be as large as it likes, and of JSON lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, TypeAlias, Union

import msgspec

from sellingpartner.client.documents._charset import Transcoded, lines
from sellingpartner.client.documents.failures import DocumentDamaged
from sellingpartner.contract.errors import InvalidInput, NotConfigured

Json: TypeAlias = Union[str, int, float, bool, "list[Json]", "dict[str, Json]", None]
"""What JSON holds, as far as types can say it; a fraction in a list of rows is a Decimal."""

_WRONG = (ValueError, RecursionError, ArithmeticError)
"""What a parser raises besides its own errors: for letters that are none, numbers and nesting without end."""


_DEEPEST = 500
_MOST_DIGITS = 1000
_TOO_LONG = re.compile(rb"[0-9]{%d}" % (_MOST_DIGITS + 1))


class _Ijson(Protocol):
    """What is used of ijson."""

    JSONError: type[Exception]

    def basic_parse(self, source: Transcoded) -> Iterator[tuple[str, object]]: ...

    def items(self, source: Transcoded, prefix: str) -> Iterator[Json]: ...

    def parse(self, source: Transcoded) -> Iterator[tuple[str, str, object]]: ...


class _Shallow(Transcoded):
    """A document without what ijson does not survive: a number of thousands of digits, and nesting without end.

    The first ends the process, the second takes all memory. To count brackets costs next to nothing, but some are in
    texts. Only where many more open than close, it is worth the time to see how deep it is.
    """

    def __init__(self, ijson: _Ijson, path: Path, charset: str) -> None:
        super().__init__(path, charset)
        self._ijson, self._path, self._charset = ijson, path, charset
        self._open = 0
        self._last = b""

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        piece = super().read(size)
        self._last = self._last[-_MOST_DIGITS:] + piece
        if _TOO_LONG.search(self._last):
            raise DocumentDamaged(f"{self._path.name} holds a number of more than {_MOST_DIGITS} digits.")
        if self._open <= _DEEPEST:
            opened = piece.count(b"[") + piece.count(b"{") - piece.count(b"]") - piece.count(b"}")
            self._open = max(self._open + opened, 0)
            if self._open > _DEEPEST:
                self._look_through()
        return piece

    def _look_through(self) -> None:
        depth = 0
        for event, _ in self._ijson.basic_parse(Transcoded(self._path, self._charset)):
            depth += event.startswith("start") - event.startswith("end")
            if depth > _DEEPEST:
                raise DocumentDamaged(f"{self._path.name} is nested deeper than {_DEEPEST} levels.")


def list_rows(path: Path, charset: str, of: str | None) -> Iterator[Json]:
    """Every entry of the list `of`, or of the only list that there is."""
    ijson = _ijson()
    try:
        where = f"{of}.item" if of else _only_list(ijson, _Shallow(ijson, path, charset))
        yield from ijson.items(_Shallow(ijson, path, charset), where)
    except (ijson.JSONError, *_WRONG) as wrong:
        raise DocumentDamaged(f"{path.name} is not whole JSON: {_said(wrong)}.") from None


def line_rows(path: Path, charset: str) -> Iterator[Json]:
    """Every line, which is JSON in itself."""
    decoder: msgspec.json.Decoder[Json] = msgspec.json.Decoder()
    for number, line in enumerate(lines(path, charset), start=1):
        text = line.removeprefix("\ufeff") if number == 1 else line
        if text.strip():
            try:
                yield decoder.decode(text)
            except _WRONG as wrong:  # msgspec's errors are ValueErrors
                raise DocumentDamaged(f"Line {number} of {path.name} is not JSON: {_said(wrong)}.") from None


def whole(path: Path, text: str) -> Any:  # noqa: ANN401 - any JSON, which its reader takes for what it is
    """A document that is read at once."""
    try:
        return msgspec.json.decode(text.removeprefix("\ufeff"))
    except _WRONG as wrong:
        raise DocumentDamaged(f"{path.name} is not whole JSON: {_said(wrong)}.") from None


def is_json(line: str) -> bool:
    """Whether a line is JSON in itself."""
    try:
        msgspec.json.decode(line)
    except _WRONG:
        return False
    return True


def _only_list(ijson: _Ijson, source: Transcoded) -> str:
    """Where the rows are: the document itself, or the one list of objects at its top."""
    found: list[str] = []
    begun = ""
    for prefix, event, _ in ijson.parse(source):
        if event == "start_array" and not prefix:
            return "item"
        if event == "start_array" and "." not in prefix:
            begun = prefix
        elif begun:
            if event in {"start_map", "end_array"}:
                found.append(begun)
            begun = ""
    if len(found) == 1:
        return f"{found[0]}.item"
    if not found:
        raise InvalidInput("This document holds no list; json() reads it as it is.")
    raise InvalidInput(f"This document holds several lists; say which, as rows(of=...): {', '.join(found)}.")


def _said(wrong: Exception) -> str:
    return "it is nested without end" if isinstance(wrong, RecursionError) else str(wrong)


def _ijson() -> _Ijson:
    try:
        found: _Ijson = import_module("ijson")  # a module that may not be there
    except ImportError:
        raise NotConfigured(
            "Rows of a JSON document are read one by one with ijson: pip install 'sellingpartner[documents]'."
            " json() reads the whole without it."
        ) from None
    return found
