from __future__ import annotations

from base64 import b64encode
from hashlib import md5
from urllib.parse import urlsplit

import jsonschema_rs
import pytest

from sellingpartner.contract.errors import InvalidInput, Unauthorized
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.contract.product_type_definitions_2020_09_01 import (
    GetDefinitionsProductType,
    Locale,
    ParentageLevel,
    Requirements,
    RequirementsEnforced,
    SchemaLink,
    SearchDefinitionsProductTypes,
)
from sellingpartner.market.accounts.grants import revoke_application
from sellingpartner.market.product_types.questions import example_of
from sellingpartner.testing import Caller, TestMarket
from sellingpartner.testing.caller import Reply

US, CA, DE = (BY_COUNTRY[code].marketplace_id for code in ("US", "CA", "DE"))
SEARCH = SearchDefinitionsProductTypes(marketplace_ids=[US])
MUG = GetDefinitionsProductType(product_type="MUG", marketplace_ids=[US])


def fetched(market: TestMarket, link: SchemaLink, *, method: str = "GET", changed: tuple[str, str] = ("", "")) -> Reply:
    """What a link gives to somebody without a token."""
    at = urlsplit(link.link.resource)
    return market.anybody().call(method, f"{at.path}?{at.query}".replace(*changed, 1))


def names(caller: Caller, **asked: object) -> list[str]:
    search = SearchDefinitionsProductTypes(**({"marketplace_ids": [US]} | asked))  # type: ignore[arg-type]  # its fields
    return [found.name for found in caller.send(search).product_types]


def test_a_schema_is_fetched_by_its_link_and_a_listing_is_right_by_it(market: TestMarket, seller: Caller) -> None:
    definition = seller.send(MUG)
    links = (definition.schema, definition.meta_schema)
    schema, meta = (fetched(market, link).json() for link in links if link is not None)

    assert (definition.display_name, definition.locale, definition.marketplace_ids) == ("Mug", "en_US", [US])
    jsonschema_rs.Draft201909Validator(meta).validate(schema)
    by_schema = {name: value for name, value in schema.items() if name not in {"$schema", "$id"}}
    jsonschema_rs.Draft201909Validator(by_schema).validate(example_of("MUG", US))
    grouped = [name for group in definition.property_groups.values() for name in group.property_names or ()]
    assert sorted(grouped) == sorted(schema["properties"])
    assert next(iter(definition.property_groups)) == "offer"


def test_the_checksum_is_that_of_the_bytes_that_the_link_gives(market: TestMarket, seller: Caller) -> None:
    definition = seller.send(MUG)
    for link in (definition.schema, definition.meta_schema):
        assert link is not None
        reply = fetched(market, link)
        assert b64encode(md5(reply.body).digest()).decode() == link.checksum == reply.headers["content-md5"]
        assert reply.headers["content-type"] == "application/json"
        assert link.link.resource.startswith("http://127.0.0.1:80/schemas/")


def test_a_link_begins_with_the_markets_public_address() -> None:
    market = TestMarket(public_url="https://market.example")
    definition = market.seller.send(MUG)
    market.close()

    assert definition.schema.link.resource.startswith("https://market.example/schemas/MUG?")


def test_a_link_is_good_for_seven_days(market: TestMarket, seller: Caller) -> None:
    link = seller.send(MUG).schema

    market.advance(days=6, hours=23)
    assert fetched(market, link).status == 200
    market.advance(hours=1)
    refused = fetched(market, link)
    assert (refused.status, refused.json()["errors"][0]["code"]) == (403, "Unauthorized")
    assert "2026-11-09T09:00:00Z" in refused.json()["errors"][0]["details"]


@pytest.mark.parametrize(
    "changed",
    [
        ("MUG", "LAMP"),
        ("expires=1", "expires=2"),
        ("signature=", "signature=0"),
        ("version", "revision"),
        ("ask=", "x="),
    ],
)
def test_a_link_that_was_changed_is_refused(market: TestMarket, seller: Caller, changed: tuple[str, str]) -> None:
    assert fetched(market, seller.send(MUG).schema, changed=changed).status == 403


