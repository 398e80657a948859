"""What several steps that belong together are to a shell: it takes back what they began if it is interrupted."""

from __future__ import annotations

from typing import Protocol, TypeVar

from sellingpartner.client._shells.steps import Steps
from sellingpartner.contract.errors import SellingPartnerError

Result_co = TypeVar("Result_co", covariant=True)


class Endable(Protocol[Result_co]):
    """Steps that may be given up halfway; a `Job` is that."""

    def steps(self) -> Steps[Result_co]:
        """All of them."""

    def taken_back(self, failure: BaseException) -> Steps[None]:
        """What is to be done when they are interrupted; the failure may be given a note for its reader."""


def worth_ending(failure: BaseException) -> bool:
    """Whether somebody gave the job up: Ctrl-C, a canceled task, an error of the caller's own in a callback.

    A job that failed by itself, for want of time or on a full disk, may be resumed; one whose coroutine is thrown away
    cannot make another call.
    """
    return not isinstance(failure, (SellingPartnerError, OSError, GeneratorExit))
