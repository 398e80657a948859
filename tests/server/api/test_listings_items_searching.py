from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from shopkeeper import CA, US, Shop, mug, offer, stock

from sellingpartner.contract import listings_items_2021_08_01 as api
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import START

BARCODE = "4006381333931"
SHELF = ["FLEA-DROPS", "LAMP-OAK", "MUG-BLUE", "MUG-RED", "TEA/50 G&B 100%"]


@pytest.fixture
def shop(market: TestMarket) -> Shop:
    return Shop(market)


def search(shop: Shop, **asked: Any) -> api.ItemSearchResults:  # noqa: ANN401 - fields of the request
    said: dict[str, Any] = {"seller_id": shop.seller.seller_id, "marketplace_ids": [US]}
    return shop.seller.send(api.SearchListingsItems(**(said | asked)))


def skus(shop: Shop, **asked: Any) -> list[str]:  # noqa: ANN401 - fields of the request
    return [item.sku for item in search(shop, **asked).items]


def tokens(found: api.ItemSearchResults) -> tuple[str | None, str | None]:
    return (None, None) if found.pagination is None else (found.pagination.next_token, found.pagination.previous_token)


def test_the_latest_change_comes_first_by_default(shop: Shop, market: TestMarket) -> None:
    market.advance(hours=1)
    shop.patch("MUG-RED", ("replace", "purchasable_offer", offer(9)), product_type="PRODUCT")

    found = search(shop)

    assert (found.number_of_results, found.items[0].sku, found.pagination) == (5, "MUG-RED", None)
    assert [item.sku for item in found.items[1:]] == sorted(set(SHELF) - {"MUG-RED"}, reverse=True)
    assert all(item.summaries and item.attributes is None for item in found.items)
    assert skus(shop, sort_by="sku", sort_order="ASC") == SHELF
    assert skus(shop, sort_by="sku") == SHELF[::-1]


@pytest.mark.parametrize("sort_by", ["sku", "createdDate", "lastUpdatedDate"])
@pytest.mark.parametrize("sort_order", ["ASC", "DESC"])
def test_pages_lead_there_and_back_while_listings_come_and_go(
    shop: Shop, market: TestMarket, sort_by: str, sort_order: str
) -> None:
    for number in range(4):
        shop.put(f"N{number}")
        market.advance(minutes=1)
    order = {"sort_by": sort_by, "sort_order": sort_order}
    everything = skus(shop, **order)
    assert len(everything) == 9

    page = search(shop, page_size=2, **order)
    there = [item.sku for item in page.items]
    shop.delete(everything[0])  # what lies behind changes nothing ahead
    while (token := tokens(page)[0]) is not None:
        page = search(shop, page_size=2, page_token=token, **order)
        there += [item.sku for item in page.items]
    back = [item.sku for item in page.items]
    while (token := tokens(page)[1]) is not None:
        page = search(shop, page_size=2, page_token=token, **order)
        back[:0] = [item.sku for item in page.items]

    assert (there, back) == (everything, everything[1:])


def test_a_page_token_of_another_search_or_none_at_all_is_refused(shop: Shop, market: TestMarket) -> None:
    token = tokens(search(shop, page_size=2))[0]
    assert token is not None
    rival = Shop(market, market.caller(seller=market.join("Rival Goods")))

    for asked in ({"sort_by": "sku"}, {"with_status": ["BUYABLE"]}):
        with pytest.raises(InvalidInput, match="pageToken is not valid"):
            search(shop, page_token=token, **asked)
    for bad in (token[:-4] + "AAAA", "nonsense", "é"):
        with pytest.raises(InvalidInput, match="pageToken is not valid"):
            search(shop, page_token=bad)
    with pytest.raises(InvalidInput, match="pageToken is not valid"):
        search(rival, page_token=token)