def test_a_link_ends_with_the_grant_that_it_was_made_for(market: TestMarket, seller: Caller) -> None:
    link = seller.send(MUG).schema
    assert fetched(market, link).status == 200

    with market.market.write() as unit:
        revoke_application(unit, market.seller_account.seller_id, market.application.application_id)
    assert fetched(market, link).status == 403


def test_a_link_is_for_reading(market: TestMarket, seller: Caller) -> None:
    link = seller.send(MUG).schema

    assert fetched(market, link, method="POST").status == 403
    assert (fetched(market, link, method="HEAD").status, fetched(market, link, method="HEAD").body) == (200, b"")
    assert market.anybody().call("GET", "/schemas/MUG").status == 403
    assert market.anybody().call("GET", "/schemas/MUG?expires=soon&signature=%C3%A4").status == 403


def test_what_is_asked_for_decides_the_schema(market: TestMarket, seller: Caller) -> None:
    asked = {
        "offer": {"requirements": Requirements.LISTING_OFFER_ONLY},
        "partial": {"requirements_enforced": RequirementsEnforced.NOT_ENFORCED},
        "parent": {"parentage_level": ParentageLevel.PARENT},
        "german": {"locale": Locale.DE_DE},
    }
    whole = seller.send(MUG)
    made = {
        name: seller.send(GetDefinitionsProductType(product_type="MUG", marketplace_ids=[US], **fields))  # type: ignore[arg-type]  # its fields
        for name, fields in asked.items()
    }

    assert len({whole.schema.checksum, *(one.schema.checksum for one in made.values())}) == 5
    assert "product_details" not in made["offer"].property_groups
    assert made["offer"].requirements == "LISTING_OFFER_ONLY"
    assert made["partial"].requirements_enforced == "NOT_ENFORCED"
    assert "required" not in fetched(market, made["partial"].schema).json()
    assert "offer" not in made["parent"].property_groups
    assert (made["german"].display_name, made["german"].locale) == ("Becher", "de_DE")
    assert made["german"].property_groups["offer"].title == "Angebot"
    assert fetched(market, made["german"].schema).json()["properties"]["brand"]["title"] == "Marke"


def test_a_sellers_own_brands_are_offered_to_that_seller(market: TestMarket, seller: Caller) -> None:
    mine = seller.send(GetDefinitionsProductType(product_type="MUG", marketplace_ids=[US], seller_id=seller.seller_id))
    brand = fetched(market, mine.schema).json()["properties"]["brand"]["items"]["properties"]["value"]

    assert brand["anyOf"][1]["enum"] == ["Harbor"]
    with pytest.raises(Unauthorized) as refused:
        seller.send(GetDefinitionsProductType(product_type="MUG", marketplace_ids=[US], seller_id="A2SOMEBODYELSE"))
    assert "another seller" in (refused.value.details or "")


def test_a_version_is_known_by_its_name_or_its_id(seller: Caller) -> None:
    latest = seller.send(MUG).product_type_version

    assert (latest.latest, latest.release_candidate) == (True, False)
    for version in ("LATEST", "RELEASE_CANDIDATE", latest.version):
        asked = GetDefinitionsProductType(product_type="MUG", marketplace_ids=[US], product_type_version=version)
        assert seller.send(asked).product_type_version == latest
    assert seller.send(SEARCH).product_type_version == latest.version


