from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.fba_inbound_eligibility_v1 import (
    GetItemEligibilityPreview,
    ItemEligibilityPreview,
    Program,
)
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.amounts import Money
from sellingpartner.market.attributes import Attributes, Entry
from sellingpartner.market.catalog.commands import create_item
from sellingpartner.market.catalog.model import ItemClassification, NewCatalogItem
from sellingpartner.market.listings.commands import list_item
from sellingpartner.market.listings.model import NewListing
from sellingpartner.market.listings.restrictions import (
    NewRestriction,
    RestrictionKind,
    delete_restriction,
    insert_restriction,
)
from sellingpartner.testing import TestMarket

US, CA, MX = (BY_COUNTRY[country].marketplace_id for country in ("US", "CA", "MX"))
SIDE: Entry = {"unit": "inches", "value": 4}
FIT: Attributes = {
    "item_name": [{"value": "Mug"}],
    "brand": [{"value": "Harbor"}],
    "item_package_dimensions": [{"length": dict(SIDE), "width": dict(SIDE), "height": dict(SIDE)}],
    "item_package_weight": [{"unit": "pounds", "value": 1}],
    "externally_assigned_product_identifier": [{"type": "upc", "value": "036000291452"}],
}
DANGER: Attributes = {"supplier_declared_dg_hz_regulation": [{"value": "transportation"}]}
BATTERIES: Attributes = {"batteries_required": [{"value": True}]}
USED: dict[str, object] = {"condition": "Used", "condition_subtype": "Good"}
Put = Callable[..., str]


@pytest.fixture(scope="module")
def market() -> Iterator[TestMarket]:
    made = TestMarket(marketplaces=(US, CA))
    yield made
    made.close()


@pytest.fixture(scope="module")
def put(market: TestMarket) -> Put:
    """Brings an item into the catalog, and lists it unless told otherwise."""

    def bring(attributes: Attributes, *, listed: bool = True, **more: object) -> str:
        terms = {name: more.pop(name) for name in ("condition", "condition_subtype", "is_regulated") if name in more}
        with market.market.write(market.seller_account.seller_id) as unit:
            asin = create_item(
                unit,
                NewCatalogItem(attributes=attributes, **({"product_type": "MUG", "marketplaces": (US,)} | more)),  # type: ignore[arg-type]  # its fields
            )
            if listed:
                offer = NewListing(sku=f"SKU {asin}", marketplace_id=US, asin=asin, price=Money(999, "USD"), **terms)  # type: ignore[arg-type]  # its fields
                list_item(unit, offer)
        return asin

    return bring


def preview(
    market: TestMarket, asin: str, program: Program = Program.INBOUND, *marketplaces: str
) -> ItemEligibilityPreview:
    asked = GetItemEligibilityPreview(asin=asin, program=program, marketplace_ids=list(marketplaces or (US,)))
    return market.seller.send(asked).payload


def test_what_is_listed_and_measured_may_be_sent(market: TestMarket, put: Put) -> None:
    asin = put(FIT)
    found = preview(market, asin)

    assert (found.asin, found.marketplace_id, found.program) == (asin, US, Program.INBOUND)
    assert (found.is_eligible_for_program, found.ineligibility_reason_list) == (True, None)


