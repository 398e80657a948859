"""Where a keyring is kept: the environment, a file, the system's keyring, or wrapped by a key that stays in AWS KMS."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Protocol

from sellingpartner.client.vault.keys import Keyring, entries
from sellingpartner.contract.errors import NotConfigured

VARIABLE = "SPAPI_STORE_KEYS"
"""The environment's name for a keyring: `id:base64,id:base64`, the first one sealing."""
_SERVICE = "sellingpartner"
_OTHERS = 0o077
_KMS_CONTEXT = {"purpose": "sellingpartner-store"}


def keyring_from_environment(name: str = VARIABLE, environ: Mapping[str, str] | None = None) -> Keyring:
    """The ring in a variable; raises `NotConfigured` if it is not set."""
    text = (os.environ if environ is None else environ).get(name, "")
    return Keyring.from_text(text, f"the environment's {name}")


def keyring_from_file(path: str | Path) -> Keyring:
    """The ring in a file that only its owner may read; it is made if it is not there."""
    file = Path(path)
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        _write(file, Keyring.generate(), replace=False)
    if os.name == "posix" and file.stat().st_mode & _OTHERS:
        message = f"{file} holds keys, and others than its owner may read it; run: chmod 600 {file}"
        raise NotConfigured(message)
    return Keyring.from_text(file.read_text(encoding="utf-8"), str(file))


def add_key_to_file(path: str | Path) -> Keyring:
    """Put another key before those in a file; the ring with it. Then seal the stores anew with their `rotate`."""
    ring = keyring_from_file(path).with_new_key()
    _write(Path(path), ring, replace=True)
    return ring


def keyring_from_system(name: str = "store-keys", service: str = _SERVICE) -> Keyring:
    """The ring in the system's keyring (macOS Keychain, Secret Service, Windows); it is made if it is not there."""
    system = _optional("keyring", "The system's keyring needs the package keyring: pip install keyring")
    text = system.get_password(service, name)
    if text is None:
        system.set_password(service, name, Keyring.generate().text())
        text = system.get_password(service, name)
    return Keyring.from_text(text or "", f"{service}/{name} of the system's keyring")


def keyring_from_kms(wrapped: str, kms: Kms | None = None) -> Keyring:
    """The ring whose keys AWS KMS has wrapped: `id:base64,id:base64` as `wrapped_key` makes them."""
    client = kms or _kms()
    return Keyring(
        (key_id, client.decrypt(CiphertextBlob=blob, EncryptionContext=_KMS_CONTEXT)["Plaintext"])
        for key_id, blob in entries(wrapped, "the wrapped keys")
    )


def wrapped_key(key_id: str, kms_key_id: str, kms: Kms | None = None) -> str:
    """A fresh key, wrapped by a key of KMS: `id:base64`, of no use to whoever may not call KMS."""
    client = kms or _kms()
    made = client.generate_data_key(KeyId=kms_key_id, KeySpec="AES_256", EncryptionContext=_KMS_CONTEXT)
    return f"{key_id}:{b64encode(made['CiphertextBlob']).decode()}"


def _write(file: Path, ring: Keyring, *, replace: bool) -> None:
    """Whole or not at all: where two processes make the file at once, the first one's stays."""
    with NamedTemporaryFile("w", dir=file.parent, prefix=f".{file.name}.", delete=False, encoding="utf-8") as temporary:
        temporary.write(ring.text().replace(",", "\n") + "\n")  # mkstemp's files are their owner's alone
        temporary.flush()
        os.fsync(temporary.fileno())
    try:
        if replace:
            Path(temporary.name).replace(file)
        else:
            with suppress(FileExistsError):
                os.link(temporary.name, file)
    finally:
        Path(temporary.name).unlink(missing_ok=True)


class Kms(Protocol):
    """What is used of boto3's KMS client."""

    def decrypt(self, *, CiphertextBlob: bytes, EncryptionContext: Mapping[str, str]) -> Mapping[str, bytes]:  # noqa: N803
        """Unwrap a key."""
        ...

    def generate_data_key(
        self,
        *,
        KeyId: str,  # noqa: N803
        KeySpec: str,  # noqa: N803
        EncryptionContext: Mapping[str, str],  # noqa: N803
    ) -> Mapping[str, bytes]:
        """Make a key and wrap it."""
        ...


def _kms() -> Kms:
    found: Kms = _optional("boto3", "KMS needs boto3: pip install 'sellingpartner[aws]'").client("kms")
    return found


def _optional(module: str, advice: str) -> Any:  # noqa: ANN401 - a module without types
    try:
        return import_module(module)
    except ImportError:
        raise NotConfigured(advice) from None
