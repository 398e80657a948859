"""How fast market time runs, as people say it: `1440`, or `1m=1d`, a minute of the machine for a day of the market."""

from __future__ import annotations

import re

from sellingpartner.cli.failures import CannotDo

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_SPAN = r"(\d{1,6}(?:\.\d{1,6})?)([smhd])"
_RATIO = re.compile(rf"{_SPAN}\s*=\s*{_SPAN}")
_TIMES = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)x?")
FASTEST = 100_000


def speed_of(text: str) -> float:
    """How many seconds of the market pass in one of the machine; raises `CannotDo` for what is no speed."""
    said = text.strip().lower()
    if times := _TIMES.fullmatch(said):
        speed = float(times[1])
    elif ratio := _RATIO.fullmatch(said):
        real = float(ratio[1]) * _SECONDS[ratio[2]]
        speed = float(ratio[3]) * _SECONDS[ratio[4]] / real if real else 0.0
    else:
        speed = 0.0
    if not 0 < speed <= FASTEST:
        message = f"{text!r} is no speed; write how many times as fast (1440, at most {FASTEST}), or 1m=1d."
        raise CannotDo(message)
    return speed
