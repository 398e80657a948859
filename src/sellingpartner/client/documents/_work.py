"""What reports, feeds and queries have in common as jobs: Amazon works on them for a while, under an id."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar, TypeVar

from sellingpartner.client._exchange.job import Job
from sellingpartner.client._shells.steps import Steps
from sellingpartner.client.documents._desk import Desk
from sellingpartner.client.documents.progress import OnProgress
from sellingpartner.contract.errors import CallFailed, SellingPartnerError
from sellingpartner.contract.operation import Request

Result = TypeVar("Result")

_CANCEL_WITHIN = 5.0


class Work(Job[Result]):
    """Something that Amazon works on; whoever has its id can go on with it after a crash."""

    noun: ClassVar[str]
    """`report`, `feed` or `query`."""

    def __init__(self, work_id: str | None, *, keep: bool) -> None:
        self.work_id = work_id
        self.is_open = False
        """Whether this job began it and does not know it ended."""
        self._keep = keep
        self.deadline: float | None = None
        self.on_progress: OnProgress | None = None

    @abstractmethod
    def carried_out(self, desk: Desk) -> Steps[Result]:
        """The job itself."""

    @abstractmethod
    def cancellation(self, work_id: str) -> Request[object]:
        """The call that takes it back."""

    def steps(self) -> Steps[Result]:
        """The whole job; what it raises names the work and says how to go on with it."""
        try:
            return (yield from self.carried_out(Desk(self, self.deadline, self.on_progress)))
        except SellingPartnerError as failure:
            setattr(failure, f"{self.noun}_id", self.work_id)
            failure.operation = failure.operation or self.name
            if self.is_open and isinstance(failure, CallFailed):
                failure.advice = f"The {self.noun} goes on; come back to it with {self.noun}_id={self.work_id!r}."
            raise

    def taken_back(self, failure: BaseException) -> Steps[None]:
        """Cancel it, unless it has ended, is somebody else's, or is to be kept."""
        if not self.is_open or self.work_id is None:
            return
        if self._keep:
            failure.add_note(
                f"The {self.noun} {self.work_id} goes on; come back to it with {self.noun}_id={self.work_id!r}."
            )
            return
        failure.add_note(f"The {self.noun} {self.work_id} was asked to be canceled.")
        yield from Desk(self, _CANCEL_WITHIN, None).call(self.cancellation(self.work_id))
