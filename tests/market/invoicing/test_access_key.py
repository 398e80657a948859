"""Access keys: what is made is read as it was, and one digit off is noticed."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.market.invoicing.access_key import cnpj_of, is_cnpj, made, parsed

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)


@given(seed=st.integers(0, 2**32), series=st.integers(0, 999), number=st.integers(1, 999_999_999))
def test_a_key_is_read_as_it_was_made(seed: int, series: int, number: int) -> None:
    cnpj = cnpj_of(Random(seed))
    key = made(AT, state="SP", cnpj=cnpj, series=series, number=number, luck=Random(seed))

    assert parsed(key.text) == key
    assert key.is_sound
    assert (key.cnpj, int(key.series), int(key.number), key.year_month) == (cnpj, series, number, "2611")
    assert is_cnpj(cnpj)


@given(seed=st.integers(0, 2**32), place=st.integers(0, 43), by=st.integers(1, 9))
def test_one_wrong_digit_is_noticed_unless_both_leave_the_check_digit_at_zero(seed: int, place: int, by: int) -> None:
    right = made(AT, state="RJ", cnpj=cnpj_of(Random(seed)), series=1, number=seed % 10**9, luck=Random(seed))
    text = right.text
    wrong = parsed(text[:place] + str((int(text[place]) + by) % 10) + text[place + 1 :])

    assert wrong is not None
    # Remainders 0 and 1 share the digit 0: two keys of which one has each may differ by a digit and look sound.
    assert not wrong.is_sound or right.digit == "0"


@pytest.mark.parametrize("text", ["", "1" * 43, "1" * 45, "x" * 44, "\u0661" * 44])
def test_what_is_no_44_digits_is_no_key(text: str) -> None:
    assert parsed(text) is None


def test_a_published_key_is_sound_and_its_cnpj_with_other_digits_is_none() -> None:
    # The manual of the tax authority gives this key as its example.
    key = parsed("52060433009911002506550120000007800267301615")

    assert key is not None
    assert key.is_sound
    assert not is_cnpj("11111111111112")
    assert not is_cnpj("1" * 13)
