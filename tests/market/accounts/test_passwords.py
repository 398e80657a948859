from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.accounts import passwords
from sellingpartner.market.accounts.passwords import COST_NAME, Cost
from sellingpartner.market.market import Market
from sellingpartner.testing.founding import CHEAP

PASSWORD = "correct horse battery"


def test_only_the_password_itself_matches_its_hash() -> None:
    kept = passwords.hash_password(PASSWORD, CHEAP)

    assert kept.startswith("$argon2id$v=19$m=8,t=1,p=1$")
    assert passwords.matches(kept, PASSWORD)
    assert not passwords.matches(kept, PASSWORD.upper())
    assert not passwords.matches(kept, "")


def test_a_letter_is_the_same_however_a_keyboard_composes_it() -> None:
    assert passwords.matches(passwords.hash_password("caf\u00e9 au lait!", CHEAP), "cafe\u0301 au lait!")


@pytest.mark.parametrize("strange", ["\ud800" * 12, "x\x00" * 6, "p" * 100_000])
def test_no_text_breaks_the_check(strange: str) -> None:
    assert not passwords.matches(passwords.hash_password(PASSWORD, CHEAP), strange)


def test_what_goes_beyond_the_longest_does_not_match_it() -> None:
    longest = "p" * 256

    assert not passwords.matches(passwords.hash_password(longest, CHEAP), longest + "p")


def test_nobody_s_hash_costs_what_a_user_s_costs_and_matches_nothing() -> None:
    decoy = CHEAP.decoy()

    assert not PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).check_needs_rehash(decoy)
    assert not passwords.matches(decoy, PASSWORD)


@pytest.mark.parametrize(("password", "length"), [("", 0), ("elevenchars", 11), ("p" * 257, 257)])
def test_a_password_has_12_to_256_characters(password: str, length: int) -> None:
    with pytest.raises(InvalidInput, match=f"has {length} characters; it must have 12 to 256"):
        passwords.check_new_password(password)


@pytest.mark.parametrize("length", [12, 256])
def test_the_shortest_and_the_longest_will_do(length: int) -> None:
    passwords.check_new_password("p" * length)


def test_a_chosen_password_is_another_each_time_and_will_do() -> None:
    chosen = {passwords.chosen_password() for _ in range(50)}

    assert len(chosen) == 50
    for one in chosen:
        passwords.check_new_password(one)


def test_what_a_password_costs_is_a_fact_of_the_market() -> None:
    market = Market.open()
    with market.read() as unit:
        assert passwords.cost_of(unit) == Cost()

    market.remember(COST_NAME, CHEAP.told())

    with market.read() as unit:
        assert passwords.cost_of(unit) == CHEAP
    market.close()


def test_it_costs_what_rfc_9106_recommends_unless_said() -> None:
    assert Cost() == Cost(passes=3, memory_kib=65_536, lanes=4)
    assert not passwords.is_outdated(Cost().decoy(), Cost())
    assert passwords.is_outdated(CHEAP.decoy(), Cost())
