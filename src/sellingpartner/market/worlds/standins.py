"""Stand-ins for what is personal: numbered in the order in which they are met, so nothing leads back from one.

The same text has the same stand-in throughout a world: who bought twice is seen to have bought twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, cached_property
from pathlib import Path

import msgspec

NOTHING = "nothing"
_REMARK = "remark"
COMMENT = "comment"
_ARN = re.compile(r"(arn:[^:]*:[^:]*:[^:]*:)\d+(:.*)?")
_SHORTEST_SWEPT = 5


class Personal(msgspec.Struct, frozen=True, eq=False, forbid_unknown_fields=True, dict=True):
    """Where personal data is (`personal.toml`)."""

    emptied: tuple[str, ...]
    forgotten: tuple[str, ...]
    columns: Mapping[str, str]
    fields: Mapping[str, str]
    below: Mapping[str, Mapping[str, str]]
    written: Mapping[str, tuple[str, ...]]

    @cached_property
    def names(self) -> Mapping[str, bool]:
        """Whether fields may be personal, by their names; each is found out once."""
        return _Names(self)

    def kind_of(self, field: str, parent: str) -> str | None:
        """What kind of stand-in a field of a document has, if it is personal."""
        return _kind_of(self, field, parent)

    def is_written(self, field: str, parent: str) -> bool:
        """Whether all texts in a field of a document are a person's."""
        return _plain(field) in self.written.get(_plain(parent), ())

    def may_be_in(self, document: bytes) -> bool:
        """Whether bytes hold the name of a field that may be personal; of most that happened it is told so at once."""
        found, harmless = _NAMES.findall(document), self._harmless
        if harmless.issuperset(found):
            return False
        harmless.update(name for name in found if not self.names[name.decode()])
        return not harmless.issuperset(found)

    @cached_property
    def _harmless(self) -> set[bytes]:
        """The names, as they are stored, that were met and are those of no personal field."""
        return set()


_NAMES = re.compile(rb'"([A-Za-z0-9_-]+)":')


class _Names(dict[str, bool]):
    def __init__(self, said: Personal) -> None:
        super().__init__()
        self._said = said

    def __missing__(self, field: str) -> bool:
        name, said = _plain(field), self._said
        below = (*said.below.values(), *said.written.values())
        self[field] = name in said.fields or any(name in fields for fields in below)
        return self[field]


@cache
def _kind_of(said: Personal, field: str, parent: str) -> str | None:
    name = _plain(field)
    return said.fields.get(name) or said.below.get(_plain(parent), {}).get(name)


@cache
def personal() -> Personal:
    """What there is of it."""
    return msgspec.toml.decode(Path(__file__).with_name("personal.toml").read_bytes(), type=Personal)


class StandIns:
    """What stands for which text; a text is met once, whatever it is met as."""

    def __init__(self) -> None:
        self._by_kind: dict[str, dict[str, str]] = {}
        self._swept: dict[str, str] = {}
        self.swept_as_stored: set[bytes] = set()
        """The same texts as JSON has them, where none of their letters is written otherwise there."""

    def of(self, kind: str, text: str) -> str:
        """The stand-in for a text of a kind; one that is empty stands for itself."""
        if not text or kind == NOTHING:
            return ""
        if kind == _REMARK and " " not in text:
            return text
        known = self._by_kind.setdefault(kind, {})
        if text not in known:
            known[text] = _MADE[kind](len(known) + 1, text)
            if _is_swept(kind, text):
                self._swept.setdefault(text, known[text])
                self.swept_as_stored.add(text.encode("utf-8", "surrogatepass"))
        return known[text]

    @property
    def swept(self) -> Mapping[str, str]:
        """Texts that are personal wherever they stand, as nothing else is called so."""
        return self._swept


def _plain(name: str) -> str:
    return name.replace("_", "").replace("-", "").lower()


def _shaped(number: int, text: str) -> str:
    """A number of the same form: its digits are the stand-in's, its letters are X."""
    digits = sum(letter.isdigit() for letter in text)
    left = iter(str(number).zfill(digits)[-digits:] if digits else "")
    return "".join(next(left) if letter.isdigit() else "X" if letter.isalpha() else letter for letter in text)


def _zeros(_number: int, text: str) -> str:
    return "".join("0" if letter.isdigit() else "X" if letter.isalpha() else letter for letter in text)


def _destination(number: int, text: str) -> str:
    """An address that leads to nobody: of a queue or a bus with its form, else of a webhook."""
    arn = _ARN.fullmatch(text)
    if arn is not None:
        return f"{arn[1]}000000000000{':stand-in-' + str(number) if arn[2] else ''}"
    if text.isdigit():  # an account of AWS
        return "0" * len(text)
    return f"https://scrubbed.example/{number}"


_MADE: Mapping[str, Callable[[int, str], str]] = {
    "person": lambda number, _: f"Person {number}",
    "company": lambda number, _: f"Company {number}",
    "email": lambda number, _: f"person-{number}@scrubbed.example",
    "phone": lambda number, _: f"+1 202-555-{number:04d}",
    "line": lambda number, _: f"{number} Stand-In Street",
    "city": lambda _number, _: "Sampleton",
    "postal": _zeros,
    "number": _shaped,
    "text": lambda number, _: f"(text {number})",
    _REMARK: lambda number, _: f"(remark {number})",
    COMMENT: lambda number, _: f"(comment {number})",
    "file": lambda number, _: f"file-{number}",
    "link": lambda number, _: f"https://scrubbed.example/{number}",
    "destination": _destination,
    "secret": lambda number, _: f"scrubbed-{number}",
}
_SWEPT = frozenset({"person", "company", "email", "phone", "line", "number", "text", _REMARK, COMMENT})


def _is_swept(kind: str, text: str) -> bool:
    """Whether a text is personal wherever it stands; a comment of one word may be called as a state is: Delivered."""
    return kind in _SWEPT and len(text) >= _SHORTEST_SWEPT and (kind != COMMENT or " " in text)
