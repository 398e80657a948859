"""A shop: a seller of a test's market, who has let the application in, and whatever a test does with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Unpack

import httpx2

from sellingpartner.client import AsyncSellingPartner, SellingPartner
from sellingpartner.client._partner.assembly import ClientFields
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts.model import Caller as Identity
from sellingpartner.market.accounts.model import Seller
from sellingpartner.market.accounts.sellers import join_seller
from sellingpartner.market.catalog.commands import add_items
from sellingpartner.market.catalog.model import NewItem
from sellingpartner.market.inventory.commands import receive
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.listings.commands import list_item
from sellingpartner.market.listings.model import Listing, NewListing
from sellingpartner.market.listings.questions import listing_of
from sellingpartner.market.notifications.model import Subscription
from sellingpartner.testing.access import Access
from sellingpartner.testing.buying import favorite_of, ordered
from sellingpartner.testing.caller import Caller
from sellingpartner.testing.founding import Known, let_in
from sellingpartner.testing.mailbox import SubscriptionFields, subscribe_to
from sellingpartner.testing.saying import marketplaces_of
from sellingpartner.testing.scene import Scene
from sellingpartner.testing.shelves import PRICE, STOCK, Skus, money_of, put_on_the_shelf
from sellingpartner.testing.transport import AsyncInProcess, InProcess


class Shop(Caller):
    """A seller who has let the application in, with every scope; to call it is to found another one.

    What it sends is sent by the application with the seller's token. `market.seller(skus={"MUG": (19.99, 10)})` founds
    a shop that sells mugs.
    """

    def __init__(
        self, scene: Scene, account: Seller, holder: Identity, refresh_token: str, *, marketplace_id: str = ""
    ) -> None:
        marketplace_id = marketplace_id or scene.marketplace_id
        super().__init__(
            scene.server,
            scene.tokens_for(holder),
            seller_id=account.seller_id,
            marketplace_id=marketplace_id,
        )
        self._scene = scene
        self.account = account
        self.access = Access(
            application_id=scene.application.application_id,
            client_id=scene.application.client_id,
            client_secret=scene.client_secret,
            refresh_token=refresh_token,
            seller_id=account.seller_id,
            marketplace_id=marketplace_id,
        )

    def __call__(self, name: str = "", *, skus: Skus = (), marketplaces: Sequence[str] = ()) -> Shop:
        """Found another shop, whose seller lets the application in: with these SKUs, each with its price and stock."""
        return found_shop(
            self._scene, name, skus=skus, marketplaces=marketplaces_of(marketplaces or (self.marketplace_id,))
        )

    def __repr__(self) -> str:
        return f"Shop({self.account.name!r}, {self.seller_id})"

    def client(self, **fields: Unpack[ClientFields]) -> SellingPartner:
        """A client of this package that calls for the shop, in this process."""
        return SellingPartner(
            self.access.credentials(), http=httpx2.Client(transport=InProcess(self._scene.server)), **fields
        )

    def async_client(self, **fields: Unpack[ClientFields]) -> AsyncSellingPartner:
        """The same for `async` code."""
        http = httpx2.AsyncClient(transport=AsyncInProcess(self._scene.server))
        return AsyncSellingPartner(self.access.credentials(), http=http, **fields)

    def buys(self, sku: str | None = None, quantity: int = 1, *, paid: bool = True, **more: Any) -> str:  # noqa: ANN401 - fields of Purchase
        """A buyer orders of the shop, something unless it is said what; returns the order's id.

        `more` are fields of `Purchase`.
        """
        if sku is None:
            _, sku = favorite_of(self._scene.market, {self.seller_id: self.marketplace_id}, quantity)
        with self._scene.market.write(self.seller_id) as unit:
            return ordered(unit, sku, quantity, self.marketplace_id, more | {"paid": paid})

    def lists(
        self,
        sku: str,
        price: float = PRICE,
        stock: int = STOCK,
        *,
        asin: str | None = None,
        product_type: str = "MUG",
        **more: Any,  # noqa: ANN401 - fields of NewListing
    ) -> Listing:
        """The shop lists a product with its price and stock: one of its own, unless an ASIN says which.

        `more` are fields of `NewListing`.
        """
        here = more.pop("marketplace_id", self.marketplace_id)
        money = money_of(price, MARKETPLACES[here].currency)
        with self._scene.market.write(self.seller_id) as unit:
            if asin is None:
                brand = self.account.name.partition(" ")[0]
                (asin,) = add_items(unit, [NewItem(product_type=product_type, title=f"{brand} {sku}", brand=brand)])
            listed = list_item(unit, NewListing(sku=sku, marketplace_id=here, asin=asin, price=money, **more))
            if stock:
                receive(unit, sku, listed.place, stock, reference="opening stock")
        return listed

    def subscribe(self, notification_type: str, **how: Unpack[SubscriptionFields]) -> Subscription:
        """Have the application told about the shop; `market.notifications` shows what it is told."""
        with self._scene.market.write(self.seller_id) as unit:
            return subscribe_to(unit, self.access.application_id, notification_type, **how)

    def stock(self, sku: str) -> int:
        """How many of a SKU buyers can order; raises `NotFound` for one that is not listed."""
        with self._scene.market.read(self.seller_id) as unit:
            return stock_of(unit, sku, listing_of(unit, sku, self.marketplace_id).place).available


def shop_of(scene: Scene, known: Known) -> Shop:
    """The shop of a seller who was there from the beginning."""
    scene.homes[known.account.seller_id] = known.marketplace_id
    return Shop(scene, known.account, known.holder, known.refresh_token, marketplace_id=known.marketplace_id)


def found_shop(scene: Scene, name: str, *, skus: Skus, marketplaces: Sequence[str]) -> Shop:
    """A seller joins, lets the application in, and fills its shelf."""
    with scene.market.write() as unit:
        account = join_seller(unit, name or f"Shop {unit.next_number('shops of a test') + 1}", marketplaces)
    with scene.market.write(account.seller_id) as unit:
        put_on_the_shelf(unit, skus, marketplaces, account.name)
        holder, refresh_token = let_in(unit, account, scene.application)
    scene.homes[account.seller_id] = marketplaces[0]
    return Shop(scene, account, holder, refresh_token, marketplace_id=marketplaces[0])
