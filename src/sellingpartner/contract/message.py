"""The form of a model: a frozen typed value that knows its names on the wire.

A server is strict and a client lenient about one thing above all, an enumeration value that the contract does
not know. Both use the same classes: `OpenEnum` takes an unknown value as a member of its own unless the decoding
happens inside `closed_enums()`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Self, TypeAlias, TypeVar, dataclass_transform

import msgspec

from sellingpartner.contract.discretion import Discreet

Value = TypeVar("Value")

ABSENT: Any = None
"""What stands where nothing came, whatever type is declared there."""

if TYPE_CHECKING:
    OnSuccess: TypeAlias = Annotated[Value, "always there in an answer that is no refusal"]
else:

    class OnSuccess:
        """What an answer holds unless it is a refusal: `OnSuccess[Order]` is `Order | None` as it is read and written.

        The older APIs wrap a refusal's `errors` and the `payload` in one model, so each may be missing there. A client
        raises the errors, and whoever has the answer has the payload; type checkers are told so.

        Assumed: Amazon never leaves a payload out of a success. A client refuses to read a success without one.
        """

        def __class_getitem__(cls, kind: Any) -> Any:  # noqa: ANN401 - type checkers read what stands above
            """The type that a decoder is given."""
            return kind | None


_closed: ContextVar[bool] = ContextVar("closed_enums", default=False)


def named(wire_name: str, *, default: Any = msgspec.NODEFAULT) -> Any:  # noqa: ANN401 - stands where a value of any type may
    """Give one field the wire name that its class's `rename` would get wrong."""
    return msgspec.field(default=default, name=wire_name)


class KeywordOnly(msgspec.StructMeta):
    """Carries `kw_only` to every class below; msgspec itself lets it hold for the class that says it, alone."""

    def __new__(cls, *parts: Any, **config: Any) -> Any:  # noqa: ANN401 - type's own signature
        """Create a class whose fields, in whatever order, are given by name."""
        return super().__new__(cls, *parts, **{"kw_only": True} | config)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field, named))
class Message(Discreet, msgspec.Struct, metaclass=KeywordOnly, frozen=True, omit_defaults=True):
    """A value that travels in a request or an answer; what is None is left out on the wire. No repr shows a secret."""


class OpenEnum(StrEnum):
    """An enumeration that Amazon may extend: a value outside it is kept as text (`is_known` tells)."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if _closed.get() or not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = value
        member._value_ = value
        return member

    @property
    def is_known(self) -> bool:
        """Whether the contract lists this value."""
        return self._name_ in type(self).__members__


@contextmanager
def closed_enums() -> Iterator[None]:
    """Refuse values outside an enumeration while decoding: the strictness of a server."""
    token = _closed.set(True)
    try:
        yield
    finally:
        _closed.reset(token)
