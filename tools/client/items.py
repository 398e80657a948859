"""Finds the list that an operation's pages are parts of."""

from __future__ import annotations

from typing import get_args, get_origin

from sellingpartner.contract.fields import Annotation, bare, fields_of, is_model
from sellingpartner.contract.operation import Request, answer_type

_NOT_ITEMS = frozenset({"errors", "warnings"})


def list_of(request: type[Request[object]]) -> tuple[type, str] | None:
    """What the list holds and where it is (Python names); None if the pages have no list, or several."""
    pages = request.operation.pages
    if pages is None:
        return None
    levels: list[tuple[str, Annotation]] = [("", answer_type(request))]
    for wire_name in pages.next_token.split(".")[:-1]:
        way, kind = levels[-1]
        field = fields_of(bare(kind))[wire_name]
        levels.append((f"{way}{field.name}.", bare(field.type)))
    for way, kind in reversed(levels):
        found = _lists(kind, way) or _lists_in_payload(kind, way)
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _lists(kind: Annotation, way: str) -> list[tuple[type, str]]:
    found = []
    for field in fields_of(kind).values():
        wanted = bare(field.type)
        if get_origin(wanted) is list and field.name not in _NOT_ITEMS:
            inner = bare(get_args(wanted)[0])
            if isinstance(inner, type):
                found.append((inner, f"{way}{field.name}"))
    return found


def _lists_in_payload(kind: Annotation, way: str) -> list[tuple[type, str]]:
    """Some answers hold the token beside their payload."""
    payload = fields_of(kind).get("payload")
    inner = bare(payload.type) if payload else None
    if is_model(inner):
        return _lists(inner, f"{way}payload.")
    return []
