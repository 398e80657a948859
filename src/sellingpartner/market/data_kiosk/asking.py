"""What may be asked: one query of one dataset, its fields and arguments as the schema has them, not too long or deep.

A text is looked at sign by sign before it is parsed: a parser and a validator take long over what nobody means.

Assumed: a query names one dataset and one query of it, without variables, and neither of them by a fragment, as its
rows are the lines of one document.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

import msgspec
from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLObjectType,
    GraphQLSchema,
    Lexer,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    Source,
    TokenKind,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    execute_sync,
    parse,
    strip_ignored_characters,
    validate,
    visit,
)
from graphql.execution.values import get_argument_values

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.counted import counted
from sellingpartner.market.data_kiosk.datasets import Arguments, Fields, RowsUnavailable, given
from sellingpartner.market.data_kiosk.refusals import QueryInvalid
from sellingpartner.market.data_kiosk.schema import schema_of
from sellingpartner.storage.unit import UnitOfWork

MOST_SIGNS = 8_000
"""How long a query may be, without what is not needed."""
_MOST_SENT = 40_000
_DEEPEST = 15
_MOST_ALIKE = 200
_MOST_DAYS = 90
_VERSIONED = re.compile(r"[a-z][A-Za-z]*_[A-Za-z]+_\d{4}_\d{2}_\d{2}")
_DURATION = re.compile(r"P(\d+)D")
_OPENS = frozenset({TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L})
_CLOSES = frozenset({TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R})


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A query that is well formed."""

    minified: str
    document: DocumentNode
    schema: GraphQLSchema
    dataset: str
    field: str
    arguments: Arguments
    days_kept: int


def checked(unit: UnitOfWork, text: str) -> Said:
    """A query whose arguments hold for this seller at this moment; raises `QueryInvalid`."""
    said = understood(text)
    known = given(said.dataset, said.field)
    if known is None:
        raise QueryInvalid(f"Query '{said.field}' of {said.dataset} is not supported.")
    try:
        known.check(unit, said.arguments)
    except QueryInvalid:
        raise
    except InvalidInput as reason:
        raise QueryInvalid(reason.message) from reason
    return said


@lru_cache(maxsize=64)
def understood(text: str) -> Said:
    """A query in the terms of its dataset's schema; raises `QueryInvalid`."""
    minified = _minified(text)
    document = _parsed(text)
    operation = _operation(document)
    dataset = _dataset(operation)
    schema = schema_of(dataset.name.value)
    if schema is None:
        raise QueryInvalid(f"Query '{dataset.name.value}' is not supported.")
    if errors := validate(schema, document, max_errors=5):
        raise QueryInvalid(" ".join(map(_told, errors)))
    field = _only(dataset.selection_set, f"{dataset.name.value} takes one query at a time")
    kind = schema.type_map[_root_of(schema, dataset)]
    assert isinstance(kind, GraphQLObjectType)  # noqa: S101 - validation has seen it
    return Said(
        minified=minified,
        document=document,
        schema=schema,
        dataset=dataset.name.value,
        field=field.name.value,
        arguments=_arguments(kind, field),
        days_kept=_days_kept(schema, document),
    )


def shown(said: Said, rows: list[Fields]) -> list[object]:
    """What a query names of rows; raises `RowsUnavailable`."""
    found = execute_sync(said.schema, said.document, root_value={said.dataset: {said.field: rows}})
    if found.errors:
        raise RowsUnavailable(" ".join(error.message for error in found.errors))
    [dataset] = (found.data or {}).values()
    [named] = dataset.values()
    return list(named)


def _minified(text: str) -> str:
    if len(text) > _MOST_SENT:
        raise QueryInvalid(
            f"The query has {counted(len(text), 'character')}; without unneeded ones it may have {MOST_SIGNS}."
        )
    try:
        minified = strip_ignored_characters(text)
    except GraphQLError as reason:
        raise QueryInvalid(_told(reason)) from reason
    if len(minified) > MOST_SIGNS:
        raise QueryInvalid(
            f"The query has {counted(len(minified), 'character')} without the unneeded ones; it may have {MOST_SIGNS}."
        )
    return minified


