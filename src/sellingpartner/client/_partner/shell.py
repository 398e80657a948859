"""What both kinds of client are, however they wait: for whom, where and how they call, and over which connections."""

from __future__ import annotations

from typing import Generic, Self, Unpack

import msgspec

from sellingpartner.client._answers.drift import Drift
from sellingpartner.client._partner.assembly import ClientFields, assemble
from sellingpartner.client._shells.pool import Http, pool
from sellingpartner.client.credentials import Credentials
from sellingpartner.client.credentials.endpoints import Endpoint
from sellingpartner.client.options import PERSONAL_DATA, OptionFields, Options


class Shell(Generic[Http]):
    """A client's parts and connections; what carries its calls out is the business of each kind."""

    def __init__(
        self, kind: type[Http], credentials: Credentials | None, http: Http | None, fields: ClientFields
    ) -> None:
        self._parts = assemble(credentials, fields)
        self._options = self._parts.options
        self._owns = http is None
        self._http: Http = pool(kind) if http is None else http

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

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.endpoint.api})"
