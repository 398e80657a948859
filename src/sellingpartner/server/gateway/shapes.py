"""What the contract asks of a place in a value: the annotation there, in words, and what was sent there."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeGuard, get_args, get_origin

import msgspec

from sellingpartner.contract.fields import Annotation, bare, fields_of, is_model
from sellingpartner.contract.message import OpenEnum

UNKNOWN = object()
"""Where what was sent cannot be told."""

_STEP = re.compile(r"\.([^.\[]+)|\[(\d+|\.\.\.)\]")
_ANY_KEY = "..."
_ARRAYS = frozenset({list, tuple, set, frozenset})
_WORDS: dict[Annotation, str] = {
    str: "text",
    int: "a whole number",
    float: "a number",
    Decimal: "a number, such as 12.50",
    bool: "true or false",
    datetime: "a time in ISO 8601, such as 2026-01-31T08:00:00Z",
    date: "a date, such as 2026-01-31",
}

_SEVERAL: dict[Annotation, str] = {str: "texts", int: "whole numbers", float: "numbers"}


def is_array(annotation: Annotation) -> bool:
    """Whether a bare annotation is a list or a kind of it."""
    return get_origin(annotation) in _ARRAYS


def shape_at(annotation: Annotation, path: str) -> Annotation:
    """The annotation at a path such as `.items[0].quantity`, or `UNKNOWN`."""
    for name, _ in _STEP.findall(path):
        annotation = _below(bare(annotation), name)
    return annotation


def found_in(value: Any, path: str, annotation: Annotation) -> tuple[Any, str]:  # noqa: ANN401 - whatever was sent
    """What was sent at a path; the decoder does not name the key in a dictionary, so the first wrong one is sought."""
    exact = ""
    for name, index in _STEP.findall(path):
        annotation = _below(bare(annotation), name)
        key: Any = name or index
        if index == _ANY_KEY and isinstance(value, dict):
            key = next((one for one, held in value.items() if not _fits(held, annotation)), _ANY_KEY)
        elif index and isinstance(value, list):
            key = int(index)
        exact += f"[{key}]" if index else f".{key}"
        try:
            value = value[key]
        except (LookupError, TypeError):
            value = UNKNOWN
    return value, exact


def words_for(annotation: Annotation) -> str:
    """What a value must be, in words."""
    kind = bare(annotation)
    if is_array(kind):
        inner = bare(get_args(kind)[0])
        if _is_enum(inner):
            return f"a list of values out of {_allowed(inner)}"
        return f"a list of {_SEVERAL[inner]}" if inner in _SEVERAL else "a list"
    if _is_enum(kind):
        return f"one of {_allowed(kind)}"
    if is_model(kind) or dict in {kind, get_origin(kind)}:
        return "an object"
    return _WORDS.get(kind, "what the operation's model says")


def _allowed(kind: type[OpenEnum]) -> str:
    return ", ".join(member.value for member in kind)


def _is_enum(kind: Annotation) -> TypeGuard[type[OpenEnum]]:
    return isinstance(kind, type) and issubclass(kind, OpenEnum)


def _below(annotation: Annotation, name: str) -> Annotation:
    """The annotation of a field, or with no name of an element."""
    if not name:
        arguments = get_args(annotation)
        return arguments[1 if get_origin(annotation) is dict else 0] if arguments else UNKNOWN
    if not is_model(annotation):
        return UNKNOWN
    found = fields_of(annotation).get(name)
    return UNKNOWN if found is None else found.type


def _fits(value: object, annotation: Annotation) -> bool:
    try:
        msgspec.convert(value, annotation)
    except (msgspec.ValidationError, TypeError):
        return False
    return True
