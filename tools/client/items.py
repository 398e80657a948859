"""Finds the list that an operation's pages are parts of."""

from __future__ import annotations

from typing import Any, get_args, get_origin

from sellingpartner.contract.fields import bare, fields_of, is_model
from sellingpartner.contract.operation import Request, answer_type

_NOT_ITEMS = frozenset({"errors", "warnings"})


def list_of(request: type[Request[Any]]) -> tuple[type[Any], str] | None:
    """What the list holds and where it is (Python names); None if the pages have no list, or several."""
    pages = request.operation.pages
    if pages is None:
        return None
    levels: list[tuple[str, Any]] = [("", answer_type(request))]
    for wire_name in pages.next_token.split(".")[:-1]:
        way, kind = levels[-1]
        field = fields_of(bare(kind))[wire_name]
        levels.append((f"{way}{field.name}.", bare(field.type)))
    for way, kind in reversed(levels):
        found = _lists(kind, way) or _lists_in_payload(kind, way)
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _lists(kind: Any, way: str) -> list[tuple[type[Any], str]]:  # noqa: ANN401 - a model's type
    found = []
    for field in fields_of(kind).values():
        wanted = bare(field.type)
        if get_origin(wanted) is list and field.name not in _NOT_ITEMS:
            (inner,) = get_args(wanted)
            found.append((bare(inner), f"{way}{field.name}"))
    return found


def _lists_in_payload(kind: Any, way: str) -> list[tuple[type[Any], str]]:  # noqa: ANN401
    """Some answers hold the token beside their payload."""
    payload = fields_of(kind).get("payload")
    inner = bare(payload.type) if payload else None
    if is_model(inner):
        return _lists(inner, f"{way}payload.")
    return []
