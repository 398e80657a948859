"""Credentials by seller's id, read from a store of grants each time they are asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, MutableMapping

from sellingpartner.client.credentials import Credentials
from sellingpartner.client.grants import GrantKey, GrantStore, SellerGrant
from sellingpartner.client.tokens import login
from sellingpartner.client.tokens.standing import granted_credentials
from sellingpartner.contract.errors import AuthorizationRevoked, NotConfigured
from sellingpartner.contract.marketplaces import Region


class StoredCredentials(MutableMapping[str, Credentials]):
    """The sellers who have let an application in. One who has left is not among them, and says so when asked for."""

    def __init__(self, grants: GrantStore, application: Credentials) -> None:
        self._grants = grants
        self._application = application

    def __getitem__(self, name: str) -> Credentials:
        grant = self._grant(name)
        found = granted_credentials(self._application, grant)
        if not grant.is_standing:
            error = AuthorizationRevoked(message=f"The grant of {name} ended on {grant.ended_at:%Y-%m-%d}.")
            error.authorize_url = login.authorize_url(found, found.endpoint)
            error.advice = login.advice_to_authorize(error.authorize_url)
            raise error
        return found

    def __iter__(self) -> Iterator[str]:
        # Grants of a market of one's own have no region, those of Amazon have one: an application calls either.
        found = [
            grant
            for grant in self._grants.all(self._application.client_id)
            if grant.is_standing and self._is_market is not bool(grant.region)
        ]
        times = Counter(grant.seller_id for grant in found)
        return iter(
            grant.seller_id if times[grant.seller_id] == 1 else f"{grant.seller_id}/{grant.region}" for grant in found
        )

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __contains__(self, name: object) -> bool:
        try:
            return isinstance(name, str) and self._grant(name).is_standing
        except KeyError:
            return False

    def __setitem__(self, name: str, credentials: Credentials) -> None:
        message = f"Who lets the application in is in the store; put the grant of {name} there."
        raise NotConfigured(message)

    def __delitem__(self, name: str) -> None:
        message = f"Who lets the application in is in the store; forget the grant of {name} there."
        raise NotConfigured(message)

    @property
    def _is_market(self) -> bool:
        return self._application.base_url is not None

    def _grant(self, name: str) -> SellerGrant:
        """The one of this name; a seller of several regions has to be named with the region."""
        seller_id, slash, region = name.partition("/")
        every = [""] if self._is_market else [one.value for one in Region]
        keys = [GrantKey(self._application.client_id, seller_id, each) for each in ([region] if slash else every)]
        found = [grant for grant in map(self._grants.get, keys) if grant is not None]
        found = [grant for grant in found if grant.is_standing] or found
        if len(found) != 1:
            raise KeyError(name)
        return found[0]
