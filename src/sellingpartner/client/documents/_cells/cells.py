"""Reads the cells of one document. Nothing here raises: what cannot be read is `Unread`, and says why."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal

import msgspec

from sellingpartner.client.documents._cells.dates import EUROPE, moment_of, written
from sellingpartner.client.documents._cells.evidence import Evidence
from sellingpartner.client.documents._cells.habits import Habits, Mark, Order, world
from sellingpartner.client.documents._cells.numbers import PLAIN, bare_of, marks_of, number_with


class Unread(msgspec.Struct, frozen=True):
    """A cell that means nothing for certain."""

    why: str


_COMMON = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4}) ([0-9]{2}):([0-9]{2}):([0-9]{2})(?: ([A-Z]{3,4}))?")

_NO_NUMBER, _TWO_NUMBERS = Unread("text that is no number"), Unread("text that could be two numbers")
_NO_WHOLE = Unread("text that is no whole number")
_NO_MOMENT, _TWO_DAYS = Unread("text that is no moment"), Unread("text that could be two days")
_NO_TRUTH = Unread("text that is no yes or no")
_NO_ZONE = Unread("text in a zone that nobody knows")


class Cells:
    """Knows how the document writes, and looks into its columns where a cell leaves two ways open."""

    def __init__(self, habits: Habits, column: Callable[[str], Iterator[str]]) -> None:
        self._habits = habits
        self._orders = Evidence(column, _orders_of)
        self._marks = Evidence(column, marks_of)
        self._words = world().words
        self._settled: dict[str, Order] = {}
        """The order of a column's dates, once a cell has asked for it."""
        self._zones: dict[str, tzinfo] = {
            name: timezone(timedelta(hours=hours)) for name, hours in habits.zones.items() if hours
        }
        self._zones |= {name: UTC for name, hours in habits.zones.items() if not hours}

    def is_nothing(self, text: str) -> bool:
        """Whether a cell is empty, or says that it is."""
        plain = text.strip()
        return not plain or plain in self._words.nothing

    def number(self, text: str, column: str) -> Decimal | Unread:
        """A number."""
        if PLAIN.fullmatch(text):
            return Decimal(text)
        plain = bare_of(text)
        marks = marks_of(text)
        if len(marks) > 1:
            mark = self._marks.choose(column, marks, self._usual_mark(plain))
            if mark is None:
                return _TWO_NUMBERS
        else:
            mark = next(iter(marks), Mark.POINT)
        found = number_with(plain, mark)
        return _NO_NUMBER if found is None else found

    def _usual_mark(self, plain: str) -> Mark | None:
        """Of a number that could be read in two ways; only Europe's settlements part thousands by points."""
        return Mark.POINT if "." in plain and not self._habits.is_european else self._habits.mark

    def whole(self, text: str, column: str) -> int | Unread:
        """A number without a fraction; where only one of two ways makes one, it is that."""
        found = self.number(text, column)
        if isinstance(found, Unread) or found != int(found):
            plain = bare_of(text)
            both = {number_with(plain, mark) for mark in marks_of(text)}
            whole = [one for one in both if one is not None and one == int(one)]
            return int(whole[0]) if len(both) > 1 and len(whole) == 1 else _NO_WHOLE
        return int(found)

    def fraction(self, text: str, column: str) -> float | Unread:
        """A number as a float, for who wants one."""
        found = self.number(text, column)
        return found if isinstance(found, Unread) else float(found)

    def truth(self, text: str, _: str) -> bool | Unread:
        """Yes or no."""
        word = text.strip().lower()
        return True if word in self._words.yes else False if word in self._words.no else _NO_TRUTH

    def moment(self, text: str, column: str) -> datetime | Unread:
        """A moment; one that names no zone is in none, and the caller says what that means."""
        if text[2:3] == "/" and column in self._settled:
            known = self._like_the_last(text, self._settled[column])
            if known is not None:
                return known
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            found = written(text)
        if found is None:
            return _NO_MOMENT
        orders = frozenset(found.days)
        order = next(iter(orders))
        if len(orders) > 1:
            chosen = self._orders.choose(column, orders, self._habits.order)
            if chosen is None:
                return _TWO_DAYS
            order = self._settled[column] = chosen
        moment = moment_of(found, order, self._habits.zones)
        if moment is None:
            return _NO_ZONE if found.zone and found.zone not in self._habits.zones else _NO_MOMENT
        return moment

    def _like_the_last(self, text: str, order: Order) -> datetime | None:
        """The quick way for the form that a column's dates nearly all have; None where this is another one."""
        found = _COMMON.fullmatch(text)
        if found is None or order is Order.YEAR or (order is Order.MONTH and found[7] in EUROPE):
            return None
        first, second, year, hour, minute, of_minute = map(int, found.groups()[:6])
        month, day = (second, first) if order is Order.DAY else (first, second)
        try:
            return datetime(
                year, month, day, hour, minute, of_minute, tzinfo=self._zones[found[7]] if found[7] else None
            )
        except (KeyError, ValueError):
            return None

    def day(self, text: str, column: str) -> date | Unread:
        """A day; of a moment, the day that it names."""
        found = self.moment(text, column)
        return found.date() if isinstance(found, datetime) else found


def _orders_of(text: str) -> frozenset[Order]:
    """In which orders a date is a day; nothing where it begins with a year of four digits, which shows nothing."""
    found = written(text)
    return frozenset() if found is None or text.strip()[:4].isdecimal() else frozenset(found.days)
