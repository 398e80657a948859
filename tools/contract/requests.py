"""Writes the request classes: what an operation is called with, and what the API says of it."""

from __future__ import annotations

from collections.abc import Callable

from tools.contract.definitions import block
from tools.contract.expressions import annotation, field, imported
from tools.contract.facts import Facts
from tools.contract.paging import next_token

from sellingpartner.contract import scopes
from sellingpartner.contract.operation import JSON
from sellingpartner.contract.published.classes import Api, RequestClass, RequestField
from sellingpartner.contract.published.names import style_of
from sellingpartner.contract.published.shapes import Shape

BODILESS = ("GET", "DELETE")
OFFSET = "body.pagination.offset"
SCOPE_NAMES = {
    value: name for name, value in vars(scopes).items() if name.isupper() and isinstance(value, str) and name != "ANY"
}
"""The names in `contract.scopes`, by the scope."""


def text_of(request: RequestClass, api: Api, facts: Facts, summary: str, taken: frozenset[str]) -> str:
    """The Python text of one request class."""
    answer = annotation(request.answer, taken) if request.answer else "NoContent"
    wire_names = {item.name: item.wire_name for item in request.fields}
    style = style_of(wire_names)
    rename = f', rename="{style}"' if style else ""
    lines = [f'"""{summary}"""', "", f"operation = {_operation(request, api, facts, taken)}"]
    if request.fields:
        lines.append("")
    lines += [
        field(item.name, item.wire_name, item.shape, style, required=item.required, taken=taken)
        for item in request.fields
    ]
    return block(f"class {request.name}(Request[{answer}]{rename}):", lines)


def _operation(request: RequestClass, api: Api, facts: Facts, taken: frozenset[str]) -> str:
    arguments = [repr(request.operation.path), repr(request.operation.name)]
    described = _wire(request, taken) | _rules(facts, taken) | _paging(request, api, facts)
    arguments += [f"{name}={text}" for name, text in described.items() if text]
    lines = "".join(f"        {argument},\n" for argument in arguments)
    return f"{request.operation.method.lower()}(\n{lines}    )"


def _wire(request: RequestClass, taken: frozenset[str]) -> dict[str, str]:
    """What travels where."""
    operation = request.operation
    has_query = operation.method not in BODILESS
    others = {
        status: annotation(shape, taken)
        for status, shape in operation.answers.items()
        if status < 300 and status != request.status and shape  # noqa: PLR2004
    }
    answers = ", ".join(f"{status}: {name}" for status, name in others.items())
    return {
        "status": str(request.status) if request.status != 200 else "",  # noqa: PLR2004
        "statuses": repr(tuple(operation.answers)),
        "produces": f'"{operation.produces}"' if operation.produces != JSON else "",
        "query": _names(request, lambda item: has_query and item.where == "query"),
        "headers": _names(request, lambda item: item.where == "header"),
        "repeated": _names(request, lambda item: item.repeated),
        "body": _body(request.body, taken),
        "whole_body": '"body"' if request.whole_body else "",
        "extra": f'{{"answers": {{{answers}}}}}' if answers else "",
    }


def _body(body: Shape | None, taken: frozenset[str]) -> str:
    return annotation(body, taken) if body else ""


def _names(request: RequestClass, chosen: Callable[[RequestField], bool]) -> str:
    names = tuple(item.name for item in request.fields if chosen(item))
    return repr(names) if names else ""


def _rules(facts: Facts, taken: frozenset[str]) -> dict[str, str]:
    """Who may call it, and how often."""
    rate = imported("Rate", taken)
    kind, _, elements = facts.restricted.partition(":")
    restricted = {
        "": "",
        "required": "Restricted(required=True)",
        "optional": f"Restricted(elements={tuple(elements.split('|'))!r})" if elements else "Restricted()",
    }
    return {
        "rate": f"{rate}({facts.rate[0]}, burst={facts.rate[1]})" if facts.rate else "",
        "scope": SCOPE_NAMES.get(facts.scope, ""),
        "grantless": SCOPE_NAMES[facts.grantless] if facts.grantless else "",
        "restricted": restricted[kind],
        "roles": repr(facts.roles) if facts.roles else "",
        "deprecated": "True" if facts.deprecated else "",
        "sandbox_only": "True" if facts.sandbox_only else "",
    }


def _paging(request: RequestClass, api: Api, facts: Facts) -> dict[str, str]:
    if not facts.pages or facts.pages == OFFSET:
        return {}
    place = next_token(request.answer, api.definitions, facts.pages)
    return {"pages": f'Pages("{facts.pages}", "{place}")'}
