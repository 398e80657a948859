"""Tokens, 2021-03-01: restricted data tokens."""

from __future__ import annotations

from functools import cache
from urllib.parse import unquote

from sellingpartner.contract import registry
from sellingpartner.contract.operation import Operation
from sellingpartner.contract.tokens_2021_03_01 import (
    CreateRestrictedDataToken,
    CreateRestrictedDataTokenResponse,
    RestrictedResource,
)
from sellingpartner.market.accounts.model import Caller, Resource
from sellingpartner.market.accounts.restricted import issue_restricted_token
from sellingpartner.market.accounts.tokens import LIFETIME
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.server.gateway.routes import Routes
from sellingpartner.storage.unit import UnitOfWork


@handles(CreateRestrictedDataToken)
def create_restricted_data_token(
    unit: UnitOfWork, request: CreateRestrictedDataToken, caller: Caller
) -> CreateRestrictedDataTokenResponse:
    """Open restricted operations to an application, for an hour."""
    wanted = [_named(resource) for resource in request.restricted_resources]
    token = issue_restricted_token(unit, caller, wanted, target_application=request.target_application)
    return CreateRestrictedDataTokenResponse(restricted_data_token=token, expires_in=int(LIFETIME.total_seconds()))


def _named(sent: RestrictedResource) -> tuple[Resource, Operation | None]:
    """A resource with the operation that it names; its path is decoded, as the paths of calls are compared decoded."""
    path = unquote(sent.path)
    elements = None if sent.data_elements is None else tuple(sent.data_elements)
    return Resource(sent.method.value, path, elements), _operation(sent.method.value, path)


def _operation(method: str, path: str) -> Operation | None:
    found = None if {"?", "#"} & set(path) else _routes().find(method, path)
    if found is None:
        return None
    entry, values = found
    # Assumed: in the path that a restricted data token is asked for, the names between braces do not matter; a path
    # of which only some parts are filled in is refused.
    if any(("{" in value or "}" in value) and not _is_placeholder(value) for value in values):
        return None
    return registry.load(entry).operation


def _is_placeholder(value: str) -> bool:
    return value[0] == "{" and value[-1] == "}" and not {"{", "}"} & set(value[1:-1])


@cache
def _routes() -> Routes[registry.Entry]:
    routes: Routes[registry.Entry] = Routes()
    for entry in registry.operations():
        routes.add(entry.method, entry.path, entry)
    return routes
