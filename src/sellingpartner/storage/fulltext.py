"""An index of words, which SQLite (FTS5) and PostgreSQL (tsvector) keep each in its own way; this module alone knows.

    words = WordIndex("catalog_words", entries.c.number, ("title", "brand"))

    words.add(connection, [(4711, {"title": "blue mug", "brand": "harbor"})])
    select(entries).where(words.among(entries.c.number, dialect))  # give it `query` and `most`

The words are plain: small ASCII letters and digits, separated by spaces, whatever language they come from. So both
databases find the same, and no dictionary of theirs takes part. The index belongs to a table (whose column numbers its
documents) and comes and goes with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from sqlalchemy import DDL, Column, Connection, TextClause, event, text

_WEIGHTS = "ABCD"
# What was written lately every search goes through, up to this limit in KiB: the default of 4 MiB takes it 100 ms.
_PENDING = "gin_pending_list_limit = 64"
_INDEXES: dict[str, WordIndex] = {}

Document = tuple[int, Mapping[str, str]]
"""The number of a document, and its words by column."""


class Words(msgspec.Struct, frozen=True):
    """Words that must all be there, in one column if it is named."""

    words: tuple[str, ...]
    column: str = ""


Clause = Sequence[Words]
"""Alternatives, of which one must hold."""


class WordIndex:
    """An index of the words of numbered documents, in up to four columns."""

    def __init__(self, name: str, number: Column[int], columns: tuple[str, ...]) -> None:
        self.name = name
        self.columns = columns
        self._owner = f"{number.table.name}({number.name})"
        self._weights = dict(zip(columns, _WEIGHTS, strict=False))
        _INDEXES[name] = self
        for dialect in ("sqlite", "postgresql"):
            for statement in self.statements(dialect):
                made = DDL(statement)  # type: ignore[no-untyped-call] # SQLAlchemy has no type for it
                event.listen(number.table, "after_create", made.execute_if(dialect=dialect))

    def statements(self, dialect: str) -> list[str]:
        """What makes the index on a kind of database; a revision that creates its table runs the same."""
        if dialect == "sqlite":
            # Where in a column a word stands is not kept: nobody asks for phrases, and the index is half as large.
            options = "tokenize='ascii', detail='column', columnsize=0"
            return [f"CREATE VIRTUAL TABLE {self.name} USING fts5({', '.join(self.columns)}, {options})"]
        key = f"number BIGINT PRIMARY KEY REFERENCES {self._owner} ON DELETE CASCADE"
        return [
            f"CREATE TABLE {self.name} ({key}, words TSVECTOR NOT NULL)",
            f"CREATE INDEX {self.name}_by_word ON {self.name} USING gin (words) WITH ({_PENDING})",
        ]

    def add(self, connection: Connection, documents: Iterable[Document]) -> None:
        """Take documents in, which are not in it yet."""
        if connection.dialect.name == "sqlite":
            names = ", ".join(self.columns)
            values = ", ".join(f":{name}" for name in self.columns)
            statement = f"INSERT INTO {self.name} (rowid, {names}) VALUES (:number, {values})"  # noqa: S608 - our names
            rows = [
                {"number": number, **{name: held.get(name, "") for name in self.columns}} for number, held in documents
            ]
        else:
            statement = f"INSERT INTO {self.name} (number, words) VALUES (:number, CAST(:words AS tsvector))"  # noqa: S608
            rows = [{"number": number, "words": self._vector(held)} for number, held in documents]
        if rows:
            connection.execute(text(statement), rows)

    def remove(self, connection: Connection, number: int) -> None:
        """Take a document out."""
        key = "rowid" if connection.dialect.name == "sqlite" else "number"
        connection.execute(text(f"DELETE FROM {self.name} WHERE {key} = :number"), {"number": number})  # noqa: S608

    def among(self, number: Column[int], dialect: str) -> TextClause:
        """That a number is one of those that a `query` finds, `most` at most: those that came in first.

        PostgreSQL is given them as an array: of a join it would not know what to begin with while it has no statistics.
        """
        column = f"{number.table.name}.{number.name}"
        if dialect == "sqlite":
            found = f"SELECT rowid FROM {self.name} WHERE {self.name} MATCH :query LIMIT :most"  # noqa: S608 - our names
            return text(f"{column} IN ({found})")
        found = f"SELECT number FROM {self.name} WHERE words @@ CAST(:query AS tsquery) LIMIT :most"  # noqa: S608
        return text(f"{column} = ANY (ARRAY({found}))")

    def query(self, dialect: str, clauses: Iterable[Clause]) -> str:
        """Clauses that must all hold, as the database wants to be asked."""
        conjunction = " AND " if dialect == "sqlite" else " & "
        disjunction = " OR " if dialect == "sqlite" else " | "
        return conjunction.join(
            "(" + disjunction.join(f"({conjunction.join(self._asked(dialect, one))})" for one in clause) + ")"
            for clause in clauses
        )

    def _asked(self, dialect: str, asked: Words) -> Iterator[str]:
        for word in asked.words:
            if dialect == "sqlite":
                yield f'{asked.column} : "{word}"' if asked.column else f'"{word}"'
            else:
                yield f"{word}:{self._weights[asked.column]}" if asked.column else word

    def _vector(self, held: Mapping[str, str]) -> str:
        places: dict[str, list[str]] = {}
        for name, weight in self._weights.items():
            for word in dict.fromkeys(held.get(name, "").split()):
                places.setdefault(word, []).append(f"{_WEIGHTS.index(weight) + 1}{weight}")
        return " ".join(f"{word}:{','.join(at)}" for word, at in places.items())


def is_of_index(table: str) -> bool:
    """Whether a table is an index of words, or one of those in which SQLite keeps one; the metadata lacks them."""
    return any(table == name or table.startswith(f"{name}_") for name in _INDEXES)