def _parsed(text: str) -> DocumentNode:
    """The query's tree, once it is known not to be too deep, nor to say the same over and over."""
    lexer, depth, names = Lexer(Source(text)), 0, Counter[str]()
    try:
        while (token := lexer.advance()).kind is not TokenKind.EOF:
            depth += (token.kind in _OPENS) - (token.kind in _CLOSES)
            if depth > _DEEPEST:
                where = _where(token.line, token.column)
                raise QueryInvalid(f"The query is more than {_DEEPEST} levels deep{where}.")
            if token.kind is TokenKind.NAME:
                names[token.value or ""] += 1
        name, count = names.most_common(1)[0] if names else ("", 0)
        if count > _MOST_ALIKE:
            raise QueryInvalid(
                f"The query says {name[:40]!r} {counted(count, 'time')}; {_MOST_ALIKE} times are the most."
            )
        return parse(text)
    except GraphQLError as reason:
        raise QueryInvalid(_told(reason)) from reason


def _told(wrong: GraphQLError) -> str:
    """What is wrong, and where in the text as it was sent."""
    place = wrong.locations[0] if wrong.locations else None
    return wrong.message if place is None else f"{wrong.message.removesuffix('.')}{_where(place.line, place.column)}."


def _where(line: int, column: int) -> str:
    return f" (line {line}, column {column})"


def _operation(document: DocumentNode) -> OperationDefinitionNode:
    operations = [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]
    if len(operations) != 1:
        raise QueryInvalid(f"The text must hold one operation; it holds {len(operations)}.")
    [operation] = operations
    if operation.operation is not OperationType.QUERY:
        raise QueryInvalid(f"The operation must be a query; it is a {operation.operation.value}.")
    if operation.variable_definitions:
        raise QueryInvalid("Variables are not supported: write values where they are used.")
    return operation


def _dataset(operation: OperationDefinitionNode) -> FieldNode:
    dataset = _only(operation.selection_set, "A query names one dataset")
    name = dataset.name.value
    if name.startswith("__") or (_VERSIONED.fullmatch(name) is None and schema_of(name) is None):
        raise QueryInvalid("Query did not have a versioned domain field")
    return dataset


def _only(selections: SelectionSetNode | None, rule: str) -> FieldNode:
    fields = [] if selections is None else list(selections.selections)
    if len(fields) != 1 or not isinstance(fields[0], FieldNode):
        raise QueryInvalid(f"{rule}; it must stand there as one field.")
    return fields[0]


def _root_of(schema: GraphQLSchema, dataset: FieldNode) -> str:
    assert schema.query_type is not None  # noqa: S101 - every schema of ours has one
    kind = schema.query_type.fields[dataset.name.value].type
    assert isinstance(kind, GraphQLObjectType)  # noqa: S101
    return kind.name


def _arguments(kind: GraphQLObjectType, field: FieldNode) -> Arguments:
    if field.name.value not in kind.fields:
        raise QueryInvalid(f"Query '{field.name.value}' is not supported.")
    try:
        return get_argument_values(kind.fields[field.name.value], field)
    except GraphQLError as reason:
        raise QueryInvalid(_told(reason)) from reason


class _Retention(Visitor):
    """Finds the shortest time that a field's result is kept."""

    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self.days = _MOST_DAYS
        self._types = types

    def enter_field(self, *_: object) -> None:
        """Look at a field's directive."""
        definition = self._types.get_field_def()
        node = None if definition is None else definition.ast_node
        for directive in () if node is None else node.directives or ():
            for argument in directive.arguments or ():
                found = _DURATION.fullmatch(getattr(argument.value, "value", ""))
                if directive.name.value == "resultRetention" and found is not None:
                    self.days = min(self.days, int(found[1]))


def _days_kept(schema: GraphQLSchema, document: DocumentNode) -> int:
    types = TypeInfo(schema)
    retention = _Retention(types)
    visit(document, TypeInfoVisitor(types, retention))
    return retention.days
