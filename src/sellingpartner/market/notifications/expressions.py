"""Filter expressions: which events a subscription is told of, said in the Common Expression Language (CEL).

An expression sees what a notification's payload holds, by the names that it has there, and lets an event through where
it is true. What cannot be asked of an event (a field that it does not have, a text compared with a number) is not true.

Amazon takes CEL without arithmetic and without indexes. The library bounds how deep an expression nests and how long it
loops, so whoever subscribes cannot hold up a write.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

import msgspec
from cel_expr_python import cel
from msgspec.structs import fields

from sellingpartner.contract.message import Message
from sellingpartner.contract.notifications.registry import Entry, find, load
from sellingpartner.market.notifications.envelopes import on_the_wire

_EXCLUDED = {"_-_": "-", "_*_": "*", "_/_": "/", "_%_": "%", "_[_]": "[]"}
"""Operators that Amazon does not take. `+` is one more, which the library itself needs for exists_one."""

_TEXT = re.compile(r"'''.*?'''|\"\"\".*?\"\"\"|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|//[^\n]*", re.DOTALL)
_EXPONENT = re.compile(r"(?<=\d[eE])\+")
_SAID = re.compile(r"<input>:\d+:(?P<column>\d+): (?P<words>[^\n]*)")
_UNKNOWN = re.compile(r"undeclared reference to '(?P<name>[^']*)'")
_ENVIRONMENT = """
name: notifications
stdlib:
  exclude_functions:
"""


class NoExpression(ValueError):
    """It is no expression that Amazon would take; says why."""


def check_expression(notification_type: str, payload_version: str, expression: str) -> None:
    """Raise `NoExpression` unless events of a type may be filtered by it."""
    if "+" in _EXPONENT.sub("", _TEXT.sub("", expression)):
        raise NoExpression(_not_taken("+"))
    form = find(notification_type, payload_version)
    try:
        compiled = _environment(_roots(form)).compile(expression, disable_check=form is None)
    except RuntimeError as error:
        raise NoExpression(_reason(str(error))) from None
    if form is not None and compiled.return_type().name() not in {"BOOL", "DYN"}:
        # Assumed: what can only be a text, a number or a list is refused, as CEL's own filters are.
        raise NoExpression("it is not true or false")


def is_true_of(expression: str, notification_type: str, payload_version: str, content: Message) -> bool:
    """Whether an expression that was checked lets what is told through."""
    form = find(notification_type, payload_version)
    payload = msgspec.json.decode(on_the_wire(content))
    return _is_true(expression, _roots(form), {form.wrapper: payload} if form and form.wrapper else payload)


def _is_true(expression: str, roots: tuple[str, ...], payload: Mapping[str, object]) -> bool:
    # Assumed: an event of which the expression cannot be asked is not sent, as CEL has it: only what is true matches.
    said = dict.fromkeys(roots) | dict(payload)
    try:
        return _compiled(expression, roots).eval(data=said).plain_value() is True
    except RuntimeError:  # it would loop for too long
        return False


@lru_cache(maxsize=1024)
def _compiled(expression: str, roots: tuple[str, ...]) -> cel.Expression:
    return _environment(roots).compile(expression)


@cache
def _environment(roots: tuple[str, ...]) -> cel.Env:
    excluded = "".join(f'    - name: "{name}"\n' for name in _EXCLUDED)
    return cel.NewEnv(
        config=cel.NewEnvConfigFromYaml(_ENVIRONMENT + excluded), variables=dict.fromkeys(roots, cel.Type.DYN)
    )


@cache
def _roots(form: Entry | None) -> tuple[str, ...]:
    """What expressions begin with: the payload's only key, or its fields where it has no such key."""
    if form is None:
        return ()
    return (form.wrapper,) if form.wrapper else tuple(field.encode_name for field in fields(load(form)))


def _reason(error: str) -> str:
    """What the library found, in a few words."""
    said = _SAID.search(error)
    if said is None:
        return "it nests too deep" if "recursion" in error else "it is no CEL expression"
    unknown = _UNKNOWN.search(said["words"])
    if unknown is not None and unknown["name"] in _EXCLUDED:
        return _not_taken(_EXCLUDED[unknown["name"]])
    if unknown is not None:
        return f"{unknown['name']} is nothing that the payload has"
    return f"column {said['column']}: {said['words'].partition(' expecting ')[0]}"


def _not_taken(operator: str) -> str:
    return f"the operator {operator} is not supported"
