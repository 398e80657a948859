"""A typed request from what was said at the command line: arguments, a body, the caller's marketplace."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import get_args, get_origin

import msgspec

from sellingpartner.cli.asked.arguments import Tree, read_arguments
from sellingpartner.cli.asked.type_words import words
from sellingpartner.cli.failures import CannotDo
from sellingpartner.contract.fields import Annotation, bare, fields_of, is_model
from sellingpartner.contract.json_values import Json
from sellingpartner.contract.near import did_you_mean
from sellingpartner.contract.operation import Request, places
from sellingpartner.contract.registry import Entry, load


def make_request(
    entry: Entry, arguments: Sequence[str], body: str | None = None, marketplace_id: str | None = None
) -> Request[object]:
    """The request; raises `CannotDo` that names what is wrong or missing. Arguments go before the body's fields."""
    kind = load(entry)
    tree = {} if body is None else _with_body(entry, kind, body)
    read_arguments(kind, arguments, tree)
    _fill_in_marketplace(kind, tree, marketplace_id)
    missing = list(_missing(kind, tree, ""))
    if missing:
        message = f"{entry.name} needs {', '.join(missing)}; see spapi call {_named(entry)} --help"
        raise CannotDo(message)
    try:
        request: Request[object] = msgspec.convert(tree, kind)
    except msgspec.ValidationError as reason:
        raise CannotDo(f"{entry.name} cannot take this: {_readable(str(reason))}") from None
    return request


def _with_body(entry: Entry, kind: type[Request[object]], said: str) -> Tree:
    if kind.operation.body is None:
        message = f"{entry.name} has no body; leave --body out."
        raise CannotDo(message)
    where = places(kind).body
    try:
        value = msgspec.json.decode(_text_of(said))
    except msgspec.DecodeError as reason:
        message = f"--body is no JSON: {reason}."
        raise CannotDo(message) from None
    if kind.operation.whole_body is not None:
        return {place.wire_name: value for place in where if place.field == kind.operation.whole_body}
    if not isinstance(value, dict):
        message = f"--body must be a JSON object with {', '.join(place.wire_name for place in where)}."
        raise CannotDo(message)
    known = [place.wire_name for place in where]
    for name in value:
        if name not in known:
            message = f"--body: {entry.name} has no field {name!r} in its body.{did_you_mean(name, known)}"
            raise CannotDo(message)
    return value


def _text_of(said: str) -> bytes:
    if said == "-":
        return sys.stdin.buffer.read()
    if said.lstrip().startswith(("{", "[")):
        return said.encode()
    try:
        return Path(said).read_bytes()
    except OSError as reason:
        message = f"--body {said}: {reason.strerror}; give a file, - for stdin, or JSON."
        raise CannotDo(message) from None


def _fill_in_marketplace(kind: type[Request[object]], tree: Tree, marketplace_id: str | None) -> None:
    """Where a marketplace must be named and is not, it is the caller's own."""
    for field in fields_of(kind).values() if marketplace_id else ():
        if field.required and field.wire_name not in tree:
            if field.name == "marketplace_ids":
                tree[field.wire_name] = [marketplace_id]
            elif field.name == "marketplace_id":
                tree[field.wire_name] = marketplace_id


def _missing(kind: Annotation, value: Json, where: str) -> Iterator[str]:
    """What must be there and is not, by its dotted name; raises `CannotDo` for what no type has a field for."""
    kind = bare(kind)
    if get_origin(kind) is list and isinstance(value, list):
        for position, one in enumerate(value):
            yield from _missing(get_args(kind)[0], one, f"{where}.{position}")
    if not is_model(kind) or not isinstance(value, dict):
        return
    fields = fields_of(kind)
    for name in value:
        if name not in fields:
            message = f"{where or 'The operation'} has no field {name!r}.{did_you_mean(name, list(fields))}"
            raise CannotDo(message)
    for name, field in fields.items():
        place = f"{where}.{name}".lstrip(".")
        if name in value:
            yield from _missing(field.type, value[name], place)
        elif field.required:
            yield f"{place} ({words(field.type)})"


def _readable(reason: str) -> str:
    """The words of msgspec with the place first: `packageDetail.shipDate: expected ...`."""
    what, _, where = reason.partition(" - at ")
    place = re.sub(r"\[(\d+)\]", r".\1", where.strip("`").removeprefix("$.").removeprefix("$"))
    return f"{place}: {what}." if place else f"{what}."


def _named(entry: Entry) -> str:
    return f"{entry.module}.{entry.name}"
