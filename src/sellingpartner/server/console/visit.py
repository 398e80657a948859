"""One request of a browser: what it asks, who is behind it, and what is to be told to the log."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import ClassVar
from urllib.parse import urlencode

import msgspec

from sellingpartner.contract.discretion import Discreet
from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.market.accounts.model import Actor, ActorKind, User
from sellingpartner.market.accounts.signing_in import csrf_matches, csrf_of, session_of, stay
from sellingpartner.market.market import Market
from sellingpartner.server.console import cookies, places
from sellingpartner.server.console.fields import NOTHING, Fields
from sellingpartner.server.console.operators_door import OperatorsDoor
from sellingpartner.server.console.origin import strangeness_of
from sellingpartner.server.console.rendering import page
from sellingpartner.server.console.troubles import OutOfDate, SignInFirst, Trouble
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.gateway.http import Headers, HttpAnswer, HttpRequest
from sellingpartner.server.gateway.journal import Journal
from sellingpartner.storage.unit import UnitOfWork


class Visit(Discreet, msgspec.Struct):
    """A request, and what is known of it."""

    secret_besides: ClassVar[frozenset[str]] = frozenset({"key"})

    desk: Desk
    """What the market is driven by, as by the control API."""
    door: OperatorsDoor
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
    deed: str = ""
    """What a form did, for the log."""
    code: str = ""
    """Why it was refused, for the log; with the reason."""
    reason: str = ""
    refused: SellingPartnerError | None = None
    """Why what a form of the page was to do was refused, if the page is shown again for that."""
    return_to: str = ""
    """Where the same can be asked by GET, if this is a form's answer."""
    headers: Headers = []

    def each_time(self, page: Callable[[Visit], HttpAnswer]) -> Callable[[], HttpAnswer]:
        """A page that begins with what is known here, however often it is begun anew."""
        known = msgspec.structs.asdict(self)

        def begin() -> HttpAnswer:
            for name, value in known.items():
                setattr(self, name, value)
            self.headers = list(self.headers)
            return page(self)

        return begin

    @property
    def market(self) -> Market:
        """The market that the pages are of."""
        return self.desk.market

    @property
    def journal(self) -> Journal:
        """The log of calls, whose latest are written when it is flushed."""
        return self.desk.journal

    @property
    def is_operator(self) -> bool:
        """Whether the market's operator entered in this browser."""
        return self.door.has_let_in(self.request)

    @property
    def is_poll(self) -> bool:
        """Whether a page that is open asks for itself again, with nobody at it."""
        return self.request.method == "GET" and self.request.header("hx-request") is not None

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
        if self.whoever_without_staying(unit) is not None and not self.is_poll:
            stay(unit, self.key)
        return self.user

    def whoever_without_staying(self, unit: UnitOfWork) -> User | None:
        """Who is signed in; their session lasts no longer for it, so a unit that asks only will do."""
        signed_in = session_of(unit, self.key) if self.key else None
        if signed_in is not None:
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

    def enter_for_seller(self, unit: UnitOfWork, fix: str, return_to: str = "") -> tuple[User, str]:
        """Who is signed in, and the seller for whom they act; raises as `enter` does, and `Trouble` if there is none.

        `fix` says with which account it would go.
        """
        user = self.enter(unit, return_to)
        if user.seller_id is None:
            reason = f"{user.email} is not the account of a seller."
            raise Trouble(403, "You act for no seller", reason, code="NoSeller", fix=fix)
        return user, user.seller_id

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
        return self.window_page(template, values, status=status, leads_to=leads_to)

    def window_page(
        self, template: str, values: dict[str, object], *, status: int = 200, leads_to: str = ""
    ) -> HttpAnswer:
        """A page as `page` makes one, of whatever values."""
        if not self.key and self.request.method != "POST":
            self.key = secrets.token_urlsafe(32)
            self.headers = [*self.headers, cookies.keep(self.request, self.key)]
        shown = {
            "user": self.user,
            "is_operator": self.is_operator,
            "here": self.request.path,
            "csrf": csrf_of(self.key),
            "is_plain": False,
            "clock": None,
        }
        return page(template, shown | values, status=status, leads_to=leads_to)


def home_of(user: User) -> str:
    """Where a user belongs."""
    if user.seller_id is None and user.developer_id is not None:
        return places.DEVELOPER
    return places.APPLICATIONS
