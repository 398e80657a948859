from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.market.catalog.identifiers import (
    InvalidIdentifier,
    Kind,
    check_digit,
    isbn_check_digit,
    normalized,
    shown,
)


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        (Kind.UPC, "012345600012", "00012345600012"),
        (Kind.EAN, "4006381333931", "04006381333931"),
        (Kind.EAN, "96385074", "00000096385074"),
        (Kind.JAN, "4901234567894", "04901234567894"),
        (Kind.GTIN, "10012345600019", "10012345600019"),
        (Kind.GTIN, "012345600012", "00012345600012"),
        (Kind.ISBN, "0-306-40615-2", "09780306406157"),
        (Kind.ISBN, "080442957X", "09780804429573"),
        (Kind.ISBN, "978 0 306 40615 7", "09780306406157"),
        (Kind.MINSAN, "012345678", "M012345678"),
    ],
)
def test_every_kind_of_number_has_one_form(kind: Kind, value: str, code: str) -> None:
    assert normalized(kind, value) == code


@pytest.mark.parametrize(
    ("kind", "value", "fault"),
    [
        (Kind.UPC, "012345600013", "its last digit would have to be 2"),
        (Kind.UPC, "12345", "it has 12 digits, not 5"),
        (Kind.UPC, "01234560001A", "it is made of digits only"),
        (Kind.EAN, "4006381333930", "its last digit would have to be 1"),
        (Kind.EAN, "400638133393", "it has 8 or 13 digits, not 12"),
        (Kind.ISBN, "0306406153", "its last character would have to be 2"),
        (Kind.ISBN, "X306406152", "its first nine characters are digits"),
        (Kind.ISBN, "4006381333931", "one of 13 digits begins with 978 or 979"),
        (Kind.GTIN, "10012345600018", "its last digit would have to be 9"),
        (Kind.GTIN, "١٢٣٤٥٦٧٨", "it is made of digits only"),
        (Kind.MINSAN, "12", "it has 9 digits, not 2"),
    ],
)
def test_what_is_no_number_of_its_kind_is_refused_with_what_is_wrong(kind: Kind, value: str, fault: str) -> None:
    with pytest.raises(InvalidIdentifier, match=fault):
        normalized(kind, value)


@given(st.text("0123456789", min_size=11, max_size=11))
def test_a_number_is_found_under_every_way_to_write_it(core: str) -> None:
    code = normalized(Kind.UPC, core + check_digit(core))

    ways = shown(code)

    assert {Kind.EAN, Kind.GTIN, Kind.UPC} <= {kind for kind, _ in ways}
    assert {normalized(kind, value) for kind, value in ways} == {code}


@given(st.text("0123456789", min_size=9, max_size=9))
def test_an_isbn_of_ten_characters_is_that_of_thirteen(core: str) -> None:
    old = core + isbn_check_digit(core)
    new = f"978{core}"

    assert normalized(Kind.ISBN, old) == normalized(Kind.ISBN, new + check_digit(new))
