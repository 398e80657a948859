"""Every error of the API, one tree; the market raises them and the client raises the same.

    SellingPartnerError
    ├── InvalidInput              400  what was sent is wrong; the message says what would be right
    │   └── InvalidArgument              it is never right, however things stand
    ├── Unauthorized              403  no permission: token, grant, scope or role
    │   ├── MissingAuthenticationToken   the gateway knows no such path or method
    │   ├── AuthorizationRevoked         the seller took the grant back, or it ended
    │   └── ScopeMissing                 the grant does not hold the scope that the operation needs
    ├── NotFound                  404
    ├── Conflict                  409  the state of the thing does not allow it
    ├── RequestTooLarge           413
    ├── UnsupportedMediaType      415
    ├── QuotaExceeded             429
    ├── InternalFailure           500  a defect of the market, never an answer to bad input
    ├── NotBuilt                  501  an operation that this market does not serve
    ├── ServiceUnavailable        503
    ├── LoginFailed               400  Login with Amazon gave no token, or 401
    └── CallFailed                     a caller alone meets these: there is no answer of the API to raise
        ├── ConnectionFailed      the call did not arrive, or its answer did not
        ├── AnswerUnreadable      what answered is no answer of this API
        │   └── AnswerTooLarge        there is more of it than the caller takes in
        ├── DeadlineExceeded      the call's time would be over before its turn came
        ├── PagesRepeat           a page names itself, or an earlier one, as the next
        ├── AuthorizationFailed   a seller's way back from the consent page did not end in a grant
        │   ├── AccessDenied          the seller said no
        │   ├── ScopeInvalid          a scope was asked for that the application cannot have
        │   ├── StateInvalid          the state is missing, was changed, or is another application's
        │   ├── StateExpired          the seller took too long
        │   ├── StateReplayed         the state came back before
        │   ├── OtherBrowser          the state was made for another browser
        │   ├── OtherSeller           another seller consented than the one who was asked
        │   └── CallbackUnreadable    the address that the seller came back to makes no sense
        ├── StoreFailed           where the caller keeps tokens, limits or grants cannot be used
        ├── NotConfigured         the caller was not told enough to make a call
        └── ReportFailed, FeedFailed, ...  what `sellingpartner.client.documents` adds: jobs and documents that failed

`code`, `message` and `details` are what Amazon sends in `errors[]`. A context of the market adds its reasons below.
A client adds which operation was refused, the id of the request, and what may be done about it.
"""

from __future__ import annotations

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


def _with(text: str, details: str | None) -> str:
    """A text and its details as one, unless one of them says what the other does."""
    if not details or details.removesuffix(".") in text:
        return text
    if text.removesuffix(".") in details:
        return details
    return f"{text} {details}" if text.endswith((".", "!", "?")) else f"{text}: {details}"


