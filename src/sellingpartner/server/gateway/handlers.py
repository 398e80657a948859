"""The register of handlers: `@handles(GetOrder)` says which function answers which operation.

A handler translates: a typed request in, a typed answer out, one call of a context in between. It takes the unit of
work and the request and, if it must know who is asking, the caller; where its answer holds links, the origin that
they begin with.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from itertools import compress
from typing import NewType, TypeVar, get_type_hints

import msgspec

from sellingpartner.contract.operation import Request, answer_type
from sellingpartner.market.accounts.model import Caller
from sellingpartner.server.gateway.skus import sku_fields, with_known_skus
from sellingpartner.storage.unit import UnitOfWork

Handler = TypeVar("Handler", bound=Callable[..., object])

Origin = NewType("Origin", str)
"""Where the server is reached, for links in answers: `https://market.example`."""

_MAY_ASK_FOR = (Caller, Origin)
"""What a handler is given after the unit and the request, if it takes a parameter of that type, in this order."""


class Handled(msgspec.Struct, frozen=True):
    """An operation's handler: call it with a unit, the request, the caller and the server's origin."""

    request: type[Request[object]]
    function: Callable[..., object]
    reads: bool
    """Whether a unit that only reads is enough for it."""
    skus: tuple[str, ...] = ()
    """The fields in which it is told of SKUs."""

    def __call__(self, unit: UnitOfWork, request: Request[object], caller: Caller, origin: str) -> object:
        """Run the handler."""
        if self.reads and self.skus:
            request = with_known_skus(unit, request, self.skus)
        return self.function(unit, request, caller, origin)


_handlers: dict[str, Handled] = {}


def handles(request: type[Request[object]], *, reads: bool | None = None) -> Callable[[Handler], Handler]:
    """Name the function that answers an operation.

    `reads` says of a POST that it changes nothing, or of a GET that it keeps something: what its links lead to.
    """

    def register(function: Handler) -> Handler:
        key = request.operation.key
        if key in _handlers:
            message = f"{key} has two handlers: {_handlers[key].function.__name__} and {function.__name__}."
            raise TypeError(message)
        call = _taking_all(function, _check(function, request))
        is_read = request.operation.method == "GET" if reads is None else reads
        _handlers[key] = Handled(request, call, is_read, sku_fields(request))
        return function

    return register


def handler_of(key: str) -> Handled | None:
    """The handler of an operation, by its method and path; None if it is not built."""
    return _handlers.get(key)


def handled() -> dict[str, Handled]:
    """Every handler, by method and path."""
    return dict(_handlers)


def _taking_all(function: Callable[..., object], wanted: tuple[bool, ...]) -> Callable[..., object]:
    """The handler as if it took the caller and the origin, whichever of them it wants."""
    if all(wanted):
        return function

    def call(unit: UnitOfWork, request: Request[object], *given: object) -> object:
        return function(unit, request, *compress(given, wanted))

    call.__name__ = function.__name__
    return call


def _check(function: Callable[..., object], request: type[Request[object]]) -> tuple[bool, ...]:
    """Hold a handler's annotations against the contract; returns which of caller and origin it takes."""
    hints = get_type_hints(function)
    found = [hints.get(name) for name in inspect.signature(function).parameters]
    wanted = tuple(kind in found[2:] for kind in _MAY_ASK_FOR)
    if found != [UnitOfWork, request, *compress(_MAY_ASK_FOR, wanted)] or hints.get("return") != answer_type(request):
        message = (
            f"{function.__name__} must take (unit: UnitOfWork, request: {request.__name__}[, caller: Caller]"
            f"[, origin: Origin]) and return {answer_type(request).__name__}."
        )
        raise TypeError(message)
    return wanted
