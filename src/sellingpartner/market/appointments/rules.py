"""The numbers and codes of `rules.toml`, read once."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Annotated

import msgspec

Count = Annotated[int, msgspec.Meta(gt=0)]
Codes = Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]


class _Reasons(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    move: Codes
    cancel: Codes


class _Days(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    latest_start: Count
    most_slots: Count
    usual_slots: Count
    page_of_capacity: Count


class _Hours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    missed_after: Count


class _Slots(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    usual_minutes: Count
    shortest_minutes: Count
    longest_minutes: Count


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `rules.toml` says."""

    reasons: _Reasons
    days: _Days
    hours: _Hours
    slots: _Slots

    @property
    def missed_after(self) -> timedelta:
        """How long after its end an appointment counts as missed."""
        return timedelta(hours=self.hours.missed_after)


@cache
def rules() -> Rules:
    """The rules."""
    text = files(__package__).joinpath("rules.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Rules)
