import re
from random import Random

import pytest

from sellingpartner.market.simulation.people_names import named, names_of
from sellingpartner.market.simulation.places import Locale, Place, countries, drawn, locales_of

CODES = {
    "US": r"\d{5}",
    "CA": r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] \d[ABCEGHJ-NPRSTV-Z]\d",
    "MX": r"\d{5}",
    "BR": r"\d{5}-\d{3}",
    "GB": r"[A-Z]{1,2}\d{1,2}[A-Z]? \d[ABD-HJLNP-UW-Z]{2}",
    "IE": r"[AC-FHKNPRTV-Y]\d[0-9W] [0-9AC-FHKNPRTV-Y]{4}",
    "DE": r"(0[1-9]|[1-9]\d)\d{3}",
    "FR": r"(0[1-9]|[1-8]\d|9[0-5])\d{3}",
    "ES": r"(0[1-9]|[1-4]\d|5[0-2])\d{3}",
    "IT": r"\d{5}",
    "NL": r"[1-9]\d{3} (?!SA|SD|SS)[A-Z]{2}",
    "BE": r"[1-9]\d{3}",
    "SE": r"[1-9]\d{2} \d{2}",
    "PL": r"\d{2}-\d{3}",
    "TR": r"(0[1-9]|[1-7]\d|8[01])\d{3}",
    "JP": r"\d{3}-\d{4}",
    "AU": r"\d{4}",
    "IN": r"[1-9]\d{5}",
    "SG": r"(?!74)[0-8]\d{5}",
    "AE": r"00000",
    "SA": r"\d{5}",
    "EG": r"\d{5}",
    "ZA": r"\d{4}",
}

# How codes begin in each state, as the countries' post offices assign them.
BEGINNINGS = {
    "US": {
        "AK": "99[5-9]", "AZ": "8[56]", "CA": "9[0-6]", "CO": "8[01]", "DC": "20[0-5]", "FL": "3[2-4]",
        "GA": "(3[01]|39)", "HI": "96[78]", "ID": "83[2-8]", "IL": "6[0-2]", "IN": "4[67]", "LA": "7[01]",
        "MA": "0(1|2[0-7])", "MD": "2(0[6-9]|1)", "ME": "0(39|4)", "MI": "4[89]", "MN": "5(5|6[0-7])",
        "MO": "6[3-5]", "NC": "2[78]", "NE": "6[89]", "NJ": "0[78]", "NM": "8(7|8[0-4])", "NV": "89",
        "NY": "1[0-4]", "OH": "4[3-5]", "OK": "7[34]", "OR": "97", "PA": "1([5-8]|9[0-6])", "SC": "29",
        "TN": "3(7|8[0-5])", "TX": "7[5-9]", "UT": "84", "VA": "2(01|2|3|4[0-6])", "WA": "9(8|9[0-4])", "WI": "5[34]",
    },
    "CA": {
        "NL": "A", "NS": "B", "PE": "C", "NB": "E", "QC": "[GHJ]", "ON": "[KLMNP]", "MB": "R", "SK": "S", "AB": "T",
        "BC": "V", "YT": "Y",
    },
    "MX": {
        "Ciudad de México": "(0[1-9]|1[0-6])", "Jalisco": "4[4-9]", "Nuevo León": "6[4-7]", "Puebla": "7[2-5]",
        "Querétaro": "76", "Guanajuato": "3[6-8]", "Yucatán": "97", "Baja California": "2[12]",
        "Estado de México": "5[0-7]",
    },
    "BR": {
        "SP": "[01]", "RJ": "2[0-8]", "ES": "29", "MG": "3", "BA": "4[0-8]", "PE": "5[0-6]", "CE": "6[0-3]",
        "PA": "6([67]|8[0-8])", "AM": "69[0-8]", "DF": "7[0-3]", "GO": "7[2-6]", "PR": "8[0-7]", "SC": "8[89]",
        "RS": "9",
    },
    "AU": {
        "NSW": "2", "ACT": "26", "VIC": "3", "QLD": "4", "SA": "5", "WA": "6", "TAS": "7", "NT": "08",
    },
    "JP": {
        "東京都": "(1[0-9]|20)", "Tokyo": "(1[0-9]|20)", "神奈川県": "2[1-5]", "Kanagawa": "2[1-5]", "埼玉県": "3[3-6]",
        "千葉県": "2[67]", "大阪府": "5[3-9]", "Osaka": "5[3-9]", "京都府": "6[0-2]", "兵庫県": "6[5-7]",
        "愛知県": "4[4-9]", "北海道": "0[0-9]", "宮城県": "98", "広島県": "7[23]", "福岡県": "8[0-3]",
        "Fukuoka": "8[0-3]", "沖縄県": "90",
    },
    "IN": {
        "KARNATAKA": "5[6-9]", "MAHARASHTRA": "4[0-4]", "DELHI": "11", "HARYANA": "1[23]", "UTTAR PRADESH": "2[0-8]",
        "RAJASTHAN": "3[0-4]", "GUJARAT": "3[6-9]", "TELANGANA": "50", "TAMIL NADU": "6[0-4]", "KERALA": "6[789]",
        "WEST BENGAL": "7[0-4]", "CHANDIGARH": "160",
    },
    "ES": {
        "Madrid": "28", "Barcelona": "08", "Valencia": "46", "Sevilla": "41", "Zaragoza": "50", "Málaga": "29",
        "Murcia": "30", "Illes Balears": "07", "Bizkaia": "48", "Gipuzkoa": "20", "Alicante": "03", "Granada": "18",
        "Pontevedra": "36", "A Coruña": "15", "Asturias": "33", "Valladolid": "47", "Navarra": "31",
        "Las Palmas": "35",
    },
    "TR": {
        "İstanbul": "34", "Ankara": "06", "İzmir": "35", "Bursa": "16", "Antalya": "07", "Adana": "01", "Konya": "42",
        "Trabzon": "61",
    },
}  # fmt: skip

