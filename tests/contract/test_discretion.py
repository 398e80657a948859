"""What a repr shows of secrets: nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import msgspec
import pytest
from rich.pretty import pretty_repr

import sellingpartner
from sellingpartner.client.credentials import Credentials
from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.discretion import Discreet

_PACKAGES = ("client", "cli", "contract.market_v1", "contract.notifications", "contract.tokens", "market", "server")
_LIKE_A_SECRET = re.compile(r"secret|password|token|credential|verifier|signature|(^|control_|naming_)key$")
_HARMLESS = re.compile(r".*_(at|time|reason)|has_.*|(next|previous)(_page)?_token|token_type|tokens")
_NO_SECRETS = frozenset(
    {
        ("Carrier", "signature"),
        ("Carrier", "adult_signature"),
        ("Component", "key"),
        ("Load", "key"),
        ("Nfe", "key"),
        ("JoinedSeller", "credentials"),
        ("Loaded", "credentials"),
        ("SaveWorld", "credentials"),
        ("SaveWorldSpecification", "credentials"),
        ("Settings", "credentials"),
    }
)
"""What is no secret (whoever signs for a parcel, whether a world holds credentials), or keeps its secrets by itself."""

WORDS = "hush-hush-hush"


def structs() -> list[type[msgspec.Struct]]:
    """Every struct of the packages where secrets pass."""
    for module in walk_packages(sellingpartner.__path__, "sellingpartner."):
        if module.name.removeprefix("sellingpartner.").startswith(_PACKAGES) and "__main__" not in module.name:
            import_module(module.name)
    return sorted({found for found in _below(msgspec.Struct) if _is_here(found)}, key=str)


def _is_here(struct: type) -> bool:
    return struct.__module__.removeprefix("sellingpartner.").startswith(_PACKAGES)


def _below(struct: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
    for one in struct.__subclasses__():
        yield one
        yield from _below(one)


def secrets_of(struct: type[msgspec.Struct]) -> list[str]:
    """The fields that are called as secrets are."""
    return [
        name
        for name in struct.__struct_fields__
        if _LIKE_A_SECRET.search(name) and not _HARMLESS.fullmatch(name) and (struct.__name__, name) not in _NO_SECRETS
    ]


def test_no_struct_shows_what_is_called_like_a_secret() -> None:
    found = {struct: names for struct in structs() if (names := secrets_of(struct))}

    assert len(found) > 15
    for struct, names in found.items():
        told = issubclass(struct, Discreet) and _shown(struct)
        assert told, f"{struct.__module__}.{struct.__name__} shows {', '.join(names)}"
        assert WORDS not in told, f"{struct.__module__}.{struct.__name__} shows one of {', '.join(names)}"


def _shown(struct: type[msgspec.Struct]) -> str:
    """A value of this class with the words for each secret, as repr and as rich show it."""
    secrets = secrets_of(struct)
    value: Any = struct.__new__(struct)
    for name in struct.__struct_fields__:
        msgspec.structs.force_setattr(value, name, WORDS if name in secrets else None)
    return pretty_repr(value) + ("" if "__repr__" in vars(struct) else repr(value))


def test_an_answer_with_a_secret_shows_that_there_is_one() -> None:
    rotated = v1.RotatedClientSecret(
        client_id="amzn1.application-oa2-client.1",
        client_secret=WORDS,
        expires_at=datetime(2026, 7, 1, tzinfo=UTC),
        old_expires_at=datetime(2026, 1, 8, tzinfo=UTC),
    )

    assert repr(rotated) == (
        "RotatedClientSecret(client_id='amzn1.application-oa2-client.1', client_secret='****', "
        "expires_at=datetime.datetime(2026, 7, 1, 0, 0, tzinfo=datetime.timezone.utc), "
        "old_expires_at=datetime.datetime(2026, 1, 8, 0, 0, tzinfo=datetime.timezone.utc))"
    )
    assert msgspec.json.decode(msgspec.json.encode(rotated), type=v1.RotatedClientSecret).client_secret == WORDS


@pytest.mark.parametrize("password", [None, ""])
def test_a_secret_that_is_not_there_is_shown_not_to_be(password: str | None) -> None:
    assert repr(v1.SetPasswordSpecification(password=password)) == f"SetPasswordSpecification(password={password!r})"


def test_rich_is_told_no_more_than_repr() -> None:
    mine = Credentials(client_id="amzn1.application-oa2-client.1", client_secret=WORDS, refresh_token=WORDS)

    assert WORDS not in pretty_repr(mine) + repr(mine)
