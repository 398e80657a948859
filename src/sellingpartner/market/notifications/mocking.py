"""Test notifications: made up from what the contract says of a type, to see whether they arrive and can be read."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import msgspec
from msgspec import inspect

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.message import Message
from sellingpartner.contract.notifications.registry import entries, load
from sellingpartner.market.notifications.destinations import destination_of
from sellingpartner.market.notifications.refusals import Unknown
from sellingpartner.market.notifications.telling import tell_of_mock
from sellingpartner.market.notifications.types import DestinationKind, subscribable_types
from sellingpartner.storage.unit import UnitOfWork

_NOT_YOURS = (
    "Invalid Input, recheck that the AppId and DestinationId are valid and DestinationId belongs to the application"
)


class Mock(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be sent as a test, and where to."""

    notification_type: str
    destination_id: str | None
    payload_version: str | None
    scenario: str | None


class NoMock(InvalidInput):
    """A test notification that cannot be sent; the details say why."""

    def __init__(self, details: str) -> None:
        super().__init__("InvalidInput", details=details)
        self.because(details)


def send_mock(unit: UnitOfWork, application_id: str, wanted: Mock) -> None:
    """Have a made-up notification of a type sent to one of an application's queues; raises `NoMock`.

    Assumed: whichever scenario is named, the same is made up; Amazon's scenarios are published for no type.
    """
    if wanted.payload_version is None or not (wanted.scenario or "").strip():
        raise NoMock("testNotification with payloadVersion and testScenario is required")
    found = [
        entry
        for entry in entries()
        if (entry.notification_type, entry.payload_version) == (wanted.notification_type, wanted.payload_version)
    ]
    if not found or wanted.notification_type not in subscribable_types():
        raise NoMock(f"No test notification of {wanted.notification_type} {wanted.payload_version} is known")
    try:
        destination = destination_of(unit, application_id, wanted.destination_id or "")
    except Unknown:
        raise NoMock(_NOT_YOURS) from None
    if destination.kind is DestinationKind.EVENT_BRIDGE:
        raise NoMock("Test notifications are sent to SQS alone")
    tell_of_mock(unit, destination, wanted.notification_type, wanted.payload_version, made_up(load(found[0]), unit.now))


def made_up(kind: type[Message], now: datetime) -> Message:
    """A message of a kind that says something in each of its fields."""
    return _struct(inspect.type_info(kind), now)  # type: ignore[no-any-return]


def _struct(kind: inspect.Type, now: datetime) -> Any:  # noqa: ANN401 - whatever the kind says
    assert isinstance(kind, inspect.StructType)  # noqa: S101 - the contract's are all structs
    return kind.cls(**{field.name: _value(field.type, field.encode_name, now) for field in kind.fields})


def _value(kind: inspect.Type, name: str, now: datetime) -> Any:  # noqa: ANN401 - whatever the kind says
    match kind:
        case inspect.UnionType():
            return _value(next(each for each in kind.types if not isinstance(each, inspect.NoneType)), name, now)
        case inspect.StructType():
            return _struct(kind, now)
        case inspect.ListType():
            return [_value(kind.item_type, name, now)]
        case inspect.EnumType():
            return _first(kind.cls)
        case inspect.Metadata():
            return _value(kind.type, name, now)
        case _:
            return _PLAIN.get(type(kind), lambda text, _: text)(name, now)


def _first(kind: type[Enum]) -> Enum:
    return next(iter(kind))


_PLAIN: dict[type[inspect.Type], Any] = {
    inspect.DateTimeType: lambda _, now: now,
    inspect.DateType: lambda _, now: date(now.year, now.month, now.day),
    inspect.DecimalType: lambda *_: Decimal(10),
    inspect.IntType: lambda *_: 1,
    inspect.FloatType: lambda *_: 1.0,
    inspect.BoolType: lambda *_: True,
    inspect.DictType: lambda *_: {},
    inspect.AnyType: lambda *_: None,
}
