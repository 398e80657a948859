"""Amazon's rules of which static case answers a call.

A case lists parameters, and matches if each of them has the value that it lists; what it does not list may have any
value. A case that lists nothing matches always. Of several the one that lists most is taken, then the first of the
model. Required parameters of the model must be there, whatever their value.

Assumed: which of several cases Amazon takes is not documented; and an array's values are compared joined by commas.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

BODY = "body"
"""The name under which cases list the whole body, whatever the model calls it."""

ABSENT = object()
"""Of a parameter that was not sent, and of a body that is none or no JSON."""


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One static case: what it asks for, and what it answers."""

    wanted: tuple[tuple[str, object], ...]
    """The parameters that it lists, by their wire names; texts, but for the body, which is JSON."""
    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """What a call brought."""

    parameters: Mapping[str, str]
    """From path, query and headers, by wire name; several values of one are joined by commas."""
    body: object = ABSENT

    def value_of(self, name: str) -> object:
        """What was sent under a name."""
        return self.body if name == BODY else self.parameters.get(name, ABSENT)


class Cases(msgspec.Struct, frozen=True, kw_only=True):
    """The static cases of one operation."""

    in_order: tuple[Case, ...]
    required: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    """The parameters that travel in a header."""
    is_dynamic: bool = False
    """Whether a call that no case is for is answered by the sandbox's world."""

    def match(self, sent: Sent) -> Case | None:
        """The case that answers a call."""
        if any(sent.value_of(name) is ABSENT for name in self.required):
            return None
        return next((case for case in self.in_order if _fits(case, sent)), None)


def in_order(cases: Iterable[Case]) -> tuple[Case, ...]:
    """Those that list more come first; else they stay as the model has them."""
    return tuple(sorted(cases, key=lambda case: -len(case.wanted)))


def as_text(value: object) -> str:
    """A parameter's value as a URL has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(as_text(one) for one in value)
    return str(value)


def _fits(case: Case, sent: Sent) -> bool:
    return all(_same(value, sent.value_of(name)) for name, value in case.wanted)


def _same(wanted: object, sent: object) -> bool:
    """Whether two values are one. As JSON has it: true is not 1, but 15.0 is 15."""
    if isinstance(wanted, bool) or isinstance(sent, bool):
        return wanted is sent
    if isinstance(wanted, dict) and isinstance(sent, dict):
        return wanted.keys() == sent.keys() and all(_same(value, sent[name]) for name, value in wanted.items())
    if isinstance(wanted, list) and isinstance(sent, list):
        return len(wanted) == len(sent) and all(map(_same, wanted, sent))
    return wanted == sent
