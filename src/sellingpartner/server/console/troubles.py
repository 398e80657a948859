"""What ends a request of these pages before its page: each becomes an answer in the endpoint, and a line of the log."""

from __future__ import annotations

from http import HTTPStatus

from sellingpartner.contract.errors import SellingPartnerError


class SignInFirst(Exception):
    """Only somebody who is signed in may see this; `return_to` is where to go then."""

    def __init__(self, return_to: str) -> None:
        super().__init__(return_to)
        self.return_to = return_to


class Trouble(Exception):
    """A page that says what is wrong, and what to do about it."""

    def __init__(self, status: int, title: str, message: str, *, code: str = "", fix: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.title = title
        self.message = message
        self.code = code or HTTPStatus(status).phrase.title().replace(" ", "")
        self.fix = fix
        self.reason = message
        """Why, for the log."""


class OutOfDate(Trouble):
    """A form that this session did not hand out, or another page's."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            403,
            "This form is out of date",
            "The page was loaded before you signed in, or as somebody else, so nothing was changed.",
            code="FormOutOfDate",
            fix="Go back, load the page again, and send it once more.",
        )
        self.reason = reason


def trouble_of(error: SellingPartnerError) -> Trouble:
    """A refusal of the market as a page."""
    titles = {
        400: "That cannot be done",
        404: "There is no such thing here",
        409: "That cannot be done at the moment",
        413: "That is too much",
        415: "That is no form",
        503: "Try again in a moment",
    }
    trouble = Trouble(error.status, titles.get(error.status, "That was refused"), error.told, code=error.code)
    trouble.reason = error.reason
    return trouble


NO_PAGE = Trouble(404, "There is no such page", "Nothing is at this address.", fix="Check the address for a slip.")
DEFECT = Trouble(
    500,
    "That did not work",
    "The market failed on this request; it is the market's fault. Its log has the reason.",
    code="InternalFailure",
)


def wrong_method(allowed: str) -> Trouble:
    """A page that is asked for by a method that it has no answer to."""
    return Trouble(405, "That cannot be asked for like this", f"This address takes {allowed} and nothing else.")