LOCALES_BY_NAME = {locale.language: (country, locale) for country in countries() for locale in locales_of(country)}


def codes_of(place: Place) -> list[str]:
    chance = Random(place.city)
    return [drawn(place.postal, chance) for _ in range(60)]


def test_every_country_has_a_rule_for_its_codes() -> None:
    assert CODES.keys() == set(countries())


@pytest.mark.parametrize("country", sorted(CODES))
def test_postal_codes_have_the_form_of_their_country(country: str) -> None:
    for locale in locales_of(country):
        for place in locale.places:
            for code in codes_of(place):
                assert re.fullmatch(CODES[country], code), (place, code)


@pytest.mark.parametrize("country", sorted(BEGINNINGS))
def test_postal_codes_lie_in_their_state(country: str) -> None:
    for locale in locales_of(country):
        for place in locale.places:
            for code in codes_of(place):
                assert re.match(BEGINNINGS[country][place.region], code), (place, code)


@pytest.mark.parametrize("language", sorted(LOCALES_BY_NAME))
def test_a_locale_has_enough_of_everything(language: str) -> None:
    country, locale = LOCALES_BY_NAME[language]

    assert language.endswith(country)
    assert len(locale.places) >= 3
    assert len(set(locale.streets)) == len(locale.streets) >= 3
    assert len(names_of(language).given) >= 10
    assert len(names_of(language).family) >= 10
    assert country in named().companies


def test_the_larger_marketplaces_have_many_towns() -> None:
    def towns(country: str) -> int:
        return len({place.city for locale in locales_of(country) for place in locale.places})

    assert towns("US") >= 50
    assert min(towns(country) for country in ("CA", "BR", "GB", "DE", "FR", "IT", "ES", "JP", "AU", "IN")) >= 14


@pytest.mark.parametrize(
    "locale", [locale for _, locale in LOCALES_BY_NAME.values()], ids=lambda locale: locale.language
)
def test_a_place_without_an_area_code_still_has_telephones(locale: Locale) -> None:
    if any("{dial}" in phone for phone in locale.phones):
        assert locale.mobiles or all(place.dial for place in locale.places)


def test_a_pattern_is_drawn_mark_by_mark() -> None:
    chance = Random(1)

    assert drawn("90210", chance) == "90210"
    assert drawn("A-1", chance) == "A-1"
    assert re.fullmatch(r"X\d[A-Z] \d", drawn("X#? #", chance))
    assert {drawn("10|20", chance) for _ in range(30)} == {"10", "20"}
