"""A job is several calls that belong together, such as having a report made, waiting for it and fetching it.

Like a call it is a generator of steps, which either shell carries out. What it began is given up with it: a shell that
is interrupted lets the job take that back before the interruption goes on its way.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Generic, TypeVar

from sellingpartner.client._steps import Steps
from sellingpartner.contract.errors import SellingPartnerError

if TYPE_CHECKING:
    from sellingpartner.client._assembly import Parts
    from sellingpartner.client.options import Options

Result = TypeVar("Result")


class Job(ABC, Generic[Result]):
    """Several calls that end in one result."""

    name: str
    """Where its method is: `reports.download`."""
    parts: Parts
    options: Options

    def begin(self, parts: Parts, options: Options) -> None:
        """Learn whose job it is; a shell says so before it carries the steps out."""
        self.parts, self.options = parts, options

    @abstractmethod
    def steps(self) -> Steps[Result]:
        """The whole job."""

    @abstractmethod
    def taken_back(self, failure: BaseException) -> Steps[None]:
        """What is to be done when the job is interrupted; the failure may be given a note for its reader."""


def worth_ending(failure: BaseException) -> bool:
    """Whether somebody gave the job up: Ctrl-C, a canceled task, an error of the caller's own in a callback.

    A job that failed by itself, for want of time or on a full disk, may be resumed; one whose coroutine is thrown away
    cannot make another call.
    """
    return not isinstance(failure, (SellingPartnerError, OSError, GeneratorExit))
