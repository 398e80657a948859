"""Every error of the API, one tree; the market raises them and the client raises the same.

    SellingPartnerError
    ├── InvalidInput              400  what was sent is wrong; the message says what would be right
    ├── Unauthorized              403  no permission: token, grant, scope or role
    │   └── MissingAuthenticationToken   the gateway knows no such path or method
    ├── NotFound                  404
    ├── Conflict                  409  the state of the thing does not allow it
    ├── RequestTooLarge           413
    ├── UnsupportedMediaType      415
    ├── QuotaExceeded             429
    ├── InternalFailure           500  a defect of the market, never an answer to bad input
    ├── NotBuilt                  501  an operation that this market does not serve
    └── ServiceUnavailable        503

`code`, `message` and `details` are what Amazon sends in `errors[]`. A context of the market adds its reasons below.
"""

from __future__ import annotations

from typing import ClassVar

from sellingpartner.contract.message import Message

DENIED = "Access to requested resource is denied."


class ErrorEntry(Message):
    """One entry of the `errors` list that every refusal carries."""

    code: str
    message: str
    details: str | None = None


class ErrorAnswer(Message):
    """The body of every refusal."""

    errors: list[ErrorEntry]


class SellingPartnerError(Exception):
    """The root: a refusal with Amazon's code, a message for people and, often, details."""

    status: ClassVar[int] = 500
    code: str = "InternalFailure"

    def __init__(self, message: str, *, details: str | None = "", code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.details = details
        if code is not None:
            self.code = code
        self.reason: str = message
        """Why, for the request log, where the answer itself says less."""

    def because(self, reason: str) -> SellingPartnerError:
        """Say in the request log what the answer must not say."""
        self.reason = reason
        return self

    def answer(self) -> ErrorAnswer:
        """The body that says so on the wire."""
        return ErrorAnswer(errors=[ErrorEntry(code=self.code, message=self.message, details=self.details)])


class InvalidInput(SellingPartnerError):
    """What was sent is wrong; the message names it and says what would be right."""

    status = 400
    code = "InvalidInput"


class Unauthorized(SellingPartnerError):
    """The caller may not do this: token, grant, scope or role."""

    status = 403
    code = "Unauthorized"

    def __init__(self, details: str | None = "", *, message: str = DENIED) -> None:
        super().__init__(message, details=details)
        self.reason = details or message


class MissingAuthenticationToken(Unauthorized):
    """The gateway knows no such path or method; Amazon's words for it speak of a token."""

    code = "MissingAuthenticationToken"

    def __init__(self) -> None:
        super().__init__(None, message="Missing Authentication Token")


class NotFound(SellingPartnerError):
    """The thing named in the request does not exist for this seller."""

    status = 404
    code = "NotFound"


class Conflict(SellingPartnerError):
    """The state of the thing does not allow this."""

    status = 409
    code = "Conflict"


class RequestTooLarge(SellingPartnerError):
    """The body is larger than the API takes."""

    status = 413
    code = "RequestTooLarge"


class UnsupportedMediaType(SellingPartnerError):
    """The body's media type is not one that the API reads."""

    status = 415
    code = "UnsupportedMediaType"


class QuotaExceeded(SellingPartnerError):
    """The token bucket of this operation is empty."""

    status = 429
    code = "QuotaExceeded"

    def __init__(self, message: str = "You exceeded your quota for the requested resource.") -> None:
        super().__init__(message)


class InternalFailure(SellingPartnerError):
    """A defect of the market itself."""

    status = 500
    code = "InternalFailure"


class NotBuilt(SellingPartnerError):
    """The operation is in the contract, and this market does not serve it."""

    status = 501
    code = "NotImplemented"


class ServiceUnavailable(SellingPartnerError):
    """The market cannot answer at the moment; the same request may succeed later."""

    status = 503
    code = "ServiceUnavailable"
