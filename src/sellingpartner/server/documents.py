"""The market's own OpenAPI documents: `/openapi/` lists them, `/openapi/orders_v0.json` is one."""

from __future__ import annotations

from functools import cache

from sellingpartner.contract.openapi import document
from sellingpartner.contract.registry import MARKET, Entry, modules, operations
from sellingpartner.server.gateway.encode import to_json
from sellingpartner.server.gateway.handlers import handler_of
from sellingpartner.server.gateway.http import HttpAnswer, HttpRequest

PREFIX = "/openapi/"
_JSON = ("Content-Type", "application/json")
DOCUMENTS = (*modules(), MARKET)
"""Amazon's APIs, and the market's own."""


class OpenApi:
    """Answers with what the contract says, as OpenAPI 3.1."""

    def answer(self, request: HttpRequest) -> HttpAnswer:
        """The list of documents, or one of them."""
        name = request.path.removeprefix(PREFIX).removesuffix(".json")
        if not name:
            return HttpAnswer(200, _index(), [_JSON])
        if name not in DOCUMENTS:
            lost = {"errors": [{"code": "NotFound", "message": f"There is no document of that name; see {PREFIX}."}]}
            return HttpAnswer(404, to_json(lost), [_JSON])
        return HttpAnswer(200, _document(name), [_JSON])


@cache
def _index() -> bytes:
    """The documents, and which of Amazon's operations are served, by method and path."""
    served = [entry.key for entry in operations() if _is_served(entry)]
    return to_json({"documents": [f"{PREFIX}{module}.json" for module in DOCUMENTS], "served": served})


@cache
def _document(module: str) -> bytes:
    return to_json(document(module, is_served=_is_served))


def _is_served(entry: Entry) -> bool:
    """Whether the operation is built; all of the control API is."""
    return entry.module == MARKET or handler_of(entry.key) is not None
