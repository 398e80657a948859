"""A refusal as the error that it is, whatever its shape.

Amazon's refusals are `{"errors": [{"code", "message", "details"}]}`, most of the time. A message may be null, a code
missing, the list an object or a text; AWS says `{"message": "Forbidden"}`, OAuth `error` and `error_description`.
A code or a message that is no text says nothing. Whatever was said, the status says what kind of error it is. A body in
which nothing is said, a page for example, is known by its status too (`has_words` is False), with two exceptions: that
the thing is not there, or is in a state that does not allow this, may only be believed of somebody who knows of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from sellingpartner.contract import errors

UNREADABLE: tuple[type[Exception], ...] = (ValueError, ArithmeticError, LookupError, RecursionError)
"""What reading a stranger's bytes may raise: no JSON, no UTF-8, numbers that nobody can hold, ten thousand brackets."""

_SHOWN = 200
_NO_PATH = errors.MissingAuthenticationToken
_NESTED = ("errors", "errorlist", "error")
_CODES = ("code", "errorcode", "error", "__type")
_MESSAGES = ("message", "errormessage", "error_description", "errordescription")
_NOTHING: tuple[object, ...] = (None, "", [], {})
_DETAILS = ("details", "detail", "errordetails")


class Said(NamedTuple):
    """What a refusal says; each may be missing."""

    code: str | None = None
    message: str | None = None
    details: str | None = None


def error_of(status: int, body: bytes) -> errors.SellingPartnerError:
    """The error that a refusal means: by its status, with what it says."""
    entry = said_in(body)
    if entry is None:
        return _without_words(status, body)
    message = entry.message or entry.details or "No reason is given."
    return _made(_kind(status, entry), status, entry._replace(message=message))


def said_in(body: bytes) -> Said | None:
    """What a refusal's body says, if it says anything."""
    try:
        return _said(msgspec.json.decode(body))
    except UNREADABLE:
        return None


def is_said_in(found: object) -> bool:
    """Whether what JSON held says something of a refusal."""
    return _said(found) is not None


def unreadable(status: int, body: bytes) -> errors.AnswerUnreadable:
    """An answer that says nothing of the API's."""
    error = errors.AnswerUnreadable(_shown(status, body))
    error.status = status
    return error


def _kind(status: int, entry: Said) -> type[errors.SellingPartnerError]:
    if status == errors.Unauthorized.status and (entry.code == _NO_PATH.code or entry.message == _NO_PATH().message):
        return _NO_PATH
    return _BY_STATUS.get(status) or _BY_CODE.get(entry.code or "", errors.SellingPartnerError)


def _without_words(status: int, body: bytes) -> errors.SellingPartnerError:
    kind = _BY_STATUS.get(status)
    if kind is None or kind in _NEEDS_WORDS:
        return unreadable(status, body)
    error = _made(kind, status, Said(message=_shown(status, body)))
    error.has_words = False
    return error


def _shown(status: int, body: bytes) -> str:
    return f"The answer was {status} with {body[:_SHOWN].decode(errors='replace') or 'nothing'}"


def _made(kind: type[errors.SellingPartnerError], status: int, entry: Said) -> errors.SellingPartnerError:
    error = kind.__new__(kind)  # each kind has a constructor of its own, for those who raise it
    errors.SellingPartnerError.__init__(error, entry.message or "", details=entry.details, code=entry.code or kind.code)
    error.status = status
    return error


def _said(said: object) -> Said | None:
    """The first thing that is said, if there is one."""
    if isinstance(said, str):
        return Said(message=said) if said.strip() else None
    if isinstance(said, list):
        return _first(said)
    if not isinstance(said, dict):
        return None
    values = {str(name).lower(): value for name, value in said.items()}
    within = _first(values[name] for name in _NESTED if isinstance(values.get(name), (list, dict)))
    if within is not None:
        return within
    entry = Said(_text(values, _CODES), _text(values, _MESSAGES), _details(values))
    if entry.message is None:
        plain = {name: value for name, value in values.items() if isinstance(value, str)}
        entry = entry._replace(message=_text(plain, _NESTED))
    return entry if any(entry) else None


def _details(values: Mapping[str, object]) -> str | None:
    """The details, as JSON if they are no text; empty where they were sent empty, as Amazon often does."""
    given = next((value for name in _DETAILS if (value := values.get(name)) not in _NOTHING), None)
    if given is not None and not isinstance(given, str):
        return msgspec.json.encode(given).decode()
    return _text(values, _DETAILS) or ("" if "" in map(values.get, _DETAILS) else None)


def _first(several: Iterable[object]) -> Said | None:
    return next((found for one in several if (found := _said(one)) is not None), None)


def _text(values: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    """The first of these that says something, as text."""
    for name in names:
        value = values.get(name)
        if isinstance(value, str) and value.strip():
            return value
    return None


_KINDS: tuple[type[errors.SellingPartnerError], ...] = (
    errors.InvalidInput,
    errors.Unauthorized,
    errors.NotFound,
    errors.Conflict,
    errors.RequestTooLarge,
    errors.UnsupportedMediaType,
    errors.QuotaExceeded,
    errors.InternalFailure,
    errors.NotBuilt,
    errors.ServiceUnavailable,
)
_NEEDS_WORDS = frozenset({errors.NotFound, errors.Conflict, errors.NotBuilt})
_BY_STATUS = {kind.status: kind for kind in _KINDS} | {401: errors.Unauthorized}
_BY_CODE = {kind.code: kind for kind in _KINDS}
