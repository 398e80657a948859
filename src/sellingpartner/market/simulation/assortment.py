"""What a simulated shop sells: products with the seller's SKUs, channels and prices, the same for the same seed."""

from __future__ import annotations

from functools import cache
from random import Random

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.catalog.commands import add_items
from sellingpartner.market.catalog.model import NewItem
from sellingpartner.market.inventory.commands import receive_many
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.listings.commands import list_items
from sellingpartner.market.listings.model import FulfillmentChannel, NewListing
from sellingpartner.market.simulation.demand import Shelf, shelf_of
from sellingpartner.market.simulation.products import Product, invent_products
from sellingpartner.market.simulation.products_prices import price_in
from sellingpartner.market.simulation.products_skus import sku_of
from sellingpartner.market.time.chance import number_of
from sellingpartner.storage.unit import UnitOfWork

AMAZON_FULFILLS = 0.55
"""The share of articles that lie in fulfillment centers."""

SOLD_ABROAD = 0.6
"""The share of articles that are also offered in a marketplace that is not the shop's first."""

_WEEKS_IN_STOCK = 6
_LEAST_IN_STOCK = 12


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """One product as a shop sells it. Prices are minor units, by marketplace."""

    sku: str
    product: Product
    channel: FulfillmentChannel
    handling_days: int
    prices: dict[str, int]

    @property
    def place(self) -> Place:
        """Where its units lie."""
        return Place.FBA if self.channel is FulfillmentChannel.AFN else Place.SELLER


class Counter(msgspec.Struct, frozen=True):
    """What buyers find in one marketplace."""

    articles: tuple[Article, ...]
    shelf: Shelf


class Assortment(msgspec.Struct, frozen=True):
    """All that a shop sells, and what of it in which marketplace."""

    articles: tuple[Article, ...]
    counters: dict[str, Counter]
    popularity: float
    """Of all articles together."""

    def target_stock(self, article: Article, orders_per_day: float) -> int:
        """How many units a shop with so many orders wants to have: some weeks of what is bought."""
        share = article.product.popularity / self.popularity
        return max(_LEAST_IN_STOCK, round(orders_per_day * 7 * _WEEKS_IN_STOCK * share * 1.3))


@cache
def assortment(seed: int, size: int, marketplace_ids: tuple[str, ...]) -> Assortment:
    """The articles of a shop of this size in these marketplaces; the first one is its home."""
    chance = Random(number_of(seed, "assortment", size))  # noqa: S311 - invents a demo, keeps no secret
    products = invent_products(number_of(seed, "products"), size)
    articles = tuple(_article(chance, product, number, marketplace_ids) for number, product in enumerate(products))
    counters = {}
    for marketplace_id in marketplace_ids:
        offered = tuple(article for article in articles if marketplace_id in article.prices)
        counters[marketplace_id] = Counter(offered, shelf_of(article.product.popularity for article in offered))
    return Assortment(articles, counters, sum(article.product.popularity for article in articles))


def _article(chance: Random, product: Product, number: int, marketplace_ids: tuple[str, ...]) -> Article:
    home, *abroad = marketplace_ids
    offered_in = [home, *(marketplace_id for marketplace_id in abroad if chance.random() < SOLD_ABROAD)]
    # What needs a vet's prescription is for the seller to check and to ship.
    by_amazon = not product.is_regulated and chance.random() < AMAZON_FULFILLS
    return Article(
        sku=sku_of(chance, product, number),
        product=product,
        channel=FulfillmentChannel.AFN if by_amazon else FulfillmentChannel.MFN,
        handling_days=chance.choice((1, 1, 2, 2, 3)),
        prices={
            marketplace_id: price_in(MARKETPLACES[marketplace_id].currency, product.list_price_minor, chance)
            for marketplace_id in offered_in
        },
    )


def put_on_sale(unit: UnitOfWork, goods: Assortment, orders_per_day: float) -> None:
    """Bring a whole assortment into the catalog, the seller's listings and the stock."""
    asins = add_items(unit, [_item(article.product) for article in goods.articles])
    list_items(
        unit,
        [
            _listing(article, asin, marketplace_id, minor)
            for article, asin in zip(goods.articles, asins, strict=True)
            for marketplace_id, minor in article.prices.items()
        ],
    )
    for place in Place:
        first = [
            (article.sku, goods.target_stock(article, orders_per_day))
            for article in goods.articles
            if article.place is place
        ]
        receive_many(unit, first, place, reference="opening stock")


def _item(product: Product) -> NewItem:
    return NewItem(
        product_type=product.product_type,
        title=product.title,
        brand=product.brand,
        bullet_points=product.bullet_points,
        description=product.description,
        color=product.color,
        size=product.size,
        material=product.material,
        browse_node_id=product.browse_node_id,
        gtin=product.gtin,
        weight_grams=product.weight_grams,
        length_mm=product.length_mm,
        width_mm=product.width_mm,
        height_mm=product.height_mm,
        list_price=Money(product.list_price_minor, "USD"),
        variation_theme=product.variation_theme,
    )


def _listing(article: Article, asin: str, marketplace_id: str, minor: int) -> NewListing:
    return NewListing(
        sku=article.sku,
        marketplace_id=marketplace_id,
        asin=asin,
        price=Money(minor, MARKETPLACES[marketplace_id].currency),
        fulfillment_channel=article.channel,
        handling_days=article.handling_days,
        is_regulated=article.product.is_regulated,
    )
