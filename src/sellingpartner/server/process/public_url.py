"""The address by which others know a market that stands behind a proxy."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from sellingpartner.server.process.settings import CannotServe

_UNFIT = re.compile(r"[^A-Za-z0-9\-._~:/\[\]]")


def read_public_url(text: str) -> str:
    """The address as links begin with it; raises `CannotServe` for what none can begin with."""
    try:
        parts = urlsplit(text)
        fault = _fault(text, parts)
    except ValueError as reason:  # brackets or a port that are none
        fault = f"it is no address ({reason})"
    if fault is not None:
        message = (
            f"{text[:200]!r} cannot be the market's public address: {fault}. "
            "Write one like https://market.example after --public-url."
        )
        raise CannotServe(message)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _fault(text: str, parts: SplitResult) -> str | None:
    if parts.scheme not in {"https", "http"} or not parts.hostname:
        return "it must begin with https:// or http:// and name a host"
    if parts.port == 0:
        return "there is no port 0"
    if "@" in parts.netloc:
        return "it names a user"
    if parts.path not in {"", "/"} or "?" in text or "#" in text:
        return "it goes on after the host, and the market's pages stand at the root of theirs"
    if _UNFIT.search(text) is not None:
        return "it has letters that no host's name has"
    return None
