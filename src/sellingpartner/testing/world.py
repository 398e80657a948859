"""A market of one's own for a test: in memory, on a frozen clock, with a seller who has let an application in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import msgspec
from sqlalchemy import select

from sellingpartner.contract.marketplaces import BY_COUNTRY, MARKETPLACES
from sellingpartner.contract.scopes import SCOPES
from sellingpartner.market.accounts.applications import register_application, register_developer
from sellingpartner.market.accounts.grants import give_grant
from sellingpartner.market.accounts.model import Application, Resource, Seller, TokenKind, User
from sellingpartner.market.accounts.model import Caller as Identity
from sellingpartner.market.accounts.passwords import COST_NAME, Cost
from sellingpartner.market.accounts.sellers import join_seller
from sellingpartner.market.accounts.tokens import LIFETIME, issue
from sellingpartner.market.accounts.users import create_user, user_by_email
from sellingpartner.market.amounts import Money
from sellingpartner.market.catalog.commands import add_items
from sellingpartner.market.catalog.model import NewItem
from sellingpartner.market.demo import REGISTRATION
from sellingpartner.market.inventory.commands import receive
from sellingpartner.market.listings.commands import list_item
from sellingpartner.market.listings.model import FulfillmentChannel, NewListing
from sellingpartner.market.market import Market
from sellingpartner.market.orders.buyer import Address, Buyer
from sellingpartner.market.orders.commands import place
from sellingpartner.market.orders.purchase import Purchase, PurchaseLine
from sellingpartner.server.app import Server
from sellingpartner.server.gateway.throttle import Limits
from sellingpartner.storage.database import MEMORY
from sellingpartner.storage.events import Event, events
from sellingpartner.testing.caller import Caller, Token

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

CHEAP = Cost(passes=1, memory_kib=8, lanes=1)
"""What a password costs in a test: next to nothing, so that it may sign in as often as it likes."""

SHELF = (
    ("MUG-BLUE", "Stoneware Mug, Blue", 1499, FulfillmentChannel.MFN),
    ("MUG-RED", "Stoneware Mug, Red", 1499, FulfillmentChannel.MFN),
    ("TEA/50 G&B 100%", "Breakfast Tea, 50 g", 895, FulfillmentChannel.MFN),
    ("FLEA-DROPS", "Flea Drops for Dogs", 2350, FulfillmentChannel.MFN),
    ("LAMP-OAK", "Oak Desk Lamp", 5900, FulfillmentChannel.AFN),
)
"""What Harbor Goods sells: SKU, title, price in cents, channel. Flea drops need a prescription."""


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
    ) -> None:
        self.market = Market.open(url, seed=1, at=at)
        self.market.remember(COST_NAME, CHEAP.told())
        self.server = Server(self.market, limits=limits, public_url=public_url)
        with self.market.write() as unit:
            developer_id = register_developer(unit, "Quayside Software")
            self.application, self.client_secret = register_application(
                unit, "Harbor Desk", developer_id, **REGISTRATION
            )
        self.seller_account = self.join("Harbor Goods", marketplaces)
        self.marketplace_id = marketplaces[0]
        self._fill_the_shelf(marketplaces)
        self.seller = self.caller()

    @property
    def now(self) -> datetime:
        """The market's present moment."""
        return self.market.clock.now()

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
            grant, _ = give_grant(unit, seller.seller_id, application.application_id, scopes=scopes)
        holder = Identity(
            application_id=application.application_id,
            seller_id=seller.seller_id,
            kind=TokenKind.ACCESS,
            scopes=frozenset(scopes),
            grant_id=grant.grant_id,
        )
        return Caller(
            self.server, self._fresh_token(holder), seller_id=seller.seller_id, marketplace_id=self.marketplace_id
        )

    def _fresh_token(self, holder: Identity) -> Token:
        """Tokens for a holder, a new one when the market's hour is over, as an SDK would fetch it."""
        issued: dict[str, Any] = {"token": "", "ends": self.now}

        def token() -> str:
            if self.now >= issued["ends"]:
                with self.market.write(holder.seller_id) as unit:
                    issued["token"] = issue(unit, TokenKind.ACCESS, holder)
                    issued["ends"] = unit.now + LIFETIME
            text: str = issued["token"]
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

    def _fill_the_shelf(self, marketplaces: Sequence[str]) -> None:
        with self.market.write(self.seller_account.seller_id) as unit:
            items = [NewItem(product_type="GOODS", title=title, brand="Harbor") for _, title, _, _ in SHELF]
            for asin, (sku, _, cents, channel) in zip(add_items(unit, items), SHELF, strict=True):
                for marketplace_id in marketplaces:
                    offer = NewListing(
                        sku=sku,
                        marketplace_id=marketplace_id,
                        asin=asin,
                        price=Money(cents, MARKETPLACES[marketplace_id].currency),
                        fulfillment_channel=channel,
                        is_regulated=sku == "FLEA-DROPS",
                    )
                    list_item(unit, offer)
                receive(unit, sku, offer.place, 100, reference="opening stock")

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

    def close(self) -> None:
        """Let go of it."""
        self.market.close()