@pytest.mark.parametrize(
    ("attributes", "more", "codes"),
    [
        (FIT, {"listed": False}, ["0006", "0004"]),
        ({name: FIT[name] for name in ("item_name", "brand")}, {}, ["0004"]),
        ({name: FIT[name] for name in FIT if name != "item_package_weight"}, {}, ["0004"]),
        ({name: FIT[name] for name in FIT if name != "item_name"}, {}, ["0019"]),
        (FIT, {"marketplaces": (CA,), "listed": False}, ["0017"]),
        (FIT, {"item_classification": ItemClassification.VARIATION_PARENT}, ["0038"]),
        (FIT, USED, ["0056"]),
        (FIT, USED | {"product_type": "ABIS_BOOK"}, []),
        (FIT, {"is_regulated": True}, ["0051"]),
        (FIT | DANGER, {}, ["0009"]),
        (FIT | DANGER | {"hazmat": [{"aspect": "united_nations_regulatory_id", "value": "UN1993"}]}, {}, ["0016"]),
        (FIT | {"supplier_declared_dg_hz_regulation": [{"value": "not_applicable"}]}, {}, []),
        (FIT | BATTERIES, {}, ["0008"]),
        (FIT | BATTERIES | {"num_batteries": [{"quantity": 1, "type": "aa"}]}, {}, []),
        (FIT | DANGER | BATTERIES, {}, ["0009", "0008"]),
    ],
)
def test_each_reason_against_sending_an_item_has_its_code(
    market: TestMarket, put: Put, attributes: Attributes, more: dict[str, object], codes: list[str]
) -> None:
    found = preview(market, put(attributes, **more))

    assert found.is_eligible_for_program is not bool(codes)
    assert found.ineligibility_reason_list == ([f"FBA_INB_{code}" for code in codes] or None)


@pytest.mark.parametrize(("conditions", "codes"), [((), ["FBA_INB_0098"]), (("used_good",), None)])
def test_what_the_seller_may_not_list_it_may_not_send(
    market: TestMarket, put: Put, conditions: tuple[str, ...], codes: list[str] | None
) -> None:
    asin = put(FIT)
    new = NewRestriction(kind=RestrictionKind.ASIN, subject=asin, conditions=conditions)
    with market.market.write(market.seller_account.seller_id) as unit:
        restriction = insert_restriction(unit, new)
    assert preview(market, asin).ineligibility_reason_list == codes

    with market.market.write(market.seller_account.seller_id) as unit:
        delete_restriction(unit, restriction.restriction_id)
    assert preview(market, asin).is_eligible_for_program


def test_commingling_needs_a_barcode_and_nothing_that_expires(market: TestMarket, put: Put) -> None:
    unmarked = {name: FIT[name] for name in FIT if name != "externally_assigned_product_identifier"}
    asins = [put(FIT), put(unmarked | {"is_expiration_dated_product": [{"value": True}]})]

    asked = [GetItemEligibilityPreview(asin=asin, program=Program.COMMINGLING) for asin in asins]
    fit, unfit = (market.seller.send(one).payload for one in asked)

    assert (fit.is_eligible_for_program, fit.marketplace_id) == (True, None)
    assert unfit.ineligibility_reason_list == ["FBA_INB_0034", "FBA_INB_0035"]


def test_an_asin_that_nobody_knows_is_not_in_the_catalog(market: TestMarket) -> None:
    assert preview(market, "B000000000").ineligibility_reason_list == ["FBA_INB_0017"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("asin=B000000000&program=INBOUND", "marketplaceIds is missing"),
        ("program=INBOUND&marketplaceIds=ATVPDKIKX0DER", "asin is missing"),
        ("asin=B000000000&marketplaceIds=ATVPDKIKX0DER", "program is missing"),
        ("asin=B000000000&program=OUTBOUND&marketplaceIds=ATVPDKIKX0DER", "program"),
        ("asin=B000000000&program=INBOUND&marketplaceIds=ATVPDKIKX0DER,A2EUQ1WTGCTBG2", "marketplaceIds"),
        (f"asin=B000000000&program=INBOUND&marketplaceIds={MX}", MX),
        ("asin=B000000000&program=INBOUND&marketplaceIds=NOWHERE", "NOWHERE"),
    ],
)
def test_a_preview_without_sense_is_refused_by_name(market: TestMarket, query: str, words: str) -> None:
    reply = market.seller.call("GET", f"/fba/inbound/v1/eligibility/itemPreview?{query}")

    (error,) = reply.json()["errors"]
    assert (reply.status, error["code"]) == (400, InvalidInput.code)
    assert words in error["message"]
