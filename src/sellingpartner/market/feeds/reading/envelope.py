"""An AmazonEnvelope of XML: its messages one by one, each checked against its structure (`structures/`).

The parser is hardened: no DTD is read, no entity is followed, nothing is fetched, and limits on depth and size are on.
One message at a time is in memory; of blanks, comments and elements without end little is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any

from sellingpartner.market.feeds.kinds import FeedFile, Finding, Message, Refused, Severity
from sellingpartner.market.feeds.reading.stream import Endless, Stream

PARSING, ENVELOPE, STRUCTURE = "5001", "5000", "25"
"""Assumed: 5000 for an envelope that is none, and 25 for a message that is not of its structure; 5001 was seen."""
_ROOT, _MESSAGE = "AmazonEnvelope", "Message"
_PARTS = frozenset({"Header", "MarketplaceName", "MessageType", "PurgeAndReplace", "EffectiveDate", _MESSAGE})
_OPERATIONS = frozenset({"Update", "Delete", "PartialUpdate"})
_MOST_DIGITS = 18
_MOST_PARTS = 100_000
_MOST_IN_ALL = 5_000_000
"""Assumed: the most elements that all messages of a feed have; 100,000 orders with 50 each."""
_INVALID = "We are unable to process the XML feed because one or more items are invalid. Please re-submit the feed."
_STRUCTURES = "sellingpartner.market.feeds.structures"

Element = Any
"""An element of lxml."""
Parse = Callable[[Element], Any]
"""Turns a message's body, an element of its structure, into what it says."""


def messages(file: FeedFile, kind: str, parse: Parse) -> Iterator[Message]:
    """The messages of a file that are of a kind; raises `Refused` for one that has none of its form."""
    from lxml import etree  # noqa: PLC0415 - a library of its own weight, for those feeds alone

    count = 0
    try:
        for element in _elements(file, kind):
            count += 1
            yield _message(element, kind, parse)
    except etree.XMLSyntaxError as reason:
        line, column = reason.position
        said = (reason.msg or "").partition(", line ")[0]
        raise Refused(_of_file(PARSING, f"XML Parsing Fatal Error at Line {line}, Column {column}: {said}")) from reason
    except Endless as reason:
        raise Refused(_of_file(PARSING, f"XML Parsing Fatal Error: {reason}")) from reason
    if not count:
        raise Refused(_of_file(ENVELOPE, f"The envelope has no {_MESSAGE}; a feed has one at least."))


def text_of(element: Element, name: str) -> str | None:
    """What an element's part says, without the white space around it; None where there is none or it says nothing."""
    found = element.findtext(name)
    return (found.strip() or None) if found is not None else None


def _elements(file: FeedFile, kind: str) -> Iterator[Element]:
    """The Message elements of an envelope, each forgotten when the next is asked for."""
    depth, parts, in_all, is_named = 0, 0, 0, False
    for event, element in _events(file):
        if event == "start":
            depth, parts, in_all = depth + 1, parts + 1, in_all + 1
            if depth == 1:
                _check_root(element)
            _check_count(parts, in_all)
            continue
        depth -= 1
        if depth != 1:
            continue
        parts = 0
        if element.tag == "MessageType":
            is_named = _check_kind(element, kind)
        if element.tag not in _PARTS or (element.tag == _MESSAGE and not is_named):
            raise Refused(_ill_formed(element))
        if element.tag == _MESSAGE:
            yield element
        element.clear()
        while (before := element.getprevious()) is not None:
            element.getparent().remove(before)


def _events(file: FeedFile) -> Iterator[tuple[str, Element]]:
    from lxml import etree  # noqa: PLC0415 - see above

    pieces = file.pieces()
    first = next(pieces, b"")
    stream = Stream(chain((first,), pieces))
    try:
        for event, element in etree.iterparse(
            stream,
            events=("start", "end"),
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            encoding=_encoding(file.content_type, first),
        ):
            stream.went_on()
            yield event, element
    except LookupError as reason:
        raise Refused(_of_file(PARSING, f"Nobody knows the charset of {file.content_type[:60]!r}.")) from reason


def _encoding(content_type: str, first: bytes) -> str | None:
    """The charset of the content type, for a file that does not say its own."""
    if first.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) or b"encoding=" in first[:200].partition(b"?>")[0]:
        return None
    return content_type.lower().partition("charset=")[2].partition(";")[0].strip().strip('"') or None


def _check_root(element: Element) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise Refused(_of_file(PARSING, "XML Parsing Fatal Error: DOCTYPE is disallowed; entities are not followed."))
    if element.tag != _ROOT:
        raise Refused(_ill_formed(element))


def _check_count(parts: int, in_all: int) -> None:
    if parts > _MOST_PARTS:
        raise Refused(_of_file(ENVELOPE, f"A {_MESSAGE} has more than {_MOST_PARTS:,} elements."))
    if in_all > _MOST_IN_ALL:
        raise Refused(_of_file(ENVELOPE, f"The envelope has more than {_MOST_IN_ALL:,} elements."))


def _check_kind(element: Element, kind: str) -> bool:
    said = (element.text or "").strip()
    if said != kind:
        text = f"The MessageType is {said[:60]!r}; for this type of feed it is {kind}."
        raise Refused(_of_file(ENVELOPE, text))
    return True


def _message(element: Element, kind: str, parse: Parse) -> Message:
    """A message, or what is wrong with its structure."""
    said = text_of(element, "MessageID") or ""
    number = int(said) if said.isascii() and said.isdigit() and len(said) <= _MOST_DIGITS else 0
    operation = text_of(element, "OperationType")
    bodies = [part for part in element if part.tag not in {"MessageID", "OperationType"}]
    if not number:
        return Message(0, None, (_misshapen("MessageID must be a whole number from 1 on."),))
    if operation is not None and operation not in _OPERATIONS:
        return Message(number, None, (_misshapen(f"OperationType must be one of {', '.join(sorted(_OPERATIONS))}."),))
    if [part.tag for part in bodies] != [kind]:
        return Message(number, None, (_misshapen(f"The message must hold one {kind}, and nothing besides."),))
    (body,) = bodies
    structure = _structure()
    if not structure.validate(body):
        return Message(number, None, (_misshapen(structure.error_log[0].message),))
    try:
        return Message(number, parse(body))
    except Refused as reason:
        return Message(number, None, reason.findings)


def _misshapen(text: str) -> Finding:
    return Finding(code=STRUCTURE, text=f"{_INVALID} {text}")


def _ill_formed(element: Element) -> Finding:
    text = (
        "The XML you submitted is ill-formed at the Amazon Envelope XML level at (or near) line "
        f"{element.sourceline}, column 1."
    )
    return _of_file(ENVELOPE, text)


def _of_file(code: str, text: str) -> Finding:
    return Finding(code=code, text=text, severity=Severity.FATAL)


@cache
def _structure() -> Any:  # noqa: ANN401 - a schema of lxml
    """What the bodies of messages are made of."""
    from lxml import etree  # noqa: PLC0415 - see above

    return etree.XMLSchema(etree.fromstring(files(_STRUCTURES).joinpath("orders.xsd").read_bytes()))
