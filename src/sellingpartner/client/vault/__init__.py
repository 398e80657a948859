"""Where refresh tokens last, and nobody else can read them: `pip install 'sellingpartner[authorization]'`.

    keyring = keyring_from_environment()  # SPAPI_STORE_KEYS
    grants = SQLiteGrants("grants.db", keyring)

Every store is a `GrantStore` (`sellingpartner.client.grants`). `SQLGrants` and `SQLTokens` need the extra `sql`,
`SecretsManagerGrants` and `keyring_from_kms` the extra `aws`, `keyring_from_system` the package keyring.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sellingpartner.client.vault.aws import SecretsManagerGrants
    from sellingpartner.client.vault.key_places import (
        add_key_to_file,
        keyring_from_environment,
        keyring_from_file,
        keyring_from_kms,
        keyring_from_system,
        wrapped_key,
    )
    from sellingpartner.client.vault.keys import KeyMissing, Keyring, SealBroken
    from sellingpartner.client.vault.sql import SQLGrants, SQLTokens
    from sellingpartner.client.vault.sqlite import SQLiteGrants

_PLACES = {
    "KeyMissing": "keys",
    "Keyring": "keys",
    "SQLGrants": "sql",
    "SQLTokens": "sql",
    "SQLiteGrants": "sqlite",
    "SealBroken": "keys",
    "SecretsManagerGrants": "aws",
    "add_key_to_file": "key_places",
    "keyring_from_environment": "key_places",
    "keyring_from_file": "key_places",
    "keyring_from_kms": "key_places",
    "keyring_from_system": "key_places",
    "wrapped_key": "key_places",
}

__all__ = [
    "KeyMissing",
    "Keyring",
    "SQLGrants",
    "SQLTokens",
    "SQLiteGrants",
    "SealBroken",
    "SecretsManagerGrants",
    "add_key_to_file",
    "keyring_from_environment",
    "keyring_from_file",
    "keyring_from_kms",
    "keyring_from_system",
    "wrapped_key",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever is public
    # SQLAlchemy and boto3 are only for those who use them.
    if name not in _PLACES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
