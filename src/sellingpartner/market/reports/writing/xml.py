"""XML, element by element: however many there are, one is in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import cache
from typing import Any

from sellingpartner.market.reports.kinds import Tree

_PIECE = 64 * 1024


def written(tree: Tree, elements: Iterable[Any]) -> Iterator[bytes]:
    """A document with its elements."""
    out = _Out()
    with _lxml().xmlfile(out, encoding="UTF-8") as document:
        document.write_declaration()
        with ExitStack() as around:
            root = document.element(tree.root, dict(tree.attributes), nsmap=dict(tree.namespaces))
            around.enter_context(root)
            _write(document, tree.head)
            for inner in tree.within:
                around.enter_context(document.element(inner.name))
                _write(document, inner.head)
            for element in elements:
                document.write(element)
                document.flush()
                if out.size >= _PIECE:
                    yield out.taken()
    yield out.taken()


@cache
def _lxml() -> Any:  # noqa: ANN401 - it has no types
    from lxml import etree  # noqa: PLC0415 - a library of its own weight, for those reports alone

    return etree


def _write(document: Any, elements: Iterable[Any]) -> None:  # noqa: ANN401 - a file of lxml
    for one in elements:
        document.write(one)


def element(name: str, *content: Any, **attributes: str) -> Any:  # noqa: ANN401 - elements of lxml
    """An element of text or of elements; of what is None nothing is written."""
    made = _lxml().Element(name, attributes)
    for part in content:
        if isinstance(part, str):
            made.text = printable(part)
        elif part is not None:
            made.append(part)
    return made


def printable(text: str) -> str:
    """Text that XML can say: it has no word for most control characters."""
    return text if text.isprintable() else "".join(sign for sign in text if sign.isprintable() or sign in "\t\n\r")


class _Out:
    """A file that keeps what is written until it is taken."""

    def __init__(self) -> None:
        self._kept: list[bytes] = []
        self.size = 0

    def write(self, piece: bytes) -> int:
        """Take a piece in."""
        self._kept.append(bytes(piece))
        self.size += len(piece)
        return len(piece)

    def taken(self) -> bytes:
        """All of it; nothing is kept."""
        whole, self._kept, self.size = b"".join(self._kept), [], 0
        return whole
