"""A job is several calls that belong together, such as having a report made, waiting for it and fetching it.

Like a call it is a generator of steps, which either shell carries out. What it began is given up with it: a shell that
is interrupted lets the job take that back before the interruption goes on its way.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Generic, TypeVar

from sellingpartner.client._exchange.parts import Parts
from sellingpartner.client._shells.steps import Steps
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
