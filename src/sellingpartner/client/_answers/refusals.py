"""Says of a refusal what its words leave out: which operation, which request, and what to do."""

from __future__ import annotations

import re

from sellingpartner.client._shells.steps import Reply
from sellingpartner.client.wire import error_of
from sellingpartner.contract import errors
from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.contract.operation import Operation

_STALE = re.compile(r"access token.*(expired|revoked)|\A(?!.*secret).*\bhas expired", re.IGNORECASE | re.DOTALL)
_ENDED = re.compile(r"revoked", re.IGNORECASE)
_SCOPE = re.compile(r"needs (?:the scope|one of the scopes) ([^\s,]+?)(?:,|\.?$| or )")
_REASONLESS = re.compile(
    r"\s*(access to (the |this )?(requested )?resource is (denied|forbidden)|no reason is given)\.?\s*", re.IGNORECASE
)
_SECRET_EXPIRED = re.compile(r"secret.*expired", re.IGNORECASE)

_RESTRICTED_TOKENS = "POST /tokens/2021-03-01/restrictedDataToken"

_ADVICE: dict[type[SellingPartnerError], str] = {
    errors.MissingAuthenticationToken: "Nothing is served under this method and path; see whether base_url is right.",
    errors.RequestTooLarge: "Send less at once.",
    errors.InternalFailure: "The service failed; if it goes on, show its support the request's id.",
    errors.ServiceUnavailable: "The service is overloaded; try later.",
    errors.QuotaExceeded: "Others may use up the same usage plan; let all processes share one throttle.",
    errors.AnswerUnreadable: "Something other than the API answered, or its answer was cut; see base_url and proxies.",
}


def refusal(operation: Operation, reply: Reply) -> SellingPartnerError:
    """The error that a reply means, with all that is known about it."""
    return told(_specific(error_of(reply.status, reply.body)), operation, reply)


def told(error: SellingPartnerError, operation: Operation, reply: Reply | None = None) -> SellingPartnerError:
    """The same error, saying which operation and request it is about."""
    error.operation = operation.name
    if reply is not None:
        error.request_id = reply.headers.get("x-amzn-requestid")
    if not error.advice:
        error.advice = _advice(error, operation)
    return error


def after_the_fact(error: SellingPartnerError) -> SellingPartnerError:
    """The same error, of a call that may have changed something."""
    error.advice = "The call may have been carried out; look before you make it again."
    return error


def is_stale_token(error: SellingPartnerError) -> bool:
    """Whether a fresh token may help."""
    return isinstance(error, errors.Unauthorized) and _STALE.search(_words(error)) is not None


def revoked(error: SellingPartnerError) -> SellingPartnerError:
    """What it means that a fresh token was refused in these words."""
    if not _ENDED.search(_words(error)):
        error.advice = "A token was refused as expired right after it was made; compare the clocks."
        return error
    return like(errors.AuthorizationRevoked, error)


def like(kind: type[SellingPartnerError], error: SellingPartnerError) -> SellingPartnerError:
    """The same refusal as another kind of error."""
    made = kind.__new__(kind)
    SellingPartnerError.__init__(made, error.message, details=error.details, code=error.code)
    made.__dict__.update(error.__dict__)
    return made


def _specific(error: SellingPartnerError) -> SellingPartnerError:
    """A denial whose words say which it is."""
    if type(error) is not errors.Unauthorized:
        return error
    scope = _SCOPE.search(error.details or "")
    if scope:
        missing = like(errors.ScopeMissing, error)
        if isinstance(missing, errors.ScopeMissing):
            missing.scope = scope[1]
            missing.advice = f"Ask the seller to authorize the application again, with {scope[1]}."
        return missing
    return error


def _advice(error: SellingPartnerError, operation: Operation) -> str:
    if not error.has_words and error.status:
        return _ADVICE[errors.AnswerUnreadable]
    if type(error) is errors.Unauthorized:
        return _why_denied(error, operation)
    if operation.key == _RESTRICTED_TOKENS and isinstance(error, errors.InvalidInput):
        return "The application lacks the role for this personal data, or the operation has none."
    return next((advice for kind, advice in _ADVICE.items() if isinstance(error, kind)), "")


def _why_denied(error: errors.Unauthorized, operation: Operation) -> str:
    """Amazon refuses for many reasons in the same words; these are the ones that its users met."""
    if _SECRET_EXPIRED.search(_words(error)):
        return "Rotate the client secret, and use the new one."
    if not _gives_no_reason(error):
        return ""
    roles = f" (the application needs one of the roles {', '.join(operation.roles)})" if operation.roles else ""
    return (
        f"No reason is given; usual ones: a role is missing or was added after the seller authorized{roles},"
        " the region is not the seller's, or personal data was asked for without its role."
    )


def _gives_no_reason(error: SellingPartnerError) -> bool:
    """Whether a denial is in the words that Amazon has for all of them."""
    return _REASONLESS.fullmatch(_words(error)) is not None


def _words(error: SellingPartnerError) -> str:
    return f"{error.message} {error.details or ''}"
