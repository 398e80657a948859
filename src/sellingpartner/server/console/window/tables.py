"""The one form of all lists, and the one form of all that can be done: values, which the templates draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from sellingpartner.market.amounts import Money, exponent_of

GOOD, OFF, WARN, BAD = "good", "off", "warn", "bad"
"""How a badge looks: as all is well, as nothing is to be done, as somebody should look, as something is wrong."""


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """A field of a form."""

    name: str
    label: str
    kind: str = "text"
    """As HTML has it; `select` is chosen from `choices`."""
    value: str = ""
    choices: Sequence[tuple[str, str]] = ()
    """Values with their words."""
    hint: str = ""
    is_required: bool = False
    least: str = ""
    most: str = ""
    longest: int = 200


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """Something that can be done: a form with a button."""

    action: str
    words: str
    """What stands on the button."""
    title: str = ""
    """What the form is about; a button that says it all needs none."""
    fields: Sequence[Input] = ()
    carried: Mapping[str, str] = {}
    tone: str = ""
    """`danger` for what cannot be taken back, `plain` for what is not the first thing to do."""
    label: str = ""
    """What a screen reader says instead of the button's words, where several buttons have the same."""


def refilled(act: Act, action: str, sent: Mapping[str, Sequence[str]]) -> Act:
    """A form with what was typed into it, if it is the one that was sent; a field that was emptied is empty."""
    said = {name: values[-1] for name, values in sent.items()}
    is_it = act.action == action and all(said.get(name) == value for name, value in act.carried.items())
    fields = [msgspec.structs.replace(one, value=said.get(one.name, "")) for one in act.fields]
    return msgspec.structs.replace(act, fields=fields) if is_it else act


class Cell(msgspec.Struct, frozen=True):
    """What stands in one place of a table."""

    text: str = ""
    href: str = ""
    below: str = ""
    badge: str = ""
    """How its badge looks; without one it is plain text."""
    at: datetime | None = None
    is_code: bool = False
    act: Act | None = None


class Column(msgspec.Struct, frozen=True):
    """A column, by its head."""

    title: str
    is_number: bool = False


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """Rows under heads; the first cell of a row names it."""

    name: str
    """By which the page refers to it; letters and hyphens."""
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    empty: str = "There is none."


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A list with what goes with it: how it is narrowed down, and where it goes on."""

    title: str
    table: Table
    lead: str = ""
    here: str = ""
    filters: Sequence[Input] = ()
    next_href: str = ""
    next_words: str = "Older"
    first_href: str = ""
    """Where the list begins, unless this is its beginning."""
    note: str = ""
    renewed_seconds: int = 0
    """Every how many seconds an open page asks for itself again; 0 if it does not."""


def moment(at: datetime | None) -> Cell:
    """A moment, or a dash."""
    return Cell("-") if at is None else Cell(at=at)


def code(text: str, href: str = "", below: str = "") -> Cell:
    """An identifier."""
    return Cell(text, href, below, is_code=True)


def amount(minor: int, currency: str) -> str:
    """An amount as people write it, with its currency: `1,234.50 USD`."""
    return f"{Money(minor, currency).decimal:,.{exponent_of(currency)}f} {currency}"


def amounts(*columns: str) -> list[Column]:
    """Columns of numbers."""
    return [Column(title, is_number=True) for title in columns]
