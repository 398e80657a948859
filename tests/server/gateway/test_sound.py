from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from sellingpartner.market.time.bounds import EARLIEST, LATEST
from sellingpartner.server.gateway.sound import Unsound, sound

FAR_EAST, FAR_WEST = timezone(timedelta(hours=14)), timezone(-timedelta(hours=14))


class Part(msgspec.Struct):
    """What may hold others of its kind."""

    name: str
    count: int | None = None
    parts: list[Part] | None = None


class Note(msgspec.Struct):
    """What holds texts alone, however deep."""

    text: str | None = None
    notes: list[Note] | None = None
    part: Part | None = None


def test_a_number_is_looked_at_however_deep_it_lies() -> None:
    deep = Note(notes=[Note(part=Part("a", parts=[Part("b"), Part("c", count=2**63)]))])

    with pytest.raises(Unsound) as fault:
        sound(deep)

    assert fault.value.place == "notes[0].part.parts[1].count"


@pytest.mark.parametrize(
    "value",
    [
        datetime.min.replace(tzinfo=FAR_EAST),
        datetime.max.replace(tzinfo=FAR_WEST),
        2**63,
        -(2**63),
        10**30,
        float("inf"),
        float("-inf"),
        float("nan"),
        Decimal("NaN"),
        Decimal("1e15"),
        Decimal("1e-101"),
    ],
)
def test_what_nobody_can_calculate_with_is_refused_where_it_stands(value: Any) -> None:  # noqa: ANN401 - of any type
    with pytest.raises(Unsound) as fault:
        sound({"items": [0, value]})

    assert fault.value.place == "[items][1]"


@pytest.mark.parametrize(
    ("value", "taken"),
    [
        (2**63 - 1, 2**63 - 1),
        (1e308, 1e308),
        (Decimal("999999999999999.99"), Decimal("999999999999999.99")),
        (datetime(1, 1, 1), EARLIEST),  # noqa: DTZ001 - as .NET sends it
        (datetime.min.replace(tzinfo=UTC), EARLIEST),
        (datetime.max.replace(tzinfo=UTC), LATEST),
        (datetime(1900, 1, 1, 13, tzinfo=FAR_EAST), EARLIEST),
        (datetime(2026, 1, 1, 14, tzinfo=FAR_EAST), datetime(2026, 1, 1, tzinfo=UTC)),
        (date.min, EARLIEST.date()),
        (date.max, LATEST.date()),
        (date(2026, 1, 31), date(2026, 1, 31)),
    ],
)
def test_the_largest_of_each_kind_are_taken_and_times_are_within_bounds(value: Any, taken: Any) -> None:  # noqa: ANN401 - of any type
    assert sound([value]) == [taken]
