"""What is looked at: the calls of one application that led to operations of Amazon's, and the scopes that it has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

import msgspec

from sellingpartner.contract.market_v1 import LintFinding, Severity
from sellingpartner.contract.registry import Entry
from sellingpartner.market.accounts.calls import Call

Key = TypeVar("Key")


class Made(msgspec.Struct, frozen=True):
    """A call with the operation that it was one of."""

    call: Call
    entry: Entry


class Evidence(msgspec.Struct, frozen=True):
    """What is known of one application."""

    application_id: str
    made: tuple[Made, ...]
    """Its calls, the oldest first."""
    unused_scopes: tuple[str, ...] = ()
    """What sellers gave it, and no call of it has ever needed."""

    def by(self, key: Callable[[Made], Key]) -> Mapping[Key, list[Made]]:
        """Its calls, sorted into groups."""
        groups: dict[Key, list[Made]] = {}
        for one in self.made:
            groups.setdefault(key(one), []).append(one)
        return groups

    def by_operation(self) -> Iterator[tuple[Entry, list[Made]]]:
        """Its calls of each operation."""
        yield from self.by(lambda one: one.entry).items()

    def finding(
        self, severity: Severity, those: list[Made], advice: str, *, example: Made | None = None
    ) -> LintFinding:
        """A habit that some calls of one operation show, as the latest of them does unless the advice is of another.

        Who lists the rules adds the rule's name.
        """
        latest = example or those[-1]
        return LintFinding(
            rule="",
            severity=severity,
            application_id=self.application_id,
            operation=latest.entry.name,
            api=f"{latest.entry.api} {latest.entry.version}",
            calls=len(those),
            example=latest.call.request_id,
            advice=advice,
        )
