"""The methods of resources: `get_order = Operation(GetOrder)` is `client.orders_v0.get_order(order_id=...)`.

The request class's own constructor gives the parameters, so editors and type checkers know them, and its `Answer` is
what comes back: at once from a `SellingPartner`, awaited from an `AsyncSellingPartner`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from difflib import get_close_matches
from importlib import import_module
from inspect import Signature, signature
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, Self, TypeVar, overload

from sellingpartner.client._answers.paging import items_reader
from sellingpartner.client._exchange.senders import AsyncSender, SyncSender
from sellingpartner.contract.operation import Request
from sellingpartner.contract.published.names import snake

Parameters = ParamSpec("Parameters")
Answer = TypeVar("Answer")
Item = TypeVar("Item")
Sender_co = TypeVar("Sender_co", bound=SyncSender | AsyncSender, covariant=True)


class Resource(Generic[Sender_co]):
    """The operations of one API version, of one client."""

    API: str
    VERSION: str

    def __init__(self, client: Sender_co) -> None:
        self._client = client

    def __repr__(self) -> str:
        return f"<{self.API} {self.VERSION} of {self._client!r}>"

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - never gives anything
            others = [] if name.startswith("_") else _others_with(self.API, name)
            near = get_close_matches(name, [known for known in dir(type(self)) if known.islower()], 1)
            where = f"; client.{others[0]} has it." if others else f"; did you mean {near[0]}?" if near else "."
            message = f"{self.API} {self.VERSION} has no operation {name}{where}"
            raise AttributeError(message, name=name, obj=self)


def _others_with(api: str, operation: str) -> list[str]:
    """The versions of an API that have an operation, newest first."""
    # The list of all operations takes milliseconds to import, which only who errs is to spend.
    every = import_module("sellingpartner.contract.registry").operations()
    found = [one.module for one in every if one.api == api and snake(one.class_name) == operation]
    return found[::-1]


class _Call(Generic[Parameters, Answer]):
    def __init__(self, request: Callable[Parameters, Request[Answer]]) -> None:
        self.request = request
        """The request class, for `client.send` and for reading what is known of the operation."""
        self.__doc__ = request.__doc__

    @property
    def __signature__(self) -> Signature:
        return signature(self.request)

    def __repr__(self) -> str:
        return f"<operation {getattr(self.request, '__name__', '')}>"

    def _asked(self, *args: Parameters.args, **parameters: Parameters.kwargs) -> Request[Answer]:
        """The call as a value; a wrong parameter is told with those that there are."""
        try:
            return self.request(*args, **parameters)
        except TypeError as wrong:
            known = ", ".join(self.__signature__.parameters)
            takes = f"its parameters, by keyword, are {known}" if known else "it takes no parameters"
            message = f"{getattr(self.request, '__name__', '')}: {wrong}; {takes}."
            raise TypeError(message) from None


class SyncCall(_Call[Parameters, Answer]):
    """An operation of a `SellingPartner`."""

    def __init__(self, client: SyncSender, request: Callable[Parameters, Request[Answer]]) -> None:
        super().__init__(request)
        self._client = client

    def __call__(self, *args: Parameters.args, **parameters: Parameters.kwargs) -> Answer:
        """Make the call."""
        return self._client.send(self._asked(*args, **parameters))


class SyncPagedCall(SyncCall[Parameters, Answer]):
    """An operation of a `SellingPartner` that answers page by page."""

    def pages(self, *args: Parameters.args, **parameters: Parameters.kwargs) -> Iterator[Answer]:
        """Every page, fetched when its turn comes."""
        return self._client.pages(self._asked(*args, **parameters))


class SyncListCall(SyncPagedCall[Parameters, Answer], Generic[Parameters, Answer, Item]):
    """An operation of a `SellingPartner` whose pages are parts of one list."""

    def __init__(
        self, client: SyncSender, request: Callable[Parameters, Request[Answer]], items: Callable[[Any], list[Item]]
    ) -> None:
        super().__init__(client, request)
        self._items = items

    def items(self, *args: Parameters.args, **parameters: Parameters.kwargs) -> Iterator[Item]:
        """Every entry of the list, over all pages."""
        for page in self.pages(*args, **parameters):
            yield from self._items(page)


class AsyncCall(_Call[Parameters, Answer]):
    """An operation of an `AsyncSellingPartner`."""

    def __init__(self, client: AsyncSender, request: Callable[Parameters, Request[Answer]]) -> None:
        super().__init__(request)
        self._client = client

    async def __call__(self, *args: Parameters.args, **parameters: Parameters.kwargs) -> Answer:
        """Make the call."""
        return await self._client.send(self._asked(*args, **parameters))


class AsyncPagedCall(AsyncCall[Parameters, Answer]):
    """An operation of an `AsyncSellingPartner` that answers page by page."""

    def pages(self, *args: Parameters.args, **parameters: Parameters.kwargs) -> AsyncIterator[Answer]:
        """Every page, fetched when its turn comes."""
        return self._client.pages(self._asked(*args, **parameters))


class AsyncListCall(AsyncPagedCall[Parameters, Answer], Generic[Parameters, Answer, Item]):
    """An operation of an `AsyncSellingPartner` whose pages are parts of one list."""

    def __init__(
        self, client: AsyncSender, request: Callable[Parameters, Request[Answer]], items: Callable[[Any], list[Item]]
    ) -> None:
        super().__init__(client, request)
        self._items = items

    async def items(self, *args: Parameters.args, **parameters: Parameters.kwargs) -> AsyncIterator[Item]:
        """Every entry of the list, over all pages."""
        async for page in self.pages(*args, **parameters):
            for item in self._items(page):
                yield item


class Operation(Generic[Parameters, Answer]):
    """An operation that one call answers."""

    def __init__(self, request: Callable[Parameters, Request[Answer]]) -> None:
        self.request = request
        self.__doc__ = request.__doc__

    @overload
    def __get__(self, resource: None, owner: type) -> Self: ...
    @overload
    def __get__(self, resource: Resource[SyncSender], owner: type) -> SyncCall[Parameters, Answer]: ...
    @overload
    def __get__(self, resource: Resource[AsyncSender], owner: type) -> AsyncCall[Parameters, Answer]: ...
    def __get__(self, resource: Resource[Any] | None, owner: type) -> Any:
        """The operation of this resource's client."""
        if resource is None:
            return self
        client = resource._client  # noqa: SLF001 - resource and operation are two halves of one thing
        return AsyncCall(client, self.request) if isinstance(client, AsyncSender) else SyncCall(client, self.request)


