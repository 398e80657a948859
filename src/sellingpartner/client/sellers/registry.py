"""Many sellers, one pool: clients by name that share connections, tokens, limits and what surprised them.

    sellers = Sellers({"acme": acme_credentials, "harbor": harbor_credentials})
    sellers["acme"].sellers.get_marketplace_participations()

Tokens and limits are kept by application and seller, so to share the stores is not to share what is in them.

    sellers = Sellers.from_store(grants, application)    # every seller who has let the application in, by their id

A registry over a store follows it: who connects is there, who left is not, without a restart.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, MutableMapping
from threading import Lock
from typing import Any, Generic, Self, TypeVar, Unpack

import httpx2

from sellingpartner.client._answers.drift import Drift
from sellingpartner.client._partner.assembly import ClientFields
from sellingpartner.client._partner.async_selling_partner import AsyncSellingPartner
from sellingpartner.client._partner.selling_partner import SellingPartner
from sellingpartner.client._shells.pool import AsyncClosing, Closing, pool
from sellingpartner.client.credentials import Credentials
from sellingpartner.client.grants import GrantStore
from sellingpartner.client.sellers.stored import StoredCredentials
from sellingpartner.client.throttle import MemoryThrottle
from sellingpartner.client.tokens import MemoryTokens
from sellingpartner.contract.errors import NotConfigured

Client = TypeVar("Client", SellingPartner, AsyncSellingPartner)


class _Registry(Mapping[str, Client], Generic[Client]):
    def __init__(self, credentials: Mapping[str, Credentials], http: Any, fields: ClientFields) -> None:  # noqa: ANN401 - either kind's
        self._http = http
        self._fields: Any = {
            "token_store": MemoryTokens(),
            "throttle": MemoryThrottle(),
            "drift": Drift(),
            **fields,
        }
        self._lock = Lock()
        self._credentials: MutableMapping[str, Credentials] = (
            credentials if isinstance(credentials, StoredCredentials) else dict(credentials)
        )
        self._clients: dict[str, Client] = {}

    def add(self, name: str, credentials: Credentials) -> None:
        """Take in a seller, or give one other credentials; clients that were handed out keep theirs."""
        with self._lock:
            self._credentials[name] = credentials
            self._clients.pop(name, None)

    def remove(self, name: str) -> None:
        """Let a seller go; nothing happens if there is none of this name."""
        with self._lock:
            self._credentials.pop(name, None)
            self._clients.pop(name, None)

    @property
    def drift(self) -> Drift:
        """What all sellers' answers held that the contract does not know."""
        drift: Drift = self._fields["drift"]
        return drift

    def __getitem__(self, name: str) -> Client:
        with self._lock:
            client = self._clients.get(name)
            if client is None:
                client = self._clients[name] = self._made(self._credentials_of(name))
            return client

    def __contains__(self, name: object) -> bool:
        return name in self._credentials

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._credentials))

    def __len__(self) -> int:
        return len(self._credentials)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self._credentials)})"

    def _credentials_of(self, name: str) -> Credentials:
        try:
            return self._credentials[name]
        except KeyError:
            known = ", ".join(self._credentials) or "nobody"
            raise UnknownSeller(f"No seller is named {name!r}; known: {known}.") from None

    @abstractmethod
    def _made(self, credentials: Credentials) -> Client:
        """A client over this registry's pool."""


class UnknownSeller(NotConfigured, KeyError):
    """No seller has this name."""


class Sellers(_Registry[SellingPartner], Closing):
    """`SellingPartner` clients by name, over one pool; fields are those of every client."""

    def __init__(
        self,
        credentials: Mapping[str, Credentials] | None = None,
        *,
        http: httpx2.Client | None = None,
        **fields: Unpack[ClientFields],
    ) -> None:
        self._owns = http is None
        super().__init__({} if credentials is None else credentials, http or pool(httpx2.Client), fields)

    @classmethod
    def from_store(
        cls,
        grants: GrantStore,
        application: Credentials,
        /,
        *,
        http: httpx2.Client | None = None,
        **fields: Unpack[ClientFields],
    ) -> Self:
        """Clients for all who have let an application in, as a store of grants knows them, by seller's id.

        Where a seller did so in several regions, the region stands behind the id: `A1B2C3/EU`.
        """
        fields["grants"] = grants
        return cls(StoredCredentials(grants, application), http=http, **fields)

    def _made(self, credentials: Credentials) -> SellingPartner:
        return SellingPartner(credentials, http=self._http, **self._fields)


class AsyncSellers(_Registry[AsyncSellingPartner], AsyncClosing):
    """`AsyncSellingPartner` clients by name, over one pool; fields are those of every client."""

    def __init__(
        self,
        credentials: Mapping[str, Credentials] | None = None,
        *,
        http: httpx2.AsyncClient | None = None,
        **fields: Unpack[ClientFields],
    ) -> None:
        self._owns = http is None
        super().__init__({} if credentials is None else credentials, http or pool(httpx2.AsyncClient), fields)

    @classmethod
    def from_store(
        cls,
        grants: GrantStore,
        application: Credentials,
        /,
        *,
        http: httpx2.AsyncClient | None = None,
        **fields: Unpack[ClientFields],
    ) -> Self:
        """Clients for all who have let an application in, as a store of grants knows them, by seller's id.

        Where a seller did so in several regions, the region stands behind the id: `A1B2C3/EU`.
        """
        fields["grants"] = grants
        return cls(StoredCredentials(grants, application), http=http, **fields)

    def _made(self, credentials: Credentials) -> AsyncSellingPartner:
        return AsyncSellingPartner(credentials, http=self._http, **self._fields)
