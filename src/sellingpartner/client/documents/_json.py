"""Rows of JSON documents: of a list that may be as large as it likes, and of JSON lines."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec

from sellingpartner.client.documents.failures import DocumentDamaged
from sellingpartner.contract.errors import InvalidInput, NotConfigured


def list_rows(path: Path, of: str | None) -> Iterator[Any]:
    """Every entry of the list `of`, or of the only list that there is."""
    ijson = _ijson()
    try:
        with path.open("rb") as file:
            _skip_mark(file)
            where = f"{of}.item" if of else _only_list(ijson, file)
            file.seek(0)
            _skip_mark(file)
            yield from ijson.items(file, where)
    except ijson.JSONError as wrong:
        raise DocumentDamaged(f"{path.name} is not whole JSON: {wrong}.") from None


def line_rows(path: Path) -> Iterator[Any]:
    """Every line, which is JSON in itself."""
    decoder = msgspec.json.Decoder()
    with path.open("rb") as file:
        _skip_mark(file)
        for number, line in enumerate(file, start=1):
            if line.strip():
                try:
                    yield decoder.decode(line)
                except msgspec.DecodeError as wrong:
                    raise DocumentDamaged(f"Line {number} of {path.name} is not JSON: {wrong}.") from None


def _only_list(ijson: Any, file: Any) -> str:  # noqa: ANN401 - a module that may not be there
    """Where the rows are: the document itself, or the one list of objects at its top."""
    found: list[str] = []
    begun = ""
    for prefix, event, _ in ijson.parse(file):
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


def _skip_mark(file: Any) -> None:  # noqa: ANN401 - a binary file
    if file.read(3) != b"\xef\xbb\xbf":
        file.seek(0)


def _ijson() -> Any:  # noqa: ANN401 - a module that may not be there
    try:
        return import_module("ijson")
    except ImportError:
        raise NotConfigured(
            "Rows of a JSON document are read one by one with ijson: pip install 'sellingpartner[documents]'."
            " json() reads the whole without it."
        ) from None
