"""Which marketplaces a job is for."""

from __future__ import annotations

from collections.abc import Iterable

from sellingpartner.client.credentials import Credentials
from sellingpartner.client.credentials.endpoints import find_marketplace
from sellingpartner.contract.errors import InvalidInput, NotConfigured


def ids_of(names: Iterable[str] | None) -> tuple[str, ...]:
    """The marketplaces' ids; a country's code is taken, too."""
    if isinstance(names, str):
        raise InvalidInput(f"marketplace_ids is a list; write marketplace_ids=[{names!r}].")
    return tuple(find_marketplace(name).marketplace_id for name in names or ())


def own_marketplace(credentials: Credentials) -> tuple[str, ...]:
    """The marketplace that the credentials name."""
    if credentials.marketplace_id is None:
        raise NotConfigured("For which marketplace? Say marketplace_ids=[...], or give the credentials a marketplace.")
    return (credentials.marketplace_id,)
