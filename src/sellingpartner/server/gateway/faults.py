"""Words for what is wrong with a value: which one, its fault, and what would be right."""

from __future__ import annotations

import re
import typing
from typing import Any, get_args

from sellingpartner.contract.message import OpenEnum

_WHERE = re.compile(r" - at `(?P<where>[^`]*)`$")
_ENUM = re.compile(r"^Invalid enum value '(?P<value>.*)'$", re.DOTALL)
_LONGEST_ECHO = 60


def in_parameter(name: str, sent: str | list[str], annotation: Any, fault: str) -> str:  # noqa: ANN401 - an annotation
    """What is wrong with a parameter in the path, the query or a header."""
    text = ",".join(sent) if isinstance(sent, list) else sent
    return f"Parameter {name} is invalid: {_echo(text)}. {_cure(_WHERE.sub('', fault), annotation)}"


def in_body(fault: str, annotation: Any) -> str:  # noqa: ANN401 - an annotation
    """What is wrong with a field of the body."""
    found = _WHERE.search(fault)
    where = found["where"].removeprefix("$.") if found else ""
    place = f"Body field {where} is invalid" if where not in {"", "$"} else "The body is invalid"
    return f"{place}. {_cure(_WHERE.sub('', fault), annotation)}"


def _cure(fault: str, annotation: Any) -> str:  # noqa: ANN401 - an annotation
    wrong = _ENUM.match(fault)
    if wrong is None:
        return f"{fault.replace('`', '')}."
    known = [", ".join(member.value for member in kind) for kind in _enums_in(annotation, set())]
    allowed = f" Allowed: {known[0]}." if len(known) == 1 else ""
    return f"{_echo(wrong['value'])} is not one of its values.{allowed}"


def _enums_in(annotation: Any, seen: set[Any]) -> list[type[OpenEnum]]:  # noqa: ANN401 - an annotation
    if isinstance(annotation, type) and issubclass(annotation, OpenEnum):
        return [annotation]
    if typing.get_origin(annotation) is None or annotation in seen:
        return []
    return [kind for inner in get_args(annotation) for kind in _enums_in(inner, seen)]


def _echo(text: str) -> str:
    shown = text if len(text) <= _LONGEST_ECHO else f"{text[:_LONGEST_ECHO]}..."
    return repr(shown)
