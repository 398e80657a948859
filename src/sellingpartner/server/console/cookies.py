"""The one cookie of these pages: a random key. Signed in, it is the session's; before, it ties forms to a browser.

Over https it has the `__Host-` prefix, which browsers keep from being set by other hosts or without encryption; they
take that prefix over https only, so that http on one's own machine has a plain name.
"""

from __future__ import annotations

from sellingpartner.server.gateway.http import HttpRequest

_NAME = "spapi-session"
_SECURE_NAME = f"__Host-{_NAME}"
_LONGEST = 200


def is_encrypted(request: HttpRequest) -> bool:
    """Whether the browser came by https, here or at a proxy in front. Who lies about it harms only its own cookie."""
    return request.origin.startswith("https:") or (request.header("x-forwarded-proto") or "").strip().lower() == "https"


def key_in(request: HttpRequest) -> str:
    """The key that a browser brought, or nothing."""
    name = _SECURE_NAME if is_encrypted(request) else _NAME
    for pair in (request.header("cookie") or "").split(";"):
        found, _, value = pair.strip().partition("=")
        if found == name and value.isascii() and len(value) <= _LONGEST:
            return value
    return ""


def keep(request: HttpRequest, key: str) -> tuple[str, str]:
    """The header that gives a browser its key; it lasts as long as the browser is open, the session no longer."""
    return _header(request, key, "")


def forget(request: HttpRequest) -> tuple[str, str]:
    """The header that takes the key away."""
    return _header(request, "", "; Max-Age=0")


def _header(request: HttpRequest, key: str, ending: str) -> tuple[str, str]:
    # Lax, not Strict: a seller comes here from the application's site, and must be known on arrival.
    secure = is_encrypted(request)
    name = _SECURE_NAME if secure else _NAME
    return "Set-Cookie", f"{name}={key}; Path=/; HttpOnly; SameSite=Lax{'; Secure' if secure else ''}{ending}"
