"""Files that were encrypted by whoever sent them: AES in cipher block chaining, as destinations say it."""

from __future__ import annotations

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

BLOCK_BYTES = 16
_BLOCK_BITS = 8 * BLOCK_BYTES


class NotDecrypted(ValueError):
    """It was not encrypted with this key."""


def decrypted(content: bytes, key: bytes, initialization_vector: bytes) -> bytes:
    """What stands in an encrypted file; raises `NotDecrypted`."""
    if not content or len(content) % BLOCK_BYTES:
        raise NotDecrypted
    decryptor = Cipher(algorithms.AES(key), modes.CBC(initialization_vector)).decryptor()
    plain = decryptor.update(content) + decryptor.finalize()
    unpadder = PKCS7(_BLOCK_BITS).unpadder()
    try:
        return unpadder.update(plain) + unpadder.finalize()
    except ValueError:
        raise NotDecrypted from None
