"""Why something about a service is refused, in Amazon's form: 422 InvalidInput where a rule of jobs is broken.

The sentences are those that Amazon's published examples show, so that who knows them finds them; reservations and
capacity are refused with 400 and 404, as those operations know no 422.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sellingpartner.contract.errors import ErrorAnswer, ErrorEntry, InvalidInput, NotFound
from sellingpartner.market.appointments.lifecycle import JobStatus


class BrokenRule(InvalidInput):
    """A rule of jobs and appointments does not allow it."""

    status = 422


class Against(NamedTuple):
    """One of several things that are wrong."""

    message: str
    code: str = "InvalidInput"


class BrokenRules(BrokenRule):
    """Several rules do not allow it: each is told."""

    def __init__(self, found: Sequence[Against]) -> None:
        super().__init__(found[0].message, code=found[0].code)
        self.found = list(found)
        self.because(" ".join(one.message for one in found))

    def answer(self) -> ErrorAnswer:
        """An entry for each."""
        return ErrorAnswer(
            errors=[ErrorEntry(code=one.code, message=one.message, details=self.details) for one in self.found]
        )


class NoSuchJob(BrokenRule):
    """The seller has no such job."""

    def __init__(self, job_id: str, words: str = "No job exist with jobId : {}") -> None:
        super().__init__(words.format(job_id[:100]))


class JobNotFound(NotFound):
    """The same, for those who only look."""

    code = "InvalidInput"

    def __init__(self, job_id: str) -> None:
        super().__init__(f"Job not found for jobId {job_id[:100]}")


class WrongJobState(BrokenRule):
    """The job is in a state that does not allow it."""

    def __init__(self, job_id: str, status: JobStatus, why: str = "") -> None:
        super().__init__(
            f"Operation not allowed on job with jobId : {job_id} and jobState : {status.value}", details=why
        )


class NotSet(BrokenRule):
    """The appointment cannot be as it was said."""

    def __init__(self, job_id: str, reason: str, why: str = "") -> None:
        super().__init__(f"Failed to add appointment for jobId : {job_id}, reason : {reason}", details=why)


class NoSlot(NotSet):
    """Nobody can do it then."""

    def __init__(self, job_id: str, why: str) -> None:
        super().__init__(job_id, "Appointment slot is not available.", why)


class NotUpdated(BrokenRule):
    """There is no such appointment to say something of."""

    def __init__(self, job_id: str, appointment_id: str) -> None:
        super().__init__(
            f"Failed to Update Appointment for jobId : {job_id}, appointmentId : {appointment_id[:100]}, "
            f"reason : No appointment exists with appointmentId: {appointment_id[:100]}"
        )


class NotCancelable(BrokenRule):
    """The job can no longer be canceled."""

    def __init__(self, job_id: str, status: JobStatus, why: str = "") -> None:
        super().__init__(f"Job with jobId {job_id} and jobStatus {status.value} cannot be cancelled", details=why)


class WrongReason(BrokenRule):
    """There is no such reason."""

    def __init__(self, job_id: str, code: str, known: Iterable[str]) -> None:
        super().__init__(
            f"Received invalid input reason code {code[:100]} for jobId {job_id}",
            details=f"Reason codes are {', '.join(known)}.",
        )


class InvalidParameters(InvalidInput):
    """Parameters are missing, or name nothing that there is."""

    def __init__(self, *names: str, is_missing: bool = False, why: str = "") -> None:
        kind = "Missing or invalid" if is_missing else "Invalid"
        super().__init__(f"{kind} request parameters: [{', '.join(names)}]", details=why)


class InvalidCapacityQuery(InvalidInput):
    """A question about capacity that cannot be answered, in the words of those two operations."""

    def __init__(self, *found: str) -> None:
        super().__init__("This is invalid input", details=f"Received the following errors: [{', '.join(found)}]")


class NoSuchReservation(NotFound):
    """The seller has no such reservation."""

    code = "InvalidInput"

    def __init__(self, message: str = "Reservation does not exist") -> None:
        super().__init__(message)


class NoSuchResource(NotFound):
    """The seller has no such store or technician."""

    def __init__(self, resource_id: str) -> None:
        super().__init__(f"There is no service resource {resource_id[:100]!r}.")
