"""The synchronous client of the Selling Partner API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self, TypeVar, Unpack

import httpx2
import msgspec

from sellingpartner.client import _sync
from sellingpartner.client._assembly import LIMITS, ClientFields, assemble
from sellingpartner.client._lazy import SyncResources
from sellingpartner.client._paging import Walk
from sellingpartner.client._tracing import span
from sellingpartner.client.credentials import Credentials
from sellingpartner.client.drift import Drift
from sellingpartner.client.endpoints import Endpoint
from sellingpartner.client.options import PERSONAL_DATA, OptionFields, Options
from sellingpartner.contract.operation import Request

Answer = TypeVar("Answer")


class SellingPartner(SyncResources):
    """Calls the Selling Partner API for one seller; threads may share it.

        with SellingPartner() as client:  # credentials from the environment or .spapi/credentials.env
            order = client.orders_v0.get_order(order_id="902-3159896-1390916")

    Credentials, options and parts are given by keyword (`ClientFields`). Resources are named after the APIs: the
    newest version has the plain name, `orders_v0` is a certain one; their methods are Amazon's operations.
    """

    def __init__(
        self,
        credentials: Credentials | None = None,
        /,
        *,
        http: httpx2.Client | None = None,
        **fields: Unpack[ClientFields],
    ) -> None:
        self._parts = assemble(credentials, fields)
        self._options = self._parts.options
        self._owns = http is None
        self._http = httpx2.Client(limits=LIMITS) if http is None else http

    @property
    def credentials(self) -> Credentials:
        """For whom it calls."""
        return self._parts.credentials

    @property
    def endpoint(self) -> Endpoint:
        """Where it calls."""
        return self._parts.context.endpoint

    @property
    def options(self) -> Options:
        """How it calls."""
        return self._options

    @property
    def drift(self) -> Drift:
        """What answers held that the contract does not know."""
        return self._parts.drift

    def send(self, request: Request[Answer]) -> Answer:
        """Make a typed call: `client.send(GetOrder(order_id=...))`."""
        with span(request.operation, self._parts.context.endpoint):
            return _sync.run(self._parts.exchange.call(request, self._options), self._http)

    def pages(self, request: Request[Answer]) -> Iterator[Answer]:
        """Every page of an operation that has pages, each fetched when its turn comes."""
        walk = Walk(request)
        while walk.request is not None:
            page = self.send(walk.request)
            yield page
            walk.turn(page)

    def with_options(self, **options: Unpack[OptionFields]) -> Self:
        """The same client, making its calls otherwise."""
        # Resources belong to the client that they were made for, so a view begins without any.
        view = object.__new__(type(self))
        view._parts, view._http, view._owns = self._parts, self._http, False
        view._options = msgspec.structs.replace(self._options, **options)
        return view

    def with_personal_data(self, *elements: str) -> Self:
        """The same client, asking for personal data: the elements named, or all (`options.PERSONAL_DATA`)."""
        return self.with_options(personal_data=elements or PERSONAL_DATA)

    def close(self) -> None:
        """Close the connections, if they are this client's own."""
        if self._owns:
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.endpoint.api})"