class PagedOperation(Generic[Parameters, Answer]):
    """An operation that answers page by page, and whose pages hold more than one list."""

    def __init__(self, request: Callable[Parameters, Request[Answer]]) -> None:
        self.request = request
        self.__doc__ = request.__doc__

    @overload
    def __get__(self, resource: None, owner: type) -> Self: ...
    @overload
    def __get__(self, resource: Resource[SyncSender], owner: type) -> SyncPagedCall[Parameters, Answer]: ...
    @overload
    def __get__(self, resource: Resource[AsyncSender], owner: type) -> AsyncPagedCall[Parameters, Answer]: ...
    def __get__(self, resource: Resource[Any] | None, owner: type) -> Any:
        """The operation of this resource's client."""
        if resource is None:
            return self
        client = resource._client  # noqa: SLF001 - see Operation
        kind: Any = AsyncPagedCall if isinstance(client, AsyncSender) else SyncPagedCall
        return kind(client, self.request)


class ListOperation(Generic[Parameters, Answer, Item]):
    """An operation whose pages are parts of one list, of `item`, which is at `path` in the answer."""

    def __init__(self, request: Callable[Parameters, Request[Answer]], item: type[Item], path: str) -> None:
        self.request = request
        self.item = item
        self.path = path
        self.__doc__ = request.__doc__

    @overload
    def __get__(self, resource: None, owner: type) -> Self: ...
    @overload
    def __get__(self, resource: Resource[SyncSender], owner: type) -> SyncListCall[Parameters, Answer, Item]: ...
    @overload
    def __get__(self, resource: Resource[AsyncSender], owner: type) -> AsyncListCall[Parameters, Answer, Item]: ...
    def __get__(self, resource: Resource[Any] | None, owner: type) -> Any:
        """The operation of this resource's client."""
        if resource is None:
            return self
        client = resource._client  # noqa: SLF001 - see Operation
        kind: Any = AsyncListCall if isinstance(client, AsyncSender) else SyncListCall
        return kind(client, self.request, items_reader(self.path))
