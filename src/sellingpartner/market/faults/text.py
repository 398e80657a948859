"""A rule as one line of text, which the command line, a header of a call, a test and a scenario share.

    refuse 503 operation=getOrders every=3 times=5
    delay 0.8 spread=lognormal api=orders
    drift enum path=payload.Orders.*.OrderStatus note="Amazon adds a status"

First the kind, then the value of its first field if that is not what it is anyway (of a fault of jobs, also that of the
second: `report fatal GET_...`), then names with values. In a file it is a table of the same names.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from datetime import datetime
from difflib import get_close_matches
from functools import cache
from typing import Any

import msgspec

from sellingpartner.contract import registry
from sellingpartner.contract.errors import InvalidArgument
from sellingpartner.contract.notifications.registry import ALIASES, entries
from sellingpartner.market.faults.model import (
    DOCUMENT,
    JOB_TYPES,
    KINDS,
    MISSING,
    PLACES,
    AnyFault,
    ExpiredLink,
    Fault,
    JobFault,
    Notification,
    RateHeader,
    Rule,
    When,
    Where,
)

_LONGEST = 1000
_WHERE = Where.__struct_fields__
_WHEN = When.__struct_fields__
_LISTED_TYPES = "The documentation of its API lists them."
_KIND, _NOTE = "kind", "note"


def rule_of(text: str) -> Rule:
    """Read a rule; raises `InvalidInput` that says what would be right."""
    return _checked(_rule_from(_values_of(text)))


def kept_rule_of(text: str) -> Rule:
    """Read a rule that was taken once: names that no version knows any more concern nobody, and that is all."""
    return _rule_from(_values_of(text))


def _values_of(text: str) -> dict[str, object]:
    if len(text) > _LONGEST:
        raise InvalidArgument(f"A fault is said in at most {_LONGEST} characters.")
    try:
        words = shlex.split(text)
    except ValueError:
        raise InvalidArgument("The fault has a quotation mark that is not closed.") from None
    if not words:
        raise InvalidArgument(f"A fault begins with its kind: {_listed(KINDS)}.")
    kind = _kind_of(words[0])
    values: dict[str, object] = {_KIND: words[0]}
    for place, word in enumerate(words[1:]):
        name, equals, value = word.partition("=")
        if not equals:
            name, value = _first_field(kind, word, place), word
        name = name.replace("-", "_")
        if name in values:
            raise InvalidArgument(f"The fault says {name} twice.")
        values[name] = value
    return values


def rule_from(values: Mapping[str, object]) -> Rule:
    """The rule of a file's table; raises `InvalidInput`."""
    return _checked(_rule_from(values))


def _rule_from(values: Mapping[str, object]) -> Rule:
    kind = _kind_of(str(values.get(_KIND, "")))
    known = (*kind.__struct_fields__, *_WHERE, *_WHEN, _NOTE)
    for name in values:
        if name not in {*known, _KIND}:
            raise InvalidArgument(f"{kind.kind} has no {name[:60]!r}. {_meant(name, known)}")
    said = _taken(values, kind.__struct_fields__)
    if kind is RateHeader and said.get("value") == MISSING:
        said["value"] = None
    fault: AnyFault = _read(kind, said)
    if kind is ExpiredLink:
        values = {"operation": DOCUMENT, **values}
    where, when = _read(Where, _taken(values, _WHERE)), _read(When, _taken(values, _WHEN))
    return Rule(fault=fault, where=where, when=when, note=_read(_Note, _taken(values, (_NOTE,))).note)


def text_of(rule: Rule) -> str:
    """A rule as the text that is read as the same rule."""
    words = [rule.fault.kind]
    for part in (rule.fault, rule.where, rule.when):
        words += _words_of(part)
    if rule.note:
        words.append(f"{_NOTE}={rule.note}")
    return shlex.join(words)


class _Note(msgspec.Struct):
    note: str = ""


def _words_of(part: msgspec.Struct) -> Iterable[str]:
    bare = part.bare if isinstance(part, Fault) else 0
    for place, field in enumerate(msgspec.structs.fields(type(part))):
        value = getattr(part, field.name)
        may_be_bare = place < bare
        if value == field.default and not (may_be_bare and place == 0 and value):
            bare = min(bare, place)  # what stands behind it can no longer be told by its place
            continue
        said = _said(value)
        is_bare = may_be_bare and said and "=" not in said
        yield said if is_bare else f"{field.name}={said}"


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)


