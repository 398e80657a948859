"""How long something lasts, as people say it: `3d`, or the `P3D` of ISO 8601 that the market takes."""

from __future__ import annotations

import re

_SHORT = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)([smhdw])")
_ISO = {"s": "PT{}S", "m": "PT{}M", "h": "PT{}H", "d": "P{}D", "w": "P{}W"}


def span_of(text: str) -> str:
    """A span as the market takes it; what is not said short is left for the market to read."""
    found = _SHORT.fullmatch(text.strip().lower())
    return text if found is None else _ISO[found[2]].format(found[1])
