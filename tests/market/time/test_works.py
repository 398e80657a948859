from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar

import pytest
from set_back import SetBack

from sellingpartner.market.market import Market
from sellingpartner.market.time import works as module
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.market.time.works import (
    ATTEMPTS,
    Work,
    Workshop,
    begin_work,
    failed_works,
    on_failure,
    works,
    works_waiting,
)
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.testing.world import START

seen: list[str] = []


class TestWorkIsDue(Due):
    __test__ = False
    ends_batch: ClassVar[bool] = True

    subject: str


class TestSomethingHappens(Due):
    __test__ = False

    what: str


@when(TestWorkIsDue)
def begin(unit: UnitOfWork, due: TestWorkIsDue) -> None:
    begin_work(unit, "test", due.subject)


@when(TestSomethingHappens)
def happen(_unit: UnitOfWork, due: TestSomethingHappens) -> None:
    seen.append(due.what)


@works("test")
def carry_out(workshop: Workshop, work: Work) -> None:
    with workshop.snapshot(work.seller_id) as unit:
        seen.append(f"{work.subject} at {(unit.now - START).total_seconds():g}")
    if work.subject.startswith("broken"):
        raise ValueError(work.subject)


@on_failure("test")
def tell(_workshop: Workshop, work: Work, failure: str) -> None:
    seen.append(f"gave up {work.subject}: {failure}")


@pytest.fixture
def market() -> Iterator[Market]:
    seen.clear()
    opened = Market.open(at=START)
    yield opened
    opened.close()


def test_a_work_is_carried_out_once_though_its_end_was_set_back(
    market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = module._done  # noqa: SLF001 - the statement that ends a work
    ending = SetBack(ends.run)
    monkeypatch.setattr(ends, "run", ending)
    with market.write() as unit:
        begin_work(unit, "test", "cups")

    market.run_works()

    assert (seen, ending.tries) == (["cups at 0"], 2)


def test_a_work_sees_its_own_moment_though_time_is_advanced_far_beyond_it(market: Market) -> None:
    with market.write() as unit:
        for seconds in (10, 20, 30):
            later(unit, TestSomethingHappens(what=f"{seconds}"), at=START + timedelta(seconds=seconds))
        later(unit, TestWorkIsDue(subject="a report"), at=START + timedelta(seconds=20))

    market.advance(timedelta(days=1))

    assert seen == ["10", "20", "a report at 20", "30"]
    assert market.waiting() == 0


def test_a_work_that_fails_is_tried_again_and_then_set_aside_and_told_of(market: Market) -> None:
    with market.write() as unit:
        begin_work(unit, "test", "broken")
        begin_work(unit, "test", "whole")

    market.run_works()

    assert seen == ["broken at 0"] * ATTEMPTS + ["gave up broken: ValueError('broken')", "whole at 0"]
    with market.read() as unit:
        assert works_waiting(unit) == 0
        assert [(work.subject, work.failure) for work in failed_works(unit)] == [("broken", "ValueError('broken')")]
