"""Walks from page to page: where the next token is, and what has to be sent with it.

Most operations want the same arguments again. Reports and feeds want the token alone, and the inbound API of 2017
wants to be told that there is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from operator import attrgetter
from typing import Generic, TypeVar

import msgspec

from sellingpartner.contract.errors import AnswerUnreadable, PagesRepeat
from sellingpartner.contract.fields import Annotation, fields_of, is_model
from sellingpartner.contract.operation import Request, answer_type

Answer = TypeVar("Answer")

_TOKEN_ALONE = frozenset(
    {
        "GET /reports/2021-06-30/reports",
        "GET /feeds/2021-06-30/feeds",
        "GET /tax/invoices/2024-06-19/invoices",
        "GET /tax/invoices/2024-06-19/exports",
    }
)
_MODES: dict[str, dict[str, str]] = {
    "GET /fba/inbound/v0/shipments": {"query_type": "NEXT_TOKEN"},
    "GET /fba/inbound/v0/shipmentItems": {"query_type": "NEXT_TOKEN"},
}


class Walk(Generic[Answer]):
    """The way through the pages of one request."""

    def __init__(self, request: Request[Answer]) -> None:
        self.request: Request[Answer] | None = request
        self._first = request
        self._field, self._next_token = _places_of(type(request))
        self._seen = {getattr(request, self._field)}

    def turn(self, page: Answer) -> None:
        """Note what comes after this page: `request` is the next one's, or None after the last."""
        token = self._next_token(page)
        if not token:
            self.request = None
            return
        if not isinstance(token, str):
            raise _odd(self._first, "what it names as the next page is no token")
        if token in self._seen:
            operation = self._first.operation
            again = PagesRepeat("The answer names a page as the next that was read already.")
            again.operation = operation.name
            again.advice = "Nothing was lost so far; ask for less at once, or begin anew with other arguments."
            raise again
        self._seen.add(token)
        self.request = _with_token(self._first, self._field, token)


def _with_token(request: Request[Answer], field: str, token: str) -> Request[Answer]:
    key = request.operation.key
    changes: dict[str, object] = {field: token, **_MODES.get(key, {})}
    if key in _TOKEN_ALONE:
        others = (info.name for info in fields_of(type(request)).values() if not info.required)
        changes = dict.fromkeys(others) | changes
    return msgspec.structs.replace(request, **changes)


@cache
def _places_of(kind: type[Request[object]]) -> tuple[str, Callable[[object], str | None]]:
    """The request's token field, and how to get the next token from an answer."""
    pages = kind.operation.pages
    if pages is None:
        message = f"{kind.operation.name} has no pages; one call answers all."
        raise TypeError(message)
    field = fields_of(kind)[pages.token].name
    return field, _text_reader(_python_path(answer_type(kind), pages.next_token))


def _python_path(kind: Annotation, wire_path: str) -> str:
    names = []
    for wire_name in wire_path.split("."):
        field = fields_of(model_of(kind))[wire_name]
        names.append(field.name)
        kind = field.type
    return ".".join(names)


def model_of(kind: Annotation) -> type[msgspec.Struct]:
    """The model in a type: itself, or the one that may be None."""
    found: type[msgspec.Struct] = kind if isinstance(kind, type) else next(_models(kind))
    return found


def _models(kind: Annotation) -> Iterator[type[msgspec.Struct]]:
    for part in getattr(kind, "__args__", ()):
        if is_model(part):
            yield part


def _reader(path: str) -> Callable[[object], object]:
    """Gets what is at a path, or None where the way ends early."""
    get = attrgetter(path)

    def read(answer: object) -> object:
        try:
            return get(answer)
        except AttributeError:
            return None

    return read


def _text_reader(path: str) -> Callable[[object], str | None]:
    get = _reader(path)

    def read(answer: object) -> str | None:
        found = get(answer)
        return found if found is None or isinstance(found, str) else str(found)

    return read


@cache
def items_reader(path: str) -> Callable[[object], list[object]]:
    """Gets the entries of a page; none where the list is absent."""
    get = _reader(path)

    def read(page: object) -> list[object]:
        found = get(page)
        if found is None or isinstance(found, list):
            return found or []
        message = f"The page holds something other than a list at {path}."
        raise AnswerUnreadable(message)

    return read


def _odd(request: Request[object], what: str) -> AnswerUnreadable:
    error = AnswerUnreadable(f"The page came, but {what}.")
    error.operation = request.operation.name
    return error
