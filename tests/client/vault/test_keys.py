from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.client.vault import KeyMissing, Keyring, SealBroken
from sellingpartner.contract.errors import NotConfigured

RING = Keyring([("today", b"k" * 32)])
NAMES = st.lists(st.text(max_size=20), max_size=3)


@given(st.binary(max_size=200), NAMES)
def test_what_is_sealed_opens_for_what_it_is_bound_to(plain: bytes, bound_to: list[str]) -> None:
    assert RING.open(RING.seal(plain, *bound_to), *bound_to) == plain


@given(st.binary(max_size=50), NAMES, NAMES)
def test_what_is_sealed_does_not_open_for_anything_else(plain: bytes, mine: list[str], other: list[str]) -> None:
    sealed = RING.seal(plain, *mine)

    if mine != other:
        with pytest.raises(SealBroken, match="moved from where it belongs"):
            RING.open(sealed, *other)


@given(st.binary(max_size=50), st.data())
def test_a_changed_letter_is_never_accepted(plain: bytes, data: st.DataObject) -> None:
    sealed = RING.seal(plain)
    at = data.draw(st.integers(0, len(sealed) - 1))
    letter = data.draw(st.characters().filter(lambda letter: letter != sealed[at]))

    with pytest.raises((SealBroken, KeyMissing)):
        RING.open(sealed[:at] + letter + sealed[at + 1 :])


@given(st.text(max_size=60))
def test_what_was_never_sealed_does_not_open(text: str) -> None:
    with pytest.raises((SealBroken, KeyMissing)):
        RING.open(text)


def test_two_seals_of_one_text_have_nothing_in_common() -> None:
    assert RING.seal(b"plain")[-20:] != RING.seal(b"plain")[-20:]
    assert RING.seal(b"plain").startswith("v1.today.")


def test_the_first_key_seals_and_every_key_opens() -> None:
    old = Keyring.generate()
    both = old.with_new_key()
    sealed_before, sealed_after = old.seal(b"one"), both.seal(b"two")

    assert both.open(sealed_before) == b"one"
    assert both.with_newest_alone().open(sealed_after) == b"two"
    assert both.is_sealed_by_newest(sealed_after)
    assert not both.is_sealed_by_newest(sealed_before)
    with pytest.raises(KeyMissing) as missing:
        old.open(sealed_after)
    assert missing.value.message == (
        f"Sealed with the key {both.ids[0]}; the keyring holds {old.ids[0]}. Add {both.ids[0]} to it."
    )


def test_another_key_of_the_same_name_is_told_from_the_right_one() -> None:
    with pytest.raises(SealBroken, match="today is not the key that it once was"):
        Keyring([("today", b"x" * 32)]).open(RING.seal(b"plain"))


def test_a_ring_is_written_and_read() -> None:
    ring = Keyring.generate().with_new_key()

    again = Keyring.from_text(ring.text())

    assert again.ids == ring.ids
    assert again.open(ring.seal(b"plain")) == b"plain"
    assert Keyring.from_text(ring.text().replace(",", "\n")).ids == ring.ids


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "There is no key in the text"),
        ("c2VjcmV0", "Key number 1 in the text has no name"),
        ("a:c2VjcmV0", "The key a has 6 bytes; it needs 32"),
        ("a:!!!!", "The key a has 0 bytes"),
        ("a:x", "The key a in the text is not in base64"),
        (f"a:{'A' * 43},a:{'B' * 42}E", "The key a is there twice"),
        (f"a b:{'A' * 43}", "Key number 1 in the text has no name"),
        (f"ä:{'A' * 43}", "'ä' cannot name a key"),
    ],
)
def test_a_ring_that_cannot_be_read_says_what_is_wrong(text: str, wrong: str) -> None:
    with pytest.raises(NotConfigured, match=re.escape(wrong)) as raised:
        Keyring.from_text(text)

    assert "c2VjcmV0" not in str(raised.value)


def test_a_ring_shows_names_alone() -> None:
    ring = Keyring.generate()

    assert repr(ring) == f"Keyring({ring.ids[0]})"
    with pytest.raises(NotConfigured, match="A keyring needs a key"):
        Keyring([])


def test_the_client_works_without_the_package_that_seals() -> None:
    program = (
        "import sys; sys.modules['cryptography'] = None; sys.modules['sqlalchemy'] = None\n"
        "from sellingpartner import Credentials, Sellers\n"
        "from sellingpartner.client.grants import MemoryGrants\n"
        "Sellers.from_store(MemoryGrants(), Credentials(client_id='i', client_secret='s', region='NA'))\n"
        "try:\n    from sellingpartner.client.vault import Keyring\nexcept ImportError as missing:\n    print(missing)"
    )

    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)

    assert said.stdout == "Sealing needs the package cryptography: pip install 'sellingpartner[authorization]'\n"
