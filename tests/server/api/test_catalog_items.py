"""The catalog as the three versions of its API show it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import pytest

from sellingpartner.contract.catalog_items_2020_12_01 import (
    GetCatalogItem as GetCatalogItem2020,
)
from sellingpartner.contract.catalog_items_2020_12_01 import (
    GetCatalogItemIncludedData,
    VariationType,
)
from sellingpartner.contract.catalog_items_2020_12_01 import SearchCatalogItems as SearchCatalogItems2020
from sellingpartner.contract.catalog_items_2022_04_01 import (
    GetCatalogItem,
    IdentifiersType,
    IncludedData,
    Item,
    ItemBrowseClassification,
    ItemSearchResults,
    SearchCatalogItems,
)
from sellingpartner.contract.catalog_items_v0 import GetCatalogItem as GetCatalogItemV0
from sellingpartner.contract.catalog_items_v0 import ListCatalogCategories, ListCatalogItems
from sellingpartner.contract.errors import InvalidInput, NotFound, Unauthorized
from sellingpartner.market.attributes import Attributes, Entry
from sellingpartner.market.catalog.commands import add_items, create_item, create_items, relate
from sellingpartner.market.catalog.model import NewCatalogItem, NewItem, VendorDetails
from sellingpartner.market.catalog.ranks import count_sale
from sellingpartner.testing import Caller, TestMarket

T = TypeVar("T")

US, CA, DE = "ATVPDKIKX0DER", "A2EUQ1WTGCTBG2", "A1PA6795UKMFR9"
MUGS = "9003100121"
SKU = "MUG/50% +:#"
BOX: Entry = {
    "length": {"value": 10, "unit": "inches"},
    "width": {"value": 50.8, "unit": "millimeters"},
    "height": {"value": 3, "unit": "inches"},
}
MUG: Attributes = {
    "item_name": [{"value": "Blue Mug"}, {"value": "Tasse bleue", "marketplace_id": CA, "language_tag": "fr_CA"}],
    "brand": [{"value": "Pinecove"}],
    "bullet_point": [{"value": "Holds 350 ml"}],
    "color": [{"value": "Blue"}],
    "model_number": [{"value": "HB-1"}],
    "product_site_launch_date": [{"value": "2026-03-01"}],
    "externally_assigned_product_identifier": [{"type": "upc", "value": "012345600012"}],
    "item_dimensions": [BOX],
    "item_package_weight": [{"value": 453.59237, "unit": "grams"}],
    "swatch_product_image_locator": [{"media_location": "https://images.example/swatch.jpg"}],
}
VENDOR = VendorDetails(brand_code="HRBR", product_category=("79", "Kitchen"), replenishment_category="NEW_PRODUCT")


@pytest.fixture
def market(database_url: str) -> Iterator[TestMarket]:
    made = TestMarket(database_url, marketplaces=(US, CA))
    yield made
    made.close()


@pytest.fixture
def mug(market: TestMarket) -> str:
    """A mug that the seller lists, in a family, with a sale."""
    with market.market.write(market.seller_account.seller_id) as unit:
        new = NewCatalogItem(product_type="MUG", attributes=MUG, marketplaces=(US, CA), vendor=VENDOR)
        asin = create_item(unit, new)
        count_sale(unit, asin, US, 2, unit.now)
    market.lists(SKU, 1999, asin=asin)
    return asin


def held(values: list[T] | None) -> list[T]:
    assert values is not None
    return values


def read(seller: Caller, asin: str, *data: IncludedData, places: Sequence[str] = (US,), **more: Any) -> Item:  # noqa: ANN401 - fields
    return seller.send(
        GetCatalogItem(asin=asin, marketplace_ids=list(places), included_data=list(data) or None, **more)
    )


def search(seller: Caller, **asked: Any) -> ItemSearchResults:  # noqa: ANN401 - fields of the request
    return seller.send(SearchCatalogItems(**({"marketplace_ids": [US]} | asked)))


def asins(found: ItemSearchResults) -> list[str]:
    return [item.asin for item in found.items]


def test_an_item_shows_exactly_what_is_asked_for(mug: str, market: TestMarket) -> None:
    raw = market.seller.call("GET", f"/catalog/2022-04-01/items/{mug}?marketplaceIds={US}&includedData=productTypes")
    whole = read(market.seller, mug, *IncludedData)

    assert raw.json() == {"asin": mug, "productTypes": [{"marketplaceId": US, "productType": "MUG"}]}
    assert {name for name in Item.__struct_fields__ if getattr(whole, name) is None} == set()


def test_an_item_is_summed_up_in_each_marketplace_that_has_it(mug: str, market: TestMarket) -> None:
    us, ca = held(read(market.seller, mug, places=(US, CA)).summaries)
    (french,) = held(read(market.seller, mug, places=(CA,), locale="fr_CA").summaries)

    assert (us.marketplace_id, us.item_name, us.brand, us.color, us.model_number) == (
        US, "Blue Mug", "Pinecove", "Blue", "HB-1",
    )  # fmt: skip
    assert (ca.item_name, french.item_name) == ("Blue Mug", "Tasse bleue")
    assert us.browse_classification is not None
    assert us.browse_classification.display_name == "Coffee Mugs"
    assert (us.website_display_group, us.website_display_group_name) == ("home_display_on_website", "Home")
    assert (str(us.release_date), us.package_quantity, us.adult_product) == ("2026-03-01", 1, False)


def test_every_set_of_data_says_what_the_catalog_has(mug: str, market: TestMarket) -> None:
    item = read(market.seller, mug, *IncludedData)

    assert item.attributes is not None
    assert item.attributes["item_name"] == [{"language_tag": "en_US", "value": "Blue Mug", "marketplace_id": US}]
    assert item.attributes["externally_assigned_product_identifier"][0]["marketplace_id"] == US
    (sizes,) = held(item.dimensions)
    assert sizes.item is not None
    assert sizes.package is not None
    assert [(side.unit, str(side.value)) for side in (sizes.item.length, sizes.item.width) if side] == [
        ("inches", "10"), ("inches", "2"),
    ]  # fmt: skip
    assert sizes.package.weight is not None
    assert (sizes.package.weight.unit, str(sizes.package.weight.value)) == ("pounds", "1")
    (numbers,) = held(item.identifiers)
    assert {one.identifier_type: one.identifier for one in numbers.identifiers} == {
        "EAN": "0012345600012", "GTIN": "00012345600012", "UPC": "012345600012",
    }  # fmt: skip
    (vendor,) = held(item.vendor_details)
    assert (vendor.brand_code, vendor.product_category and vendor.product_category.value) == ("HRBR", "79")
    (tree,) = held(item.classifications)
    place: ItemBrowseClassification | None = held(tree.classifications)[0]
    names = []
    while place is not None:
        names.append(place.display_name)
        place = place.parent
    assert names == ["Coffee Mugs", "Cups & Mugs", "Dining & Entertaining", "Kitchen & Dining", "Home & Kitchen"]


def test_ranks_are_those_of_the_moment(mug: str, market: TestMarket) -> None:
    (before,) = held(read(market.seller, mug, IncludedData.SALES_RANKS).sales_ranks)
    with market.market.write() as unit:
        (rival,) = add_items(unit, [NewItem(product_type="MUG", title="Rival", brand="B", marketplaces=(US,))])
        count_sale(unit, rival, US, 9, unit.now)
    (after,) = held(read(market.seller, mug, IncludedData.SALES_RANKS, places=(US, CA)).sales_ranks)

    for shown, rank in ((before, 1), (after, 2)):
        (group,), (below,) = held(shown.display_group_ranks), held(shown.classification_ranks)
        assert (group.website_display_group, group.title, group.rank) == ("home_display_on_website", "Home", rank)
        assert (below.classification_id, below.title, below.rank) == (MUGS, "Coffee Mugs", rank)
        assert below.link == f"http://www.amazon.com/gp/bestsellers/home/{MUGS}"


def test_parent_and_child_name_each_other_in_every_version(mug: str, market: TestMarket) -> None:
    with market.market.write() as unit:
        parent, other = create_items(
            unit, [NewCatalogItem(product_type="MUG", attributes=MUG, marketplaces=(US,)) for _ in range(2)]
        )
        relate(unit, parent, mug, "SIZE/COLOR")
        relate(unit, parent, other, "SIZE/COLOR")
    variations = GetCatalogItemIncludedData.VARIATIONS

    (above,) = held(read(market.seller, parent, IncludedData.RELATIONSHIPS).relationships)
    us, ca = held(read(market.seller, mug, IncludedData.RELATIONSHIPS, places=(US, CA)).relationships)
    old = market.seller.send(GetCatalogItem2020(asin=mug, marketplace_ids=[US], included_data=[variations]))
    oldest = market.seller.send(GetCatalogItemV0(asin=parent, marketplace_id=US)).payload

    assert above.relationships[0].child_asins == sorted([mug, other])
    assert us.relationships[0].parent_asins == [parent]
    theme = us.relationships[0].variation_theme
    assert theme is not None
    assert (theme.theme, theme.attributes) == ("SIZE/COLOR", ["size", "color"])
    assert ca.relationships == []
    assert [(one.asins, one.variation_type) for one in old.variations or ()] == [([parent], VariationType.CHILD)]
    assert oldest is not None
    assert len(oldest.relationships or ()) == 2


@pytest.mark.parametrize(
    ("kind", "value"),
    [("UPC", "012345600012"), ("EAN", "0012345600012"), ("GTIN", "00012345600012"), ("SKU", SKU), ("ASIN", None)],
)
def test_an_item_is_found_by_each_of_its_numbers(mug: str, market: TestMarket, kind: str, value: str | None) -> None:
    seller_id = market.seller_account.seller_id
    found = search(
        market.seller, identifiers=[value or mug], identifiers_type=IdentifiersType(kind), seller_id=seller_id
    )

    assert (asins(found), found.number_of_results, found.refinements) == ([mug], 1, None)


def test_what_no_number_names_is_absent(mug: str, market: TestMarket) -> None:
    for kind, value in (("UPC", "036000291452"), ("ASIN", "B000000000"), ("MINSAN", "012345678"), ("SKU", "NONE")):
        asked = {"identifiers": [value], "identifiers_type": IdentifiersType(kind)}
        found = search(market.seller, **asked, seller_id=market.seller_account.seller_id)
        assert (found.items, found.number_of_results) == ([], 0)


def test_words_find_items_and_tell_how_to_narrow_them(mug: str, market: TestMarket) -> None:
    found = search(market.seller, keywords=["blue", "mugs", "kitchen"], included_data=[IncludedData.SUMMARIES])

    assert mug in asins(found)
    assert found.refinements is not None
    assert ("Pinecove", 1) in [(one.brand_name, one.number_of_results) for one in found.refinements.brands]
    assert [one.display_name for one in found.refinements.classifications] == ["Coffee Mugs"]
    narrowed = search(market.seller, keywords=["mug"], brand_names=["PINECOVE"], classification_ids=[MUGS])
    assert asins(narrowed) == [mug]
    assert asins(search(market.seller, keywords=["mug"], brand_names=["Other"])) == []


def test_pages_hold_still_while_the_catalog_changes(market: TestMarket) -> None:
    with market.market.write() as unit:
        new = [NewItem(product_type="MUG", title=f"Tidepool {n}", brand="B", marketplaces=(US,)) for n in range(45)]
        made = add_items(unit, new)
    token, seen, pages = None, [], []
    while True:
        page = search(market.seller, keywords=["tidepool"], page_size=20, page_token=token)
        pages.append(asins(page))
        seen += asins(page)
        assert page.number_of_results == 45
        with market.market.write() as unit:
            count_sale(unit, made[44], US, 5, unit.now)
            add_items(unit, [NewItem(product_type="MUG", title="Tidepool new", brand="B", marketplaces=(US,))])
        token = page.pagination and page.pagination.next_token
        if token is None:
            break

    assert seen == made
    assert [len(page) for page in pages] == [20, 20, 5]
    assert page.pagination is not None
    back = search(market.seller, keywords=["tidepool"], page_size=20, page_token=page.pagination.previous_token)
    assert asins(back) == pages[1]
    assert asins(search(market.seller, keywords=["tidepool"]))[0] == made[44]


def test_the_older_versions_show_the_same_catalog(mug: str, market: TestMarket) -> None:
    every = list(GetCatalogItemIncludedData)
    old = market.seller.send(GetCatalogItem2020(asin=mug, marketplace_ids=[US], included_data=every))
    found = market.seller.send(SearchCatalogItems2020(keywords=["blue mug"], marketplace_ids=[US]))
    oldest = market.seller.send(GetCatalogItemV0(asin=mug, marketplace_id=US)).payload
    categories = market.seller.send(ListCatalogCategories(marketplace_id=US, seller_sku=SKU)).payload

    (summary,), (numbers,), (ranks,) = held(old.summaries), held(old.identifiers), held(old.sales_ranks)
    assert (summary.item_name, summary.brand_name, summary.browse_node) == ("Blue Mug", "Pinecove", MUGS)
    assert {one.identifier_type for one in numbers.identifiers} == {"ean", "gtin", "upc"}
    assert [(one.title, one.rank) for one in ranks.ranks] == [("Home", 1), ("Coffee Mugs", 1)]
    assert mug in [item.asin for item in found.items]
    assert oldest is not None
    (said,) = held(oldest.attribute_sets)
    assert (said.title, said.brand, said.feature, said.product_group) == (
        "Blue Mug",
        "Pinecove",
        ["Holds 350 ml"],
        "Home",
    )
    assert said.small_image is not None
    assert [rank.rank for rank in oldest.sales_rankings or ()] == [1, 1]
    assert categories is not None
    assert (categories[0].product_category_id, categories[0].product_category_name) == (MUGS, "Coffee Mugs")
    assert (categories[0].parent or {})["ProductCategoryName"] == "Cups & Mugs"
    for asked in ({"query": "blue mug pinecove"}, {"seller_sku": SKU}, {"upc": "012345600012"}):
        listed = market.seller.send(ListCatalogItems(marketplace_id=US, **asked)).payload
        assert listed is not None
        assert len(listed.items or ()) == 1


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("keywords=a&identifiers=B000000000&identifiersType=ASIN", "exclude each other"),
        ("identifiers=B000000000", "identifiersType is missing"),
        ("identifiers=" + ",".join(["B000000000"] * 21) + "&identifiersType=ASIN", "at most 20 values; 21 were sent"),
        ("keywords=" + ",".join("abcdefghijklmnopqrstu"), "at most 20 values; 21 were sent"),
        ("identifiers=012345600013&identifiersType=UPC", "its last digit would have to be 2"),
        ("identifiers=0306406153&identifiersType=ISBN", "its last character would have to be 2"),
        ("identifiers=b0&identifiersType=ASIN", "is not an ASIN"),
        ("identifiers=X&identifiersType=SKU", "sellerId is missing"),
        ("identifiers=X&identifiersType=ISSN", "Parameter identifiersType is invalid"),
        ("identifiers=B000000000&identifiersType=ASIN&brandNames=a", "brandNames narrows keywords"),
        ("identifiers=B000000000&identifiersType=ASIN&classificationIds=1", "classificationIds narrows keywords"),
        ("keywords=a&pageSize=21", "at most 20"),
        ("keywords=a&pageSize=0", "from 1 to 20"),
        ("keywords=a&pageToken=abc", "pageToken is not one that this search returned"),
        ("keywords=a&locale=xx_XX", "locale is 'xx_XX'"),
        ("keywords=a&keywordsLocale=english", "keywordsLocale is 'english'"),
        ("keywords=a&includedData=everything", "Parameter includedData is invalid"),
        ("", "identifiers with identifiersType, or keywords"),
    ],
)
def test_a_search_that_makes_no_sense_is_refused_with_what_would(seller: Caller, asked: str, said: str) -> None:
    reply = seller.call("GET", f"/catalog/2022-04-01/items?marketplaceIds={US}&{asked}")

    (error,) = reply.json()["errors"]
    assert (reply.status, error["code"]) == (400, "InvalidInput")
    assert said in error["message"] + error["details"]


@pytest.mark.parametrize("places", [f"{US},{CA}", "NOWHERE", DE])
def test_a_search_is_in_one_marketplace_of_the_sellers(seller: Caller, places: str) -> None:
    reply = seller.call("GET", f"/catalog/2022-04-01/items?marketplaceIds={places}&keywords=a")

    assert reply.status in {400, 403}


def test_a_token_of_another_search_is_refused(market: TestMarket) -> None:
    with market.market.write() as unit:
        new = [NewItem(product_type="MUG", title=f"Pebble {n}", brand="B", marketplaces=(US,)) for n in range(11)]
        add_items(unit, new)
    page = search(market.seller, keywords=["pebble"])
    assert page.pagination is not None
    other = market.join("Other", (US,))
    stranger = market.caller(seller=other)

    for caller, asked in (
        (market.seller, {"keywords": ["pebbles and more"]}),
        (market.seller, {"keywords": ["pebble"], "brand_names": ["B"]}),
        (market.seller, {"keywords": ["pebble"], "marketplace_ids": [CA]}),
        (stranger, {"keywords": ["pebble"]}),
    ):
        with pytest.raises(InvalidInput, match="cannot be parsed"):
            search(caller, page_token=page.pagination.next_token, **asked)


def test_what_is_not_there_is_not_found_in_amazons_words(mug: str, market: TestMarket) -> None:
    with market.market.write() as unit:
        (american,) = add_items(unit, [NewItem(product_type="MUG", title="M", brand="B", marketplaces=(US,))])

    for asin, places in (("B000000000", [US, CA]), (american, [CA]), ("nonsense", [US])):
        said = rf"Requested item, {asin}, not found in marketplace\(s\) \[{', '.join(places)}\]\."
        with pytest.raises(NotFound, match=said) as refused:
            read(market.seller, asin, places=places)
        assert refused.value.code == "NOT_FOUND"
    assert len(read(market.seller, american, places=(US, CA)).summaries or ()) == 1


def test_skus_are_asked_for_by_their_own_seller_alone(mug: str, market: TestMarket) -> None:
    with pytest.raises(Unauthorized):
        search(market.seller, identifiers=[SKU], identifiers_type=IdentifiersType.SKU, seller_id="A1OTHER")


@pytest.mark.parametrize("asked", ["", "Query=mug&UPC=012345600012", "UPC=012345600013", "SellerSKU="])
def test_the_oldest_version_wants_one_thing_to_look_for(seller: Caller, asked: str) -> None:
    reply = seller.call("GET", f"/catalog/v0/items?MarketplaceId={US}&{asked}")

    assert (reply.status, reply.json()["errors"][0]["code"]) == (400, "InvalidInput")


@pytest.mark.parametrize("asked", ["", "ASIN=B000000000&SellerSKU=X", "SellerSKU=NOT-THERE"])
def test_categories_are_those_of_one_item(seller: Caller, asked: str) -> None:
    reply = seller.call("GET", f"/catalog/v0/categories?MarketplaceId={US}&{asked}")

    assert (reply.status, reply.json()["errors"][0]["code"]) == (400, "InvalidInput")
