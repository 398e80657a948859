"""What a parameter takes, in words: read from the contract's types."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, TypeGuard, get_args, get_origin

from sellingpartner.contract.fields import Annotation, bare, is_model

_WORDS: dict[Annotation, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    Decimal: "number",
    bool: "true or false",
    date: "date such as 2026-11-02",
    datetime: "time such as 2026-11-02T09:00:00Z",
    Any: "JSON",
}
_LIMITS = {
    "ge": "at least",
    "gt": "more than",
    "le": "at most",
    "lt": "less than",
    "min_length": "not shorter than",
    "max_length": "not longer than",
    "pattern": "like",
}


def words(kind: Annotation) -> str:
    """A type as people say it: `list of text`, `one of MFN, AFN`."""
    kind = bare(kind)
    if get_origin(kind) is list:
        return f"list of {words(get_args(kind)[0])}"
    if get_origin(kind) is dict or kind is dict:
        return "object"
    if is_enumeration(kind):
        return f"one of {', '.join(values_of(kind))}"
    if is_model(kind):
        return f"object ({kind.__name__})"
    return _WORDS.get(kind, "JSON")


def in_a_sentence(kind: Annotation) -> str:
    """The same with its article: `it takes a list of text`."""
    plain = words(kind)
    article = {"whole": "a ", "number": "a ", "date": "a ", "time": "a ", "list": "a ", "object": "an "}
    return article.get(plain.split()[0], "") + plain


def limits(kind: Annotation) -> str:
    """What a type's annotations say of its values, such as `at most 100`."""
    return ", ".join(_limits(kind))


def is_enumeration(kind: Annotation) -> TypeGuard[type[Enum]]:
    """Whether it has a fixed set of values."""
    return isinstance(kind, type) and issubclass(kind, Enum)


def values_of(kind: type[Enum]) -> list[str]:
    """The values that the contract lists."""
    return [str(one.value) for one in kind]


def _limits(kind: Annotation) -> Iterator[str]:
    if get_origin(kind) is Annotated:
        is_list = get_origin(bare(kind)) is list
        for meta in get_args(kind)[1:]:
            for name, word in _LIMITS.items():
                value = getattr(meta, name, None)
                if value is not None:
                    yield f"{'at most' if is_list and name == 'max_length' else word} {value}"
        return
    for part in get_args(kind) if get_origin(kind) not in {list, dict} else ():
        yield from _limits(part)
