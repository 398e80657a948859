"""Why a report is not made, shown or cancelled."""

from __future__ import annotations

from collections.abc import Iterable

from sellingpartner.contract.errors import InvalidInput, NotFound


class UnknownReportType(InvalidInput):
    """No such type, or one that the market cannot make of what it knows."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Invalid Report Type {name[:100]}")


class NotInMarketplace(InvalidInput):
    """The type exists in other countries."""

    def __init__(self, name: str, marketplace_id: str, countries: Iterable[str]) -> None:
        super().__init__(
            f"Reports of the type {name} are not made for marketplace {marketplace_id}; "
            f"they are for those of {', '.join(sorted(countries))}."
        )


class NoSuchReport(NotFound):
    """The seller has no such report."""

    def __init__(self, report_id: str) -> None:
        super().__init__(f"There is no report {report_id[:60]!r}.")


class NoSuchSchedule(NotFound):
    """The seller has no such schedule, or has cancelled it."""

    def __init__(self, report_schedule_id: str) -> None:
        super().__init__(f"There is no report schedule {report_schedule_id[:60]!r}.")


class NotWhileSo(InvalidInput):
    """The report is in a state in which that cannot be done."""

    def __init__(self, report_id: str, status: str) -> None:
        super().__init__(f"Report {report_id} is {status}; only a report that is IN_QUEUE can be cancelled.")


class WrongPeriod(InvalidInput):
    """The report cannot be about that time."""


class WrongOption(InvalidInput):
    """The type knows no such option, or not with that value."""
