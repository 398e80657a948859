"""How a client's grant stands: with which refresh token it calls, what that allows, whether it has ended.

What a grant allows is told by its token, by the store it came from, or by the credentials; the latest word counts, and
a token's word counts as long as the token. Where nobody says, as at Amazon, every call is made and the API decides.

A client with a store follows it: when its grant ends or lacks a scope, it looks whether the seller has given another
one since, through whatever process, and goes on with that.
"""

from __future__ import annotations

from datetime import UTC, datetime
from math import inf
from threading import Lock

import msgspec

from sellingpartner.client._shells.steps import Aside, Steps
from sellingpartner.client.credentials import Credentials
from sellingpartner.client.grants import GrantKey, GrantStore, SellerGrant
from sellingpartner.client.tokens.stores import Token
from sellingpartner.contract.errors import NotConfigured


class Standing:
    """The grant of one client; its threads and tasks share it."""

    def __init__(self, credentials: Credentials, grants: GrantStore | None = None) -> None:
        if grants is not None and not credentials.seller_id:
            message = "A client with a store of grants needs to know whose it is; give seller_id, too."
            raise NotConfigured(message)
        self.credentials = credentials
        """Whom to call for, as of the latest grant."""
        self._grants = grants
        self._lock = Lock()
        self._scopes = credentials.scopes
        self._known_until = inf
        self._seen: Token | None = None
        self._is_lost = False

    @property
    def scopes(self) -> tuple[str, ...]:
        """What the grant is known to hold; empty where nobody says."""
        return self._scopes or ()

    def lacks(self, scope: str, now: float) -> bool:
        """Whether the grant is known not to hold a scope."""
        return self._scopes is not None and scope not in self._scopes and now < self._known_until

    def note(self, credentials: Credentials, token: Token) -> bool:
        """Learn from a token what its grant allows; whether the store should hear of it."""
        if token is self._seen or token.scopes is None:
            return False
        with self._lock:
            if credentials is not self.credentials:  # it is the token of a grant that another has followed
                return False
            is_other = self._scopes is None or set(self._scopes) != set(token.scopes)
            self._scopes, self._known_until, self._seen = token.scopes, token.expires_at, token
        return is_other and self._grants is not None

    def record(self, scopes: tuple[str, ...]) -> Steps[None]:
        """Tell the store what the grant holds, if it is still this one."""
        kept = yield from self._kept()
        if kept is not None and self._is_mine(kept) and kept.scopes != scopes:
            yield from self._swap(kept, msgspec.structs.replace(kept, scopes=scopes))

    def renewed(self, refused: Credentials) -> Steps[bool]:
        """Take up another grant than the refused one, if the seller has given one since; whether there is one."""
        kept = yield from self._kept()
        with self._lock:
            if self.credentials is not refused:
                return True  # another call has taken it up while this one was on its way
            if kept is None or not kept.is_standing:
                return False
            if self._is_mine(kept):
                return False
            self.credentials = msgspec.structs.replace(refused, refresh_token=kept.refresh_token, scopes=kept.scopes)
            self._scopes, self._known_until, self._seen, self._is_lost = kept.scopes, inf, None, False
        return True

    def lose(self, refused: Credentials, why: str, wall: float) -> Steps[bool]:
        """The grant has ended: mark it where it is kept. Whether this is the first to say so."""
        with self._lock:
            if self.credentials is not refused:
                return False
            is_first, self._is_lost = not self._is_lost, True
        if is_first:
            kept = yield from self._kept()
            if kept is not None and kept.is_standing and self._is_mine(kept):
                yield from self._swap(kept, kept.ended(datetime.fromtimestamp(wall, UTC), why))
        return is_first

    @property
    def is_lost(self) -> bool:
        """Whether it has ended, and no other one was found since."""
        return self._is_lost and self._grants is not None

    def _is_mine(self, kept: SellerGrant) -> bool:
        return kept.refresh_token == self.credentials.refresh_token

    def _kept(self) -> Steps[SellerGrant | None]:
        grants, mine = self._grants, self.credentials
        if grants is None:
            return None
        key = GrantKey(mine.client_id, mine.seller_id or "", mine.endpoint.region)
        kept: SellerGrant | None = yield Aside(lambda: grants.get(key))
        return kept

    def _swap(self, old: SellerGrant, new: SellerGrant) -> Steps[None]:
        grants = self._grants
        if grants is not None:
            yield Aside(lambda: grants.swap(old, new))


def granted_credentials(application: Credentials, grant: SellerGrant) -> Credentials:
    """What a client needs to call for the seller of a grant."""
    found = msgspec.structs.replace(
        application, refresh_token=grant.refresh_token, seller_id=grant.seller_id, scopes=grant.scopes
    )
    # A marketplace that the application names may be in another region than this seller's grant.
    return found if found.base_url else msgspec.structs.replace(found, region=grant.region, marketplace=None)
