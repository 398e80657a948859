"""Who calls, and for whom: an application's id and secret, a seller's refresh token, and where the seller sells.

`load_credentials` looks for them where the field keeps them, the first that knows a value wins:

1. what the code gives, then the file that it names;
2. the environment: Amazon's own names, then those of other libraries, each tried with `_<ACCOUNT>` behind it first;
3. AWS Secrets Manager, if a secret is named by the code or by `SP_API_AWS_SECRET_ID`;
4. files: `.spapi/credentials.env`, python-amazon-sp-api's `credentials.yml`, `~/.amzspapi/credentials`.

A set of credentials comes from one place and what the places before it gave: an application's secret is never paired
with the id of another place's application.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, TypedDict

import msgspec

from sellingpartner.client.credentials.endpoints import Endpoint, endpoint_of, find_marketplace
from sellingpartner.client.credentials.sources import Found, places
from sellingpartner.contract.discretion import Discreet
from sellingpartner.contract.errors import NotConfigured

_SECRET = frozenset({"client_secret", "refresh_token"})
_APPLICATION = ("client_id", "client_secret")
_WHOLE = (*_APPLICATION, "refresh_token")


class CredentialFields(TypedDict, total=False):
    """What code may say of credentials, by keyword."""

    client_id: str | None
    client_secret: str | None
    refresh_token: str | None
    region: str | None
    marketplace: str | None
    base_url: str | None
    oauth_url: str | None
    application_id: str | None
    seller_id: str | None
    scopes: tuple[str, ...] | None
    sandbox: bool


class Credentials(Discreet, msgspec.Struct, frozen=True, kw_only=True):
    """An application, the seller who let it in, and where the seller sells; its repr hides what is secret."""

    client_id: str
    client_secret: str
    refresh_token: str | None = None
    """None for an application that makes grantless calls alone."""
    region: str | None = None
    marketplace: str | None = None
    """A marketplace's id or country code; names the region, too."""
    sandbox: bool = False
    base_url: str | None = None
    """Moves everything: the API, the login, the consent page."""
    oauth_url: str | None = None
    application_id: str | None = None
    """Lets `AuthorizationRevoked` say where to send the seller."""
    seller_id: str | None = None
    scopes: tuple[str, ...] | None = None
    """What the seller granted, if it is known: a call that needs more is refused before it is sent."""

    @property
    def endpoint(self) -> Endpoint:
        """The addresses that these credentials are for; raises `NotConfigured` if they name none."""
        return endpoint_of(
            self.region,
            self.marketplace,
            sandbox=self.sandbox,
            base_url=self.base_url,
            oauth_url=self.oauth_url,
        )

    @property
    def marketplace_id(self) -> str | None:
        """The id of the marketplace, if one is named."""
        return find_marketplace(self.marketplace).marketplace_id if self.marketplace else None

    @property
    def seller_key(self) -> str:
        """Stands for application and seller where tokens and limits are kept; tells nothing of either."""
        return _digest(self.client_id, self.refresh_token or "")

    @property
    def application_key(self) -> str:
        """Stands for the application alone."""
        return _digest(self.client_id)

    def __repr__(self) -> str:
        return f"Credentials({_shown(msgspec.structs.asdict(self))})"


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """Credentials, and which place each value came from."""

    credentials: Credentials
    sources: Mapping[str, str]
    """For each value the place that won: `code`, `environment SP_API_CLIENT_ID`, a file, a secret."""

    def __str__(self) -> str:
        values = msgspec.structs.asdict(self.credentials)
        return "\n".join(f"{name} = {masked(name, values[name])}  ({place})" for name, place in self.sources.items())


def load_credentials(
    *,
    account: str | None = None,
    secret_id: str | None = None,
    file: Path | None = None,
    environ: Mapping[str, str] | None = None,
    folder: Path | None = None,
    home: Path | None = None,
    **given: Any,  # noqa: ANN401 - the fields of Credentials, checked below
) -> Loaded:
    """Find credentials where the field keeps them; raises `NotConfigured` that says what is missing."""
    unknown = given.keys() - set(Credentials.__struct_fields__)
    if unknown:
        message = f"Credentials have no {', '.join(sorted(unknown))}."
        raise TypeError(message)
    where = places(account=account, secret_id=secret_id, file=file, environ=environ, folder=folder, home=home)
    values, sources, seen = _gather(given, where)
    missing = [name for name in _APPLICATION if not values.get(name)]
    if missing:
        message = (
            f"No {' and no '.join(missing)}: looked in {', '.join(seen)}. Set SP_API_CLIENT_ID, SP_API_CLIENT_SECRET"
            " and SP_API_REFRESH_TOKEN, or give them in code."
        )
        raise NotConfigured(message)
    return Loaded(credentials=Credentials(**values), sources=sources)


def _gather(given: Mapping[str, object], places: Iterable[Found]) -> tuple[dict[str, Any], dict[str, str], list[str]]:
    values = {name: value for name, value in given.items() if value is not None}
    sources = dict.fromkeys(values, "code")
    seen = ["the code"]
    settled = _settled(given)
    for found in places:
        seen.append(found.place)
        if _speaks_of_another(values, found.values):
            continue
        for name, (value, place) in found.values.items():
            if name not in values and name not in settled:
                values[name] = value
                sources[name] = place
        if all(values.get(name) for name in _WHOLE):
            break  # what a further place says is about something else
    return values, sources, seen


def _settled(given: Mapping[str, object]) -> frozenset[str]:
    """What a place may not add, for it would contradict what the code says of the same thing."""
    where = {"region", "marketplace"} if given.get("region") or given.get("marketplace") else set()
    return frozenset(where | ({"oauth_url"} if given.get("base_url") else set()))


def _speaks_of_another(values: Mapping[str, object], found: Mapping[str, tuple[object, str]]) -> bool:
    """Whether a place names another application than the one named already."""
    mine = values.get("client_id")
    theirs = found.get("client_id", (None, ""))[0]
    return mine is not None and theirs is not None and mine != theirs


def masked(name: str, value: object) -> str:
    """A value as it may be shown."""
    if name not in _SECRET or not isinstance(value, str):
        return repr(value)
    return "'****'" if len(value) < len("0123456789abcdef") else f"'****{value[-4:]}'"


def _shown(values: Mapping[str, object]) -> str:
    return ", ".join(f"{name}={masked(name, value)}" for name, value in values.items() if value)


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:32]
