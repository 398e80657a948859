"""What is written behind an operation's name, as a typed request.

    orderId=902-3159896-1390916         a parameter or a field of the body, by Amazon's name or Python's
    marketplaceIds=US,CA                a list, by commas or by saying it again
    packageDetail.carrierCode=UPS       a field within a field; entries of lists by number: orderItems.0.quantity=1
    packageDetail:='{"carrier": ...}'   a value as JSON

A value after `=` is held against the contract, its enumerations included; one after `:=` may hold what the contract
does not list yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, NamedTuple, get_args, get_origin

import msgspec

from sellingpartner.cli.asked.type_words import in_a_sentence, is_enumeration, limits, values_of
from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.words.marketplace_names import marketplace_id_of
from sellingpartner.contract.fields import Annotation, bare, fields_of, is_model
from sellingpartner.contract.fields import Field as ContractField
from sellingpartner.contract.json_values import Json
from sellingpartner.contract.message import closed_enums
from sellingpartner.contract.near import did_you_mean
from sellingpartner.contract.operation import Request

Tree = dict[str, Json]

_DATE_ALONE = len("2026-11-02")
_MARKETPLACES = frozenset({"marketplace_id", "marketplace_ids"})


class Field(NamedTuple):
    """A field of a request or of an object in it."""

    name: str
    wire_name: str
    type: Annotation


def read_arguments(kind: type[Request[object]], arguments: Sequence[str], tree: Tree) -> None:
    """Put every argument where it belongs in a tree of wire names; raises `CannotDo` for one that is wrong."""
    given: set[str] = set()
    for argument in arguments:
        key, equals, text = argument.partition("=")
        name = key.removesuffix(":")
        if not equals or not name:
            message = f"{argument!r} is no parameter; write name=value, or name:=JSON."
            raise CannotDo(message)
        value = _Value(name, text, is_json=key.endswith(":"), given=given)
        _put(Field("", kind.operation.name, kind), tree, name.split("."), value, "")


class _Value:
    """What is to be put, how it was said, and what was said before it."""

    def __init__(self, key: str, text: str, *, is_json: bool, given: set[str]) -> None:
        self.key = key
        self.text = text
        self.is_json = is_json
        self.given = given

    def is_again(self, place: str) -> bool:
        """Whether the same place, or one within it, was given before; notes that it is given."""
        again = any(f"{one}.".startswith(f"{place}.") for one in self.given)
        self.given.add(place)
        return again

    def twice(self, field: Field) -> CannotDo:
        return CannotDo(f"{self.key} is given twice; it takes {in_a_sentence(field.type)}.")

    def refuse(self, why: str) -> CannotDo:
        return CannotDo(f"{self.key} is {self.text!r}; {why}")

    def read(self, field: Field) -> Json:
        if self.is_json:
            try:
                decoded: Json = msgspec.json.decode(self.text)
            except msgspec.DecodeError as reason:
                raise self.refuse(f"after := comes JSON ({reason}).") from None
            return decoded
        kind = _present(field.type)
        if get_origin(bare(kind)) is list:
            return [self._one(get_args(bare(kind))[0], text, field) for text in self.text.split(",") if text]
        return self._one(kind, self.text, field)

    def read_once(self, field: Field, place: str) -> Json:
        if self.is_again(place):
            raise self.twice(field)
        return self.read(field)

    def _one(self, kind: Annotation, text: str, field: Field) -> Json:
        plain = bare(kind)
        if is_model(plain) or get_origin(plain) in {dict, list}:
            parts = " or ".join([*([f"{self.key}.NAME=VALUE"] if is_model(plain) else []), f"{self.key}:=JSON"])
            raise self.refuse(f"it takes {in_a_sentence(plain)}: write {parts}.")
        if field.name in _MARKETPLACES:
            text = marketplace_id_of(text)
        if plain is datetime and len(text) == _DATE_ALONE:
            text = f"{text}T00:00:00Z"
        if plain is Any:
            return text
        try:
            with closed_enums():
                value = msgspec.convert(text, kind, strict=False)
        except (msgspec.ValidationError, ValueError):
            raise self.refuse(_what_is_right(self.key, kind, text)) from None
        said: Json = msgspec.to_builtins(value)
        return said


def _what_is_right(key: str, kind: Annotation, text: str) -> str:
    plain = bare(kind)
    more = f", {limits(kind)}" if limits(kind) else ""
    if is_enumeration(plain):
        hint = did_you_mean(text, values_of(plain))
        return f"it takes {in_a_sentence(plain)}.{hint} ({key}:='\"{text}\"' sends it all the same.)"
    return f"it takes {in_a_sentence(plain)}{more}."


def find_field(kind: Annotation, name: str, within: str) -> Field:
    """A field by its wire name, however it is written, or its Python name; raises `CannotDo` with the nearest."""
    fields = fields_of(kind)
    found = fields.get(name) or next((one for one in fields.values() if name.lower() in _names(one)), None)
    if found is None:
        names = list(fields)
        hint = did_you_mean(name, names) or (f" It has {', '.join(names)}." if names else " It has none.")
        message = f"{within} has no parameter {name!r}.{hint}"
        raise CannotDo(message)
    return Field(found.name, found.wire_name, found.type)


def _names(field: ContractField) -> set[str]:
    return {field.name.lower(), field.wire_name.lower()}


def _put(inside: Field, target: Tree, path: Sequence[str], value: _Value, place: str) -> None:
    """Put a value into an object; `place` is the object's own, in wire names."""
    field = find_field(bare(inside.type), path[0], inside.wire_name)
    name, here = field.wire_name, f"{place}.{field.wire_name}"
    if path[1:]:
        _put_within(field, target, path[1:], value, here)
        return
    said = value.read(field)
    if not value.is_again(here):
        target[name] = said  # whatever a body said of it
    elif isinstance(said, list) and isinstance(before := target[name], list):
        target[name] = [*before, *said]
    else:
        raise value.twice(field)


