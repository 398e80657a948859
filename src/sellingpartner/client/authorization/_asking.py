"""Where to send the seller's browser: the consent page, or back to the appstore that sent it here."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from sellingpartner.client.authorization._settings import Settings, known_scopes
from sellingpartner.client.authorization._state import new_state, sealed
from sellingpartner.client.credentials.endpoints import find_marketplace
from sellingpartner.contract.errors import CallbackUnreadable
from sellingpartner.contract.marketplaces import MARKETPLACES, Marketplace, Region

_CONFIRM = "/apps/authorize/confirm/"
_MOST_FIELDS = 50

_EUROPES = frozenset({"sellercentral-europe.amazon.com", "vendorcentral-europe.amazon.com"})


class Wanted(NamedTuple):
    """What is asked of a seller this time."""

    scopes: tuple[str, ...] | None = None
    seller_hint: str = ""
    marketplace: str | None = None


def consent_url(settings: Settings, session: str, wanted: Wanted) -> str:
    """The consent page's address, with a fresh state."""
    endpoint = settings.endpoint(wanted.marketplace)
    scopes = known_scopes((*settings.scopes, *settings.optional_scopes) if wanted.scopes is None else wanted.scopes)
    name = wanted.marketplace or settings.marketplace
    where = (endpoint.region, find_marketplace(name).marketplace_id if name else "")
    is_amazons = settings.is_amazon_form
    state = new_state(
        settings,
        session,
        where=where,
        seller_hint=wanted.seller_hint,
        scopes=() if is_amazons else scopes,  # Amazon's page takes them from the application's registration
        with_pkce=not is_amazons,
    )
    more = {"state": sealed(settings, state), "redirect_uri": settings.redirect_uri}
    if not is_amazons:
        if scopes:
            more["scope"] = " ".join(scopes)
        more |= {"code_challenge": state.challenge(session), "code_challenge_method": "S256"}
    if settings.draft:
        more["version"] = "beta"
    return endpoint.authorize_url(settings.application_id, **more)


def confirm_url(settings: Settings, session: str, parameters: dict[str, str]) -> str:
    """The way back to the appstore for a seller whom it sent to the application's login URI.

    Assumed: PKCE and scopes have no place in the answer to the appstore: it has asked for what is registered.
    """
    callback = parameters.get("amazon_callback_uri", "")
    _check_callback(settings, callback)
    if not parameters.get("amazon_state"):
        message = "The appstore sent the seller without amazon_state; start again there."
        raise CallbackUnreadable(message)
    base = urlsplit(callback)
    region, marketplace = _sold_in(settings, base.hostname or "")
    state = new_state(
        settings, session, where=(region, marketplace), seller_hint=parameters.get("selling_partner_id", "")
    )
    answer = {
        "redirect_uri": settings.redirect_uri,
        "amazon_state": parameters["amazon_state"],
        "state": sealed(settings, state),
    }
    if settings.draft or parameters.get("version") == "beta":
        answer["version"] = "beta"
    return f"{callback}{'&' if base.query else '?'}{urlencode(answer)}"


def read_query(request_url: str) -> dict[str, str]:
    """The parameters in an address; raises `CallbackUnreadable` for one that is there twice."""
    query = urlsplit(request_url).query
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict")
    except ValueError:
        message = "The address that the seller came back to cannot be read; start again."
        raise CallbackUnreadable(message) from None
    found: dict[str, str] = {}
    for name, value in pairs:
        if name in found:
            message = f"The address that the seller came back to has {name[:50]} twice; start again."
            raise CallbackUnreadable(message)
        found[name] = value
    return found


def _check_callback(settings: Settings, callback: str) -> None:
    """The seller is sent to Amazon's appstore or the market's and nowhere else, whatever the address asks for."""
    expected = f"{_CONFIRM}{settings.application_id}"
    plain = callback.isascii() and callback.isprintable() and not set(callback) & {" ", "\\", "#", "@", "<", ">", '"'}
    try:
        parts = urlsplit(callback)
        host = (parts.scheme, parts.hostname, parts.port)
    except ValueError:
        plain, parts, host = False, urlsplit(""), ("", None, None)
    if settings.base_url:
        market = urlsplit(settings.base_url)
        trusted = host == (market.scheme, market.hostname, market.port)
        whose = settings.base_url
    else:
        amazons = _EUROPES.union(*(_hosts(shop) for shop in MARKETPLACES.values()))
        trusted = host in {("https", name, None) for name in amazons}
        whose = "one of Amazon's own hosts"
    if not plain or not trusted or parts.path not in {expected, quote(expected)}:
        message = f"The amazon_callback_uri is none of {expected} at {whose}; the seller is not sent there."
        raise CallbackUnreadable(message)


def _sold_in(settings: Settings, host: str) -> tuple[str, str]:
    """The region and marketplace that a host of Amazon's is for, or the settings' region where it says nothing.

    amazon.com is where the documents' examples lead, whatever the seller's country: it says nothing.
    """
    if settings.base_url:
        return "", ""
    if host in _EUROPES:
        return Region.EU.value, ""
    shops = [shop for shop in MARKETPLACES.values() if host in _hosts(shop)]
    if host in {"amazon.com", "www.amazon.com"} or len({shop.region for shop in shops}) != 1:
        return settings.endpoint().region, ""
    return shops[0].region.value, shops[0].marketplace_id if len(shops) == 1 else ""


def _hosts(shop: Marketplace) -> set[str]:
    return {shop.seller_central, shop.vendor_central, shop.domain, shop.domain.removeprefix("www.")}
