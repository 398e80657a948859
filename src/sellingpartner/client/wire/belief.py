"""Whether what came with a success is an answer at all, before anybody is given it.

A model leaves out what may be missing, so that almost any object can be read as one: a refusal that came with 200, an
empty object, the page of another service. What could not be read must be neither success nor emptiness. So

- a body that speaks of errors, and holds nothing of what the operation answers with, is a refusal (`Refused`);
- one that lacks all that its model must hold, or its `payload`, or the `responses` of a batch, is unreadable;
- so is one in which an object stands for a list or a text for an object, at the top or one step below;
- and one with an entry, or with the part of a batch, that says nothing that the contract knows.

`is_doubtful` is quick, and sees of a model that was read already whether it is worth asking.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple, get_args, get_origin

import msgspec

from sellingpartner.client.wire.refusals import is_said_in
from sellingpartner.contract.fields import Annotation, bare, fields_of, is_model
from sellingpartner.contract.operation import NoContent

_ESSENTIAL = frozenset({"payload", "responses"})
"""What an answer that has them in its model never leaves out: see `OnSuccess`; a batch answers each of its requests."""
_BESIDES = frozenset({"errors", "warnings"})
"""What an operation may have nothing of, and nothing besides, when all went well."""
_EMPTY: tuple[object, ...] = ({}, [], "")
_STATUS, _CODE = "status", "statusCode"


class Refused(Exception):
    """The answer is a refusal, whatever its status says."""


class Unbelievable(ValueError):
    """The answer holds nothing of what the operation answers with."""


class _Shape(NamedTuple):
    """What is to be known of a model."""

    wire_names: frozenset[str]
    required: frozenset[str]
    outcomes: tuple[str, ...]
    """The fields that say what came of it (Python names)."""
    essential: Mapping[str, Annotation]
    """The types of those that must be there (wire names)."""
    below: tuple[str, ...]
    """The essential ones that hold models (Python names)."""
    free: tuple[str, ...]
    """Those of `_ESSENTIAL` that may hold whatever they like, and be missing (wire names)."""
    may_be_empty: bool
    is_part_of_a_batch: bool


def check(kind: Annotation, found: object) -> None:
    """Raise `Refused` or `Unbelievable` unless it can be an answer of this kind."""
    if kind is NoContent:
        if is_said_in(found):
            raise Refused
        if not isinstance(found, (dict, list)):
            message = "a value where none was to come"
            raise Unbelievable(message)
        return
    wanted = bare(kind)
    _check_form(wanted, found, "the answer")
    if not is_model(wanted) or not isinstance(found, dict):
        _check_within(wanted, found, "the answer")
        return
    shape = _shape(wanted)
    outcomes = {name for name in shape.wire_names - _BESIDES | shape.required if found.get(name) is not None}
    if is_said_in(found) and all(found[name] in _EMPTY for name in outcomes):
        raise Refused
    _check_free(shape, found)
    _check_content(shape, found, outcomes)
    for name, inner in shape.essential.items():
        value = found.get(name)
        if value is not None:
            _check_form(bare(inner), value, name)
            _check_within(bare(inner), value, name)


def is_doubtful(answer: object) -> bool:
    """Whether an answer that was read as its model may be none: it, or a part of it, says nothing."""
    if isinstance(answer, list):
        return any(map(_is_hollow, answer))
    if not isinstance(answer, msgspec.Struct):
        return False
    shape = _shape(type(answer))
    if not shape.required and (_is_hollow(answer) or getattr(answer, "errors", None)):
        return True
    return any(_is_doubtful_part(getattr(answer, name)) for name in shape.below)


def _check_free(shape: _Shape, found: Mapping[str, object]) -> None:
    for name in shape.free:
        if _tells_errors(found.get(name)):
            raise Refused


def _check_content(shape: _Shape, found: Mapping[str, object], outcomes: Collection[str]) -> None:
    if not outcomes and not shape.may_be_empty:
        message = f"an object that holds none of {_listed(shape.required or shape.wire_names - _BESIDES)}"
        raise Unbelievable(message)
    if found.get("errors") and not outcomes and not is_said_in(found):
        message = "errors that say nothing"
        raise Unbelievable(message)
    if found and not shape.wire_names & found.keys() and shape.wire_names:
        message = f"an object that holds nothing but {_listed(found)}"
        raise Unbelievable(message)
    for name in sorted(_ESSENTIAL & shape.essential.keys()):
        if found.get(name) is None:
            message = f"no {name}"
            raise Unbelievable(message)


def _check_form(wanted: Annotation, value: object, where: str) -> None:
    """An object is an object, and a list a list."""
    if is_model(wanted) and not isinstance(value, dict):
        message = f"no object at {where}"
        raise Unbelievable(message)
    if get_origin(wanted) is list and not isinstance(value, list):
        message = f"no list at {where}"
        raise Unbelievable(message)


def _check_within(wanted: Annotation, value: object, where: str) -> None:
    """What stands below holds something that the contract knows of it, as far down as the model says what must be."""
    inner = bare(get_args(wanted)[0]) if get_origin(wanted) is list else wanted
    if not is_model(inner) or not _shape(inner).wire_names:
        return
    for entry in value if isinstance(value, list) else [value]:
        if entry is not None:
            _check_form(inner, entry, where)
        if isinstance(entry, dict):
            _check_entry(inner, entry, where)


def _check_entry(kind: type[msgspec.Struct], entry: Mapping[str, object], where: str) -> None:
    shape = _shape(kind)
    if all(entry.get(name) is None for name in shape.wire_names - {"errors"}):
        if is_said_in(entry):
            raise Refused
        if shape.required or entry.keys() - shape.wire_names:
            message = f"nothing that the contract knows at {where}"
            raise Unbelievable(message)
    if shape.is_part_of_a_batch:
        _check_status(entry)  # its body may well be a refusal
        return
    for name, inner in shape.essential.items():
        below = entry.get(name)
        if isinstance(below, list if get_origin(bare(inner)) is list else dict):
            _check_within(bare(inner), below, f"{where}.{name}")


def _check_status(entry: Mapping[str, object]) -> None:
    """A part of a batch has a status of its own; without it nobody knows what came of it."""
    status = entry.get(_STATUS)
    if not isinstance(status, dict) or not isinstance(status.get(_CODE), int):
        message = "a part of a batch without its status"
        raise Unbelievable(message)


def _is_doubtful_part(part: object) -> bool:
    if isinstance(part, list):
        return any(map(_is_hollow, part)) or any(map(_is_part_of_a_batch, part[:1]))
    return part is None or _is_hollow(part) or (isinstance(part, dict) and "errors" in part)


def _is_part_of_a_batch(value: object) -> bool:
    return isinstance(value, msgspec.Struct) and _shape(type(value)).is_part_of_a_batch


def _is_hollow(value: object) -> bool:
    """Whether nothing of a model was there; one whose model must hold something held it."""
    if not isinstance(value, msgspec.Struct):
        return False
    shape = _shape(type(value))
    return not shape.required and all(getattr(value, name) is None for name in shape.outcomes)


@cache
def _shape(kind: type[msgspec.Struct]) -> _Shape:
    fields = fields_of(kind)
    required = frozenset(name for name, field in fields.items() if field.required)
    free = tuple(name for name in _ESSENTIAL & fields.keys() if _is_free(fields[name].type))
    wanted = required | _ESSENTIAL - {*free}
    essential = {name: field.type for name, field in fields.items() if name in wanted}
    of_models = [*free, *(name for name, inner in essential.items() if _holds_model(inner))]
    has_lists = any(get_origin(bare(field.type)) is list for field in fields.values())
    status = bare(fields[_STATUS].type) if _STATUS in fields else None
    return _Shape(
        wire_names=frozenset(fields),
        required=required,
        outcomes=tuple(field.name for name, field in fields.items() if name not in _BESIDES),
        essential=essential,
        below=tuple(fields[name].name for name in of_models),
        free=free,
        may_be_empty=not essential and (fields.keys() <= {*_BESIDES, *free} or has_lists),
        is_part_of_a_batch=is_model(status) and _CODE in fields_of(status),
    )


def _is_free(kind: Annotation) -> bool:
    """Whether the contract says nothing of what is in it."""
    wanted = bare(kind)
    return wanted is Any or get_origin(wanted) is dict or (is_model(wanted) and not fields_of(wanted))


def _tells_errors(value: object) -> bool:
    return is_said_in(value.get("errors") if isinstance(value, dict) else value if isinstance(value, list) else None)


def _holds_model(kind: Annotation) -> bool:
    wanted = bare(kind)
    return is_model(bare(get_args(wanted)[0])) if get_origin(wanted) is list else is_model(wanted)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)[:5])
