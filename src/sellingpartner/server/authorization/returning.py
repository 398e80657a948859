"""Sending the browser back to the application (RFC 6749, 4.1.2): to a registered URI, whose own query is kept."""

from __future__ import annotations

import re
from urllib.parse import urlencode, urlsplit, urlunsplit

from sellingpartner.market.accounts.consent import Asked

_UNSAYABLE = re.compile(r"[^\x20\x21\x23-\x5b\x5d-\x7e]")  # what RFC 6749 keeps out of an error_description


def approved_url(asked: Asked, code: str, seller_id: str, *, is_amazons_form: bool = False) -> str:
    """The address that brings the application its code.

    Amazon's form, which asks without `scope`, is answered with Amazon's three parameters and no others.
    """
    answer = {"state": asked.state}
    if not is_amazons_form:
        answer["code"] = code
    return _with(asked.redirect_uri, answer | {"spapi_oauth_code": code, "selling_partner_id": seller_id})


def denied_url(asked: Asked) -> str:
    """The address that tells the application that the seller said no.

    Differs: a seller who denies is led back to the application, as the Permissions document says; a seller who leaves
    Amazon's page is not known to be.
    """
    return refused_url(asked.redirect_uri, asked.state, "access_denied", "The seller did not give the permissions.")


def refused_url(redirect_uri: str, state: str, error: str, description: str) -> str:
    """The address that tells the application what is wrong with its request."""
    said = {"error": error, "error_description": _UNSAYABLE.sub("?", description), "state": state}
    return _with(redirect_uri, said)


def login_url(login_uri: str, parameters: dict[str, str]) -> str:
    """The address of an application's own login page, with what the store has to tell it."""
    return _with(login_uri, parameters)


def _with(uri: str, parameters: dict[str, str]) -> str:
    parts = urlsplit(uri)
    query = "&".join(filter(None, (parts.query, urlencode(parameters))))
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))
