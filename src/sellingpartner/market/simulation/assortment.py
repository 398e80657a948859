"""What a simulated shop sells: products with the seller's SKUs, channels and prices, the same for the same seed."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts.questions import participations_of
from sellingpartner.market.amounts import Money
from sellingpartner.market.catalog.commands import create_items
from sellingpartner.market.inventory.commands import receive_many
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.listings.commands import list_items
from sellingpartner.market.listings.model import FulfillmentChannel, NewListing
from sellingpartner.market.simulation.goods import Article, goods_of, keep_goods
from sellingpartner.market.simulation.products import Product, invent_catalog
from sellingpartner.market.simulation.products_described import Placed, item_of, parents_of, vendor_of
from sellingpartner.market.simulation.products_prices import price_in
from sellingpartner.market.simulation.products_skus import sku_of
from sellingpartner.market.time.chance import number_of
from sellingpartner.storage.unit import UnitOfWork

AMAZON_FULFILLS = 0.55
"""The share of articles that lie in fulfillment centers."""

SOLD_ABROAD = 0.6
"""The share of articles that are also offered in a marketplace that is not the shop's first."""


MADE_FOR_ABROAD = 0.4
"""The share of others' products that a marketplace besides the first one has."""

SUPPLIED_BY_VENDORS = 8
"""Every so manieth of others' products is supplied by a vendor."""

MONTHLY_SALES_OF_OTHERS = 4_000
"""Assumed: how often what others make is bought in a month, by its popularity; it decides ranks alone."""


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """An article with the product that it is."""

    article: Article
    product: Product
    handling_days: int


class Assortment(msgspec.Struct, frozen=True):
    """What a shop offers, and what else the catalog has: products that others make."""

    offers: tuple[Offered, ...]
    others: tuple[Placed, ...]


def assortment(seed: int, size: int, marketplace_ids: Sequence[str], items: int = 0) -> Assortment:
    """What a shop of this size offers in these marketplaces, and what others make; the first one is its home."""
    chance = Random(number_of(seed, "assortment", size))  # noqa: S311 - invents a demo, keeps no secret
    products, others = invent_catalog(number_of(seed, "products"), size, items)
    home, *abroad = marketplace_ids
    return Assortment(
        tuple(_offered(chance, product, number, marketplace_ids) for number, product in enumerate(products)),
        tuple(
            Placed(
                product,
                (home, *(marketplace_id for marketplace_id in abroad if chance.random() < MADE_FOR_ABROAD)),
                product.popularity * MONTHLY_SALES_OF_OTHERS,
            )
            for product in others
        ),
    )


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


def put_on_sale(unit: UnitOfWork, wanted: Assortment, orders_per_day: float) -> str:
    """Bring a whole assortment into the catalog, the listings and the stock; returns the digest of the goods."""
    asins = _bring_into_catalog(unit, wanted, orders_per_day)
    list_items(
        unit,
        [
            _listing(offered, asin, marketplace_id, minor)
            for offered, asin in zip(wanted.offers, asins, strict=True)
            for marketplace_id, minor in offered.article.prices.items()
        ],
    )
    digest = keep_goods(unit, [offered.article for offered in wanted.offers])
    goods = goods_of(unit, digest)
    for place in Place:
        first = [
            (article.sku, goods.target_stock(article, orders_per_day))
            for article in goods.articles
            if article.place is place
        ]
        receive_many(unit, first, place, reference="opening stock")
    return digest


def _bring_into_catalog(unit: UnitOfWork, wanted: Assortment, orders_per_day: float) -> list[str]:
    """Create the items of all products; returns the ASINs of those that the shop offers."""
    entered = tuple(one.marketplace_id for one in participations_of(unit, unit.seller_id))
    everything = sum(offered.article.popularity for offered in wanted.offers)
    per_month = orders_per_day * 30 / everything if everything else 0.0
    own = [Placed(one.product, entered, one.article.popularity * per_month) for one in wanted.offers]
    placed = [*own, *wanted.others]
    parents = parents_of(placed)
    families = dict(zip(parents, create_items(unit, list(parents.values())), strict=True))
    items = [item_of(one, families) for one in placed]
    for number in range(len(own), len(items), SUPPLIED_BY_VENDORS):
        items[number] = msgspec.structs.replace(items[number], vendor=vendor_of(placed[number].product))
    return create_items(unit, items)[: len(own)]


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
