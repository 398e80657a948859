"""Whether a form was sent by a page of this server, as far as the browser says.

Every form holds a token besides, so this is the second lock. With `no-referrer`, which these pages ask for, browsers
send `Origin: null` even to their own server: then `Sec-Fetch-Site` tells, and where there is neither, the token alone.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from sellingpartner.server.gateway.http import HttpRequest

_PORTS = {"http": 80, "https": 443}


def strangeness_of(request: HttpRequest) -> str:
    """What shows that a form was sent by somebody else's page; nothing if nothing does."""
    site = request.header("sec-fetch-site")
    if site is not None and site not in {"same-origin", "none"}:
        return (
            f"The browser says that a {'page of another site' if site == 'cross-site' else 'neighbor'} sent the form."
        )
    origin = request.header("origin")
    if origin in {None, "null"}:
        return ""
    theirs = _authority(origin or "")
    # A proxy may pass on another Host than the browser named; then the server's public address tells.
    as_asked = f"{(origin or '').partition(':')[0]}://{request.header('host') or ''}"
    if theirs is None or theirs not in {_authority(as_asked), _authority(request.origin)}:
        return "The form was sent by a page of another origin."
    return ""


def _authority(uri: str) -> tuple[str, int | None] | None:
    """Host and port; the port that is not named is the scheme's. None for what is no URI."""
    try:
        parts = urlsplit(uri)
        return (parts.hostname or "", parts.port or _PORTS.get(parts.scheme))
    except ValueError:  # brackets or a port that are none
        return None
