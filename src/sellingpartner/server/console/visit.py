"""One request of a browser: what it asks, who is behind it, and what is to be told to the log."""

from __future__ import annotations

import secrets
from typing import ClassVar
from urllib.parse import urlencode

import msgspec

from sellingpartner.contract.discretion import Discreet
from sellingpartner.market.accounts.model import Actor, ActorKind, User
from sellingpartner.market.accounts.signing_in import csrf_matches, csrf_of, session_of, stay
from sellingpartner.market.market import Market
from sellingpartner.server.console import cookies, places
from sellingpartner.server.console.fields import NOTHING, Fields
from sellingpartner.server.console.origin import strangeness_of
from sellingpartner.server.console.rendering import page
from sellingpartner.server.console.troubles import OutOfDate, SignInFirst
from sellingpartner.server.gateway.http import Headers, HttpAnswer, HttpRequest
from sellingpartner.server.gateway.journal import Journal
from sellingpartner.storage.unit import UnitOfWork


class Visit(Discreet, msgspec.Struct):
    """A request, and what is known of it."""

    secret_besides: ClassVar[frozenset[str]] = frozenset({"key"})

    market: Market
    journal: Journal
    request: HttpRequest
    values: list[str] = []
    """The parameters of the path."""
    query: Fields = NOTHING
    form: Fields = NOTHING
    key: str = ""
    """What the browser's cookie holds: the key of a session, or one that only ties forms to the browser."""
    user: User | None = None
    seller_id: str = ""
    application_id: str = ""
    code: str = ""
    """Why it was refused, for the log; with the reason."""
    reason: str = ""
    return_to: str = ""
    """Where the same can be asked by GET, if this is a form's answer."""
    headers: Headers = []

    @property
    def here(self) -> str:
        """The address of this page, where it can be asked for by GET."""
        query = urlencode(self.query.as_sent, doseq=True)
        return f"{self.request.path}?{query}" if query else self.request.path

    @property
    def agent(self) -> str:
        """What the browser calls itself."""
        return (self.request.header("user-agent") or "")[:200]

    @property
    def who(self) -> User:
        """Who is signed in, on a page that nobody else sees."""
        assert self.user is not None  # noqa: S101 - `enter` came first
        return self.user

    @property
    def actor(self) -> Actor:
        """Who does it, for the record: from where the browser is now, wherever it signed in."""
        return Actor(ActorKind.USER, self.who.user_id, self.request.peer)

    def whoever(self, unit: UnitOfWork) -> User | None:
        """Who is signed in, if anybody is."""
        signed_in = session_of(unit, self.key) if self.key else None
        if signed_in is not None:
            stay(unit, self.key)
            self.user = signed_in.user
            self.seller_id = signed_in.user.seller_id or ""
        return self.user

    def enter(self, unit: UnitOfWork, return_to: str = "") -> User:
        """Who is signed in; raises `SignInFirst` if nobody is, `OutOfDate` for a form that is not this session's."""
        user = self.whoever(unit)
        if user is None:
            raise SignInFirst(return_to or self.here)
        self.check_form()
        return user

    def check_form(self) -> None:
        """Raise `OutOfDate` unless a form comes from a page that this browser was shown."""
        if self.request.method != "POST":
            return
        stranger = strangeness_of(self.request)
        if stranger:
            raise OutOfDate(stranger)
        if not self.key or not csrf_matches(self.key, self.form.one("csrf")):
            raise OutOfDate("The form's token is not the one of this browser's session.")

    def page(self, template: str, *, status: int = 200, leads_to: str = "", **values: object) -> HttpAnswer:
        """A page for whoever is here. One who has no key yet gets one, so that forms can be tied to it.

        Not in answer to a form: another site's form comes without the key that the browser has, and must not put
        another in its place.
        """
        if not self.key and self.request.method != "POST":
            self.key = secrets.token_urlsafe(32)
            self.headers = [*self.headers, cookies.keep(self.request, self.key)]
        shown = {"user": self.user, "here": self.request.path, "csrf": csrf_of(self.key), "is_plain": False}
        return page(template, shown | values, status=status, leads_to=leads_to)


def home_of(user: User) -> str:
    """Where a user belongs."""
    if user.seller_id is None and user.developer_id is not None:
        return places.DEVELOPER
    return places.APPLICATIONS
