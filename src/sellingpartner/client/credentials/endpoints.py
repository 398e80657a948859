"""Where the parts of the Selling Partner API are reached: the API, Login with Amazon, the consent pages."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import msgspec

from sellingpartner.contract.errors import NotConfigured
from sellingpartner.contract.marketplaces import BY_COUNTRY, MARKETPLACES, Marketplace, Region

LOGIN = "https://api.amazon.com"
TOKEN_PATH = "/auth/o2/token"  # noqa: S105 - a path
SANDBOX_PATH = "/sandbox"
"""Where a market of one's own has its sandbox."""
CONSENT_PATH = "/apps/authorize/consent"
_HOME = {Region.NA: "US", Region.EU: "GB", Region.FE: "JP"}


class Endpoint(msgspec.Struct, frozen=True, kw_only=True):
    """The addresses that one client calls."""

    api: str
    tokens: str
    """Where restricted data tokens are made: Amazon's sandbox takes those of production."""
    login: str
    consent: str
    sandbox: bool = False
    region: str = ""
    """NA, EU or FE; empty where one `base_url` serves all."""

    def authorize_url(self, application_id: str, **more: str) -> str:
        """Where a seller lets an application in."""
        return f"{self.consent}?{urlencode({'application_id': application_id, **more})}"


def endpoint_of(
    region: str | None = None,
    marketplace: str | None = None,
    *,
    sandbox: bool = False,
    base_url: str | None = None,
    oauth_url: str | None = None,
) -> Endpoint:
    """The addresses for a region or a marketplace; one `base_url` moves them all."""
    shop = find_marketplace(marketplace) if marketplace else None
    if base_url:
        base = _checked(base_url)
        home = base.removesuffix(SANDBOX_PATH)  # tokens are made, and sellers asked, where the market itself is
        is_amazons = "sandbox." in base
        is_sandbox = sandbox or is_amazons or home != base
        return Endpoint(
            api=home + SANDBOX_PATH if is_sandbox and not is_amazons else base,
            tokens=home,
            login=_token_url(oauth_url or home),
            consent=home + CONSENT_PATH,
            sandbox=is_sandbox,
        )
    where = _region(region, shop)
    central = (shop or BY_COUNTRY[_HOME[where]]).seller_central
    return Endpoint(
        api=f"https://{where.sandbox_host if sandbox else where.host}",
        tokens=f"https://{where.host}",
        login=_token_url(oauth_url or LOGIN),
        consent=f"https://{central}{CONSENT_PATH}",
        sandbox=sandbox,
        region=where.value,
    )


def find_marketplace(name: str) -> Marketplace:
    """A marketplace by its id or its country's code; `UK` means `GB`."""
    country = name.upper()
    found = MARKETPLACES.get(name) or BY_COUNTRY.get("GB" if country == "UK" else country)
    if found is None:
        message = f"{name!r} is no marketplace; write an id such as ATVPDKIKX0DER, or one of {', '.join(BY_COUNTRY)}."
        raise NotConfigured(message)
    return found


def host_of(url: str) -> str:
    """What of an address may be told: its scheme, host and port."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _region(region: str | None, shop: Marketplace | None) -> Region:
    if region is None:
        if shop is None:
            message = "Which region? Name a region (NA, EU, FE), a marketplace, or a base_url."
            raise NotConfigured(message)
        return shop.region
    try:
        found = Region(region.upper())
    except ValueError:
        by_aws = {one.aws_region: one for one in Region}
        if region.lower() not in by_aws:
            message = f"{region!r} is no region; write NA, EU or FE."
            raise NotConfigured(message) from None
        found = by_aws[region.lower()]
    if shop is not None and shop.region is not found:
        message = f"{shop.country} is served from {shop.region}, not from {found}; leave one of the two out."
        raise NotConfigured(message)
    return found


def _checked(url: str) -> str:
    if not _is_address(url):
        message = f"{url!r} is no address; write one like https://host or http://127.0.0.1:8000."
        raise NotConfigured(message)
    return url.rstrip("/")


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0 and _is_plain(url)
    except ValueError:  # brackets that are not closed, a port that is none
        return False


def _is_plain(url: str) -> bool:
    return url.isprintable() and " " not in url


def _token_url(url: str) -> str:
    """Amazon's programs give the whole address of the token endpoint, people often the host alone."""
    base = _checked(url)
    return base if urlsplit(base).path else base + TOKEN_PATH
