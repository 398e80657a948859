"""Answers that are not quite what the contract says, as Amazon's become over the years.

The body is walked beside its type, which says what each place may hold; of the places where a change of the wanted kind
can be made, luck chooses. A body of more than 1 MiB is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from random import Random
from typing import Any, NamedTuple, get_args, get_origin

import msgspec

from sellingpartner.contract.fields import Annotation, bare, fields_of, is_model
from sellingpartner.market.faults.model import Drift
from sellingpartner.server.gateway.encode import to_json

LARGEST = 1024 * 1024
"""How large a body may be to be changed."""

NEW_VALUE = "SOMETHING_NEW"
NEW_FIELD, NEW_FIELD_VALUE = "addedByAmazon", {"value": 1}

Container = dict[str, Any] | list[Any]


class Place(NamedTuple):
    """A value of a body, where it is and what the contract says of it."""

    holder: Container
    key: Any
    path: tuple[str, ...]
    type: Annotation
    is_field: bool
    """Whether a model names it."""

    @property
    def value(self) -> Any:  # noqa: ANN401 - JSON
        """What stands there."""
        return self.holder[self.key]


def drifted(body: bytes, kind: Annotation, drift: Drift, luck: Random) -> bytes:
    """A body of this type with the wanted changes, as far as it has places for them; as it is if it has none."""
    if len(body) > LARGEST:
        return body
    try:
        root = [msgspec.json.decode(body)]
    except msgspec.DecodeError:  # no JSON: another fault was here before
        return body
    whole = Place(root, 0, (), kind, is_field=False)
    places = [place for place in (whole, *_below(whole)) if _suits(drift, place) and _is_at(drift.path, place.path)]
    if not places:
        return body
    for place in luck.sample(places, min(drift.places, len(places))):
        _change(drift, place)
    return to_json(root[0])


def _below(place: Place) -> Iterator[Place]:
    """All that is in a value, level by level."""
    value, kind = place.value, bare(place.type)
    if isinstance(value, dict):
        fields = fields_of(kind) if is_model(kind) else {}
        of_values = get_args(kind)[1] if get_origin(kind) is dict else None
        for name in value:
            of_field = fields[name].type if name in fields else of_values
            yield (below := Place(value, name, (*place.path, name), of_field, is_field=name in fields))
            yield from _below(below)
    elif isinstance(value, list):
        of_entries = get_args(kind)[0] if get_origin(kind) is list else None
        for index in range(len(value)):
            yield (below := Place(value, index, (*place.path, str(index)), of_entries, is_field=False))
            yield from _below(below)


def _suits(drift: Drift, place: Place) -> bool:
    kind = bare(place.type)
    match drift.change:
        case "enum":
            return isinstance(kind, type) and issubclass(kind, Enum)
        case "extra":
            return isinstance(place.value, dict) and is_model(kind)
        case "missing":
            return place.is_field
        case "type":
            return place.is_field and isinstance(place.value, str | int | float)


def _change(drift: Drift, place: Place) -> None:
    holder, key = place.holder, place.key
    if key not in holder and isinstance(holder, dict):  # it has gone with another change
        return
    match drift.change:
        case "enum":
            holder[key] = NEW_VALUE
        case "extra":
            place.value[NEW_FIELD] = NEW_FIELD_VALUE
        case "missing":
            del holder[key]
        case "type":
            holder[key] = _of_another_type(place.value)


def _of_another_type(value: str | float) -> object:
    if not isinstance(value, str):
        return str(value).lower() if isinstance(value, bool) else str(value)
    try:
        return int(value)
    except ValueError:
        return {"value": value}


def _is_at(pattern: str, path: tuple[str, ...]) -> bool:
    """Whether a path is the one that is wanted; a star stands for any one step."""
    if not pattern:
        return True
    steps = pattern.split(".")
    return len(steps) == len(path) and all(step in {"*", name} for step, name in zip(steps, path, strict=True))
