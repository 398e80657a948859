"""The `state` that goes to the consent page and comes back: sealed, for ten minutes, one browser, one use.

It is a Keyring's sealed text bound to the application, so it can be neither read nor changed. In it: a random id, when
it was made, a digest of the browser's session, and what was asked. The session itself is a random value that the
browser alone holds, in a cookie. PKCE's verifier (RFC 7636) is an HMAC of the session under the state's secret id: who
has one of the two has nothing, and nothing needs to be kept in between.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256

import msgspec

from sellingpartner.client.authorization._settings import Settings
from sellingpartner.client.vault.keys import KeyMissing, SealBroken
from sellingpartner.contract.errors import NotConfigured, OtherBrowser, StateExpired, StateInvalid
from sellingpartner.counted import counted

_PURPOSE = "state"
_ID_BYTES = 18
_SHORTEST_SESSION = 16
_LONGEST_STATE = 4096
_CLOCKS_DIFFER_SECONDS = 60.0
_PREFIX = "sellingpartnerapi::"


class State(msgspec.Struct, frozen=True, array_like=True):
    """What a state says."""

    state_id: str
    made_at: int
    session: bytes
    seller_hint: str
    region: str
    marketplace: str
    scopes: tuple[str, ...]
    optional: tuple[str, ...]
    with_pkce: bool

    def verifier(self, session: str) -> str:
        """PKCE's secret, which can be told from state and session together."""
        return _base64(hmac.new(self.state_id.encode(), session.encode(), sha256).digest())

    def challenge(self, session: str) -> str:
        """What the consent page is shown of it (S256)."""
        return _base64(sha256(self.verifier(session).encode()).digest())


def new_session() -> str:
    """A value for a browser's cookie that nobody can guess."""
    return secrets.token_urlsafe(32)


def new_state(
    settings: Settings,
    session: str,
    *,
    where: tuple[str, str],
    seller_hint: str = "",
    scopes: tuple[str, ...] = (),
    with_pkce: bool = False,
) -> State:
    """A state for this browser; `where` is a region and a marketplace, as far as they are known."""
    if len(session) < _SHORTEST_SESSION:
        message = (
            f"The session has {counted(len(session), 'character')}, and needs {_SHORTEST_SESSION} or more that nobody"
            " can guess: new_session() makes one for the browser's cookie."
        )
        raise NotConfigured(message)
    state_id = secrets.token_urlsafe(_ID_BYTES)
    return State(
        state_id=state_id,
        made_at=int(settings.clock()),
        session=_digest(state_id, session),
        seller_hint=seller_hint,
        region=where[0],
        marketplace=where[1],
        scopes=tuple(scope.removeprefix(_PREFIX) for scope in scopes),
        optional=tuple(scope.removeprefix(_PREFIX) for scope in scopes if scope in settings.optional_scopes),
        with_pkce=with_pkce,
    )


def sealed(settings: Settings, state: State) -> str:
    """The state as it travels."""
    return settings.keyring.seal(msgspec.msgpack.encode(state), _PURPOSE, settings.client_id)


def opened(settings: Settings, text: str, session: str | None) -> State:
    """The state that came back; raises what is wrong with it, each by its own name."""
    if not text:
        message = "The seller came back without a state, so nobody here sent them; start again from the application."
        raise StateInvalid(message)
    try:
        plain = settings.keyring.open(text[:_LONGEST_STATE], _PURPOSE, settings.client_id)
    except KeyMissing as missing:
        message = f"The state cannot be read; all processes of the application need the same keyring. {missing.message}"
        raise StateInvalid(message) from None
    except SealBroken:
        message = "The state is not one that this application made, or it was changed; start again."
        raise StateInvalid(message) from None
    state = msgspec.msgpack.decode(plain, type=State)
    age = settings.clock() - state.made_at
    if not -_CLOCKS_DIFFER_SECONDS <= age <= settings.state_seconds:
        message = f"The state is {age:.0f} seconds old and good for {settings.state_seconds:.0f}; start again."
        raise StateExpired(message)
    if not session or not hmac.compare_digest(state.session, _digest(state.state_id, session)):
        message = "The state was made for another browser, or its cookie is gone; start again in this browser."
        raise OtherBrowser(message)
    return msgspec.structs.replace(state, scopes=_whole(state.scopes), optional=_whole(state.optional))


def _whole(scopes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_PREFIX + scope for scope in scopes)


def _digest(state_id: str, session: str) -> bytes:
    return hmac.new(state_id.encode(), b"browser\0" + session.encode(), sha256).digest()[:16]


def _base64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")
