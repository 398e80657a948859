"""Items of the catalog: found, shown, brought in."""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidArgument
from sellingpartner.contract.marketplaces import BY_COUNTRY, MARKETPLACES
from sellingpartner.market.catalog import questions as catalog
from sellingpartner.market.catalog.commands import add_item
from sellingpartner.market.catalog.identifiers import codes_of, shown
from sellingpartner.market.catalog.model import Item, NewItem
from sellingpartner.market.offers.questions import contest_of
from sellingpartner.market.product_types.questions import product_type
from sellingpartner.server.control.desk import Desk
from sellingpartner.storage.unit import UnitOfWork

US = BY_COUNTRY["US"].marketplace_id


def marketplace_known(marketplace_id: str | None) -> str:
    """A marketplace, the United States unless another is said; raises `InvalidInput` for what is none."""
    if marketplace_id is not None and marketplace_id not in MARKETPLACES:
        message = f"{marketplace_id} is not a marketplace; name one by its id, such as {US}."
        raise InvalidArgument(message)
    return marketplace_id or US


def find_products(desk: Desk, request: v1.FindProducts) -> v1.Products:
    """Find items by words."""
    here = marketplace_known(request.marketplace_id)
    query = catalog.Query(
        marketplace_id=here,
        keywords=(request.keywords,),
        brands=() if request.brand is None else (request.brand,),
    )
    with desk.market.read() as unit:
        page = catalog.search(unit, query)
        numbers = page.numbers[: request.limit]
        asins = catalog.asins_of(unit, numbers)
        items = catalog.items_of(unit, asins.values())
        return v1.Products(
            products=[_product(unit, items[asins[number]], here) for number in numbers], count=page.total
        )


def get_product(desk: Desk, request: v1.GetProduct) -> v1.Product:
    """One item."""
    with desk.market.read() as unit:
        item = catalog.item_of(unit, request.asin)
        here = request.marketplace_id or (US if item.is_in(US) else item.marketplaces[0])
        if not item.is_in(here):
            raise catalog.ItemUnknown(request.asin)
        return _product(unit, item, here)


def create_product(desk: Desk, request: v1.CreateProduct) -> v1.Product:
    """Bring an item into the catalog."""
    if product_type(request.product_type) is None:
        message = f"There is no product type {request.product_type}; PRODUCT takes everything."
        raise InvalidArgument(message)
    new = NewItem(
        product_type=request.product_type,
        title=request.title,
        brand=request.brand,
        gtin=request.gtin,
        marketplaces=tuple(request.marketplace_ids),
    )
    with desk.market.write() as unit:
        item = add_item(unit, new)
        return _product(unit, item, US if item.is_in(US) else item.marketplaces[0])


def _product(unit: UnitOfWork, item: Item, marketplace_id: str) -> v1.Product:
    ranks = catalog.rank_of(unit, item.asin, marketplace_id)
    path = catalog.classification_path(item.classification_id) if item.classification_id else ()
    return v1.Product(
        asin=item.asin,
        title=item.title(marketplace_id),
        brand=item.brand,
        product_type=item.product_type,
        marketplace_ids=list(item.marketplaces),
        classification=item.classification_id if path else None,
        rank=None if ranks is None else ranks.rank,
        offer_count=sum(each.offer.is_available for each in contest_of(unit, marketplace_id, item.asin).contenders),
        identifiers=[
            f"{kind.value} {number}"
            for code in codes_of(item.attributes, marketplace_id)
            for kind, number in shown(code)
        ],
        parent_asin=item.parent_asin,
        child_asins=catalog.children_of(unit, item.asin, marketplace_id),
        updated_at=item.updated_at,
    )
