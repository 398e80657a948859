"""The keys that stored secrets are sealed with: AES-256-GCM, each sealed text bound to what it is about.

A sealed text reads `v1.KEY.TEXT`: which key opens it, then nonce and ciphertext in base64. The first key of a ring
seals, every key opens, so a key is taken out of use by putting another before it, sealing all anew, and leaving it out.

What a text is bound to (a purpose, and what it belongs to) is authenticated and not stored: a text that is moved to
another seller's row, or shown for another purpose, does not open.
"""

from __future__ import annotations

import re
import secrets
from base64 import b64encode, urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable

import msgspec

from sellingpartner.contract.errors import CallFailed, NotConfigured
from sellingpartner.counted import counted

try:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
except ImportError:
    message = "Sealing needs the package cryptography: pip install 'sellingpartner[authorization]'"
    raise ImportError(message) from None

KEY_BYTES = 32
_NONCE_BYTES = 12
_VERSION = "v1"
_KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")


class KeyMissing(NotConfigured):
    """A text was sealed with a key that this ring does not hold; the message names the key."""

    code = "KeyMissing"


class SealBroken(CallFailed):
    """A sealed text was changed, moved to where it does not belong, or sealed with another key of the same name."""

    code = "SealBroken"


class Keyring:
    """Keys by name; the first seals, every one opens. Its repr shows names alone."""

    def __init__(self, keys: Iterable[tuple[str, bytes]]) -> None:
        self._keys: dict[str, bytes] = {}
        for key_id, key in keys:
            if not _KEY_ID.fullmatch(key_id):
                message = f"{key_id!r} cannot name a key; up to 32 letters, digits, - and _ can."
                raise NotConfigured(message)
            if len(key) != KEY_BYTES:
                message = (
                    f"The key {key_id} has {counted(len(key), 'byte')}; it needs {KEY_BYTES}. "
                    "Keyring.generate() makes one."
                )
                raise NotConfigured(message)
            if key_id in self._keys:
                message = f"The key {key_id} is there twice; give each its own name."
                raise NotConfigured(message)
            self._keys[key_id] = key
        if not self._keys:
            message = "A keyring needs a key. Keyring.generate() makes one."
            raise NotConfigured(message)
        self._ciphers = {key_id: AESGCM(key) for key_id, key in self._keys.items()}

    @classmethod
    def generate(cls) -> Keyring:
        """A ring of one key that nobody has seen; keep its `text()` where secrets are kept."""
        return cls([_new_key()])

    @classmethod
    def from_text(cls, text: str, place: str = "the text") -> Keyring:
        """Read `id:base64,id:base64`, the first one sealing; lines may stand for commas."""
        return cls(entries(text, place))

    @property
    def ids(self) -> tuple[str, ...]:
        """The names of its keys, the one that seals first."""
        return tuple(self._keys)

    def text(self) -> str:
        """The whole ring as `from_text` reads it. It is as secret as all that it seals."""
        return ",".join(f"{key_id}:{b64encode(key).decode()}" for key_id, key in self._keys.items())

    def with_new_key(self) -> Keyring:
        """A ring with a key before these, which seals from then on; those who share a store need it first."""
        return Keyring([_new_key(), *self._keys.items()])

    def with_newest_alone(self) -> Keyring:
        """A ring without the keys that no longer seal, for when all is sealed anew."""
        return Keyring(list(self._keys.items())[:1])

    def seal(self, plain: bytes, *bound_to: str) -> str:
        """Encrypt with the first key; the text opens only with the same `bound_to`."""
        key_id = next(iter(self._keys))
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = nonce + self._ciphers[key_id].encrypt(nonce, plain, _bound(key_id, bound_to))
        return f"{_VERSION}.{key_id}.{urlsafe_b64encode(sealed).decode().rstrip('=')}"

    def open(self, sealed: str, *bound_to: str) -> bytes:
        """Decrypt; raises `KeyMissing` for a key that is not here, `SealBroken` for what is not as it was sealed."""
        version, _, rest = sealed.partition(".")
        key_id, dot, text = rest.partition(".")
        if version != _VERSION or not dot or not _KEY_ID.fullmatch(key_id):
            message = f"This is no text that was sealed here; it would begin with {_VERSION}. and the name of a key."
            raise SealBroken(message)
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            message = f"Sealed with the key {key_id}; the keyring holds {', '.join(self.ids)}. Add {key_id} to it."
            raise KeyMissing(message)
        try:
            raw = _decoded(text)
            return cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], _bound(key_id, bound_to))
        except (InvalidTag, ValueError):
            message = (
                f"A text sealed with the key {key_id} does not open: it was changed, or moved from where it belongs, or"
                f" {key_id} is not the key that it once was."
            )
            raise SealBroken(message) from None

    def is_sealed_by_newest(self, sealed: str) -> bool:
        """Whether the key that seals has sealed this."""
        return sealed.startswith(f"{_VERSION}.{self.ids[0]}.")

    def __repr__(self) -> str:
        return f"Keyring({', '.join(self.ids)})"


def entries(text: str, place: str) -> list[tuple[str, bytes]]:
    """The names and bytes in `id:base64,id:base64`; what is wrong is said without a byte of any key."""
    found = []
    for number, entry in enumerate(filter(None, re.split(r"[,\s]+", text.strip())), start=1):
        key_id, colon, coded = entry.partition(":")
        if not colon:
            message = f"Key number {number} in {place} has no name; write id:base64,id:base64."
            raise NotConfigured(message)
        try:
            found.append(
                (key_id, urlsafe_b64decode(coded.replace("+", "-").replace("/", "_") + "=" * (-len(coded) % 4)))
            )
        except (NotBase64, ValueError):
            message = f"The key {key_id} in {place} is not in base64."
            raise NotConfigured(message) from None
    if not found:
        message = f"There is no key in {place}; write id:base64. Keyring.generate().text() makes one."
        raise NotConfigured(message)
    return found


def _new_key() -> tuple[str, bytes]:
    return f"k{secrets.token_hex(4)}", secrets.token_bytes(KEY_BYTES)


def _bound(key_id: str, bound_to: tuple[str, ...]) -> bytes:
    """What is authenticated beside the text; JSON, so that no two lists of names come out the same."""
    return msgspec.json.encode(["sellingpartner", _VERSION, key_id, *bound_to])


def _decoded(text: str) -> bytes:
    """Base64 to the letter: one text for one ciphertext, so that a changed one never passes for the same."""
    raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if urlsafe_b64encode(raw).decode().rstrip("=") != text:
        message = "not canonical base64"
        raise ValueError(message)
    return raw
