"""What a query string or a form says: names with their values, each as often as it was sent."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qs

from sellingpartner.contract.errors import InvalidInput, RequestTooLarge, UnsupportedMediaType
from sellingpartner.server.gateway.http import HttpRequest

LARGEST_FORM = 64 * 1024
"""More than any form of these pages can say."""

_MOST_FIELDS = 200
_FORM = "application/x-www-form-urlencoded"


class Fields:
    """Names and values; a value that is empty counts as not sent."""

    def __init__(self, found: Mapping[str, list[str]]) -> None:
        self._found = found

    def one(self, name: str) -> str:
        """The last value of a name, or nothing."""
        return self._found.get(name, [""])[-1]

    def all(self, name: str) -> list[str]:
        """Every value of a name."""
        return list(self._found.get(name, ()))

    def __contains__(self, name: str) -> bool:
        return name in self._found

    @property
    def as_sent(self) -> Mapping[str, list[str]]:
        """Every name with all its values."""
        return self._found


NOTHING = Fields({})


def fields_of(text: str) -> Fields:
    """Read a query string; what is no UTF-8 in it becomes U+FFFD, which is nobody's name and nobody's address."""
    try:
        return Fields(parse_qs(text, max_num_fields=_MOST_FIELDS))
    except ValueError:
        message = f"The request has more than {_MOST_FIELDS} fields; no page here has so many."
        raise InvalidInput(message) from None


def form_of(request: HttpRequest) -> Fields:
    """Read the form that a request carries; raises for one that is too large, or no form."""
    media_type = (request.header("content-type") or "").partition(";")[0].strip().lower()
    if request.has_body and media_type != _FORM:
        message = f"The request's content is not a form; a form is sent as {_FORM}."
        raise UnsupportedMediaType(message)
    if (request.declared_length or 0) > LARGEST_FORM:
        raise _too_large()
    body = request.body() if request.has_body else b""
    if len(body) > LARGEST_FORM:
        raise _too_large()
    return fields_of(body.decode("utf-8", errors="replace"))


def _too_large() -> RequestTooLarge:
    return RequestTooLarge(f"The form is larger than {LARGEST_FORM // 1024} KiB; no form of these pages is.")
