"""Gets the token that a call needs: kept, or made once for all who wait for it.

A token is renewed a minute before its end. Whoever finds it missing or about to end claims the right to make it;
while it is still good the others go on using it, else they look again and again until it is there. The claim lapses,
so a thread, task or process that dies with it is not waited for. What the maker failed with, those who waited in the
same process fail with, too, instead of trying one after the other.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from os import getpid
from threading import Lock
from uuid import uuid4

from sellingpartner.client._answers.refusals import like
from sellingpartner.client._exchange import retries
from sellingpartner.client._exchange.context import Call, Context
from sellingpartner.client._shells.steps import Broken, Steps
from sellingpartner.client.credentials import Credentials
from sellingpartner.client.credentials.endpoints import host_of
from sellingpartner.client.events import TokenFetched
from sellingpartner.client.tokens import Token, login
from sellingpartner.client.tokens.purposes import ACCESS, GRANTLESS, RESTRICTED, Purpose
from sellingpartner.contract.errors import ConnectionFailed, SellingPartnerError

Make = Callable[[Purpose, Call], Steps[tuple[str, float]]]
"""Makes a restricted data token, which is a call of the API in its own right."""

RENEW_BEFORE = 60.0
"""Seconds before its end that a token is renewed."""
_STILL_GOOD = 5.0
_CLAIM = 45.0
_FIRST_LOOK = 0.005
_LONGEST_LOOK = 0.1
_BAD_REQUEST = 400
_MOST_FAILURES = 1000
_LOGIN_REPETITIONS = 3
_PASSING = frozenset({429, 500, 502, 503, 504})

_holders = count(1)
_process = uuid4().hex


class Tokens:
    """The tokens of one seller's client."""

    def __init__(self, context: Context, make_restricted: Make) -> None:
        self._context = context
        self._make_restricted = make_restricted
        self._keys: dict[tuple[Purpose, str | None], str] = {}
        self._failures: dict[str, SellingPartnerError] = {}
        self._lock = Lock()

    def kept(self, purpose: Purpose) -> str | None:
        """A token that needs no renewal, if there is one."""
        credentials = self._context.standing.credentials
        token = self._context.tokens.get(self._key(purpose, credentials))
        if token is None or not self._lasts(token, RENEW_BEFORE):
            return None
        if purpose.kind == ACCESS:
            self._context.standing.note(credentials, token)
        return token.value

    def get(self, purpose: Purpose, call: Call) -> Steps[str]:
        """The token, made if it has to be."""
        credentials = self._context.standing.credentials
        store, key = self._context.tokens, self._key(purpose, credentials)
        holder = f"{_process}.{getpid()}.{next(_holders)}"
        earlier, look = self._failures.get(key), _FIRST_LOOK
        while True:
            token = store.get(key)
            if token is not None and self._lasts(token, RENEW_BEFORE):
                return token.value
            failure = self._failures.get(key)
            if failure is not None and failure is not earlier:
                raise like(type(failure), failure)
            if store.claim(key, holder, _CLAIM):
                try:
                    return (yield from self._made(purpose, credentials, call)).value
                except SellingPartnerError as failed:
                    self._note_failure(key, failed)
                    raise
                finally:
                    store.release(key, holder)
            if token is not None and self._lasts(token, _STILL_GOOD):
                return token.value
            yield from call.sleep(look, "token")
            look = min(look * 2, _LONGEST_LOOK)

    def drop(self, purpose: Purpose, value: str) -> None:
        """Forget a token that was refused."""
        self._context.tokens.drop(self._key(purpose, self._context.standing.credentials), value)

    def forget(self) -> None:
        """Forget every token that this client got from the seller's grant."""
        store, credentials = self._context.tokens, self._context.standing.credentials
        with self._lock:
            known = list(self._keys.items())
        for (purpose, refresh_token), key in known:
            if purpose.kind != GRANTLESS and refresh_token == credentials.refresh_token:
                token = store.get(key)
                if token is not None:
                    store.drop(key, token.value)

    def _made(self, purpose: Purpose, credentials: Credentials, call: Call) -> Steps[Token]:
        context, key = self._context, self._key(purpose, credentials)
        token = context.tokens.get(key)  # somebody may have made it between the look and the claim
        if token is not None and self._lasts(token, RENEW_BEFORE):
            return token
        if purpose.kind == RESTRICTED:
            value, seconds = yield from self._make_restricted(purpose, call)
            token = Token(value, context.wall() + seconds)
        else:
            found = yield from self._log_in(purpose, credentials, call)
            seconds = found.expires_in
            token = Token(found.access_token, context.wall() + seconds, found.scopes)
        context.tokens.put(key, token)
        context.tell(TokenFetched(operation=call.operation, kind=purpose.kind, expires_in=seconds))
        if purpose.kind == ACCESS and token.scopes is not None and context.standing.note(credentials, token):
            yield from context.standing.record(token.scopes)
        return token

    def _log_in(self, purpose: Purpose, credentials: Credentials, call: Call) -> Steps[login.Granted]:
        context = self._context
        body = login.form(credentials, purpose.scope)
        headers = {**login.FORM, "User-Agent": context.user_agent}
        for repetition in range(1, _LOGIN_REPETITIONS + 2):
            outcome = yield from call.send("POST", context.endpoint.login, headers, body)
            if isinstance(outcome, Broken):
                where = f"Login with Amazon at {host_of(context.endpoint.login)}"
                failure: SellingPartnerError = ConnectionFailed(f"No token: {where}: {outcome.reason}.")
                if outcome.is_hopeless:
                    break
            elif outcome.status < _BAD_REQUEST:
                found = login.granted(outcome)
                if not isinstance(found, SellingPartnerError):
                    return found
                failure = found
            else:
                failure = login.refused(outcome, credentials, context.endpoint)
                if outcome.status not in _PASSING:
                    break
            if repetition <= _LOGIN_REPETITIONS:
                yield from call.sleep(retries.pause(repetition, context.random), "retry")
        failure.operation = call.operation
        raise failure

    def _lasts(self, token: Token, seconds: float) -> bool:
        return token.expires_at - self._context.wall() > seconds

    def _key(self, purpose: Purpose, credentials: Credentials) -> str:
        known = (purpose, credentials.refresh_token)
        key = self._keys.get(known)
        if key is None:
            key = purpose.key(credentials, self._context.endpoint)
            with self._lock:
                self._keys[known] = key
        return key

    def _note_failure(self, key: str, failure: SellingPartnerError) -> None:
        with self._lock:
            if len(self._failures) >= _MOST_FAILURES:
                self._failures.clear()
            self._failures[key] = failure
