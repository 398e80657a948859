"""Finds fields however their keys are spelled: Amazon writes `SellerId` in one document and `sellerId` in the next.

One look over a payload tells whether its keys begin as the contract's do, which is usual. Only a payload with a key
that the contract knows in another case is rewritten, object by object along its types.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator
from decimal import Decimal
from functools import cache
from typing import TypeAlias, get_args, get_origin

import msgspec

from sellingpartner.contract.fields import bare, fields_of, is_model
from sellingpartner.contract.json_values import Json

Rewrite: TypeAlias = Callable[[Json], Json]

_KEY = re.compile(rb'"([^"\\]{1,80})"\s*:')
_LOWER, _UPPER = (re.compile(rb'"[%b][^"\\]*"\s*:' % letters) for letters in (b"a-z", b"A-Z"))
_reader: msgspec.json.Decoder[Json] = msgspec.json.Decoder(float_hook=Decimal)


class Spelling:
    """How a type and all that it holds spell their keys."""

    def __init__(self, kind: type[msgspec.Struct]) -> None:
        self._rewrite = _rewrite_of(kind)
        names = {name for model in _models(kind) for name in fields_of(model)}
        folded = [name.lower() for name in names]
        self._expected = frozenset(name.encode() for name in names if folded.count(name.lower()) == 1)
        """The names with one spelling in all of the type; which of two is meant, only the place tells."""
        self._folded = frozenset(name.encode() for name in folded)
        self._unlike = self._unlike_any(names) if any(field.required for field in fields_of(kind).values()) else None

    @staticmethod
    def _unlike_any(names: set[str]) -> re.Pattern[bytes] | None:
        """What finds a key that begins as none of these do."""
        if all(name[0].isupper() for name in names):
            return _LOWER
        return _UPPER if all(name[0].islower() for name in names) else None

    def is_other(self, content: bytes) -> bool:
        """Whether some key could be a field in another case, or whether no key is any field at all."""
        if self._unlike is not None and not self._unlike.search(content):
            return False
        keys = set(_KEY.findall(content))
        others = keys - self._expected
        if not others:
            return False
        return len(others) == len(keys) or any(key.lower() in self._folded for key in others)

    def rewritten(self, content: bytes) -> Json:
        """The content with its keys as the contract spells them; raises `msgspec.DecodeError` for what is no JSON."""
        return self._rewrite(_reader.decode(content))


@cache
def spelling_of(kind: type[msgspec.Struct]) -> Spelling:
    """How a type spells its keys."""
    return Spelling(kind)


def _models(kind: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
    """A type and all models below it, each once."""
    found: dict[type[msgspec.Struct], None] = {}
    left: list[object] = [kind]
    while left:
        wanted = bare(left.pop())
        if is_model(wanted) and wanted not in found:
            found[wanted] = None
            left += [field.type for field in fields_of(wanted).values()]
        elif not isinstance(wanted, type):
            left += get_args(wanted)
    yield from found


@cache
def _rewrite_of(kind: Hashable) -> Rewrite:
    """What rewrites the JSON of one type; JSON of another form stays as it came."""
    wanted = bare(kind)
    if is_model(wanted):
        return _Fields(wanted)
    if get_origin(wanted) is list:
        inner = _rewrite_of(get_args(wanted)[0])
        return lambda value: [inner(one) for one in value] if isinstance(value, list) else value
    if get_origin(wanted) is dict:  # its keys are values, which nobody is to change
        inner = _rewrite_of(get_args(wanted)[1])
        return lambda value: {key: inner(one) for key, one in value.items()} if isinstance(value, dict) else value
    return lambda value: value


class _Fields:
    """Rewrites the objects of one model. Its fields are looked up when the first comes: a model may hold itself."""

    def __init__(self, kind: type[msgspec.Struct]) -> None:
        self._kind = kind
        self._names: dict[str, str] = {}

    def __call__(self, value: Json) -> Json:
        if not isinstance(value, dict):
            return value
        fields = fields_of(self._kind)
        if not self._names:
            self._names = {name.lower(): name for name in fields}
        found: dict[str, Json] = {}
        for key, inner in value.items():
            name = key if key in fields else self._names.get(key.lower(), key)
            if name not in found or key == name:  # of two spellings in one object, the contract's counts
                found[name] = _rewrite_of(fields[name].type)(inner) if name in fields else inner
        return found
