"""What it takes to offer services for a parcel, and to draw a label."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from time import perf_counter

from benchmarks.report import Figure
from sellingpartner.market.shipping.carriers.measures import Box, LengthUnit, Weighed, WeightUnit
from sellingpartner.market.shipping.carriers.services import offered_in
from sellingpartner.market.shipping.carriers.zones import Spot
from sellingpartner.market.shipping.labels.documents import drawn
from sellingpartner.market.shipping.labels.layout import FOUR_BY_SIX, Subject
from sellingpartner.market.shipping.rating.quoting import quote
from sellingpartner.market.shipping.wishes import Experience, Sender, Wish

_TIMES = 100
_SUBJECT = Subject(
    paper=FOUR_BY_SIX,
    carrier="UPS",
    service="UPS Ground",
    tracking_id="1Z17E2100206868939",
    order_id="111-1111111-1111111",
    sender=("Harbor Goods", "300 Turnbull Ave", "Detroit MI 48123", "US"),
    recipient=("Ada Finch", "12 Larch Lane", "Portland OR 97205", "US"),
    weight="0.567 kg",
    ships_on="2026-11-02",
)
_WISH = Wish(
    order_id="111-1111111-1111111",
    quantities=(("12345678901234", 1),),
    sender=Sender(
        name="Harbor Goods",
        line_1="300 Turnbull Ave",
        city="Detroit",
        state="MI",
        postal_code="48123",
        country_code="US",
        email="dispatch@harbor.example",
        phone="1",
    ),
    box=Box(length=Decimal(10), width=Decimal(8), height=Decimal(4), unit=LengthUnit.INCHES),
    weight=Weighed(value=Decimal(20), unit=WeightUnit.OUNCES),
    experience=Experience.NO_TRACKING,
)
_GOALS = {"PDF": 10, "PNG": 40, "ZPL203": 5}


def measure() -> list[Figure]:
    """The figures, in milliseconds; the first label imports what draws it."""
    started = perf_counter()
    drawn(_SUBJECT, "PDF")
    first = perf_counter() - started
    services, end = offered_in("US"), Spot(country="US", postal_code="97205", state="OR")
    now = datetime(2026, 11, 2, 15, tzinfo=UTC)
    quoting = _best(lambda: [quote(offered, _WISH, end, now) for offered in services])
    return [
        Figure(name="first label, as PDF", value=first * 1000, unit="ms"),
        *(
            Figure(name=f"label as {form}", value=_best(partial(drawn, _SUBJECT, form)), unit="ms", most=most)
            for form, most in _GOALS.items()
        ),
        Figure(name=f"prices and promises of {len(services)} services", value=quoting, unit="ms", most=5),
    ]


def _best(work: Callable[[], object]) -> float:
    return min(_time(work) for _ in range(3))


def _time(work: Callable[[], object]) -> float:
    """Milliseconds for one, of so many in a row."""
    started = perf_counter()
    for _ in range(_TIMES):
        work()
    return (perf_counter() - started) / _TIMES * 1000
