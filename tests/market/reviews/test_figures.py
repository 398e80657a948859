"""What reviews come to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.market.reviews.figures import MONTHS, last_months, whole
from sellingpartner.market.reviews.words import topics


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - the strategy adds the zone
def test_six_months_follow_one_another_and_end_with_today(now: datetime) -> None:
    spans = last_months(now)

    assert len(spans) == MONTHS
    assert [begin for begin, _ in spans[1:]] == [end for _, end in spans[:-1]]
    assert all(timedelta(days=27) < end - begin < timedelta(days=32) for begin, end in spans)
    begin, end = whole(spans)
    assert end - timedelta(days=1) <= now < end
    assert (end.year * 12 + end.month) - (begin.year * 12 + begin.month) == MONTHS


def test_there_are_words_for_every_part_of_every_topic() -> None:
    every = [words for parts in topics().values() for words in parts.values()]

    assert len(every) > 10
    assert all(words.good and words.ill for words in every)
