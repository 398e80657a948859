"""Whether this market is a sandbox: a world to try things in, where operations answer that no other market has."""

from __future__ import annotations

from sellingpartner.contract.errors import Unauthorized
from sellingpartner.storage.remembered import known
from sellingpartner.storage.unit import UnitOfWork

SANDBOX = "sandbox"
"""The name under which a market remembers that it is one."""


def is_sandbox(unit: UnitOfWork) -> bool:
    """Whether this unit's market was opened as a sandbox."""
    return known(unit.connection, SANDBOX) is not None


def check_sandbox(unit: UnitOfWork, operation: str) -> None:
    """Refuse what works in a sandbox alone, anywhere else.

    Assumed: outside its sandbox Amazon refuses a sandbox-only operation as one that the caller may not use.
    """
    if not is_sandbox(unit):
        raise Unauthorized().because(f"{operation} works in the sandbox alone, and this market is none.")
