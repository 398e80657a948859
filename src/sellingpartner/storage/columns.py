"""Column types and the metadata that every context's tables are declared on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Dialect, LargeBinary, MetaData, String
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def microseconds(instant: datetime) -> int:
    """An instant as whole microseconds since 1970, exactly."""
    return (instant - _EPOCH) // _MICROSECOND


def instant_of(value: int) -> datetime:
    """The instant of so many microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=value)


def exact_text(length: int) -> String:
    """Text that sorts by code point on every database: PostgreSQL would else sort it as its locale does."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


class Instant(TypeDecorator[datetime]):
    """A moment of market time, kept as microseconds since 1970: exact, sortable, the same on every database."""

    impl = BigInteger
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], int | None]:  # noqa: ARG002
        """Write what the driver takes at once: SQLAlchemy's own way there is three calls long."""
        return lambda value: None if value is None else (value - _EPOCH) // _MICROSECOND

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[int | None], datetime | None]:  # noqa: ARG002
        """Read what the driver returns at once."""
        return lambda value: None if value is None else _EPOCH + timedelta(microseconds=value)


class Json(TypeDecorator[Any]):
    """A value kept as JSON text; give the type that it is to be read back as."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, kind: Any = Any) -> None:  # noqa: ANN401 - any type that msgspec can decode
        super().__init__()
        self.kind = kind
        self._decoder = msgspec.json.Decoder(kind)

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], bytes | None]:  # noqa: ARG002
        """Write what the driver takes at once: SQLAlchemy's own way there is three calls long."""
        encode = msgspec.json.encode
        return lambda value: None if value is None else encode(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[bytes | None], Any]:  # noqa: ARG002
        """Read what the driver returns at once: SQLAlchemy's own way there is three calls long."""
        decode = self._decoder.decode
        return lambda value: None if value is None else decode(value)
