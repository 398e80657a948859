"""Decides which classes a published model becomes, and what each is called.

- A definition keeps its name, in Pascal. Where an operation is called the same, the definition is `<Name>Model`.
- An operation is its name in Pascal; of two with one name the first keeps it, the second is `<Name>By<Method>`.
- An enumeration that stands inside a definition or a parameter is named after its property (in a list: one of it),
  if that is the only enumeration of this name in the model or the definition of this name has the same values.
  Otherwise, and for an object that stands inside another, the owner's name goes before it; if that is taken too,
  `Choice` or `Object` behind it.
- A request's fields are its parameters and the properties of its body. The body stays one field, `body`, where it is
  no object, where a property has a parameter's name, or where it is optional beside parameters and needs properties.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sellingpartner.contract.published.names import REQUEST_RESERVED, field_name, item_name, pascal, singular
from sellingpartner.contract.published.shapes import Array, Choice, Field, Map, Named, Record, Shape, rewritten
from sellingpartner.contract.published.swagger import Document, Parameter, PublishedOperation

BODY = "body"


@dataclass(frozen=True, slots=True)
class RequestField:
    """One field of a request class."""

    name: str
    where: str
    wire_name: str
    shape: Shape
    required: bool
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class RequestClass:
    """What an operation becomes."""

    name: str
    operation: PublishedOperation
    fields: tuple[RequestField, ...]
    body: Shape | None
    whole_body: bool
    status: int
    """The status of its plain success; other successes are among the documented answers."""

    @property
    def answer(self) -> Shape | None:
        """The model of its plain success."""
        return self.operation.answers[self.status]


@dataclass(frozen=True, slots=True)
class Api:
    """What one published model becomes: every record and every enumeration a class with a name."""

    document: Document
    definitions: dict[str, Shape]
    """By class name; records and enumerations stand only here, elsewhere they are `Named`."""
    published_names: dict[str, str]
    """The class names of the model's own definitions, by the model's name for them."""
    requests: tuple[RequestClass, ...]


def api_of(document: Document) -> Api:
    """Name everything in a model."""
    request_names = _request_names(document.operations)
    published_names = {
        name: f"{pascal(name)}Model" if pascal(name) in request_names.values() else pascal(name)
        for name in document.definitions
    }
    lift = _Lift(document, published_names, request_names)
    definitions = {class_name: lift.definition(name) for name, class_name in published_names.items()}
    operations = [lift.operation(operation) for operation in document.operations]
    requests = [_request(request_names[operation.key], operation, definitions) for operation in operations]
    return Api(document, definitions | lift.found, published_names, tuple(requests))


def _request_names(operations: tuple[PublishedOperation, ...]) -> dict[str, str]:
    names: dict[str, str] = {}
    for operation in operations:
        name = pascal(operation.name)
        names[operation.key] = f"{name}By{operation.method.title()}" if name in names.values() else name
    return names


class _Lift:
    """Takes records and enumerations out of what they stand in, and leaves their names there."""

    def __init__(self, document: Document, published_names: dict[str, str], request_names: dict[str, str]) -> None:
        self._document = document
        self._published_names = published_names
        self._request_names = request_names
        self._defined = {published_names[name]: shape for name, shape in document.definitions.items()}
        self._same_name = _choices_by_name(document)
        self.found: dict[str, Shape] = {}

    def definition(self, name: str) -> Shape:
        owner = self._published_names[name]
        match self._document.definitions[name]:
            case Array(items=items) as array:
                return replace(array, items=self._lifted(items, owner, item_name(owner), f"{owner}Item"))
            case Map(values=values):
                return Map(self._lifted(values, owner, f"{owner}Value", f"{owner}Value"))
            case Record() as record:
                return self._record(record, owner)
            case shape:
                return self._referred(shape)

    def operation(self, operation: PublishedOperation) -> PublishedOperation:
        owner = self._request_names[operation.key]
        return replace(
            operation,
            parameters=tuple(self._parameter(parameter, owner) for parameter in operation.parameters),
            body=replace(operation.body, shape=self._referred(operation.body.shape)) if operation.body else None,
            answers={
                status: self._referred(shape) if shape and status != 204 else None  # noqa: PLR2004 - services
                # documents a text for a 204, which can have no body
                for status, shape in operation.answers.items()
            },
        )

    def _parameter(self, parameter: Parameter, owner: str) -> Parameter:
        return replace(parameter, shape=self._property(parameter.shape, owner, parameter.wire_name))

    def _record(self, record: Record, owner: str) -> Record:
        return Record(
            tuple(replace(field, shape=self._property(field.shape, owner, field.wire_name)) for field in record.fields)
        )

    def _property(self, shape: Shape, owner: str, wire_name: str) -> Shape:
        base = pascal(wire_name)
        match shape:
            case Array(items=items) as array:
                return replace(array, items=self._lifted(items, owner, singular(base), owner + singular(base)))
            case Map(values=values):
                return Map(self._lifted(values, owner, f"{base}Value", f"{owner}{base}Value"))
            case _:
                return self._lifted(shape, owner, base, owner + base)

    def _lifted(self, shape: Shape, owner: str, short: str, long: str) -> Shape:
        match shape:
            case Choice():
                return Named(self._choice(shape, short, long))
            case Record():
                return Named(self._take(long, self._record(shape, long), f"{long}Object"))
            case Array(items=items) as array:
                return replace(array, items=self._lifted(items, owner, short, long))
            case _:
                return self._referred(shape)

    def _choice(self, choice: Choice, short: str, long: str) -> str:
        if short in self._defined:
            if _same(self._defined[short], choice):
                return short
        elif len(self._same_name[short]) == 1 and short not in self._request_names.values():
            return self._take(short, choice, long)
        return self._take(long, choice, f"{long}Choice")

    def _take(self, name: str, shape: Shape, otherwise: str) -> str:
        free = name not in self._request_names.values()
        if name in self._defined:
            free = free and _same(self._defined[name], shape)
        elif free:
            taken = self.found.setdefault(name, shape)
            free = taken == shape or _same(taken, shape)
        if free:
            return name
        if name == otherwise:
            message = f"{self._document.file_name}: the name {name} is taken; give classes.py a rule for it."
            raise ValueError(message)
        return self._take(otherwise, shape, otherwise)

    def _referred(self, shape: Shape) -> Shape:
        def rename(part: Shape) -> Shape:
            return Named(self._published_names[part.name]) if isinstance(part, Named) else part

        return rewritten(shape, rename)


def _same(one: Shape, other: Shape) -> bool:
    return isinstance(one, Choice) and isinstance(other, Choice) and set(one.values) == set(other.values)


def _choices_by_name(document: Document) -> dict[str, set[frozenset[str]]]:
    """The different enumerations that a short name could stand for."""
    by_name: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
    for name, shape in document.definitions.items():
        for short, choice in _inline(shape, item_name(pascal(name))):
            by_name[short].add(frozenset(choice.values))
    for operation in document.operations:
        for parameter in operation.parameters:
            wrapped = Record((Field(parameter.wire_name, parameter.shape, required=False),))
            for short, choice in _inline(wrapped, ""):
                by_name[short].add(frozenset(choice.values))
    return by_name


def _inline(shape: Shape, item: str) -> Iterator[tuple[str, Choice]]:
    match shape:
        case Array(items=Choice() as choice):
            yield item, choice
        case Array(items=items):
            yield from _inline(items, item)
        case Record(fields=fields):
            for field in fields:
                base = pascal(field.wire_name)
                if isinstance(field.shape, Choice):
                    yield base, field.shape
                else:
                    yield from _inline(field.shape, singular(base))


def _request(name: str, operation: PublishedOperation, definitions: dict[str, Shape]) -> RequestClass:
    placed = sorted(operation.parameters, key=lambda parameter: _path_order(operation.path, parameter))
    fields = [
        RequestField(
            field_name(parameter.wire_name, REQUEST_RESERVED),
            parameter.where,
            parameter.wire_name,
            parameter.shape,
            parameter.required,
            parameter.repeated,
        )
        for parameter in placed
    ]
    body = operation.body
    whole = False
    if body:
        content = _resolved(body.shape, definitions)
        whole = _stays_whole(content, body, fields)
        fields += _body_fields(content, body, whole=whole)
    fields.sort(key=lambda field: (field.where != "path", not field.required))
    with_body = [status for status, answer in operation.answers.items() if status < 300 and answer]  # noqa: PLR2004
    status = with_body[0] if with_body else min(operation.answers)
    return RequestClass(name, operation, tuple(fields), body.shape if body else None, whole, status)


def _path_order(path: str, parameter: Parameter) -> int:
    return path.find(f"{{{parameter.wire_name}}}") if parameter.where == "path" else len(path)


def _resolved(shape: Shape, definitions: dict[str, Shape]) -> Shape:
    while isinstance(shape, Named):
        shape = definitions[shape.name]
    return shape


def _stays_whole(content: Shape, body: Field, parameters: list[RequestField]) -> bool:
    if not isinstance(content, Record):
        return True
    names = {field.name for field in parameters}
    collides = any(field_name(field.wire_name, REQUEST_RESERVED) in names for field in content.fields)
    return collides or (not body.required and bool(parameters) and any(field.required for field in content.fields))


def _body_fields(content: Shape, body: Field, *, whole: bool) -> list[RequestField]:
    if whole or not isinstance(content, Record):
        return [RequestField(BODY, BODY, BODY, body.shape, body.required)]
    return [
        RequestField(field_name(field.wire_name, REQUEST_RESERVED), BODY, field.wire_name, field.shape, field.required)
        for field in content.fields
    ]
