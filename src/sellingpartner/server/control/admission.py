"""Who may drive the market: whoever holds the control key; where there is none, programs on this machine.

A key that is set is asked for from everybody: what comes through a proxy looks like a program on this machine. A market
that others reach (by its public address, or because it listens for other machines) and has no key is driven by nobody.

A web page that a developer happens to have open also runs on this machine. So a request that a page could have sent,
or that came through a proxy, or that names another host (as when a page's name is made to lead here), needs the key.
"""

from __future__ import annotations

from hmac import compare_digest
from ipaddress import ip_address

from sellingpartner.contract.errors import Unauthorized
from sellingpartner.server.gateway.http import HttpRequest

_HOW = "start the server with --control-key (or SPAPI_CONTROL_KEY) and send it as Authorization: Bearer KEY"
_ASKED = "The market has a control key: send it as Authorization: Bearer KEY (spapi reads it from SPAPI_CONTROL_KEY)."
_FROM_PAGES = frozenset({"cross-site", "same-site"})


def admit(request: HttpRequest, control_key: str | None, *, is_public: bool = False) -> None:
    """Let a request in; raises `Unauthorized`, which says how to be let in."""
    if control_key:
        if not compare_digest((_bearer(request) or "").encode(), control_key.encode()):
            has_offered = request.header("authorization") is not None
            raise _refusal("This is not the market's control key." if has_offered else _ASKED)
        return
    if is_public:
        raise _refusal(f"A market that others reach has its control API shut until it has a key: {_HOW}.")
    stranger = _strangeness(request)
    if stranger is not None:
        raise _refusal(f"{stranger} needs the market's control key: {_HOW}.")


def _refusal(message: str) -> Unauthorized:
    return Unauthorized("", message=message)


def _bearer(request: HttpRequest) -> str | None:
    scheme, _, key = (request.header("authorization") or "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else None


def _strangeness(request: HttpRequest) -> str | None:
    """Why a request is not simply one of a program on this machine; None if it is."""
    if _is_loopback(request.peer) and (request.header("origin") or request.header("sec-fetch-site") in _FROM_PAGES):
        return "A request from a web page"
    return distance(request)


def distance(request: HttpRequest) -> str | None:
    """Why a request does not simply come from this machine, be it a program's or a browser's; None if it does."""
    if not _is_loopback(request.peer):
        return f"A request from {request.peer or 'an unknown address'}"
    if request.header("x-forwarded-for") or request.header("forwarded"):
        return "A request through a proxy"
    host = _host_name(request.header("host") or "")
    if host and host != "localhost" and not host.endswith(".localhost") and not _is_loopback(host):
        return f"A request for the host {host!r}"
    return None


def _host_name(host: str) -> str:
    """A Host header without its port."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].lower()


def _is_loopback(address: str) -> bool:
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    mapped = getattr(parsed, "ipv4_mapped", None)
    return (mapped or parsed).is_loopback