def _put_within(field: Field, target: Tree, path: Sequence[str], value: _Value, place: str) -> None:
    """Go on into an object, the entry of a list, or a map of free names."""
    kind, name = bare(field.type), field.wire_name
    if is_model(kind):
        _put(field, _inner(target, name, value), path, value, place)
    elif get_origin(kind) is dict:
        inner = Field(path[0], path[0], get_args(kind)[1])
        if path[1:]:
            _put_within(inner, _inner(target, name, value), path[1:], value, f"{place}.{path[0]}")
        else:
            _inner(target, name, value)[path[0]] = value.read_once(inner, f"{place}.{path[0]}")
    elif get_origin(kind) is list:
        _put_in_list(field, target, path, value, place)
    else:
        message = f"{value.key}: {name} takes {in_a_sentence(kind)} and has no field {path[0]!r}; write {name}=VALUE."
        raise CannotDo(message)


def _put_in_list(field: Field, target: Tree, path: Sequence[str], value: _Value, place: str) -> None:
    name, entry_kind = field.wire_name, get_args(bare(field.type))[0]
    entries = target.setdefault(name, [])
    if not path[0].isdecimal() or not isinstance(entries, list) or int(path[0]) > len(entries):
        message = f"{value.key}: {name} is a list; number its entries from 0 without a gap: {name}.0"
        raise CannotDo(message)
    position = int(path[0])
    slot: Tree = {name: entries[position]} if position < len(entries) else {}
    entry, here = Field(field.name, name, entry_kind), f"{place}.{position}"
    if path[1:]:
        _put_within(entry, slot, path[1:], value, here)
    else:
        slot[name] = value.read_once(entry, here)
    entries[position : position + 1] = [slot[name]]


def _inner(target: Tree, name: str, value: _Value) -> Tree:
    inner = target.setdefault(name, {})
    if not isinstance(inner, dict):
        message = f"{value.key}: {name} was given as {inner!r} before, which has no fields."
        raise CannotDo(message)
    return inner


def _present(kind: Annotation) -> Any:  # noqa: ANN401 - a field's type
    """The type of a value that is there: without `| None`, with its limits."""
    if get_origin(kind) is Annotated:
        return kind
    parts = [part for part in get_args(kind) if part is not type(None)]
    return parts[0] if len(parts) == 1 and type(None) in get_args(kind) else kind
