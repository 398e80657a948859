"""What a client calls itself."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

_LONGEST = 500  # Amazon refuses longer ones


def user_agent(application: str) -> str:
    """What a client calls itself, after what the application does."""
    try:
        ours = version("sellingpartner")
    except PackageNotFoundError:
        ours = "0"
    itself = f"sellingpartner/{ours} (Language=Python/{platform.python_version()}; Platform={platform.system()})"
    return f"{application} {itself}".strip()[:_LONGEST]
