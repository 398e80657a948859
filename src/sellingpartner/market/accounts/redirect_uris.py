"""Where an application may have browsers sent: to itself over https, or to the developer's own machine.

A redirect carries an authorization code, so where it goes is compared letter by letter with what was registered
(RFC 9700, 4.1); what could be read in two ways is not registered at all.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from sellingpartner.contract.errors import InvalidArgument

_LONGEST = 2000
_UNFIT = (
    (re.compile(r"\*"), "it has a wildcard (*), and each URI is compared as a whole"),
    (re.compile(r"[^A-Za-z0-9\-._~:/?#\[\]@!$&'()+,;=%]"), "it has letters that no URI has; percent-encode them"),
    (re.compile(r"#"), "it has a fragment (#)"),
)


def check_redirect_uri(uri: str) -> None:
    """Raise `InvalidInput` unless browsers may be sent there: https, or http to this machine, and unmistakable."""
    if (fault := _fault(uri)) is not None:
        message = (
            f"{uri[:200]!r} cannot be a redirect URI: {fault}. "
            "Write one like https://desk.example/callback or http://127.0.0.1:8080/callback."
        )
        raise InvalidArgument(message)


def _fault(uri: str) -> str | None:
    if len(uri) > _LONGEST:
        return f"it is longer than {_LONGEST} characters"
    for letters, words in _UNFIT:
        if letters.search(uri) is not None:
            return words
    try:
        return _fault_of_parts(urlsplit(uri))
    except ValueError as reason:
        return f"it is no URI ({reason})"


def _fault_of_parts(parts: SplitResult) -> str | None:
    host = parts.hostname
    if parts.scheme not in {"https", "http"} or not host or parts.port == 0:
        return "it must be absolute and begin with https://, or with http:// on this machine"
    if "@" in parts.netloc:
        return "it names a user"
    if parts.scheme == "http" and not _is_loopback(host):
        return f"http goes to this machine only (127.0.0.1, [::1] or localhost), and {host} takes https"
    return None


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