@pytest.mark.parametrize(
    ("asked", "details"),
    [
        ({"product_type": "NO_SUCH_TYPE"}, "no product type NO_SUCH_TYPE"),
        ({"product_type": "mug"}, "no product type mug"),
        ({"product_type": "MUG 100%"}, "no product type MUG 100%"),
        ({"product_type_version": "UHqSqmb4FNUk="}, "no version UHqSqmb4FNUk="),
        ({"marketplace_ids": [US, CA]}, "it must be one"),
    ],
)
def test_what_does_not_exist_is_a_bad_request(seller: Caller, asked: dict[str, object], details: str) -> None:
    wanted: dict[str, object] = {"product_type": "MUG", "marketplace_ids": [US]}
    with pytest.raises(InvalidInput) as refused:
        seller.send(GetDefinitionsProductType(**(wanted | asked)))  # type: ignore[arg-type]  # its fields

    assert (refused.value.code, refused.value.message) == ("BAD_REQUEST", "Invalid input")
    assert details in (refused.value.details or "")


def test_a_marketplace_must_be_the_sellers(seller: Caller) -> None:
    with pytest.raises(InvalidInput, match="not a marketplace of this seller"):
        seller.send(GetDefinitionsProductType(product_type="MUG", marketplace_ids=[DE]))
    with pytest.raises(InvalidInput, match="not a marketplace of this seller"):
        seller.send(SearchDefinitionsProductTypes(marketplace_ids=[US, "A0NOWHERE"]))


def test_without_words_a_search_finds_every_type(seller: Caller) -> None:
    found = seller.send(SEARCH)

    assert len(found.product_types) >= 26
    assert found.product_types[0].marketplace_ids == [US]
    assert {"MUG", "LUGGAGE", "ABIS_BOOK", "PRODUCT"} <= {one.name for one in found.product_types}
    assert {one.display_name for one in found.product_types} >= {"Mug", "Book"}


def test_keywords_find_types_by_name_and_by_what_buyers_call_them(seller: Caller) -> None:
    assert names(seller, keywords=["luggage"]) == ["LUGGAGE"]
    assert names(seller, keywords=["suitcase", "MUG"]) == ["LUGGAGE", "MUG"]
    assert names(seller, keywords=["Koffer"], search_locale="de_DE") == ["LUGGAGE"]
    assert names(seller, keywords=["zeppelin"]) == []


def test_an_items_name_finds_the_likeliest_types_first(seller: Caller) -> None:
    assert names(seller, item_name="Running shoes")[0] == "SHOES"
    assert names(seller, item_name="Ground Coffee, dark roast, 1 kg")[0] == "COFFEE"
    assert names(seller, item_name="Harbor Stoneware Coffee Mug, 12 oz, Blue")[0] == "MUG"
    assert names(seller, item_name="保温マグカップ 350ml", search_locale="ja_JP")[0] == "MUG"
    assert names(seller, item_name="Zeppelin") == []


def test_names_are_shown_in_the_locale_that_is_asked() -> None:
    market = TestMarket(marketplaces=(DE,))
    (own,) = market.seller.send(SearchDefinitionsProductTypes(marketplace_ids=[DE], keywords=["becher"])).product_types[
        :1
    ]
    (english,) = market.seller.send(
        SearchDefinitionsProductTypes(marketplace_ids=[DE], keywords=["mug"], locale="en_GB")
    ).product_types
    market.close()

    assert (own.name, own.display_name) in {("DRINKING_CUP", "Trinkbecher"), ("MUG", "Becher")}
    assert (english.name, english.display_name) == ("MUG", "Mug")


@pytest.mark.parametrize(
    ("asked", "details"),
    [
        ({"keywords": ["mug"], "item_name": "Mug"}, "exclude each other"),
        ({"locale": "tlh"}, "locale is not one of"),
        ({"search_locale": "tlh"}, "searchLocale is not one of"),
    ],
)
def test_a_search_that_makes_no_sense_is_a_bad_request(seller: Caller, asked: dict[str, object], details: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        names(seller, **asked)

    assert (refused.value.code, refused.value.message) == ("BAD_REQUEST", "Invalid input")
    assert details in (refused.value.details or "")
