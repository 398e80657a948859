"""A market of one's own for a test: in memory, on a frozen clock, with a seller who has let an application in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

import msgspec
from sqlalchemy import select

from sellingpartner.client.notifications import Notification
from sellingpartner.contract.marketplaces import BY_COUNTRY, MARKETPLACES
from sellingpartner.contract.notifications_v1 import EventFilter
from sellingpartner.contract.scopes import SCOPES
from sellingpartner.market.accounts.model import Application, Resource, Seller, TokenKind, User
from sellingpartner.market.accounts.model import Caller as Identity
from sellingpartner.market.accounts.sellers import join_seller
from sellingpartner.market.accounts.tokens import LIFETIME, issue
from sellingpartner.market.accounts.users import create_user, user_by_email
from sellingpartner.market.amounts import Money
from sellingpartner.market.catalog.commands import add_items
from sellingpartner.market.catalog.model import NewItem
from sellingpartner.market.inventory.commands import receive
from sellingpartner.market.listings.commands import list_item
from sellingpartner.market.listings.model import Listing, NewListing
from sellingpartner.market.listings.questions import listing_of
from sellingpartner.market.market import Market
from sellingpartner.market.notifications.model import Subscription
from sellingpartner.market.offers.commands import compete, join_competitor
from sellingpartner.market.offers.model import Offer
from sellingpartner.market.orders.buyer import Address, Buyer
from sellingpartner.market.orders.commands import place
from sellingpartner.market.orders.purchase import Purchase, PurchaseLine
from sellingpartner.server.app import Server
from sellingpartner.server.gateway.throttle import Limits
from sellingpartner.storage.database import MEMORY
from sellingpartner.storage.events import Event, events
from sellingpartner.testing.beside import below_the_base_path, door_of
from sellingpartner.testing.caller import Caller, Token
from sellingpartner.testing.copies import begun
from sellingpartner.testing.founding import let_in
from sellingpartner.testing.mailbox import subscribe_to, told

Fact = TypeVar("Fact", bound=Event)

BUYER = Buyer(name="Ada Finch", email="ada.finch.4711@marketplace.amazon.com")
ADDRESS = Address(
    name="Ada Finch",
    line_1="12 Larch Lane",
    city="Portland",
    state_or_region="OR",
    postal_code="97205",
    country_code="US",
    phone="+1 503 555 0142",
)

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
US = BY_COUNTRY["US"].marketplace_id

PASSWORD = "correct horse battery staple"  # noqa: S105 - the password of nobody but a test's users
"""What the users of a test sign in with."""


class TestMarket:
    """A market, its server, and a seller named Harbor Goods with an application that holds every scope."""

    __test__ = False  # pytest: this is not a test class

    def __init__(
        self,
        url: str = MEMORY,
        *,
        at: datetime = START,
        marketplaces: Sequence[str] = (US,),
        limits: Limits = Limits.OFF,
        public_url: str | None = None,
        models: Path | None = None,
    ) -> None:
        self.market, begin = begun(url, at, marketplaces)
        self.server = Server(self.market, limits=limits, public_url=public_url)
        self.door = door_of(self.server, limits, models)
        self.application, self.client_secret = begin.application, begin.client_secret
        self.seller_account = begin.seller_account
        self.marketplace_id = marketplaces[0]
        self.seller = self._calling(begin.holder)

    @property
    def now(self) -> datetime:
        """The market's present moment."""
        return self.market.clock.now()

    def in_sandbox(self, caller: Caller | None = None) -> Caller:
        """Somebody who calls, in the sandbox; Harbor Goods unless said."""
        return (caller or self.seller).calling(below_the_base_path(self.server))

    def reset_sandbox(self) -> None:
        """Let the sandbox begin anew."""
        self.door.reset()

    @property
    def sandbox(self) -> Market:
        """The sandbox's world, which somebody has called already."""
        market = self.door.market
        assert market is not None, "nobody has called the sandbox yet"  # noqa: S101 - for a test
        return market

    def join(self, name: str, marketplaces: Sequence[str] = (US,)) -> Seller:
        """Another seller opens an account."""
        with self.market.write() as unit:
            return join_seller(unit, name, marketplaces)

    def user(
        self,
        email: str = "owner@harbor.example",
        *,
        seller: Seller | None = None,
        developer_id: str | None = None,
        is_primary: bool = True,
        password: str = PASSWORD,
    ) -> User:
        """Somebody who may sign in, made when first asked for: for Harbor Goods, unless somebody else is named."""
        if seller is None and developer_id is None:
            seller = self.seller_account
        with self.market.write() as unit:
            known = user_by_email(unit, email)
            if known is not None:
                return known
            return create_user(
                unit,
                email,
                email.partition("@")[0].title(),
                password,
                seller_id=None if seller is None else seller.seller_id,
                developer_id=developer_id,
                is_primary=is_primary,
            )

    def caller(
        self,
        *,
        seller: Seller | None = None,
        application: Application | None = None,
        scopes: Sequence[str] = SCOPES,
    ) -> Caller:
        """Somebody whom a seller lets in, with access tokens of these scopes, renewed as time passes."""
        seller = seller or self.seller_account
        application = application or self.application
        with self.market.write(seller.seller_id) as unit:
            holder = let_in(unit, seller, application, scopes)
        return self._calling(holder)

    def _calling(self, holder: Identity) -> Caller:
        token = self._fresh_token(holder)
        return Caller(self.server, token, seller_id=holder.seller_id, marketplace_id=self.marketplace_id)

    def _fresh_token(self, holder: Identity) -> Token:
        """Tokens for a holder, a new one when the market's hour is over, as an SDK would fetch it."""
        ends, text = self.now, ""
        fetching = Lock()

        def token() -> str:
            nonlocal ends, text
            with fetching:
                if self.now >= ends:
                    with self.market.write(holder.seller_id) as unit:
                        fetched, until = issue(unit, TokenKind.ACCESS, holder), unit.now + LIFETIME
                    ends, text = until, fetched  # not before the market has it: other threads call meanwhile
                return text

        return token

    def buys(self, sku: str = "MUG-BLUE", quantity: int = 1, *, paid: bool = True, **more: Any) -> str:  # noqa: ANN401 - fields of Purchase
        """A buyer orders of Harbor Goods; returns the order's id. `more` are fields of `Purchase`."""
        wanted: dict[str, Any] = {
            "marketplace_id": self.marketplace_id,
            "lines": (PurchaseLine(sku=sku, quantity=quantity),),
            "buyer": BUYER,
            "address": ADDRESS,
        }
        with self.market.write(self.seller_account.seller_id) as unit:
            return place(unit, Purchase(**(wanted | more), paid=paid)).order_id

    def lists(
        self,
        sku: str,
        cents: int = 1999,
        stock: int = 10,
        *,
        asin: str | None = None,
        product_type: str = "MUG",
        **more: Any,  # noqa: ANN401 - fields of NewListing
    ) -> Listing:
        """Harbor Goods lists a product with its price and stock: one of its own, unless an ASIN says which.

        `more` are fields of `NewListing`.
        """
        here = more.pop("marketplace_id", self.marketplace_id)
        price = Money(cents, MARKETPLACES[here].currency)
        with self.market.write(self.seller_account.seller_id) as unit:
            if asin is None:
                (asin,) = add_items(unit, [NewItem(product_type=product_type, title=f"Harbor {sku}", brand="Harbor")])
            listed = list_item(unit, NewListing(sku=sku, marketplace_id=here, asin=asin, price=price, **more))
            if stock:
                receive(unit, sku, listed.place, stock, reference="opening stock")
        return listed

    def competes(self, cents: int, sku: str = "MUG-BLUE", *, name: str = "Rival & Co", **more: Any) -> Offer:  # noqa: ANN401 - fields of Offer
        """A competitor joins and offers what Harbor Goods sells under a SKU. `more` are fields of `Offer`."""
        with self.market.read(self.seller_account.seller_id) as unit:
            asin = listing_of(unit, sku, self.marketplace_id).asin
        with self.market.write() as unit:
            wanted: dict[str, Any] = {
                "seller_id": join_competitor(unit, name).seller_id,
                "sku": "RIVAL",
                "marketplace_id": self.marketplace_id,
                "asin": asin,
                "currency": MARKETPLACES[self.marketplace_id].currency,
                "price": cents,
                "regular_price": cents,
            }
            offer = Offer(**(wanted | more))
            compete(unit, offer)
        return offer

    def restricted(self, path: str, *elements: str, method: str = "GET") -> Caller:
        """The seller's caller with a restricted data token for one path and the personal data named."""
        with self.market.write(self.seller_account.seller_id) as unit:
            holder = Identity(
                application_id=self.application.application_id,
                seller_id=self.seller_account.seller_id,
                kind=TokenKind.RESTRICTED,
                scopes=frozenset(SCOPES),
            )
            token = issue(unit, TokenKind.RESTRICTED, holder, resources=(Resource(method, path, elements),))
        return self.seller.with_token(token)

    def anybody(self) -> Caller:
        """Somebody without a token."""
        return Caller(self.server)

    def advance(self, **by: float) -> int:
        """Let market time pass (`days=1`, `minutes=5`); returns how many due things happened."""
        return self.market.advance(timedelta(**by))

    def facts(self, kind: type[Fact]) -> list[Fact]:
        """What happened, of one kind, in order."""
        with self.market.read() as unit:
            rows = unit.execute(
                select(events.c.fact)
                .where(events.c.kind == kind.__name__)
                .order_by(events.c.happened_at, events.c.event_id)
            )
            return [msgspec.json.decode(fact, type=kind) for (fact,) in rows]

    def subscribe(
        self, notification_type: str, *, payload_version: str | None = None, event_filter: EventFilter | None = None
    ) -> Subscription:
        """Have the application told about Harbor Goods; `notifications` shows what it is told."""
        with self.market.write(self.seller_account.seller_id) as unit:
            return subscribe_to(
                unit,
                self.application.application_id,
                notification_type,
                payload_version=payload_version,
                event_filter=event_filter,
            )

    def notifications(self, notification_type: str | None = None) -> list[Notification[Any]]:
        """What was told, or would have been if there were a queue: of one type or of all, the oldest first."""
        with self.market.read() as unit:
            return told(unit, notification_type)

    def close(self) -> None:
        """Let go of it."""
        self.door.close()
        self.market.close()
