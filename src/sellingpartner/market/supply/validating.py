"""What a supply source may be like: addresses, hours, capacity, where returns go.

Assumed: Amazon's model gives the types and little else; the rules here are those that the words of the model imply.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from sellingpartner.contract import supply_sources_2020_07_01 as v1
from sellingpartner.market.supply.errors import InvalidSource

LONGEST_CODE = 64
LONGEST_ALIAS = 100
_LONGEST_LINE = 180
_LARGEST = 10**6
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_COUNTRY = re.compile(r"[A-Z]{2}")
_PHONE = re.compile(r"\+?[0-9][0-9 ().\-]{0,24}")
_REQUIRED_LINES = ("name", "address_line1", "state_or_region", "country_code")


class _Part(NamedTuple):
    path: str
    value: Any


def check_text(path: str, value: str, longest: int) -> None:
    """A text that people read: neither empty nor too long, and all of it printable."""
    if not value.strip() or len(value) > longest or not value.isprintable():
        raise InvalidSource(path, f"must be 1 to {longest} printable characters.")


def check_code(code: str) -> None:
    """The seller's own word for a source, which also names it in listings.

    Assumed: a supply source's code is none of the words that name Amazon's network or the seller's default there.
    """
    check_text("supplySourceCode", code, LONGEST_CODE)
    if code == "DEFAULT" or code.startswith("AMAZON_"):
        raise InvalidSource("supplySourceCode", f"is {code!r}; DEFAULT and AMAZON_... have a meaning of their own.")


def check_address(path: str, address: v1.Address) -> None:
    """An address that a parcel can come from."""
    for name in msgspec.structs.fields(address):
        value = getattr(address, name.name)
        if value is not None or name.name in _REQUIRED_LINES:
            check_text(f"{path}.{name.encode_name}", value or "", _LONGEST_LINE)
    if _COUNTRY.fullmatch(address.country_code) is None:
        raise InvalidSource(f"{path}.countryCode", f"is {address.country_code!r}; it must be two letters, such as US.")
    if address.phone is not None:
        _check_phone(_Part(f"{path}.phone", address.phone))


def check_configuration(configuration: v1.SupplySourceConfiguration | None) -> None:
    """Hours, capacity, time zone."""
    if configuration is None:
        return
    _check_parts("configuration", configuration)
    if configuration.timezone is not None and not _is_zone(configuration.timezone):
        fault = f"is {configuration.timezone!r}; it must be the name of a time zone, such as America/Los_Angeles."
        raise InvalidSource("configuration.timezone", fault)


def check_capabilities(capabilities: v1.SupplySourceCapabilities | None) -> None:
    """What the source can do; whether a source that is named for returns exists is not looked at here."""
    if capabilities is not None:
        _check_parts("capabilities", capabilities)


def _is_zone(name: str) -> bool:
    try:
        return bool(ZoneInfo(name).key)
    except (KeyError, ValueError, OSError):
        return False


def _check_parts(path: str, whole: msgspec.Struct) -> None:
    for part in _walk(_Part(path, whole)):
        check = _CHECKS.get(type(part.value))
        if check is not None:
            check(part)


def _walk(part: _Part) -> Iterator[_Part]:
    """Every value of a tree, with the path by which it is reached on the wire."""
    yield part
    if isinstance(part.value, msgspec.Struct):
        for field in msgspec.structs.fields(part.value):
            inner = getattr(part.value, field.name)
            if inner is not None:
                yield from _walk(_Part(f"{part.path}.{field.encode_name}", inner))


def _check_phone(part: _Part) -> None:
    if _PHONE.fullmatch(part.value) is None:
        raise InvalidSource(part.path, f"is {part.value!r}; it must be a phone number.")


def _check_contact(part: _Part) -> None:
    if part.value.phone is not None:
        _check_phone(_Part(f"{part.path}.phone", part.value.phone))


def _check_measured(part: _Part) -> None:
    """A number of hours, minutes or days: both the number and the unit, or the whole of it left out."""
    value, unit = part.value.value, part.value.time_unit
    if value is None or unit is None:
        raise InvalidSource(part.path, f"lacks {'value' if value is None else 'timeUnit'}; give both.")
    if value > _LARGEST:
        raise InvalidSource(f"{part.path}.value", f"is {value}; it must be at most {_LARGEST}.")


def _check_week(part: _Part) -> None:
    for field in msgspec.structs.fields(part.value):
        hours: list[v1.OperatingHour] = getattr(part.value, field.name) or []
        path = f"{part.path}.{field.encode_name}"
        spans = sorted(_span(f"{path}[{place}]", hour) for place, hour in enumerate(hours))
        for (_, end), (start, _) in pairwise(spans):
            if start < end:
                raise InvalidSource(path, f"has hours that overlap, at {start}.")


def _span(path: str, hour: v1.OperatingHour) -> tuple[str, str]:
    """From when to when; a day on which nobody is there begins and ends at the same time."""
    for name, value in (("startTime", hour.start_time), ("endTime", hour.end_time)):
        if value is None or _TIME.fullmatch(value) is None:
            raise InvalidSource(
                f"{path}.{name}", f"is {value!r}; it must be a time from 00:00 to 23:59, such as 09:30."
            )
    start, end = hour.start_time or "", hour.end_time or ""
    if end < start:
        raise InvalidSource(path, f"ends at {end}, before it begins at {start}.")
    return start, end


def _check_returns(part: _Part) -> None:
    if (part.value.supply_source_id is None) == (part.value.address_with_contact is None):
        raise InvalidSource(part.path, "must have either supplySourceId or addressWithContact.")


def _check_inner_address(part: _Part) -> None:
    check_address(part.path, part.value)


_CHECKS: dict[type, Callable[[_Part], None]] = {
    v1.ContactDetailsPrimary: _check_contact,
    v1.Duration: _check_measured,
    v1.ThroughputCap: _check_measured,
    v1.OperatingHoursByDay: _check_week,
    v1.ReturnLocation: _check_returns,
    v1.Address: _check_inner_address,
}
