"""What a type of feed is: how its file is read into messages, what a message does, how the result is written.

    @feed("POST_ORDER_FULFILLMENT_DATA", read=read, form=Form.XML)
    def confirm(unit: UnitOfWork, file: FeedFile, order: OrderFulfillment) -> None: ...

What a message does is a command that an operation has as well. It is carried out in an attempt of its own: if the
command refuses it, nothing of it remains and the others stand. How a type is sent and who may send it is known to the
contract (`contract/feed_types.py`). A family's module is imported when one of its types is first asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from enum import StrEnum
from typing import Any

import msgspec

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.contract.feed_types import FEED_TYPES, FeedType
from sellingpartner.market.documents.families import Families
from sellingpartner.storage.unit import UnitOfWork


class Severity(StrEnum):
    """How bad what was found in a message is."""

    FATAL = "Fatal"
    """Nothing of the file was carried out for it."""
    ERROR = "Error"
    WARNING = "Warning"
    INFO = "Info"


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in one message of a feed."""

    code: str
    text: str
    severity: Severity = Severity.ERROR
    message: int = 0
    """The message's number in its file, as the file says it or as it is counted; 0 is the file itself."""
    about: Mapping[str, str] = {}
    """What it is about, by the names that the result gives it: SKU, AmazonOrderID."""

    @property
    def is_error(self) -> bool:
        """Whether the message was not carried out for it."""
        return self.severity in {Severity.ERROR, Severity.FATAL}


class Refused(Exception):
    """A message cannot be carried out, or a file not be read; the findings say why."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("; ".join(one.text for one in findings))
        self.findings = findings


class FeedUnreadable(Exception):
    """The file cannot be unpacked, or is too large unpacked: the feed ends FATAL, and the text is for the seller."""


class FeedFile(msgspec.Struct, frozen=True, kw_only=True):
    """What was uploaded, and what is known of it."""

    feed_id: str
    pieces: Callable[[], Iterator[bytes]]
    """Gives the bytes from the beginning, piece by piece, unpacked; it may be asked again."""
    content_type: str
    seller_id: str
    marketplace_ids: tuple[str, ...]
    options: Mapping[str, str] = {}
    document_id: str = ""
    origin: str = ""
    """Where the market was reached when the feed was handed in, for the links in its result."""

    @property
    def marketplace_id(self) -> str:
        """The first of its marketplaces, where one is meant."""
        return self.marketplace_ids[0]


class Message(msgspec.Struct, frozen=True):
    """A message as its file has it."""

    number: int
    body: Any = None
    faults: tuple[Finding, ...] = ()
    """What is wrong with its form; one with an error is not carried out."""


class Form(StrEnum):
    """How a result is written (`results/`)."""

    XML = "XML"
    FLAT_OF_ORDERS = "FLAT_OF_ORDERS"
    FLAT = "FLAT"
    JSON = "JSON"


Reader = Callable[[FeedFile], Iterator[Message]]
"""Gives the messages of a file, one by one and the same ones each time; raises `Refused` or `FeedUnreadable`."""
Applier = Callable[[UnitOfWork, FeedFile, Any], list[Finding] | None]
"""Carries one message out; gives warnings, if any. Raises `Refused`, or the error that its command raises."""
Holder = Callable[[UnitOfWork, FeedFile, list[Any]], None]
"""Holds what many messages are about to change, by few questions, so that each need not ask for its own."""
Teller = Callable[[SellingPartnerError, Any], Finding]
"""What is said of a message that its command refused."""
Header = Callable[[FeedFile], dict[str, object]]
"""What the header of the result says besides."""
Items = Callable[[UnitOfWork, FeedFile, Container[int]], Iterator[Any]]
"""What the result shows of what was changed, without the messages of these numbers, which failed."""


Refers = Callable[[UnitOfWork, FeedFile], str | None]
"""The id of the report that a feed has had made; its result names it."""


class FeedKind(msgspec.Struct, frozen=True, kw_only=True):
    """A feed type that the market carries out."""

    said: FeedType
    """What the contract says of it."""
    read: Reader
    apply: Applier
    tell: Teller
    form: Form
    head: Header
    items: Items | None
    refers: Refers | None
    options: tuple[str, ...]
    """The feedOptions that it reads."""
    numbers: str
    """The counter of which each message takes a number, if there is one: they are taken for many messages at once."""
    hold: Holder | None

    @property
    def name(self) -> str:
        """The type's name."""
        return self.said.name


_families: Families[FeedKind] = Families("sellingpartner.market.feeds.families")
made_types = _families.made_types
why_not = _families.why_not
kind_of = _families.kind_of


def feed(
    name: str,
    *,
    read: Reader,
    tell: Teller,
    form: Form,
    head: Header = lambda _: {},
    items: Items | None = None,
    refers: Refers | None = None,
    options: tuple[str, ...] = (),
    numbers: str = "",
    hold: Holder | None = None,
) -> Callable[[Applier], Applier]:
    """Name the function that carries out the messages of a type of feed; one function may serve several types."""

    def register(function: Applier) -> Applier:
        kind = FeedKind(
            said=FEED_TYPES[name],
            read=read,
            apply=function,
            tell=tell,
            form=form,
            head=head,
            items=items,
            refers=refers,
            options=options,
            numbers=numbers,
            hold=hold,
        )
        _families.add(name, kind)
        return function

    return register