class SellingPartnerError(Exception):
    """The root: a refusal with Amazon's code, a message for people and, often, details."""

    status: int = 500
    code: str = "InternalFailure"
    operation: str | None = None
    """The operation that was called; a client knows."""
    request_id: str | None = None
    """What to tell Amazon's support: the answer's `x-amzn-RequestId`."""
    advice: str = ""
    """What the caller may do about it."""
    has_words: bool = True
    """Whether the API itself said so; False where only the status of a page, or of nothing, tells."""
    report_id: str | None = None
    """The report that a caller was waiting for; with it the wait can be taken up again. So with the other two."""
    feed_id: str | None = None
    query_id: str | None = None

    def __init__(self, message: str, *, details: str | None = "", code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.details = details
        if code is not None:
            self.code = code
        self.reason: str = self.told
        """Why, for the request log: what the answer says, and more where the answer must not."""

    def __str__(self) -> str:
        if self.operation is None:
            return self.message
        answered = f"{self.operation}: {self.status} {self.code}" if self.status else f"{self.operation}: {self.code}"
        said = [answered, "-", self.message]
        said += [f"({self.details})"] if self.details and self.details != self.message else []
        if self.advice:
            said[-1] += "" if said[-1].endswith((".", "!", "?", ")")) else "."
            said += [self.advice]
        said += [f"[request {self.request_id}]"] if self.request_id else []
        return " ".join(said)

    @property
    def told(self) -> str:
        """All that the answer says, for people: the message, and the details where they add something."""
        return _with(self.message, self.details)

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


class InvalidArgument(InvalidInput):
    """What was said is never right, however things stand: no duration, too many of a list, a name of nothing.

    A market's control API tells it apart from what its state does not allow, and a client that cannot send a value;
    Amazon's operations do not.
    """

    code = "InvalidArgument"


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


class AuthorizationRevoked(Unauthorized):
    """The seller took the grant back, or it ended; only the seller can give it again."""

    authorize_url: str | None = None
    """The consent page and who asks, if that is known; `AuthorizationFlow.url` makes it one to send a browser to."""


class ScopeMissing(Unauthorized):
    """The grant does not hold the scope that the operation needs."""

    scope: str = ""
    authorize_url: str | None = None
    """The consent page, who asks and for what; `AuthorizationFlow.url` makes it one to send a browser to."""


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
    wait_seconds: float | None = None
    """How long until the next call has its turn, as far as the caller can tell."""

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


class LoginFailed(SellingPartnerError):
    """Login with Amazon gave no token: `code` is its `error`, `message` its `error_description`."""

    status = 400
    code = "invalid_request"


class CallFailed(SellingPartnerError):
    """The root of what a caller alone meets: the API gave no answer that could be raised."""

    status = 0


class ConnectionFailed(CallFailed):
    """The call did not arrive, or its answer did not."""

    code = "ConnectionFailed"
    may_have_arrived: bool = False
    """Whether the operation may have been carried out all the same."""


class AnswerUnreadable(CallFailed):
    """What answered is no answer of this API: a page of a proxy, an empty or cut body, broken JSON."""

    code = "AnswerUnreadable"
    has_words = False


class AnswerTooLarge(AnswerUnreadable):
    """The answer, or a document, is larger than the caller takes in; the limit can be set."""

    code = "AnswerTooLarge"


class DeadlineExceeded(CallFailed):
    """The call's time would be over before its turn came; it was not made, or not made again."""

    code = "DeadlineExceeded"
    wait_seconds: float = 0.0
    """How long the wait would have been."""
    blocked_by: tuple[str, ...] = ()
    """The feeds that stood before the one that was waited for."""


class PagesRepeat(CallFailed):
    """A page names itself, or an earlier one, as the next: to go on would never end."""

    code = "PagesRepeat"


class StoreFailed(CallFailed):
    """Where tokens, limits or grants are kept cannot be read or written: damaged, locked for long, a full disk."""

    code = "StoreFailed"


class NotConfigured(CallFailed):
    """The caller was not told enough to make a call."""

    code = "NotConfigured"


class AuthorizationFailed(CallFailed):
    """A seller's way back from the consent page did not end in a grant; `code` says why."""

    code = "AuthorizationFailed"


class AccessDenied(AuthorizationFailed):
    """The seller said no."""

    code = "access_denied"


class ScopeInvalid(AuthorizationFailed):
    """A scope was asked for that the application cannot have."""

    code = "invalid_scope"


class StateInvalid(AuthorizationFailed):
    """The state is missing, was changed on its way, or is another application's."""

    code = "StateInvalid"


class StateExpired(AuthorizationFailed):
    """The seller took longer than the state lasts."""

    code = "StateExpired"


class StateReplayed(AuthorizationFailed):
    """The state came back a second time; each is good for one authorization."""

    code = "StateReplayed"


class OtherBrowser(AuthorizationFailed):
    """The state was made for another browser than the one that brought it back."""

    code = "OtherBrowser"


class OtherSeller(AuthorizationFailed):
    """Another seller consented than the one who was asked."""

    code = "OtherSeller"


class CallbackUnreadable(AuthorizationFailed):
    """The address that the seller came back to lacks something, or contradicts itself."""

    code = "CallbackUnreadable"
