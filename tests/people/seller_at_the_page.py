"""The seller of a market, in front of its own pages: consents, says no, takes back."""

from __future__ import annotations

from urllib.parse import urlsplit

from page_browser import Browser

from sellingpartner.testing import TestMarket

PAGE = "/apps/authorize/consent"


def approve(market: TestMarket, url: str, scopes: tuple[str, ...] | None = None) -> str:
    """The seller signs in at the page and consents, to all that is asked or without what else is optional.

    Returns where the page sends the browser.
    """
    browser = at_the_page(market, url)
    boxes = [scope for _, scope, _ in browser.form(PAGE).boxes]
    ticks = {} if scopes is None else {scope: scope in scopes for scope in boxes}
    return browser.send(PAGE, decision="approve", ticks=ticks).outside


def deny(market: TestMarket, url: str) -> str:
    """The seller signs in at the page and says no."""
    return at_the_page(market, url).send(PAGE, decision="deny").outside


def at_the_page(market: TestMarket, url: str) -> Browser:
    """The seller's browser at the consent page, signed in."""
    parts = urlsplit(url)
    browser = Browser(market, parts.netloc).open(f"{parts.path}?{parts.query}")
    return browser.signs_in(market.user().email)


def narrow(market: TestMarket, *withdrawn: str) -> None:
    """The seller unticks scopes on the page of the market's application, and saves."""
    browser = at_the_console(market)
    browser.send("/narrow", ticks=dict.fromkeys(withdrawn, False))
    assert "Saved. What you unticked has stopped." in browser.text


def revoke(market: TestMarket) -> None:
    """The seller revokes everything on the page of the market's application, and is asked whether that is meant."""
    browser = at_the_console(market)
    browser.open(f"{browser.target}/revoke").send("/revoke")
    assert "The application can do nothing more for you." in browser.text


def at_the_console(market: TestMarket) -> Browser:
    """The seller's browser at the page of the market's application, signed in."""
    browser = Browser(market).signs_in(market.user().email)
    return browser.open(f"/console/applications/{market.application.application_id}")
