"""The register of handlers: `@handles(GetOrder)` says which function answers which operation.

A handler translates: a typed request in, a typed answer out, one call of a context in between. It takes the unit of
work and the request and, if it must know who is asking, the caller.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, TypeVar, get_type_hints

import msgspec

from sellingpartner.contract.operation import Request, answer_type
from sellingpartner.market.accounts.model import Caller
from sellingpartner.storage.unit import UnitOfWork

Handler = TypeVar("Handler", bound=Callable[..., Any])


class Handled(msgspec.Struct, frozen=True):
    """An operation's handler: call it with a unit, the request and the caller."""

    request: type[Request[Any]]
    function: Callable[..., Any]
    reads: bool
    """Whether a unit that only reads is enough for it."""

    def __call__(self, unit: UnitOfWork, request: Request[Any], caller: Caller) -> Any:  # noqa: ANN401 - any answer
        """Run the handler."""
        return self.function(unit, request, caller)


_handlers: dict[str, Handled] = {}


def handles(request: type[Request[Any]], *, reads: bool | None = None) -> Callable[[Handler], Handler]:
    """Name the function that answers an operation; `reads` says of a POST that it changes nothing."""

    def register(function: Handler) -> Handler:
        key = request.operation.key
        if key in _handlers:
            message = f"{key} has two handlers: {_handlers[key].function.__name__} and {function.__name__}."
            raise TypeError(message)
        wants_caller = _check(function, request)
        call = function if wants_caller else _without_caller(function)
        _handlers[key] = Handled(request, call, request.operation.method == "GET" if reads is None else reads)
        return function

    return register


def handler_of(key: str) -> Handled | None:
    """The handler of an operation, by its method and path; None if it is not built."""
    return _handlers.get(key)


def handled() -> dict[str, Handled]:
    """Every handler, by method and path."""
    return dict(_handlers)


def _without_caller(function: Callable[..., Any]) -> Callable[..., Any]:
    def call(unit: UnitOfWork, request: Request[Any], _caller: Caller) -> Any:  # noqa: ANN401 - any answer
        return function(unit, request)

    call.__name__ = function.__name__
    return call


def _check(function: Callable[..., Any], request: type[Request[Any]]) -> bool:
    """Hold a handler's annotations against the contract; returns whether it takes the caller."""
    hints = get_type_hints(function)
    parameters = list(inspect.signature(function).parameters)
    expected: list[Any] = [UnitOfWork, request, Caller][: len(parameters)]
    found = [hints.get(name) for name in parameters]
    if found != expected or len(parameters) < 2 or hints.get("return") != answer_type(request):  # noqa: PLR2004 - unit, request
        message = (
            f"{function.__name__} must take (unit: UnitOfWork, request: {request.__name__}[, caller: Caller]) "
            f"and return {answer_type(request).__name__}."
        )
        raise TypeError(message)
    return len(parameters) == 3  # noqa: PLR2004 - unit, request, caller
