import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.simulation.people import (
    Address,
    AddressType,
    Buyer,
    PaymentKind,
    invent_address,
    invent_buyer,
)
from sellingpartner.market.simulation.places import countries

COUNTRIES = sorted(countries())
FICTIONAL_PHONES = {
    "US": r"\+1 \d{3}-555-01\d\d ext\. \d{5}",
    "CA": r"\+1 \d{3}-555-01\d\d ext\. \d{5}",
    "GB": r"\+44 (7700 900\d{3}|1632 960\d{3}|20 7946 0\d{3}|1[1-9]\d 49[68] 0\d{3}|29 2018 0\d{3}|28 9649 6\d{3})",
    "DE": r"\+49 (171 39200\d\d|176 040690\d\d|30 23125 \d{3}|40 66969 \d{3}|89 99998 \d{3}|221 4710 \d{3}"
    r"|69 90009 \d{3})",
    "FR": r"\+33 (1 99 00|2 61 91|3 53 01|4 65 71|5 36 49|6 39 98) \d\d \d\d",
    "IE": r"\+353 20 91\d \d{4}",
    "AU": r"\+61 ([2378] (5550|7010) \d{4}|491 570 (006|156|157|158|110))",
    "SE": r"\+46 (8 465 004 \d\d|31 390 06 \d\d|40 628 04 \d\d|980 319 2\d\d|70 174 06 \d\d)",
}


def people_of(country: str, count: int = 400) -> list[tuple[Buyer, Address]]:
    chance = Random(country)
    buyers = [invent_buyer(chance, country) for _ in range(count)]
    return [(buyer, invent_address(chance, buyer, country)) for buyer in buyers]


def test_every_marketplace_has_buyers() -> None:
    assert set(countries()) == BY_COUNTRY.keys()


@given(seed=st.integers(0, 2**64), country=st.sampled_from(COUNTRIES))
def test_the_same_luck_gives_the_same_buyer_and_address(seed: int, country: str) -> None:
    def invent() -> tuple[Buyer, Address]:
        chance = Random(seed)
        buyer = invent_buyer(chance, country)
        return buyer, invent_address(chance, buyer, country)

    assert invent() == invent()


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_seller_sees_only_the_relay_of_the_buyers_marketplace(country: str) -> None:
    domain = BY_COUNTRY[country].domain.removeprefix("www.")
    emails = [buyer.email for buyer, _ in people_of(country)]

    assert all(re.fullmatch(rf"[a-z0-9]{{10}}@marketplace\.{re.escape(domain)}", email) for email in emails)
    assert len(set(emails)) == len(emails)


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_field_of_an_address_is_filled_or_absent(country: str) -> None:
    for buyer, address in people_of(country):
        assert address.country_code == buyer.country_code == country
        texts = [getattr(address, field) for field in Address.__struct_fields__]
        for text in texts:
            assert text is None or (text and text == text.strip() and not set("{}~|") & set(text))
        assert address.line3 is None or address.line2 is not None
        assert len(address.line1) <= 60


@pytest.mark.parametrize("country", sorted(FICTIONAL_PHONES))
def test_telephone_numbers_are_those_kept_for_fiction(country: str) -> None:
    for buyer, address in people_of(country):
        assert re.fullmatch(FICTIONAL_PHONES[country], buyer.phone)
        assert re.fullmatch(FICTIONAL_PHONES[country], address.phone)


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_business_has_a_company_and_is_delivered_to_at_work(country: str) -> None:
    people = people_of(country)
    businesses = [buyer for buyer, _ in people if buyer.is_business]

    assert 0.04 < len(businesses) / len(people) < 0.16
    for buyer, address in people:
        assert (buyer.company is not None) is buyer.is_business
        assert (buyer.tax_id is not None) is (buyer.is_business and country in {"BR", "MX", "IT", "TR"})
        expected = AddressType.COMMERCIAL if buyer.is_business else AddressType.RESIDENTIAL
        assert address.address_type is expected
        if buyer.is_business:
            assert (address.name, address.line1) == (buyer.name, buyer.company)


def test_some_orders_go_to_somebody_else_who_has_another_number() -> None:
    people = people_of("US", 2000)
    others = [(buyer, address) for buyer, address in people if address.name != buyer.name]

    assert 50 < len(others) < 150
    assert all(address.phone == buyer.phone for buyer, address in people if address.name == buyer.name)
    assert sum(address.phone != buyer.phone for buyer, address in others) >= len(others) - 1


def test_most_japanese_addresses_are_in_japanese_and_the_buyers_names_too() -> None:
    people = people_of("JP", 1000)
    japanese = [buyer.name for buyer, address in people if (address.state_or_region or "")[-1:] in set("都道府県")]

    assert 800 < len(japanese) < 920
    assert not any(name.isascii() for name in japanese)
    assert all(address.city.isascii() for buyer, address in people if buyer.language == "en_JP")


def test_quebec_is_written_in_french() -> None:
    people = people_of("CA", 600)

    assert {address.state_or_region for buyer, address in people if buyer.language == "fr_CA"} == {"QC"}
    assert "QC" not in {address.state_or_region for buyer, address in people if buyer.language == "en_CA"}


def test_a_district_is_told_once() -> None:
    mexican = [address for _, address in people_of("MX")]
    indian = [address for _, address in people_of("IN")]

    assert all(address.district and address.municipality for address in mexican)
    assert not any(address.district for address in indian)
    assert all(address.line2 for address in indian)


def test_buyers_pay_as_is_usual_in_their_country() -> None:
    def share(country: str, kind: PaymentKind) -> float:
        people = people_of(country, 1000)
        return sum(buyer.payment is kind for buyer, _ in people) / len(people)

    assert share("US", PaymentKind.CARD) > 0.8
    assert share("US", PaymentKind.CASH_ON_DELIVERY) == 0
    assert share("IN", PaymentKind.CASH_ON_DELIVERY) > 0.35
    assert share("JP", PaymentKind.CONVENIENCE_STORE) > 0.1
    assert {kind for kind in PaymentKind if kind.comes_later} == {
        PaymentKind.CONVENIENCE_STORE,
        PaymentKind.TRANSFER,
    }


def test_a_buyer_can_send_to_another_country() -> None:
    chance = Random(1)
    buyer = invent_buyer(chance, "DE")

    address = invent_address(chance, buyer, "JP")

    assert address.country_code == "JP"
    assert re.fullmatch(r"\d{3}-\d{4}", address.postal_code)
    assert address.phone != buyer.phone


def test_there_are_no_buyers_where_there_is_no_marketplace() -> None:
    with pytest.raises(KeyError):
        invent_buyer(Random(1), "AQ")
