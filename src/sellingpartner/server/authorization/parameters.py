"""What a token request says, however it was sent: as a form or as JSON, the client's credentials in it or in a header.

SDKs differ in all of this, and Amazon takes them all. What the token endpoint does not know is ignored; a parameter
without a value is as good as absent, and one that is given twice is refused (RFC 6749, 3.2).
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from urllib.parse import parse_qsl

import msgspec

LARGEST_BODY = 1024 * 1024

_KNOWN = (
    "grant_type",
    "code",
    "redirect_uri",
    "code_verifier",
    "refresh_token",
    "scope",
    "client_id",
    "client_secret",
)
_MOST_FIELDS = 100


class Unreadable(Exception):
    """The request cannot be read; the message is for the log, `parameter` names the culprit if there is one."""

    def __init__(self, message: str, parameter: str | None = None) -> None:
        super().__init__(message)
        self.parameter = parameter


def read_parameters(content_type: str, body: bytes, authorization: str) -> dict[str, str]:
    """The parameters of a token request; credentials in an HTTP Basic header are put among them."""
    media_type = content_type.partition(";")[0].strip().lower()
    if "json" in media_type or (not media_type and body.lstrip().startswith(b"{")):
        sent = _from_json(body)
    elif media_type in {"", "application/x-www-form-urlencoded"}:
        sent = _from_form(body)
    else:
        message = f"The body is {media_type!r}; send application/x-www-form-urlencoded or application/json."
        raise Unreadable(message)
    return _with_basic(sent, authorization)


def _from_form(body: bytes) -> dict[str, str]:
    try:
        pairs = parse_qsl(
            body.decode("utf-8-sig"), keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict"
        )
    except ValueError as fault:
        message = f"The body is not a form: {fault}."
        raise Unreadable(message) from None
    found: dict[str, str] = {}
    for name, value in pairs:
        if name not in _KNOWN or not value:
            continue
        if name in found:
            message = f"The parameter {name} is given twice."
            raise Unreadable(message, name)
        found[name] = value
    return found


def _from_json(body: bytes) -> dict[str, str]:
    try:
        sent = msgspec.json.decode(body, type=dict[str, object])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        message = f"The body is not a JSON object: {fault}."
        raise Unreadable(message) from None
    found: dict[str, str] = {}
    for name in _KNOWN:
        value = sent.get(name)
        if value is None or value == "":
            continue
        if not isinstance(value, str):
            message = f"The parameter {name} must be a string."
            raise Unreadable(message, name)
        found[name] = value
    return found


def _with_basic(sent: dict[str, str], authorization: str) -> dict[str, str]:
    """Add the credentials of a Basic header. Those of other schemes are ignored, as old SDKs sign their requests."""
    scheme, _, coded = authorization.partition(" ")
    if scheme.lower() != "basic":
        return sent
    try:
        client_id, colon, client_secret = b64decode(coded.strip(), validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        client_id, colon, client_secret = "", "", ""
    named_twice = (
        sent.get("client_id", client_id) != client_id or sent.get("client_secret", client_secret) != client_secret
    )
    if not colon or named_twice:
        # Credentials that cannot be read, or are two, are wrong credentials: the client gets the error that says so.
        client_id, client_secret = "(unreadable)", "(unreadable)"
    return sent | {"client_id": client_id, "client_secret": client_secret}
