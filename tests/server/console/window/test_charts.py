from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.server.console.window.charts import COUNTS, HEIGHT, WIDTH, bars, in_currency, short, steps

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def test_the_axis_has_round_numbers_from_zero_to_above_the_highest() -> None:
    chart = bars("sales", "Sales", [("Mon", 7), ("Tue", 31)], COUNTS, said="38 in all.", of="Day")

    assert [mark.words for mark in chart.heights] == ["0", "10", "20", "30", "40"]
    assert chart.bars[0].words == "Mon: 7"
    assert [[cell.text for cell in row] for row in chart.table.rows] == [["Mon", "7"], ["Tue", "31"]]


def test_amounts_are_told_in_full_and_marked_in_short() -> None:
    chart = bars("sales", "Sales", [("Mon", 150_000)], in_currency("USD"), said="", of="Day")

    assert chart.bars[0].words == "Mon: 1,500.00 USD"
    assert [mark.words for mark in chart.heights] == ["0", "500", "1k", "1.5k"]


def test_a_number_is_short() -> None:
    assert [short(value) for value in (0, 950, 1500, 20_000, 3_000_000, 2_500_000_000)] == [
        "0",
        "950",
        "1.5k",
        "20k",
        "3M",
        "2.5G",
    ]


@given(st.lists(st.integers(0, 10**12), max_size=60))
def test_bars_lie_within_the_picture(values: list[int]) -> None:
    chart = bars("x", "X", [(str(index), value) for index, value in enumerate(values)], COUNTS, said="", of="Day")

    for bar in chart.bars:
        assert 0 <= bar.left <= bar.left + bar.width <= WIDTH
        assert 0 <= bar.top <= round(bar.top + bar.height, 1) <= HEIGHT
    assert len(chart.heights) <= 6
    assert len(chart.places) <= 7


def test_a_line_stays_until_the_next_value_and_breaks_where_there_is_none() -> None:
    values = [(NOON, 10), (NOON + timedelta(hours=1), None), (NOON + timedelta(hours=2), 20)]

    chart = steps("x", "X", values, NOON + timedelta(hours=4), COUNTS, said="")

    first, second = chart.line.split(" M")
    assert first.startswith("M44.0 ")
    assert first.endswith("H190.0")
    assert second.startswith("336.0 ")
    assert second.endswith("H628.0")
    assert [row[1].text for row in chart.table.rows] == ["10", "none", "20"]


def test_nothing_is_drawn_of_nothing() -> None:
    assert steps("x", "X", [], NOON, COUNTS, said="").line == ""
    assert bars("x", "X", [], COUNTS, said="", of="Day").bars == []
