"""How many visits a product has on a day: a pure rule of the market's seed, the day and what was ordered.

Whoever orders has come: each line that was ordered, canceled or not, is a visit, and stands for others that did not
lead to an order. Besides there are visits that have nothing to do with orders, more at weekends and some of them
businesses'. So there are never fewer visits than lines, whoever placed them, and nothing needs to be kept.

Assumed: Amazon does not say how many visits lead to an order; the numbers here are those of an ordinary shop.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from sellingpartner.market.time.chance import wide_number_of

_LEAST_INTEREST, _MOST_INTEREST = 0.3, 14.0
"""How many visits a day a product has that nobody orders."""
_LEAST_PER_ORDER, _MOST_PER_ORDER = 5.0, 18.0
"""For each line that is ordered, how many visits are not followed by an order."""
_LEAST_APP, _MOST_APP = 0.35, 0.75
_LEAST_VIEWS, _MOST_VIEWS = 1.1, 1.6
_BUSINESS_SHARE = 0.06
_BY_WEEKDAY = (1.06, 1.02, 1.0, 0.97, 0.9, 0.95, 1.1)
_WEEK = 7
_BITS = 18
_WHOLE = 1 << _BITS


class Manner(NamedTuple):
    """How a product is visited."""

    interest: float
    per_order: float
    app_share: float
    views: float


class Visits(NamedTuple):
    """The visits of a product on a day; those of businesses are among all."""

    browser_sessions: int = 0
    app_sessions: int = 0
    browser_views: int = 0
    app_views: int = 0
    featured_views: int = 0
    browser_sessions_b2b: int = 0
    app_sessions_b2b: int = 0
    browser_views_b2b: int = 0
    app_views_b2b: int = 0
    featured_views_b2b: int = 0


class Day(NamedTuple):
    """What of a product's day decides on its visits."""

    day: date
    present: float
    """For which share of the day it was listed, and of today how much has passed."""
    featured: float
    """For which share of that the seller's offer was featured."""
    lines: int
    lines_b2b: int


@lru_cache(maxsize=20_000)
def manner_of(seed: int, marketplace_id: str, sku: str) -> Manner:
    """How a product is visited: few have most of the visits."""
    first, second, third, fourth = _fractions(wide_number_of(seed, "visitors", marketplace_id, sku), 4)
    return Manner(
        interest=_LEAST_INTEREST + (_MOST_INTEREST - _LEAST_INTEREST) * first**4,
        per_order=_between(_LEAST_PER_ORDER, _MOST_PER_ORDER, second),
        app_share=_between(_LEAST_APP, _MOST_APP, third),
        views=_between(_LEAST_VIEWS, _MOST_VIEWS, fourth),
    )


def visits_on(seed: int, marketplace_id: str, sku: str, told: Day) -> Visits:
    """The visits of a product on a day."""
    manner = manner_of(seed, marketplace_id, sku)
    luck = _luck_of(seed, marketplace_id, sku, told.day)
    idle = manner.interest * _BY_WEEKDAY[told.day.weekday()] * (0.4 + 1.2 * luck) * told.present
    others = int(idle + told.lines * manner.per_order + luck * told.present)
    sessions = told.lines + others
    app = min(int(sessions * manner.app_share + luck), sessions)
    browser = sessions - app
    browser_views = int(browser * manner.views + luck) if browser else 0
    app_views = int(app * manner.views + luck) if app else 0
    b2b = min(told.lines_b2b + int(others * _BUSINESS_SHARE + luck / 2), sessions)
    app_b2b = min(app, int(b2b * manner.app_share / 2))
    browser_b2b = min(b2b - app_b2b, browser)
    app_b2b = b2b - browser_b2b
    browser_views_b2b = browser_views * browser_b2b // browser if browser else 0
    app_views_b2b = app_views * app_b2b // app if app else 0
    return Visits(
        browser_sessions=browser,
        app_sessions=app,
        browser_views=browser_views,
        app_views=app_views,
        featured_views=_seen(browser_views + app_views, told.featured, told.lines),
        browser_sessions_b2b=browser_b2b,
        app_sessions_b2b=app_b2b,
        browser_views_b2b=browser_views_b2b,
        app_views_b2b=app_views_b2b,
        featured_views_b2b=_seen(browser_views_b2b + app_views_b2b, told.featured, told.lines_b2b),
    )


def _seen(views: int, featured: float, lines: int) -> int:
    """How many views showed the seller's offer as the featured one: whoever ordered saw it."""
    return min(views, max(round(views * featured), lines))


@lru_cache(maxsize=50_000)
def _week(seed: int, marketplace_id: str, sku: str, week: int) -> tuple[float, ...]:
    return _fractions(wide_number_of(seed, "visits", marketplace_id, sku, week), _WEEK)


def _luck_of(seed: int, marketplace_id: str, sku: str, day: date) -> float:
    """A number from 0 up to 1 for each day; those of a week are drawn at once."""
    week, number = divmod(day.toordinal(), _WEEK)
    return _week(seed, marketplace_id, sku, week)[number]


def _fractions(number: int, count: int) -> tuple[float, ...]:
    return tuple(((number >> (_BITS * one)) % _WHOLE) / _WHOLE for one in range(count))


def _between(least: float, most: float, part: float) -> float:
    return least + (most - least) * part
