"""How a seller lets an application in: send the browser to the consent page, take it back, exchange the code.

    flow = AuthorizationFlow(
        application_id=..., client_id=..., client_secret=..., redirect_uri="https://app.example/callback",
        keyring=keyring_from_environment(), scopes=minimal_scopes(["getOrders", "getOrderItems"]), marketplace="US",
    )
    session = new_session()                          # into a cookie of the browser
    flow.url(session=session)                        # send the browser there
    flow.callback(request_url, session=session)      # when it comes back

`authorization.wsgi` and `authorization.asgi` do all of this, cookie included.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TypeVar, Unpack

import httpx2

from sellingpartner.client._shells import asynchronous, sync
from sellingpartner.client._shells.pool import AsyncClosing, Closing, pool
from sellingpartner.client._shells.steps import Aside, Steps
from sellingpartner.client.authorization._asking import Wanted, confirm_url, consent_url, read_query
from sellingpartner.client.authorization._exchanging import exchanged
from sellingpartner.client.authorization._returning import Authorization, returned, where_of
from sellingpartner.client.authorization._settings import FlowFields, Settings
from sellingpartner.client.authorization._state import State, opened
from sellingpartner.client.credentials import Credentials
from sellingpartner.client.grants import GrantKey, MemoryGrants, SellerGrant, UsedStates
from sellingpartner.client.tokens import Token
from sellingpartner.contract.errors import StateReplayed

Result = TypeVar("Result")


class _Flow:
    """What both kinds have in common: all but the input and output."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        able = settings.grants if isinstance(settings.grants, UsedStates) else None
        self._used: UsedStates = settings.used_states or able or MemoryGrants(settings.clock)

    @property
    def redirect_uri(self) -> str:
        """Where sellers come back to."""
        return self._settings.redirect_uri

    @property
    def application(self) -> Credentials:
        """The application's own credentials, for `Sellers.from_store`: at Amazon each grant brings its region."""
        return self._settings.credentials()

    def url(
        self,
        *,
        session: str,
        scopes: tuple[str, ...] | None = None,
        seller_hint: str = "",
        marketplace: str | None = None,
    ) -> str:
        """Where to send the browser. The state in it is good for ten minutes, for this session, once.

        `scopes` are asked instead of the flow's; `seller_hint` is the only seller who may come back; `marketplace`
        says whose Seller Central the seller signs in to.
        """
        return consent_url(self._settings, session, Wanted(scopes, seller_hint, marketplace))

    def login(self, request_url: str, *, session: str) -> str:
        """Where to send a browser that the appstore sent to the login URI: back to it, and never anywhere else."""
        return confirm_url(self._settings, session, read_query(request_url))

    def _returned(self, request_url: str, session: str | None) -> Steps[Authorization]:
        settings = self._settings
        parameters = read_query(request_url)
        state = opened(settings, parameters.get("state", ""), session)
        until = state.made_at + settings.state_seconds
        is_first: bool = yield Aside(lambda: self._used.first_use(state.state_id, until))
        if not is_first:
            message = "The seller came back with a state that was used before; start again."
            raise StateReplayed(message)
        found = returned(parameters, state)
        key = GrantKey(settings.client_id, found.seller_id, where_of(settings, state))
        grants = settings.grants
        if grants is not None:
            # A store that cannot be used is to say so before the code is spent, or what it gave is lost.
            yield Aside(lambda: grants.get(key))
        login = settings.endpoint("US").login  # one address serves all regions
        verifier = state.verifier(session or "") if state.with_pkce else ""
        given = yield from exchanged(settings, login, found.code, verifier)
        now = settings.clock()
        grant = SellerGrant(
            client_id=key.client_id,
            seller_id=key.seller_id,
            region=key.region,
            refresh_token=given.refresh_token,
            given_at=datetime.fromtimestamp(now, UTC),
            scopes=given.scopes,
        )
        if grants is not None:
            yield Aside(lambda: grants.put(grant))
        token = Token(given.access_token, now + given.expires_in, given.scopes)
        return self._authorization(state, grant, token)

    def _authorization(self, state: State, grant: SellerGrant, token: Token) -> Authorization:
        return Authorization(
            grant=grant,
            access_token=token,
            asked=state.scopes,
            optional=state.optional,
            application=self._settings.credentials(grant.region),
        )

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._settings!r})"


class AuthorizationFlow(_Flow, Closing):
    """Lets sellers in; threads may share it. The keywords are those of `FlowFields`."""

    def __init__(self, *, http: httpx2.Client | None = None, **fields: Unpack[FlowFields]) -> None:
        super().__init__(Settings(**fields))
        self._owns = http is None
        self._http = http or pool(httpx2.Client)

    def callback(self, request_url: str, *, session: str | None) -> Authorization:
        """What the seller gave, kept in the store if there is one; raises `AuthorizationFailed` for all else."""
        return sync.run(self._returned(request_url, session), self._http)


class AsyncAuthorizationFlow(_Flow, AsyncClosing):
    """Lets sellers in; tasks may share it, on asyncio or Trio. The keywords are those of `FlowFields`."""

    def __init__(self, *, http: httpx2.AsyncClient | None = None, **fields: Unpack[FlowFields]) -> None:
        super().__init__(Settings(**fields))
        self._owns = http is None
        self._http = http or pool(httpx2.AsyncClient)

    async def callback(self, request_url: str, *, session: str | None) -> Authorization:
        """What the seller gave, kept in the store if there is one; raises `AuthorizationFailed` for all else."""
        return await asynchronous.run(self._returned(request_url, session), self._http)
