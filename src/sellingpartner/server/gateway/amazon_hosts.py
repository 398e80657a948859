"""Called by a name of Amazon's, a market answers as Amazon: its links begin with Amazon's names too.

That is how a program that is led here by its names, unchanged, stays here when it follows a link.
"""

from __future__ import annotations

from sellingpartner.contract.hosts import API_HOSTS, DOCUMENT_HOSTS, HOSTS, SANDBOX_HOSTS
from sellingpartner.contract.marketplaces import Region

_ORIGINS = {host: f"https://{host}" for host in HOSTS}
for _called in (API_HOSTS, SANDBOX_HOSTS):
    _ORIGINS |= {host: f"https://{DOCUMENT_HOSTS[region]}" for region, host in _called.items()}

_REGIONS = {host: region for region, host in API_HOSTS.items()}
_SANDBOXES = frozenset(SANDBOX_HOSTS.values())
_HTTPS = "443"
_MOST_DIGITS = 5


def origin_for(host: str) -> str | None:
    """With what links begin where a request came to a host of Amazon's; None for every other one.

    Those of the API's hosts lead to the documents of their region, those of the others to themselves; all of them to
    the port that was called.
    """
    name, _, port = host.lower().partition(":")
    origin = _ORIGINS.get(name)
    if origin is None or port in {"", _HTTPS}:
        return origin
    return f"{origin}:{port}" if port.isascii() and port.isdigit() and len(port) <= _MOST_DIGITS else None


def region_of(host: str) -> Region | None:
    """The region whose operations a request was sent to by a host of Amazon's; None for every other host."""
    return _REGIONS.get(host.lower().partition(":")[0])


def is_sandbox(host: str) -> bool:
    """Whether a request came to a host of Amazon's sandbox."""
    return host.lower().partition(":")[0] in _SANDBOXES
