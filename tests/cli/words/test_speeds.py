"""How fast market time is to run, as it is said."""

from __future__ import annotations

import pytest

from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.words.speeds import speed_of


@pytest.mark.parametrize(
    ("text", "speed"), [("1440", 1440), ("2.5x", 2.5), ("1m=1d", 1440), ("10s = 1h", 360), ("1h=1h", 1), ("0.5", 0.5)]
)
def test_a_speed_is_a_number_or_a_span_for_a_span(text: str, speed: float) -> None:
    assert speed_of(text) == speed


@pytest.mark.parametrize("text", ["", "0", "fast", "-1", "1m", "0m=1d", "1s=2d", "100001", "nan", "1m=0d"])
def test_what_is_no_speed_is_refused_with_what_would_be_one(text: str) -> None:
    with pytest.raises(CannotDo, match="1m=1d"):
        speed_of(text)
