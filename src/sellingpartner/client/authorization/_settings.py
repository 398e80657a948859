"""What an application says once of how sellers let it in."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Required, TypedDict
from urllib.parse import urlsplit

import msgspec

from sellingpartner.client.credentials import Credentials, masked
from sellingpartner.client.credentials.endpoints import Endpoint, endpoint_of, find_marketplace
from sellingpartner.client.grants import GrantStore, UsedStates
from sellingpartner.client.vault.keys import Keyring
from sellingpartner.contract.discretion import Discreet
from sellingpartner.contract.errors import NotConfigured, ScopeInvalid
from sellingpartner.contract.scopes import SCOPES

_THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})


class FlowFields(TypedDict, total=False):
    """The same, by keyword."""

    application_id: Required[str]
    client_id: Required[str]
    client_secret: Required[str]
    redirect_uri: Required[str]
    keyring: Required[Keyring]
    scopes: tuple[str, ...]
    optional_scopes: tuple[str, ...]
    region: str | None
    marketplace: str | None
    base_url: str | None
    oauth_url: str | None
    sandbox: bool
    draft: bool
    vendor: bool
    amazon_form: bool | None
    grants: GrantStore | None
    used_states: UsedStates | None
    state_seconds: float
    user_agent: str
    clock: Callable[[], float]


class Settings(Discreet, msgspec.Struct, frozen=True, kw_only=True):
    """An application, where sellers meet it, and what it asks of them; its repr hides the secret."""

    application_id: str
    client_id: str
    client_secret: str
    redirect_uri: str
    """Where the consent page sends the seller back to; registered for the application, to the letter."""
    keyring: Keyring
    """Seals the state, so that it can be neither read nor changed on its way; the same for all processes."""
    scopes: tuple[str, ...] = ()
    """What is asked of a seller, the optional ones among them; empty for all that the application is registered for."""
    optional_scopes: tuple[str, ...] = ()
    """Those that the seller may leave out; without one of the others `Authorization.missing` is not empty."""
    region: str | None = None
    marketplace: str | None = None
    base_url: str | None = None
    oauth_url: str | None = None
    sandbox: bool = False
    draft: bool = False
    """A draft is authorized with `version=beta`."""
    vendor: bool = False
    """Vendors consent in Vendor Central."""
    amazon_form: bool | None = None
    """Whether to leave out what Amazon's page does not know: scopes and PKCE. None for where there is no base_url."""
    grants: GrantStore | None = None
    """Where what sellers gave is kept."""
    used_states: UsedStates | None = None
    """Where used states are remembered; None for the store of grants if it can, else for this process alone."""
    state_seconds: float = 600.0
    user_agent: str = ""
    clock: Callable[[], float] = time.time

    def endpoint(self, marketplace: str | None = None) -> Endpoint:
        """The addresses, for a marketplace if one is named; one `base_url` serves them all."""
        name = marketplace or self.marketplace
        found = endpoint_of(
            None if marketplace else self.region,
            name,
            sandbox=self.sandbox,
            base_url=self.base_url,
            oauth_url=self.oauth_url,
        )
        if self.base_url or not self.vendor:
            return found
        if name is None:
            message = "Which Vendor Central? Name a marketplace."
            raise NotConfigured(message)
        path = found.consent.partition("://")[2].partition("/")[2]
        return msgspec.structs.replace(found, consent=f"https://{find_marketplace(name).vendor_central}/{path}")

    @property
    def is_amazon_form(self) -> bool:
        """Whether the consent page is asked as Amazon's is."""
        return self.base_url is None if self.amazon_form is None else self.amazon_form

    def credentials(self, region: str = "") -> Credentials:
        """The application's own credentials, in a region if one is named."""
        return Credentials(
            client_id=self.client_id,
            client_secret=self.client_secret,
            application_id=self.application_id,
            region=region or None,
            base_url=self.base_url,
            oauth_url=self.oauth_url,
            sandbox=self.sandbox,
        )

    def __post_init__(self) -> None:
        known_scopes((*self.scopes, *self.optional_scopes))
        for name in ("application_id", "client_id", "client_secret", "redirect_uri"):
            if not getattr(self, name):
                message = f"The flow needs {name}; it is empty."
                raise NotConfigured(message)
        _check_redirect(self.redirect_uri)

    def __repr__(self) -> str:
        shown: dict[str, Any] = {
            name: getattr(self, name) for name in ("application_id", "client_id", "client_secret", "redirect_uri")
        }
        return ", ".join(f"{name}={masked(name, value)}" for name, value in shown.items())


def _check_redirect(uri: str) -> None:
    try:
        parts = urlsplit(uri)
        host, user = parts.hostname, parts.username
    except ValueError:
        parts, host, user = urlsplit(""), None, None
    is_https = parts.scheme == "https" or (parts.scheme == "http" and host in _THIS_MACHINE)
    if not is_https or not host or user is not None or "#" in uri or not uri.isascii() or not uri.isprintable():
        message = f"{uri!r} is no redirect URI; it is https, or http on this machine, and has no fragment."
        raise NotConfigured(message)


def known_scopes(scopes: tuple[str, ...]) -> tuple[str, ...]:
    """These scopes, each once; raises `ScopeInvalid` for one that no seller can grant."""
    for scope in scopes:
        if scope not in SCOPES:
            message = f"{scope!r} is no scope that a seller grants; there are {', '.join(SCOPES)}."
            raise ScopeInvalid(message)
    return tuple(dict.fromkeys(scopes))