def _kind_of(word: str) -> type[AnyFault]:
    kind = KINDS.get(word.replace("_", "-").lower())
    if kind is None:
        raise InvalidArgument(f"There is no fault of the kind {word[:60]!r}. {_meant(word, KINDS)}")
    return kind


def _first_field(kind: type[AnyFault], word: str, place: int) -> str:
    if place >= min(kind.bare, len(kind.__struct_fields__)):
        raise InvalidArgument(f"{word[:60]!r} is a word without a name; write name=value, such as operation=getOrders.")
    return kind.__struct_fields__[place]


def _taken(values: Mapping[str, object], names: Iterable[str]) -> dict[str, object]:
    """The values of some names; `1,3` is a list where one is wanted, and a moment may be short."""
    taken = {name: values[name] for name in names if name in values}
    if isinstance(nth := taken.get("nth"), str):
        taken["nth"] = nth.split(",")
    for name in ("since", "until"):
        if isinstance(moment := taken.get(name), str):
            taken[name] = _moment(name, moment)
    return taken


def _moment(name: str, text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise InvalidArgument(f"{name} is {text[:60]!r}; write a moment like 2026-12-24T18:00Z.") from None


def _read(kind: type[Any], values: dict[str, object]) -> Any:  # noqa: ANN401 - an instance of the kind
    try:
        return msgspec.convert(values, kind, strict=False)
    except msgspec.ValidationError as wrong:
        said = str(wrong).replace("`$.", "`").removesuffix(".")
        raise InvalidArgument(f"The fault cannot be read: {said}.") from None


def _checked(rule: Rule) -> Rule:
    """The rule; raises `InvalidInput` for one that would strike nothing."""
    where, is_notification = rule.where, isinstance(rule.fault, Notification)
    if isinstance(rule.fault, JobFault):
        _check_job(rule.fault, where)
    if where.notification_type is not None and not is_notification:
        raise InvalidArgument("notification_type is for faults of the kind notification alone.")
    if where.notification_type is not None and where.notification_type not in _notification_types():
        said, known = where.notification_type, _notification_types()
        raise InvalidArgument(f"There is no notification type {said[:60]!r}. {_meant(said, known, _LISTED_TYPES)}")
    if is_notification and (where.operation or where.api):
        raise InvalidArgument("A notification is no call; say notification_type, seller_id or application_id.")
    for moment in (rule.when.since, rule.when.until):
        if moment is not None and moment.tzinfo is None:
            raise InvalidArgument("since and until need a time zone: 2026-12-24T18:00Z.")
    if isinstance(rule.fault, ExpiredLink) and where.operation != DOCUMENT:
        raise InvalidArgument(f"A link is no call of an operation; leave operation out, or write operation={DOCUMENT}.")
    if where.operation is not None and not where.operation.endswith("*") and where.operation not in _operations():
        message = f"No operation is called {where.operation[:60]!r}. {_meant(where.operation, _operations())}"
        raise InvalidArgument(message)
    if where.api is not None and where.api not in _apis():
        raise InvalidArgument(f"There is no API {where.api[:60]!r}. {_meant(where.api, _apis())}")
    return rule


def _check_job(fault: JobFault, where: Where) -> None:
    if where.operation or where.api:
        raise InvalidArgument(f"A {fault.kind} at work is no call; say its type, seller_id or application_id.")
    known = JOB_TYPES[fault.kind]
    if fault.type and not fault.type.endswith("*") and fault.type not in known:
        raise InvalidArgument(
            f"There is no {fault.kind} type {fault.type[:60]!r}. {_meant(fault.type, known, _LISTED_TYPES)}"
        )


@cache
def _operations() -> frozenset[str]:
    return frozenset((*(entry.name for entry in registry.operations()), *PLACES))


@cache
def _notification_types() -> frozenset[str]:
    return frozenset((*(entry.notification_type for entry in entries()), *ALIASES))


@cache
def _apis() -> frozenset[str]:
    return frozenset(name for one in registry.operations() for name in (one.api, f"{one.api} {one.version}"))


def _meant(said: str, known: Iterable[str], listed: str = "`spapi operations` lists them.") -> str:
    """What somebody may have meant; all there is where nothing is like it and there is little."""
    names = sorted(known)
    lower = {name.lower(): name for name in names}
    near = [lower[one] for one in get_close_matches(said.lower(), lower, n=3, cutoff=0.5)]
    if near:
        return f"Did you mean {' or '.join(near)}?"
    return f"There are {_listed(names)}." if len(names) <= 30 else listed  # noqa: PLR2004


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
