"""Rules of faults as text: one form for the command line, a header, a test and a file."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.faults.model import (
    KINDS,
    Delay,
    Drift,
    ExpiredLink,
    Notification,
    RateHeader,
    Refuse,
    ReportFault,
    Reset,
    Rule,
    When,
    Where,
)
from sellingpartner.market.faults.text import rule_from, rule_of, text_of
from soak import examples


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("refuse", Rule(fault=Refuse())),
        ("refuse 429 operation=getOrders", Rule(fault=Refuse(status=429), where=Where(operation="getOrders"))),
        ("refuse 503 every=3 times=5", Rule(fault=Refuse(), when=When(every=3, times=5))),
        ("reset after nth=1,3", Rule(fault=Reset(moment="after"), when=When(nth=(1, 3)))),
        ("delay 0.5 spread=lognormal at-most=2", Rule(fault=Delay(seconds=0.5, spread="lognormal", at_most=2.0))),
        ("drift missing path=payload.*.A", Rule(fault=Drift(change="missing", path="payload.*.A"))),
        ("expired_link operation=document", Rule(fault=ExpiredLink(), where=Where(operation="document"))),
        ("report stuck", Rule(fault=ReportFault())),
        ("report fatal GET_FBA_*", Rule(fault=ReportFault(what="fatal", type="GET_FBA_*"))),
        ("report status=IN_QUEUE", Rule(fault=ReportFault(status="IN_QUEUE"))),
        ('rate-header "0.5 a second"', Rule(fault=RateHeader(value="0.5 a second"))),
        ("rate-header missing", Rule(fault=RateHeader())),
        (
            "notification lost notification-type=ORDER_CHANGE",
            Rule(fault=Notification(), where=Where(notification_type="ORDER_CHANGE")),
        ),
        (
            'refuse api="orders v0" until=2026-12-01T00:00Z note="a bad day"',
            Rule(
                fault=Refuse(),
                where=Where(api="orders v0"),
                when=When(until=datetime(2026, 12, 1, tzinfo=UTC)),
                note="a bad day",
            ),
        ),
    ],
)
def test_a_rule_is_read_from_a_line(text: str, rule: Rule) -> None:
    assert rule_of(text) == rule
    assert rule_of(text_of(rule)) == rule


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "begins with its kind"),
        ("refus", "Did you mean refuse"),
        ("refuse 200", "status"),
        ("refuse 503 operation=getOrdrs", "Did you mean getOrders"),
        ("refuse 503 api=order", "Did you mean orders"),
        ("refuse 503 evry=3", "Did you mean every"),
        ("refuse 503 504", "is a word without a name"),
        ("expired-link soon", "is a word without a name"),
        ("refuse 503 status=504", "status twice"),
        ("refuse 503 probability=0", "probability"),
        ("refuse 503 nth=first", "nth"),
        ("refuse 503 every=0", "every"),
        ("notification lost notification_type=ORDER_CHANG", "Did you mean ORDER_CHANGE"),
        ("refuse 503 since=2026-12-01T00:00", "time zone"),
        ("refuse 503 notification_type=ORDER_CHANGE", "notification alone"),
        ("notification lost operation=getOrders", "is no call"),
        ("delay 61", "seconds"),
        ("delay nan", "seconds"),
        ("reset sometimes", "moment"),
        ("drift missing note='open", "quotation mark"),
        ('rate-header "two\nlines"', "value"),
        ("refuse " + "x" * 1000, "at most 1000"),
    ],
)
def test_what_is_wrong_with_a_rule_is_said(text: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        rule_of(text)


def test_a_table_of_a_file_says_the_same_as_a_line() -> None:
    table = {"kind": "refuse", "status": 429, "operation": "get*", "nth": [2, 4], "retry_after": 7}

    assert rule_from(table) == rule_of("refuse 429 operation=get* nth=2,4 retry_after=7")


@given(st.text(max_size=80))
@settings(max_examples=examples(100))
def test_no_text_is_more_than_refused(text: str) -> None:
    for begun in (text, f"refuse {text}", f"rate-header {text}"):
        try:
            rule = rule_of(begun)
        except InvalidInput:
            continue
        assert rule_of(text_of(rule)) == rule


@given(
    st.sampled_from(sorted(KINDS)),
    st.text(max_size=40),
    st.lists(st.integers(1, 99), max_size=3),
    st.floats(0.01, 1),
    st.datetimes(timezones=st.just(UTC)),
)
@settings(max_examples=examples(100))
def test_a_rule_is_read_as_it_was_written(kind: str, note: str, nth: list[int], share: float, at: datetime) -> None:
    rule = Rule(
        fault=KINDS[kind](),
        where=Where(seller_id="A1SELLER", operation="document" if kind == "expired-link" else None),
        when=When(nth=tuple(nth), probability=share, since=at),
        note=note,
    )

    assert rule_of(text_of(rule)) == rule
