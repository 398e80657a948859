"""A market of one's own for a test: in memory, on a frozen clock, with a seller who has let an application in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self, TypeVar, Unpack, overload

import msgspec

from sellingpartner.client.notifications import Notification
from sellingpartner.contract.market_v1 import Call
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.contract.scopes import SCOPES
from sellingpartner.market.accounts.model import Application, Resource, Seller, TokenKind, User
from sellingpartner.market.accounts.model import Caller as Identity
from sellingpartner.market.accounts.sellers import join_seller
from sellingpartner.market.accounts.tokens import issue
from sellingpartner.market.accounts.users import create_user, user_by_email
from sellingpartner.market.amounts import Money
from sellingpartner.market.faults.board import FaultBoard
from sellingpartner.market.listings.model import Listing
from sellingpartner.market.listings.questions import listing_of
from sellingpartner.market.market import Market
from sellingpartner.market.notifications.model import Subscription
from sellingpartner.market.offers.commands import compete, join_competitor
from sellingpartner.market.offers.model import Offer
from sellingpartner.market.scenarios.model import Scenario
from sellingpartner.server.app import Server
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.endpoint import PLACING, PREFIX, Control
from sellingpartner.server.gateway.throttle import Limits
from sellingpartner.storage.database import MEMORY
from sellingpartner.storage.events import Event
from sellingpartner.testing.access import Access
from sellingpartner.testing.asking import facts_of, kind_named, requests_of
from sellingpartner.testing.beside import below_the_base_path, door_of
from sellingpartner.testing.buying import ADDRESS as ADDRESS  # noqa: PLC0414 - what stories are told with
from sellingpartner.testing.buying import BUYER as BUYER  # noqa: PLC0414
from sellingpartner.testing.buying import favorite_of, ordered, seller_with
from sellingpartner.testing.caller import Caller
from sellingpartner.testing.clocks import ClockHandle
from sellingpartner.testing.copies import beginning_of, begun, limits_of
from sellingpartner.testing.feeding import FeedTold, content_type_of, handed_in, uploaded
from sellingpartner.testing.feeding import waited_for as feed_waited_for
from sellingpartner.testing.founding import let_in
from sellingpartner.testing.kiosk import Findings, ask, waited_for_query
from sellingpartner.testing.mailbox import SubscriptionFields, told
from sellingpartner.testing.papers import Paper, ask_for, waited_for
from sellingpartner.testing.saying import START as START  # noqa: PLC0414
from sellingpartner.testing.saying import US as US  # noqa: PLC0414
from sellingpartner.testing.scene import Scene
from sellingpartner.testing.shops import Shop, shop_of
from sellingpartner.testing.snapshots import Snapshot, put_back, taken
from sellingpartner.testing.stores import opened

Fact = TypeVar("Fact", bound=Event)

PASSWORD = "correct horse battery staple"  # noqa: S105 - the password of nobody but a test's users
"""What the users of a test sign in with."""


class TestMarket:
    """A market, its server, and a seller named Harbor Goods with an application that holds every scope."""

    __test__ = False  # pytest: this is not a test class

    def __init__(
        self,
        url: str = MEMORY,
        *,
        at: datetime | str | None = None,
        marketplaces: Sequence[str] | None = None,
        limits: Limits | str | None = None,
        public_url: str | None = None,
        models: Path | None = None,
        seed: int = 1,
        scenario: str | Path | Scenario | None = None,
    ) -> None:
        """Open it; marketplaces are ids or countries (`US`), a moment may be written (`2026-11-02T09:00:00Z`).

        With a scenario (its name, or its file) it begins as that says, without Harbor Goods.
        """
        self._beginning = beginning_of(at=at, marketplaces=marketplaces, seed=seed, scenario=scenario)
        limits = Limits(limits or limits_of(self._beginning))
        self.market, begin = begun(url, self._beginning)
        self.server = Server(self.market, limits=limits, public_url=public_url)
        self.door = door_of(self.server, limits, models)
        self.desk = Desk(
            market=self.market,
            journal=self.server.journal,
            limits=limits,
            health=self.server.health,
            sandbox=self.door,
            throttle=self.server.gateway.throttle,
        )
        self.server.mount(PREFIX, Control(self.desk), takes_turns=True, sharing=(PLACING,))
        self.server.open_pages(self.desk)
        first = begin.sellers[0]
        self.application, self.client_secret = begin.application, begin.client_secret
        self.seller_account = first.account
        self.marketplace_id = first.marketplace_id
        self._scene = Scene(
            market=self.market,
            server=self.server,
            application=begin.application,
            client_secret=begin.client_secret,
            marketplace_id=self.marketplace_id,
        )
        self.shops = {one.account.name: shop_of(self._scene, one) for one in begin.sellers}
        """Who sells from the beginning, by name: Harbor Goods, or the sellers of a scenario."""
        self.seller = self.shops[first.account.name]
        self.clock = ClockHandle(self.market)
        self._is_open = True

    @property
    def faults(self) -> FaultBoard:
        """What goes wrong: `market.faults.add("refuse 503 operation=getOrder times=1")`."""
        return self.market.faults

    @property
    def now(self) -> datetime:
        """The market's present moment."""
        return self.market.clock.now()

    def access(self, shop: Shop | None = None, scopes: Sequence[str] = SCOPES) -> Access:
        """What the application needs to call for a shop, Harbor Goods unless said: another grant, of these scopes."""
        shop = shop or self.seller
        with self.market.write(shop.seller_id) as unit:
            holder, refresh_token = let_in(unit, shop.account, self.application, scopes)
        return Shop(self._scene, shop.account, holder, refresh_token, marketplace_id=shop.marketplace_id).access

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
            holder, _ = let_in(unit, seller, application, scopes)
        token = self._scene.tokens_for(holder)
        return Caller(self.server, token, seller_id=holder.seller_id, marketplace_id=self.marketplace_id)

    def buys(self, sku: str | None = None, quantity: int = 1, *, paid: bool = True, **more: Any) -> str:  # noqa: ANN401 - fields of Purchase
        """A buyer orders of whoever has the SKU, Harbor Goods first; returns the order's id.

        Where no SKU is named it is MUG-BLUE, or something else that is for sale where nobody has that.
        `more` are fields of `Purchase`; `from_store` names a supply source that is to ship it, by its code.
        """
        seller_id = self.seller_account.seller_id
        if "lines" in more:
            sku = ""
        elif sku is None:
            seller_id, sku = favorite_of(self.market, self._homes, quantity)
        else:
            seller_id = seller_with(self.market, sku, first=seller_id)
        with self.market.write(seller_id) as unit:
            home = self._scene.homes.get(seller_id, self.marketplace_id)
            return ordered(unit, sku, quantity, home, more | {"paid": paid})

    @property
    def _homes(self) -> dict[str, str]:
        """Where each seller is at home; Harbor Goods, or a scenario's first, before the others."""
        return {self.seller_account.seller_id: self.marketplace_id} | self._scene.homes

    def opens_store(self, code: str, stock: Mapping[str, int], *, ships: str = "SELF", **where: Any) -> str:  # noqa: ANN401 - fields of Address
        """Harbor Goods opens a store that ships step by step (External Fulfillment); returns the supply source's id.

        `stock` says what lies there, `ships` who brings it (SELF or MARKETPLACE), `where` fields of its address.
        """
        with self.market.write(self.seller_account.seller_id) as unit:
            return opened(unit, code, stock, ships, MARKETPLACES[self.marketplace_id].country_code, where)

    def lists(self, sku: str, cents: int = 1999, stock: int = 10, **more: Any) -> Listing:  # noqa: ANN401 - fields of NewListing
        """Harbor Goods lists a product, its price in the smallest coin; else as `Shop.lists`."""
        currency = MARKETPLACES[more.get("marketplace_id", self.marketplace_id)].currency
        return self.seller.lists(sku, float(Money(cents, currency).decimal), stock, **more)

    def competes(self, cents: int, sku: str | None = None, *, name: str = "Rival & Co", **more: Any) -> Offer:  # noqa: ANN401 - fields of Offer
        """A competitor joins and offers what Harbor Goods sells under a SKU, or something of its; `more` as `Offer`."""
        if sku is None:
            _, sku = favorite_of(self.market, {self.seller_account.seller_id: self.marketplace_id})
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
        """Somebody without a token; also whoever drives the market by its control API."""
        return Caller(self.server)

    def advance(self, **by: float) -> int:
        """Let market time pass (`days=1`, `minutes=5`); returns how many due things happened."""
        return self.market.advance(timedelta(**by))

    def report(
        self,
        report_type: str,
        *,
        start: datetime | None = None,
        end: datetime | None = None,
        options: Mapping[str, str] | None = None,
        marketplace_ids: Sequence[str] = (),
    ) -> Paper:
        """Harbor Goods asks for a report; time passes until it has ended, and its document is read."""
        ids = marketplace_ids or (self.marketplace_id,)
        report_id = ask_for(self.seller, report_type, start=start, end=end, options=options, marketplace_ids=ids)
        return self.report_of(report_id)

    def report_of(self, report_id: str) -> Paper:
        """A report of Harbor Goods that was asked for; time passes until it has ended, and its document is read."""
        return waited_for(self.seller, report_id, self.market.advance, self.restricted)

    def query(self, text: str, *, next_token: str | None = None) -> Findings:
        """Harbor Goods asks the Data Kiosk; time passes until the query has ended, and its document is read."""
        return waited_for_query(self.seller, ask(self.seller, text, next_token), self.market.advance)

    def feed(
        self,
        feed_type: str,
        content: bytes | str | Mapping[str, Any],
        *,
        content_type: str | None = None,
        options: Mapping[str, str] | None = None,
        marketplace_ids: Sequence[str] = (),
    ) -> FeedTold:
        """Harbor Goods sends a feed, JSON where it is no text; time passes until it has ended, its result is read."""
        if not isinstance(content, bytes | str):
            content = msgspec.json.encode(content)
        body = content.encode() if isinstance(content, str) else content
        document_id = uploaded(self.seller, body, content_type_of(feed_type, content_type))
        ids = marketplace_ids or (self.marketplace_id,)
        feed_id = handed_in(self.seller, feed_type, document_id, options=options, marketplace_ids=ids)
        return self.feed_of(feed_id)

    def feed_of(self, feed_id: str) -> FeedTold:
        """A feed of Harbor Goods that was handed in; time passes until it has ended, and its result is read."""
        return feed_waited_for(self.seller, feed_id, self.market.advance)

    @overload
    def facts(self, kind: type[Fact], **fields: object) -> list[Fact]: ...

    @overload
    def facts(self, kind: str, **fields: object) -> list[Event]: ...

    def facts(self, kind: type[Event] | str, **fields: object) -> Sequence[Event]:
        """What happened, of one kind, in order: `facts(OrderShipped)`, `facts("OrderShipped", order_id=order_id)`."""
        return facts_of(self.market, kind_named(kind) if isinstance(kind, str) else kind, fields)

    def requests(
        self, *, refused: bool | None = None, operation: str | None = None, seller: Shop | None = None
    ) -> list[Call]:
        """The calls that were made, the oldest first: refused ones, those that were not, or all."""
        seller_id = None if seller is None else seller.seller_id
        return requests_of(self.desk, refused=refused, operation=operation, seller_id=seller_id)

    def subscribe(self, notification_type: str, **how: Unpack[SubscriptionFields]) -> Subscription:
        """Have the application told about Harbor Goods; `notifications` shows what it is told."""
        return self.seller.subscribe(notification_type, **how)

    def notifications(self, notification_type: str | None = None) -> list[Notification[Any]]:
        """What was told, or would have been if there were a queue: of one type or of all, the oldest first."""
        with self.market.read() as unit:
            return told(unit, notification_type)

    def snapshot(self) -> Snapshot:
        """The market as it is, to come back to with `restore`: here, or in another one that began alike."""
        self.server.journal.flush()
        return taken(self.market, self._beginning)

    def restore(self, snapshot: Snapshot) -> None:
        """Let the market be as it was when a snapshot was taken; its sandbox begins anew."""
        self.server.journal.flush()
        put_back(self.market, self._beginning, snapshot)
        self._scene.forget_tokens()
        if self.door.market is not None:
            self.door.reset()

    @property
    def is_open(self) -> bool:
        """Whether it may still be asked."""
        return self._is_open

    def close(self) -> None:
        """Let go of it."""
        self._is_open = False
        self.door.close()
        self.market.close()

    def __repr__(self) -> str:
        return f"<Market {self.clock.told}, {self.seller!r}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
