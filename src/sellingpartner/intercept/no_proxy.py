"""NO_PROXY: the hosts that programs reach past their proxy, as curl and most libraries read it."""

from __future__ import annotations


def entries(text: str) -> list[str]:
    """What it lists."""
    return [entry for part in text.split(",") if (entry := part.strip())]


def covers(entry: str, host: str) -> bool:
    """Whether an entry keeps a host from being reached through the proxy: by its name, a domain above it, or `*`."""
    name = entry.lower().partition(":")[0].removeprefix("*").strip(".")
    return entry == "*" or (bool(name) and (host == name or host.endswith(f".{name}")))
