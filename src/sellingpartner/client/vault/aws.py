"""Grants in AWS Secrets Manager: a secret for each, encrypted by AWS, read and written under IAM's rules.

Secrets Manager has no way to say "write this if nobody wrote since". Its staging labels have one: a version is written
under a label of its own, and AWSCURRENT is moved from the version that was read, which fails if it is no longer there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any
from uuid import uuid4

import msgspec

from sellingpartner.client.grants import GrantKey, SellerGrant
from sellingpartner.client.vault._rows import KeptGrants
from sellingpartner.client.vault.keys import SealBroken
from sellingpartner.contract.errors import NotConfigured

_CURRENT = "AWSCURRENT"
_NO_REGION = "all"
_NAMEABLE = re.compile(r"[A-Za-z0-9._+=@-]+")


class SecretsManagerGrants(KeptGrants):
    """A `GrantStore` whose secrets are named `PREFIX/CLIENT_ID/REGION/SELLER_ID`.

    Names are readable, for operators and for IAM policies; what a seller gave is in the secret alone.
    """

    def __init__(self, prefix: str = "sellingpartner", *, client: Any = None, kms_key_id: str | None = None) -> None:  # noqa: ANN401 - boto3's
        self._prefix = prefix.strip("/")
        super().__init__(_Secrets(client or _client(), self._prefix, kms_key_id), _ByName(self._prefix))

    def __repr__(self) -> str:
        return f"SecretsManagerGrants({self._prefix})"


class _ByName:
    def __init__(self, prefix: str) -> None:
        self._prefix = prefix

    def name_of(self, key: GrantKey) -> str:
        parts = (key.client_id, key.region or _NO_REGION, key.seller_id)
        for part in parts:
            if not _NAMEABLE.fullmatch(part):
                message = f"{part!r} cannot be part of a secret's name; letters, digits and ._+=@- can."
                raise NotConfigured(message)
        return "/".join((self._prefix, *parts))

    def close(self, _name: str, grant: SellerGrant) -> str:
        return msgspec.json.encode(grant).decode()

    def open(self, name: str, text: str) -> SellerGrant:
        try:
            grant = msgspec.json.decode(text, type=SellerGrant)
        except msgspec.DecodeError:
            message = f"The secret {name} is not a grant that was kept here."
            raise SealBroken(message) from None
        if self.name_of(grant.key) != name:
            message = f"The secret {name} holds the grant of {grant.seller_id}: it was copied to the wrong place."
            raise SealBroken(message)
        return grant


class _Secrets:
    """Secrets as rows; a secret that was removed can be added again at once."""

    def __init__(self, client: Any, prefix: str, kms_key_id: str | None) -> None:  # noqa: ANN401 - boto3's
        self._client = client
        self._prefix = prefix
        self._key = {"KmsKeyId": kms_key_id} if kms_key_id else {}

    def read(self, name: str) -> str | None:
        found = self._current(name)
        return None if found is None else found[1]

    def all(self) -> Iterator[tuple[str, str]]:
        pages = self._client.get_paginator("list_secrets").paginate(
            Filters=[{"Key": "name", "Values": [f"{self._prefix}/"]}]
        )
        for page in pages:
            for secret in page["SecretList"]:
                text = self.read(secret["Name"])
                if text is not None:  # else it was removed in between
                    yield secret["Name"], text

    def add(self, name: str, text: str) -> bool:
        try:
            self._client.create_secret(Name=name, SecretString=text, **self._key)
        except self._client.exceptions.ResourceExistsException:
            return False
        return True

    def swap(self, name: str, old: str, new: str) -> bool:
        found = self._current(name)
        if found is None or found[1] != old:
            return False
        written = str(uuid4())
        self._client.put_secret_value(
            SecretId=name, SecretString=new, ClientRequestToken=written, VersionStages=[f"to-be-{written}"]
        )
        move = {"SecretId": name, "MoveToVersionId": written}
        try:
            self._client.update_secret_version_stage(VersionStage=_CURRENT, RemoveFromVersionId=found[0], **move)
            moved = True
        except self._client.exceptions.InvalidParameterException:  # somebody else has moved it
            moved = False
        # A version without a label is forgotten by AWS.
        self._client.update_secret_version_stage(
            SecretId=name, VersionStage=f"to-be-{written}", RemoveFromVersionId=written
        )
        return moved

    def remove(self, name: str) -> bool:
        if self._current(name) is None:  # AWS says nothing of it when a secret is deleted that is not there
            return False
        self._client.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
        return True

    def _current(self, name: str) -> tuple[str, str] | None:
        try:
            found = self._client.get_secret_value(SecretId=name, VersionStage=_CURRENT)
        except self._client.exceptions.ResourceNotFoundException:
            return None
        return found["VersionId"], found.get("SecretString", "")


def _client() -> Any:  # noqa: ANN401 - a boto3 client
    try:
        boto3 = import_module("boto3")
    except ImportError:
        message = "Secrets Manager needs boto3: pip install 'sellingpartner[aws]'"
        raise NotConfigured(message) from None
    return boto3.client("secretsmanager")
