"""Spans of time, as people say them."""

from __future__ import annotations

import pytest

from sellingpartner.cli.words.spans import span_of


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        ("3d", "P3D"),
        ("90m", "PT90M"),
        ("1.5H", "PT1.5H"),
        ("10s", "PT10S"),
        ("2w", "P2W"),
        ("P3D", "P3D"),
        ("so", "so"),
    ],
)
def test_a_span_may_be_said_short(said: str, taken: str) -> None:
    assert span_of(said) == taken