def test_listings_are_found_by_whatever_identifies_them(shop: Shop, market: TestMarket) -> None:
    asin = shop.listed("A,B", mug(externally_assigned_product_identifier=[{"type": "ean", "value": BARCODE}]))
    label = (shop.get("LAMP-OAK").summaries or [])[0].fn_sku

    def by(kind: str, *identifiers: str) -> list[str]:
        return sorted(skus(shop, identifiers_type=kind, identifiers=list(identifiers)))

    assert by("SKU", "MUG-RED", "NONE", "MUG-BLUE") == ["MUG-BLUE", "MUG-RED"]
    assert by("ASIN", asin) == by("EAN", BARCODE) == by("GTIN", f"0{BARCODE}") == ["A,B"]
    assert by("FNSKU", str(label)) == ["LAMP-OAK"]
    assert by("EAN", "9780201379624") == []


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"identifiers": ["X"]}, "identifiers and identifiersType belong together"),
        ({"identifiers_type": "SKU"}, "identifiers and identifiersType belong together"),
        (
            {"identifiers": ["X"], "identifiers_type": "SKU", "variation_parent_sku": "Y"},
            "identifiers and variationParentSku exclude each other",
        ),
        ({"variation_parent_sku": "X", "package_hierarchy_sku": "Y"}, "exclude each other"),
        ({"identifiers": ["4006381333932"], "identifiers_type": "EAN"}, "its last digit would have to be 1"),
        ({"page_size": 0}, "pageSize must be from 1 to 20"),
        ({"page_size": 21}, "at most 20"),
        ({"identifiers": ["X"] * 21, "identifiers_type": "SKU"}, "at most 20 values"),
        ({"marketplace_ids": ["A1PA6795UKMFR9"]}, "is not a marketplace of this seller"),
    ],
)
def test_a_search_that_makes_no_sense_is_refused(shop: Shop, asked: dict[str, Any], why: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        search(shop, **asked)

    assert why in f"{refusal.value.message} {refusal.value.details}"


def test_status_issues_dates_and_families_filter(shop: Shop, market: TestMarket) -> None:
    market.advance(hours=1)
    family = [{"child_relationship_type": "variation", "parent_sku": "FAMILY"}]
    child: dict[str, Any] = {"parentage_level": [{"value": "child"}], "variation_theme": [{"name": "COLOR"}]}
    shop.listed("CHILD", mug(child_parent_sku_relationship=family, **child))
    shop.put("SOLD-OUT", mug(fulfillment_availability=stock(0)))
    shop.put("LOST", mug(merchant_suggested_asin=[{"value": "B000000000"}]))
    market.advance(seconds=31)
    begun = START + timedelta(minutes=30)

    assert sorted(skus(shop, with_status=["BUYABLE"])) == sorted([*SHELF, "CHILD"])
    assert sorted(skus(shop, with_status=["DISCOVERABLE"], without_status=["BUYABLE"])) == ["SOLD-OUT"]
    assert sorted(skus(shop, without_status=["DISCOVERABLE"])) == ["LOST"]
    assert skus(shop, with_issue_severity=["ERROR"]) == ["LOST"]
    assert skus(shop, with_issue_severity=["WARNING"]) == ["CHILD"]
    assert skus(shop, variation_parent_sku="FAMILY") == ["CHILD"]
    assert skus(shop, package_hierarchy_sku="FAMILY") == []
    assert sorted(skus(shop, created_after=begun)) == ["CHILD", "LOST", "SOLD-OUT"]
    assert sorted(skus(shop, created_before=begun, last_updated_before=begun)) == SHELF
    assert sorted(skus(shop, last_updated_after=begun, created_before=START)) == []


def test_a_case_and_what_it_holds_are_found_together(shop: Shop, market: TestMarket) -> None:
    shop.listed("UNIT")
    held = [{"sku": "UNIT", "quantity": 12}]
    size = {"unit": "inches", "value": 12}
    case = mug(
        package_level=[{"value": "case"}],
        package_contains_sku=held,
        item_package_dimensions=[{"length": size, "width": size, "height": size}],
        item_package_weight=[{"value": 12, "unit": "pounds"}],
    )
    shop.listed("CASE", case)

    assert skus(shop, package_hierarchy_sku="UNIT") == skus(shop, package_hierarchy_sku="UNIT") == ["CASE"]
    assert skus(shop, package_hierarchy_sku="CASE") == ["UNIT"]
    (inside,) = (shop.get("CASE").relationships or [])[0].relationships
    (outside,) = (shop.get("UNIT").relationships or [])[0].relationships
    assert (inside.type, inside.child_skus, outside.parent_skus) == ("PACKAGE_HIERARCHY", ["UNIT"], ["CASE"])


def test_nothing_found_is_an_empty_page(shop: Shop) -> None:
    found = search(shop, identifiers=["NONE"], identifiers_type="SKU")

    assert (found.number_of_results, found.items, found.pagination) == (0, [], None)


def test_a_sku_of_two_marketplaces_is_one_result_in_both_currencies() -> None:
    market = TestMarket(marketplaces=(US, CA))
    shop = Shop(market)
    asin = shop.listed("MINE", mug(purchasable_offer=offer(20)))
    assert shop.listed("MINE", mug(CA, purchasable_offer=offer(27, currency="CAD")), marketplace_ids=[CA]) == asin
    both = [US, CA]

    done = shop.patch(
        "MINE",
        (
            "replace",
            "purchasable_offer",
            [*offer(21, marketplace_id=US), *offer(29, currency="CAD", marketplace_id=CA)],
        ),
        marketplace_ids=both,
    )
    wrong = shop.patch(
        "MINE",
        ("replace", "purchasable_offer", [*offer(5, marketplace_id=US), *offer(6, currency="USD", marketplace_id=CA)]),
        marketplace_ids=both,
    )

    assert (done.status, wrong.status, [one.code for one in wrong.issues or []]) == ("ACCEPTED", "INVALID", ["4000001"])
    (item,) = search(
        shop, marketplace_ids=both, identifiers=["MINE"], identifiers_type="SKU", included_data=["offers"]
    ).items
    assert [(one.marketplace_id, one.price.amount) for one in item.offers or []] == [(US, "21.00"), (CA, "29.00")]
    assert len((shop.get("MINE", marketplace_ids=both).attributes or {})["fulfillment_availability"]) == 1
    shop.delete("MINE", CA)
    assert market.buys("MINE")
    market.close()
