"""The unit of work: one transaction, at one moment of market time, for one seller or for the market itself.

Commands and questions take a unit as their first argument. It brings them the database, the time, the seed of all
chance, and the way to say what happened: `emit`. Facts and whatever else is staged are written when the unit ends,
numbered in the order they came; if the unit fails, nothing of it remains.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from itertools import count as upwards
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import BigInteger, Column, Connection, CursorResult, Executable, String, Table, bindparam, func, select

from sellingpartner.storage.columns import metadata
from sellingpartner.storage.events import Event, events, row_of
from sellingpartner.storage.memory import Memory
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.savepoints import savepoint
from sellingpartner.storage.upsert import upsert

MARKET = ""
"""The owner of what belongs to no seller."""

_DEEPEST = 8

Row = dict[str, Any]
"""A row to be written: what its columns are to hold, by their names."""
Fact = TypeVar("Fact", bound=Event)

counters = Table(
    "counters",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("name", String(40), primary_key=True),
    Column("value", BigInteger, nullable=False),
)


class _Taken(NamedTuple):
    value: int


_counted = Question(
    select(counters.c.value).where(
        counters.c.seller_id == bindparam("of_seller"), counters.c.name == bindparam("of_name")
    ),
    _Taken,
)

_take = Question(
    upsert(counters, lambda offered: {"value": counters.c.value + offered.value}, returning=(counters.c.value,)), _Taken
)


@cache
def _insert_into(table: Table) -> Prepared:
    return Prepared(table.insert())


class ChainTooLong(RuntimeError):
    """An event led to an event led to an event: more than eight deep is a defect, not a marketplace."""


class UnitOfWork:
    """One transaction at one moment of market time."""

    __slots__ = (
        "_depth",
        "_now",
        "_number_columns",
        "_of_all",
        "_reserved",
        "_staged",
        "_sums",
        "cause",
        "connection",
        "holds_until",
        "is_timeless",
        "memory",
        "seed",
        "seller_id",
    )

    def __init__(
        self,
        connection: Connection,
        *,
        now: datetime,
        seed: int,
        seller_id: str = MARKET,
        memory: Memory | None = None,
    ) -> None:
        self.connection = connection
        self.memory = Memory() if memory is None else memory
        """What was read in this transaction and need not be read again."""
        self._now = now
        self.is_timeless = True
        """Whether nobody has asked for the moment, since this was last said."""
        self.holds_until: datetime | None = None
        """The first of the moments that were asked about and have not come: what was answered holds until then."""
        self.seed = seed
        self.seller_id = seller_id
        self.cause: str | None = None
        """The id of the request whose work this is; None for what time brings."""
        self._staged: dict[Table, list[Row]] = {}
        self._number_columns: dict[Table, str] = {}
        self._of_all: set[Table] = set()
        self._reserved: dict[str, tuple[int, int]] = {}
        self._sums: dict[tuple[str, str], int] = {}
        self._depth = 0

    @property
    def now(self) -> datetime:
        """Its moment of market time."""
        self.is_timeless = False
        return self._now

    @now.setter
    def now(self, moment: datetime) -> None:
        self._now = moment

    @property
    def now_for_what_holds(self) -> datetime:
        """Its moment, for what is the same at every moment until one comes that is asked about by `has_come`."""
        return self._now

    def has_come(self, moment: datetime) -> bool:
        """Whether a moment has come; to ask this is not to ask for the time, as the answer holds until then."""
        if moment <= self._now:
            return True
        if self.holds_until is None or moment < self.holds_until:
            self.holds_until = moment
        return False

    def beside(self, seller_id: str = MARKET) -> UnitOfWork:
        """A unit of another owner in this transaction, at this moment; whoever opens it finishes it."""
        return UnitOfWork(self.connection, now=self.now, seed=self.seed, seller_id=seller_id, memory=self.memory)

    @property
    def is_alone(self) -> bool:
        """Whether nobody else can change what it has read before it ends."""
        return self.connection.dialect.name == "sqlite"

    def execute(
        self, statement: Executable, rows: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> CursorResult[Any]:
        """Run one statement in this transaction."""
        return self.connection.execute(statement, rows)

    def emit(self, fact: Event) -> None:
        """Say what happened: it is stored with this unit, and each subscriber acts on it at once, in this unit."""
        self.stage(events, "event_id", row_of(fact, at=self.now, cause=self.cause))
        self._depth += 1
        if self._depth > _DEEPEST:
            message = f"{type(fact).__name__} is more than {_DEEPEST} events away from what caused it."
            raise ChainTooLong(message)
        for subscriber in _subscribers.get(type(fact), ()):
            subscriber(self, fact)
        self._depth -= 1

    def stage(self, table: Table, number_column: str, row: Row) -> None:
        """Write a row when the unit ends, numbered by the seller's running number in `number_column`."""
        row["seller_id"] = self.seller_id
        self._number_columns[table] = number_column
        self._staged.setdefault(table, []).append(row)

    def stage_among_all(self, table: Table, number_column: str, row: Row) -> None:
        """Write a row when the unit ends, numbered among the rows of all sellers in the order of their commits.

        The counter is one for the whole market. It is taken last of all, so that nobody who holds it waits for another.
        """
        self._of_all.add(table)
        self._number_columns[table] = number_column
        self._staged.setdefault(table, []).append(row)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Try something that may be refused: if the block raises, what it did is undone, and the unit may go on."""
        kept, depth = {table: len(rows) for table, rows in self._staged.items()}, self._depth
        reserved, sums = dict(self._reserved), dict(self._sums)
        try:
            with savepoint(self.connection):
                yield
        except BaseException:
            for table, rows in self._staged.items():
                del rows[kept.get(table, 0) :]
            self._depth, self._reserved, self._sums = depth, reserved, sums
            self.memory.forget_all()
            raise

    def next_number(self, name: str, count: int = 1) -> int:
        """Take the next `count` numbers of a counter that belongs to this unit's seller; the first one is returned."""
        first, end = self._reserved.get(name, (0, 0))
        if first + count <= end:
            self._reserved[name] = (first + count, end)
            return first
        return self._take(self.seller_id, name, count)

    def reserve_numbers(self, name: str, count: int) -> None:
        """Take numbers ahead that this unit is to need one by one; what is left of them at its end goes back.

        The counter is held from here on, as it is once a number was taken. Not inside of an attempt.
        """
        first = self._take(self.seller_id, name, count)
        self._reserved[name] = (first, first + count)

    def add(self, name: str, change: int) -> None:
        """Change a sum that belongs to this unit's seller, when the unit ends: beside its counters, on their page.

        Who does so holds a counter of the seller's, so that two never wait for each other's.
        """
        key = (self.seller_id, name)
        self._sums[key] = self._sums.get(key, 0) + change

    def sum_of(self, name: str) -> int:
        """What a sum of this unit's seller comes to, with what this unit has added."""
        kept = _counted.first(self.connection, {"of_seller": self.seller_id, "of_name": name})
        return (0 if kept is None else kept.value) + self._sums.get((self.seller_id, name), 0)

    def _take(self, seller_id: str, name: str, count: int) -> int:
        row = {"seller_id": seller_id, "name": name, "value": count}
        return _take.one(self.connection, row).value - count + 1

    def finish(self) -> None:
        """Write what was staged. Whoever opened the unit calls this once, before the commit."""
        for name, (first, end) in self._reserved.items():
            if first < end:
                self._take(self.seller_id, name, first - end)
        self._reserved = {}
        own = [(table, rows) for table, rows in self._staged.items() if table not in self._of_all and rows]
        # A unit is one seller's as a rule; one that lets a seller join is the market's first and that seller's then.
        counts = Counter([row["seller_id"] for _, rows in own for row in rows])
        numbers = {seller_id: upwards(self._take(seller_id, "rows", counts[seller_id])) for seller_id in sorted(counts)}
        for (seller_id, name), change in sorted(self._sums.items()):
            if change:
                self._take(seller_id, name, change)
        self._sums = {}
        for table, rows in own:
            self._write(table, rows, (next(numbers[row["seller_id"]]) for row in rows))
        for table in sorted(self._of_all, key=lambda each: each.name):
            if rows := self._staged[table]:
                self._write(table, rows, upwards(self._take(MARKET, table.name, len(rows))))
        self._staged = {}

    def _write(self, table: Table, rows: list[Row], numbers: Iterator[int]) -> None:
        """Insert rows with their running numbers."""
        number_column = self._number_columns[table]
        for row, number in zip(rows, numbers, strict=False):
            row[number_column] = number
        _insert_into(table).run_many(self.connection, rows)

    def staged(self, table: Table) -> int:
        """How many rows are staged for a table."""
        return len(self._staged.get(table, ()))

    def rows_staged(self, table: Table, since: int = 0) -> Sequence[Row]:
        """The rows that are staged for a table, after the first `since` of them."""
        return self._staged.get(table, [])[since:]

    def take_back(self, table: Table, since: int) -> list[Row]:
        """Take back the rows that were staged for a table after the first `since` of them."""
        rows = self._staged.get(table, [])
        taken = rows[since:]
        del rows[since:]
        return taken

    def count(self, table: Table) -> int:
        """How many rows a table has."""
        found: int = self.connection.execute(func.count().select().select_from(table)).scalar_one()
        return found


Subscriber = Callable[[UnitOfWork, Fact], None]
_subscribers: dict[type[Event], list[Callable[[UnitOfWork, Any], None]]] = {}


def on(kind: type[Fact]) -> Callable[[Subscriber[Fact]], Subscriber[Fact]]:
    """Subscribe a function to a kind of fact; it runs in the transaction of whoever emits it.

    Several act in the order in which they subscribed.
    """

    def subscribe(function: Subscriber[Fact]) -> Subscriber[Fact]:
        _subscribers.setdefault(kind, []).append(function)
        return function

    return subscribe
