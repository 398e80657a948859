"""What is told of an operation: problems, by code and severity."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from importlib.resources import files

import msgspec

from sellingpartner.contract.errors import SellingPartnerError


class Severity(StrEnum):
    """Whether a problem stands in the way."""

    ERROR = "ERROR"
    WARNING = "WARNING"


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something that was met while an operation was carried out."""

    code: str
    message: str
    severity: Severity = Severity.ERROR
    details: str | None = None


@cache
def _words() -> dict[str, str]:
    path = files("sellingpartner.market.inbound") / "problems.toml"
    return msgspec.toml.decode(path.read_bytes(), type=dict[str, str])


def about(code: str, resource: str, severity: Severity = Severity.ERROR) -> Problem:
    """A problem with a SKU or a shipment, by its code (`problems.toml`).

    Assumed: the sentences for codes of eligibility in an inbound operation are the market's own.
    """
    return Problem(
        code=code,
        message=f"{severity.value}: {_words()[code]}",
        severity=severity,
        details=f"There's an input error with the resource '{resource}'.",
    )


def warning(words: str) -> Problem:
    """A problem without a code of its own that stands in nobody's way."""
    return Problem(code="BadRequest", message=f"WARNING: {words}", severity=Severity.WARNING)


def problem_of(refused: SellingPartnerError) -> Problem:
    """What was refused while an operation was carried out."""
    words = refused.message.removeprefix("ERROR: ")
    return Problem(code=refused.code, message=f"ERROR: {words}", details=refused.details or None)
