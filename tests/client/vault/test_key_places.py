from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import keyring as system_keyring
import pytest
from keyring.backend import KeyringBackend

from sellingpartner.client.vault import (
    Keyring,
    add_key_to_file,
    keyring_from_environment,
    keyring_from_file,
    keyring_from_kms,
    keyring_from_system,
    wrapped_key,
)
from sellingpartner.contract.errors import NotConfigured


class InMemory(KeyringBackend):
    priority = 1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def backend() -> Iterator[InMemory]:
    before, made = system_keyring.get_keyring(), InMemory()
    system_keyring.set_keyring(made)
    yield made
    system_keyring.set_keyring(before)


def test_the_environment_holds_a_ring(monkeypatch: pytest.MonkeyPatch) -> None:
    ring = Keyring.generate().with_new_key()
    monkeypatch.setenv("SPAPI_STORE_KEYS", ring.text())

    assert keyring_from_environment().ids == ring.ids
    with pytest.raises(NotConfigured, match="no key in the environment's OTHER_KEYS"):
        keyring_from_environment("OTHER_KEYS")


def test_a_file_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "ring"

    ring = keyring_from_file(path)

    assert path.stat().st_mode & 0o777 == 0o600
    assert keyring_from_file(path).ids == ring.ids
    assert [file.name for file in path.parent.iterdir()] == ["ring"]


def test_a_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ring"
    keyring_from_file(path)
    path.chmod(0o640)

    with pytest.raises(NotConfigured, match=f"chmod 600 {path}"):
        keyring_from_file(path)


def test_a_file_takes_another_key(tmp_path: Path) -> None:
    path = tmp_path / "ring"
    before = keyring_from_file(path)

    after = add_key_to_file(path)

    assert after.ids[1:] == before.ids
    assert keyring_from_file(path).ids == after.ids
    assert path.stat().st_mode & 0o777 == 0o600


def test_all_who_make_a_file_at_once_get_one_ring(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        rings = list(pool.map(lambda _: keyring_from_file(tmp_path / "ring"), range(8)))

    assert len({ring.ids for ring in rings}) == 1


def test_the_systems_keyring_holds_a_ring(backend: InMemory) -> None:
    ring = keyring_from_system()

    assert keyring_from_system().open(ring.seal(b"plain")) == b"plain"
    assert list(backend.kept) == [("sellingpartner", "store-keys")]


def test_without_the_package_the_systems_keyring_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)

    with pytest.raises(NotConfigured, match="pip install keyring"):
        keyring_from_system()


def test_kms_wraps_a_ring_that_is_of_no_use_without_it(aws: Callable[[str], Any]) -> None:
    kms = aws("kms")
    master = kms.create_key()["KeyMetadata"]["KeyId"]
    wrapped = f"{wrapped_key('b', master, kms)},{wrapped_key('a', master, kms)}"

    ring = keyring_from_kms(wrapped, kms)

    assert ring.ids == ("b", "a")
    assert keyring_from_kms(wrapped, kms).open(ring.seal(b"plain")) == b"plain"
    with pytest.raises(NotConfigured, match="bytes; it needs 32"):
        Keyring.from_text(wrapped)
