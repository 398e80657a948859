"""The cookies of these pages: a random key, and that the operator entered.

The key is the session's for whoever is signed in; before, it ties forms to a browser. The operator's cookie is
`operators_door`'s.

Over https they have the `__Host-` prefix, which browsers keep from being set by other hosts or without encryption; they
take that prefix over https only, so that http on one's own machine has a plain name.
"""

from __future__ import annotations

from sellingpartner.server.gateway.http import HttpRequest

_SESSION = "spapi-session"
_OPERATOR = "spapi-operator"
_LONGEST = 200
_AT_ONCE = "; Max-Age=0"
# Lax, not Strict: a seller comes here from the application's site, and must be known on arrival.
_FROM_ELSEWHERE = "Lax"
_FROM_HERE = "Strict"


def is_encrypted(request: HttpRequest) -> bool:
    """Whether the browser came by https, here or at a proxy in front. Who lies about it harms only its own cookie."""
    return request.origin.startswith("https:") or (request.header("x-forwarded-proto") or "").strip().lower() == "https"


def key_in(request: HttpRequest) -> str:
    """The key that a browser brought, or nothing."""
    return _value(request, _SESSION)


def keep(request: HttpRequest, key: str) -> tuple[str, str]:
    """The header that gives a browser its key; it lasts as long as the browser is open, the session no longer."""
    return _header(request, _SESSION, key, _FROM_ELSEWHERE)


def forget(request: HttpRequest) -> tuple[str, str]:
    """The header that takes the key away."""
    return _header(request, _SESSION, "", _FROM_ELSEWHERE, _AT_ONCE)


def entry_in(request: HttpRequest) -> str:
    """What a browser brought to show that its operator entered, or nothing."""
    return _value(request, _OPERATOR)


def keep_entry(request: HttpRequest, sealed: str) -> tuple[str, str]:
    """The header by which a browser keeps that the operator entered."""
    return _header(request, _OPERATOR, sealed, _FROM_HERE)


def forget_entry(request: HttpRequest) -> tuple[str, str]:
    """The header by which it forgets that."""
    return _header(request, _OPERATOR, "", _FROM_HERE, _AT_ONCE)


def _value(request: HttpRequest, wanted: str) -> str:
    name = _named(request, wanted)
    for pair in (request.header("cookie") or "").split(";"):
        found, _, value = pair.strip().partition("=")
        if found == name and value.isascii() and len(value) <= _LONGEST:
            return value
    return ""


def _named(request: HttpRequest, name: str) -> str:
    return f"__Host-{name}" if is_encrypted(request) else name


def _header(request: HttpRequest, name: str, value: str, same_site: str, ending: str = "") -> tuple[str, str]:
    secure = "; Secure" if is_encrypted(request) else ""
    kept = f"{_named(request, name)}={value}"
    return "Set-Cookie", f"{kept}; Path=/; HttpOnly; SameSite={same_site}{secure}{ending}"
