"""Rows of a world as people read them: moments, money, documents, each by the type of its column."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from sqlalchemy import Boolean, Column, Table

from sellingpartner.market.amounts import Money
from sellingpartner.storage.columns import Instant, Json, instant_of

_LONGEST = 60
_MOST = 6
_SECRETS = ("_hash", "secret")
"""How columns end that hold secrets, or what is kept of them: that one has changed is told, and nothing of it."""


def readable(column: Column[Any], value: object) -> object:
    """A value as a file of JSON says it: a moment as text, a document as what it holds, bytes as base64."""
    if value is None:
        return None
    if isinstance(column.type, Instant) and isinstance(value, int):
        return f"{instant_of(value):%Y-%m-%dT%H:%M:%S.%fZ}".replace(".000000Z", "Z")
    if isinstance(column.type, Boolean):
        return bool(value)
    if isinstance(value, bytes):
        return _document(value)
    return value


def _document(value: bytes) -> object:
    """What bytes hold: most columns of bytes are JSON, whatever their type is called."""
    try:
        return msgspec.json.decode(value)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return {"base64": base64.b64encode(value).decode()}


def shown(table: Table, row: Mapping[str, object], columns: Iterable[str]) -> str:
    """What a line tells of a row."""
    told = (name for name in columns if row[name] is not None and not name.endswith(_SECRETS))
    return ", ".join(f"{_name(name)} {_short(table, name, row)}" for name in told)


def shown_changes(table: Table, before: Mapping[str, object], after: Mapping[str, object]) -> str:
    """What of a row is not the same; of a document the names of its fields, where nothing simpler tells it."""
    changed = [column for column in table.columns if before[column.name] != after[column.name]]
    plain = [
        _told_change(table, column.name, before, after)
        for column in changed
        if not isinstance(before[column.name] or after[column.name], bytes)
    ]
    deep = [
        f"{column.name}.{field}"
        for column in changed
        if isinstance(column.type, Json) and not plain
        for field in _fields(before[column.name], after[column.name])
    ]
    told = plain + deep or [column.name for column in changed]
    more = [f"and {len(told) - _MOST} more"] if len(told) > _MOST else []
    return ", ".join(told[:_MOST] + more)


def _told_change(table: Table, name: str, before: Mapping[str, object], after: Mapping[str, object]) -> str:
    if name.endswith(_SECRETS):
        return f"another {_name(name.removesuffix('_hash'))}"
    return f"{_name(name)} {_short(table, name, before)} -> {_short(table, name, after)}"


def _fields(before: object, after: object) -> list[str]:
    one, other = (_document(each) if isinstance(each, bytes) else {} for each in (before, after))
    if not isinstance(one, dict) or not isinstance(other, dict):
        return []
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def _name(column: str) -> str:
    return column.removesuffix("_minor").removesuffix("_at").replace("_", " ")


def _short(table: Table, name: str, row: Mapping[str, object]) -> str:
    value = row[name]
    currency = row.get("currency") or row.get("price_currency")
    if name.endswith("_minor") and isinstance(value, int) and isinstance(currency, str):
        return f"{Money(value, currency)} {currency}"
    said = readable(table.columns[name], value)
    text = "none" if said is None else said if isinstance(said, str) else msgspec.json.encode(said).decode()
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
