"""What a client calls itself."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from sellingpartner.client.wire import in_header
from sellingpartner.contract.errors import NotConfigured

_LONGEST = 500  # Amazon refuses longer ones


def user_agent(application: str) -> str:
    """What a client calls itself, after what the application does."""
    try:
        in_header(application)
    except ValueError as why:
        message = f"user_agent is {application!r}, and {why}."
        raise NotConfigured(message) from None
    try:
        ours = version("sellingpartner")
    except PackageNotFoundError:
        ours = "0"
    itself = f"sellingpartner/{ours} (Language=Python/{platform.python_version()}; Platform={platform.system()})"
    return f"{application} {itself}".strip()[:_LONGEST]
