"""Answers as bytes: exact numbers, and ASCII only, because some clients cut multi-byte characters between chunks."""

from __future__ import annotations

import codecs

import msgspec

_encoder = msgspec.json.Encoder(decimal_format="number")


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    characters = error.object[error.start : error.end]
    return "".join(f"\\u{unit:04x}" for character in characters for unit in _units(character)), error.end


def _units(character: str) -> list[int]:
    coded = character.encode("utf-16-be", "surrogatepass")
    return [int.from_bytes(coded[at : at + 2]) for at in range(0, len(coded), 2)]


codecs.register_error("json-escape", _escaped)


def to_json(value: object) -> bytes:
    """A value as JSON in ASCII."""
    body = _encoder.encode(value)
    return body if body.isascii() else body.decode().encode("ascii", "json-escape")
