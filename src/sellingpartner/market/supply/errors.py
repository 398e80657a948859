"""Why a supply source is refused; Amazon tells these refusals apart by a number in `details`."""

from __future__ import annotations

from sellingpartner.contract.errors import InvalidInput, NotFound


class SourceUnknown(NotFound):
    """The seller has no such source."""

    def __init__(self, named: str) -> None:
        super().__init__(f"There is no supply source {named!r}.")


class CodeTaken(InvalidInput):
    """The code is another source's, and be it archived."""

    def __init__(self, code: str) -> None:
        super().__init__("Supply Source with given Code already exists", details="1004")
        self.because(f"The seller has a supply source with the code {code!r} already.")


class SourceArchived(InvalidInput):
    """What was archived stays as it is."""

    def __init__(self, supply_source_id: str) -> None:
        super().__init__("Supply Source has been archived and cannot be modified.", details="1005")
        self.because(f"Supply source {supply_source_id} is archived.")


class InvalidSource(InvalidInput):
    """A part of a source cannot be; the message names the part and says what would be right."""

    def __init__(self, path: str, fault: str) -> None:
        super().__init__(f"{path} {fault}")
