"""What would be right where a scenario says what cannot be: which values a field may have, which field was meant."""

from __future__ import annotations

import re
from functools import cache

import msgspec
from msgspec import inspect

from sellingpartner.contract.near import did_you_mean
from sellingpartner.market.scenarios.model import Scenario

_PLACE = re.compile(r" - at `\$([^`]*)`$")
_VALUE = re.compile(r"^Invalid enum value '(.*)' - at ", re.DOTALL)
_FIELD = re.compile(r"unknown field `([^`]*)`")
_WITHOUT_ABOUT = "Object missing required field `about`"
_ABOUT = ' It says in a sentence what the scenario is: about = "One seller, one article."'


def hint_for(wrong: msgspec.ValidationError) -> str:
    """The sentence that follows what is wrong; nothing where that says enough."""
    said = str(wrong)
    place = _PLACE.search(said)
    there = _at("" if place is None else place[1])
    if (value := _VALUE.search(said)) and isinstance(there, inspect.LiteralType):
        known = [str(one) for one in there.values]
        return f" It can be {', '.join(known)}.{did_you_mean(value[1], known)}"
    if (field := _FIELD.search(said)) and isinstance(there, inspect.StructType):
        names = [one.encode_name for one in there.fields]
        return did_you_mean(field[1], names) or f" There are {', '.join(names)}."
    return _ABOUT if said == _WITHOUT_ABOUT else ""


def _at(place: str) -> inspect.Type:
    """The type of what stands at a place, as far as the model leads there."""
    there = _plain(_root())
    for name in re.findall(r"\.(\w+)", place):
        known = {one.encode_name: one.type for one in there.fields} if isinstance(there, inspect.StructType) else {}
        there = _plain(known.get(name, inspect.AnyType()))
    return there


def _plain(kind: inspect.Type) -> inspect.Type:
    """What a type is about: of a list its entries, of what may be left out what it is otherwise."""
    if isinstance(kind, inspect.Metadata):
        return _plain(kind.type)
    if isinstance(kind, inspect.VarTupleType):
        return _plain(kind.item_type)
    if isinstance(kind, inspect.UnionType):
        return _plain(next(one for one in kind.types if not isinstance(one, inspect.NoneType)))
    return kind


@cache
def _root() -> inspect.Type:
    return inspect.type_info(Scenario)
