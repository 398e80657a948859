"""The exchange of a code for tokens (RFC 6749, 4.1.3), as steps.

A code is good for one exchange, and showing it again takes back what it gave. So it is sent again only if it surely was
not received: the connection never stood, or the request was turned away for its number.
"""

from __future__ import annotations

from random import Random
from urllib.parse import urlencode

from sellingpartner.client._exchange import retries
from sellingpartner.client._exchange.user_agent import user_agent
from sellingpartner.client._shells.steps import Broken, Outcome, Send, Sleep, Steps
from sellingpartner.client.authorization._settings import Settings
from sellingpartner.client.tokens.login import FORM, Granted, granted, refused
from sellingpartner.contract.errors import AnswerUnreadable, ConnectionFailed, SellingPartnerError

_TIMEOUT = 30.0
_ATTEMPTS = 4
_BAD_REQUEST = 400
_QUOTA = 429
_random = Random()  # noqa: S311 - for pauses


def exchanged(settings: Settings, login: str, code: str, verifier: str) -> Steps[Granted]:
    """Show the code and get what it stands for; `login` is the token endpoint."""
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": settings.redirect_uri,
        "client_id": settings.client_id,
        "client_secret": settings.client_secret,
    }
    if verifier:
        fields["code_verifier"] = verifier
    headers = {**FORM, "User-Agent": user_agent(settings.user_agent)}
    send = Send("POST", login, headers, urlencode(fields).encode(), _TIMEOUT)
    outcome: Outcome = yield send
    for attempt in range(1, _ATTEMPTS):
        if not _surely_not_received(outcome):
            break
        yield Sleep(retries.pause(attempt, _random))
        outcome = yield send
    found = _read(settings, outcome)
    if isinstance(found, SellingPartnerError):
        found.operation = "exchange of the code"
        raise found
    return found


def _surely_not_received(outcome: Outcome) -> bool:
    return not outcome.may_have_arrived if isinstance(outcome, Broken) else outcome.status == _QUOTA


def _read(settings: Settings, outcome: Outcome) -> Granted | SellingPartnerError:
    if isinstance(outcome, Broken):
        failed = ConnectionFailed(f"The code was not exchanged: Login with Amazon: {outcome.reason}.")
        failed.may_have_arrived = outcome.may_have_arrived
        failed.advice = "Ask the seller to start again; a code must not be shown twice."
        return failed
    if outcome.status >= _BAD_REQUEST:
        error = refused(outcome, settings.credentials(), settings.endpoint("US"))
        if error.code == "invalid_grant":
            error.advice = "The code is five minutes old, was used, or belongs to another redirect URI; start again."
        return error
    found = granted(outcome)
    if isinstance(found, Granted) and not found.refresh_token:
        return AnswerUnreadable("Login with Amazon took the code and gave no refresh token; ask the seller again.")
    return found
