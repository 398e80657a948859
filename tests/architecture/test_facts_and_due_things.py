"""Facts and due things are stored by the name of their class, for as long as a market is kept."""

from __future__ import annotations

from collections import Counter
from typing import TypeVar

import msgspec
import pytest

from sellingpartner.market import contexts
from sellingpartner.market.time.schedule import Due, _actions, schedule
from sellingpartner.storage.events import Event, events

Base = TypeVar("Base", bound=msgspec.Struct)


def kinds_of(base: type[Base]) -> list[type[Base]]:
    """Every class of the market that derives from a base."""
    assert contexts.CONTEXTS
    found: list[type[Base]] = []
    for child in base.__subclasses__():
        found += [child, *kinds_of(child)]
    return [kind for kind in found if kind.__module__.startswith("sellingpartner.")]


@pytest.mark.parametrize("base", [Event, Due])
def test_no_two_share_a_name(base: type[msgspec.Struct]) -> None:
    names = Counter(kind.__name__ for kind in kinds_of(base))

    assert len(names) > 5
    assert [name for name, count in names.items() if count > 1] == []


def test_a_fact_is_not_called_like_a_due_thing() -> None:
    assert {kind.__name__ for kind in kinds_of(Event)}.isdisjoint({kind.__name__ for kind in kinds_of(Due)})


@pytest.mark.parametrize(("base", "longest"), [(Event, events.c.kind.type), (Due, schedule.c.kind.type)])
def test_each_name_fits_its_column(base: type[msgspec.Struct], longest: object) -> None:
    assert max(len(kind.__name__) for kind in kinds_of(base)) <= getattr(longest, "length", 0)


def test_every_due_thing_has_somebody_who_does_it() -> None:
    assert {kind.__name__ for kind in kinds_of(Due)} - set(_actions) == set()


def test_facts_are_declared_where_all_contexts_can_hear_of_them() -> None:
    elsewhere = [kind for kind in kinds_of(Event) if not kind.__module__.startswith("sellingpartner.market.events.")]

    assert elsewhere == []


@pytest.mark.parametrize("base", [Event, Due])
def test_each_holds_plain_values_that_come_back_as_they_were(base: type[msgspec.Struct]) -> None:
    thawed = [kind.__name__ for kind in kinds_of(base) if not kind.__struct_config__.frozen]

    assert thawed == []
