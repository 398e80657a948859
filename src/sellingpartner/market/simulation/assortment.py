"""What a simulated shop sells: products with the seller's SKUs, channels and prices, the same for the same seed."""

from __future__ import annotations

from collections.abc import Sequence
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
from sellingpartner.market.simulation.goods import Article, goods_of, keep_goods
from sellingpartner.market.simulation.products import Product, invent_products
from sellingpartner.market.simulation.products_prices import price_in
from sellingpartner.market.simulation.products_skus import sku_of
from sellingpartner.market.time.chance import number_of
from sellingpartner.storage.unit import UnitOfWork

AMAZON_FULFILLS = 0.55
"""The share of articles that lie in fulfillment centers."""

SOLD_ABROAD = 0.6
"""The share of articles that are also offered in a marketplace that is not the shop's first."""


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """An article with the product that it is."""

    article: Article
    product: Product
    handling_days: int


def assortment(seed: int, size: int, marketplace_ids: Sequence[str]) -> tuple[Offered, ...]:
    """What a shop of this size offers in these marketplaces; the first one is its home."""
    chance = Random(number_of(seed, "assortment", size))  # noqa: S311 - invents a demo, keeps no secret
    products = invent_products(number_of(seed, "products"), size)
    return tuple(_offered(chance, product, number, marketplace_ids) for number, product in enumerate(products))


def _offered(chance: Random, product: Product, number: int, marketplace_ids: Sequence[str]) -> Offered:
    home, *abroad = marketplace_ids
    offered_in = [home, *(marketplace_id for marketplace_id in abroad if chance.random() < SOLD_ABROAD)]
    # What needs a vet's prescription is for the seller to check and to ship.
    by_amazon = not product.is_regulated and chance.random() < AMAZON_FULFILLS
    sku = sku_of(chance, product, number)
    handling_days = chance.choice((1, 1, 2, 2, 3))
    article = Article(
        sku=sku,
        channel=FulfillmentChannel.AFN if by_amazon else FulfillmentChannel.MFN,
        is_regulated=product.is_regulated,
        popularity=product.popularity,
        prices={
            marketplace_id: price_in(MARKETPLACES[marketplace_id].currency, product.list_price_minor, chance)
            for marketplace_id in offered_in
        },
    )
    return Offered(article=article, product=product, handling_days=handling_days)


def put_on_sale(unit: UnitOfWork, offers: Sequence[Offered], orders_per_day: float) -> str:
    """Bring a whole assortment into the catalog, the listings and the stock; returns the digest of the goods."""
    asins = add_items(unit, [_item(offered.product) for offered in offers])
    list_items(
        unit,
        [
            _listing(offered, asin, marketplace_id, minor)
            for offered, asin in zip(offers, asins, strict=True)
            for marketplace_id, minor in offered.article.prices.items()
        ],
    )
    digest = keep_goods(unit, [offered.article for offered in offers])
    goods = goods_of(unit, digest)
    for place in Place:
        first = [
            (article.sku, goods.target_stock(article, orders_per_day))
            for article in goods.articles
            if article.place is place
        ]
        receive_many(unit, first, place, reference="opening stock")
    return digest


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


def _listing(offered: Offered, asin: str, marketplace_id: str, minor: int) -> NewListing:
    article = offered.article
    return NewListing(
        sku=article.sku,
        marketplace_id=marketplace_id,
        asin=asin,
        price=Money(minor, MARKETPLACES[marketplace_id].currency),
        fulfillment_channel=article.channel,
        handling_days=offered.handling_days,
        is_regulated=article.is_regulated,
    )
