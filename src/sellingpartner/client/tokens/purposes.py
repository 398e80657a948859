"""What a call's token is for: the seller's business, the application's own, or personal data."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import msgspec

from sellingpartner.client.credentials import Credentials
from sellingpartner.client.credentials.endpoints import Endpoint
from sellingpartner.contract.operation import Operation

ACCESS = "access"
GRANTLESS = "grantless"
RESTRICTED = "restricted"

_CONCRETE_ONLY = frozenset({"GET /reports/2021-06-30/documents/{reportDocumentId}"})
"""A restricted data token for these names one id; for all others, one token with the template serves every id."""


class Purpose(msgspec.Struct, frozen=True):
    """A kind of token, and what it is for."""

    kind: str
    scope: str = ""
    method: str = ""
    path: str = ""
    elements: tuple[str, ...] = ()

    def key(self, credentials: Credentials, endpoint: Endpoint) -> str:
        """Where such a token is kept: a digest of everything that it is good for."""
        seller = credentials.application_key if self.kind == GRANTLESS else credentials.seller_key
        # The secret stands in it too: who presents another one has to show that it is right.
        parts = (endpoint.api, endpoint.login, seller, credentials.client_secret, *self._parts)
        return sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()

    @property
    def _parts(self) -> tuple[str, ...]:
        return (self.kind, self.scope, self.method, self.path, *self.elements)


THE_SELLERS = Purpose(ACCESS)


def purpose_of(operation: Operation, path: str, personal_data: tuple[str, ...]) -> Purpose:
    """The token for a call; `path` is the one that it goes to."""
    restricted = operation.restricted
    if restricted is not None and (restricted.required or _asked(operation, personal_data)):
        elements = tuple(element for element in restricted.elements if element in personal_data)
        named = path if operation.key in _CONCRETE_ONLY else operation.path
        return Purpose(RESTRICTED, method=operation.method, path=named, elements=elements)
    if operation.grantless is not None:
        return Purpose(GRANTLESS, scope=operation.grantless)
    return THE_SELLERS


def is_concrete(operation: Operation) -> bool:
    """Whether a token for this operation may have to name the very path."""
    return operation.key in _CONCRETE_ONLY


def _asked(operation: Operation, personal_data: tuple[str, ...]) -> bool:
    """Whether the caller wants personal data that this operation has; one without elements has one kind of it."""
    elements: Any = operation.restricted.elements if operation.restricted else ()
    return bool(personal_data) and (not elements or any(element in personal_data for element in elements))
