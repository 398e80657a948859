"""Rows of XML documents, each let go before the next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias, Union
from xml.etree.ElementTree import Element, ParseError, XMLParser, iterparse

from sellingpartner.client.documents._charset import Transcoded
from sellingpartner.client.documents.failures import DocumentDamaged

Inside: TypeAlias = Union[str, "dict[str, Inside]", "list[Inside]"]
"""What is in an element: text, parts by name, or several of one name."""

_DEEPEST = 100
"""Amazon's documents have a dozen levels."""
_ENVELOPE = "AmazonEnvelope"
_MESSAGE = "Message"


def rows(path: Path, charset: str, of: str | None) -> Iterator[dict[str, Inside]]:
    """Every element named `of`; else an envelope's messages, else what the root holds."""
    # Amazon's own documents; the parser (expat) refuses entities that blow up. It knows few charsets by itself.
    parser = XMLParser(encoding="utf-8")  # noqa: S314
    depth = 0
    root: Element | None = None
    try:
        for event, element in iterparse(Transcoded(path, charset), events=("start", "end"), parser=parser):  # noqa: S314
            if event == "start":
                root = element if root is None else root
                depth += 1
                if depth > _DEEPEST:
                    raise DocumentDamaged(
                        f"{path.name} is nested deeper than {_DEEPEST} elements, as nothing of Amazon's."
                    )
                continue
            depth -= 1
            if root is None:
                continue
            name = _plain(element.tag)
            wanted = name == of if of else depth == 1 and (name == _MESSAGE or _plain(root.tag) != _ENVELOPE)
            if wanted:
                yield as_columns(element)
            if wanted or depth == 1:
                element.clear()
                if depth == 1:
                    root.clear()
    except ParseError as wrong:
        raise DocumentDamaged(f"{path.name} is not whole XML: {wrong}.") from None


def as_columns(element: Element) -> dict[str, Inside]:
    """An element's parts by name: text, a dict where there are parts again, a list where a name comes twice."""
    found: dict[str, Inside] = {f"@{_plain(name)}": value for name, value in element.attrib.items()}
    for part in element:
        name, inside = _plain(part.tag), _inside(part)
        before = found.get(name)
        if before is None:
            found[name] = inside
        elif isinstance(before, list):
            before.append(inside)
        else:
            found[name] = [before, inside]
    return found


def _inside(element: Element) -> Inside:
    if len(element) or element.attrib:
        parts = as_columns(element)
        text = (element.text or "").strip()
        return {**parts, "#text": text} if text else parts
    return (element.text or "").strip()


def _plain(tag: str) -> str:
    """A name without its namespace."""
    return tag.rpartition("}")[2]
