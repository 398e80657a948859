"""Every decision of a call, without input or output: which token, whose turn, what an answer means, what to repeat."""

from __future__ import annotations

from contextlib import suppress
from logging import getLogger
from typing import TypeVar

import msgspec

from sellingpartner.client._answers.lenient import naive_time
from sellingpartner.client._answers.refusals import after_the_fact, is_stale_token, refusal, revoked, told
from sellingpartner.client._exchange import needs, retries
from sellingpartner.client._exchange.context import Call, Context
from sellingpartner.client._exchange.marketplaces import with_ids
from sellingpartner.client._exchange.plan import Plan
from sellingpartner.client._exchange.reaction import Reaction
from sellingpartner.client._exchange.tokens import Tokens
from sellingpartner.client._shells.steps import Broken, Outcome, Reply, Steps
from sellingpartner.client.credentials.endpoints import host_of
from sellingpartner.client.options import Options
from sellingpartner.client.throttle import rate_named
from sellingpartner.client.throttle.bucket import PATIENCE
from sellingpartner.client.tokens import login, purposes
from sellingpartner.client.tokens.login import is_token, lifetime
from sellingpartner.client.tokens.purposes import Purpose
from sellingpartner.client.wire import NO_ZONE, Refused, WireRequest, encode
from sellingpartner.contract.errors import (
    AnswerTooLarge,
    AnswerUnreadable,
    AuthorizationRevoked,
    ConnectionFailed,
    InvalidInput,
    QuotaExceeded,
    ScopeMissing,
    SellingPartnerError,
)
from sellingpartner.contract.operation import Operation, Rate, Request
from sellingpartner.contract.tokens_2021_03_01 import CreateRestrictedDataToken, Method, RestrictedResource

Answer = TypeVar("Answer")

SANDBOX_RATE = Rate(5, burst=15)
"""Every operation of the sandbox has this usage plan."""
_OK = 200
_REDIRECT = 300
_QUOTA = 429
_LONGEST_RETRY_AFTER = 120.0
_WORTH_SAYING = 0.5
"""Seconds of a wait from which on the log speaks of it."""

_log = getLogger("sellingpartner.client")


class Exchange:
    """Makes the calls of one seller's client."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._tokens = Tokens(context, self._make_restricted)
        self._reaction = Reaction(context, self._tokens)
        self._plans: dict[tuple[str, tuple[str, ...]], Plan] = {}

    def call(self, request: Request[Answer], options: Options) -> Steps[Answer]:
        """Make a call; the typed answer comes back, or the error is raised."""
        call = Call(self._context, request.operation.name, options)
        while True:
            credentials = self._context.standing.credentials
            try:
                return (yield from self._called(request, call))
            except (AuthorizationRevoked, ScopeMissing) as refused:
                if not (yield from self._reaction.another_grant(refused, credentials, call)):
                    raise

    def _called(self, request: Request[Answer], call: Call) -> Steps[Answer]:
        """Make a call with the grant as it stands."""
        operation = request.operation
        request = _with_ids(request)
        wire = _said(request)
        plan = self._plan(operation, wire.path, call.options)
        about = needs.scopes_of_request(request)
        plan = plan if about is None else plan._replace(scopes=about)
        fresh = False
        while True:
            token, outcome = yield from self._attempt(wire, plan, call)
            if isinstance(outcome, Reply) and _OK <= outcome.status < _REDIRECT:
                self._context.throttle.answered(plan.throttle_key, rate_named(outcome.headers))
                try:
                    return self._context.answers.read(type(request), outcome)
                except AnswerUnreadable as unreadable:
                    failure: SellingPartnerError = told(unreadable, operation, outcome)
                except Refused:
                    failure = refusal(operation, outcome)
            else:
                failure = self._failure(operation, outcome)
            if is_stale_token(failure):
                if fresh:
                    raise self._ended(failure, operation)
                self._tokens.drop(plan.purpose, token)
                fresh = True
                continue
            yield from self._before_repeating(failure, outcome, plan, call)

    def _attempt(self, wire: WireRequest, plan: Plan, call: Call) -> Steps[tuple[str, Outcome]]:
        tokens = self._tokens
        self._reaction.check(plan, call)
        call.attempt += 1
        token = tokens.kept(plan.purpose) or (yield from tokens.get(plan.purpose, call))
        self._reaction.check(plan, call)  # the token may have told what the grant lacks
        if (yield from self._waited_for_turn(plan, call)):
            token = tokens.kept(plan.purpose) or (yield from tokens.get(plan.purpose, call))
        headers = {
            "Accept": "application/json",
            "Accept-Encoding": "gzip, deflate",
            "User-Agent": self._context.user_agent,
            "x-amz-access-token": token,
            **wire.headers,
        }
        outcome = yield from call.send(wire.method, plan.base + wire.target, headers, wire.body)
        return token, outcome

    def _waited_for_turn(self, plan: Plan, call: Call) -> Steps[bool]:
        """Take a token of the usage plan; whether that took time."""
        throttle, priority = self._context.throttle, call.options.priority
        if call.ticket is None:
            call.ticket, wait = throttle.enter(plan.throttle_key, plan.limit, priority)
        else:
            wait = throttle.ask(plan.throttle_key, plan.limit, call.ticket, priority)
        if wait <= 0:
            return False
        if wait >= _WORTH_SAYING:
            _log.info("%s waits %.1f seconds for its usage plan", call.operation, wait)
        try:
            while wait > 0:
                call.check(wait, "throttle")
                yield from call.sleep(min(wait, PATIENCE), "throttle")
                wait = throttle.ask(plan.throttle_key, plan.limit, call.ticket, priority)
        except BaseException:  # also when the caller gives up: the place must not be kept
            throttle.leave(plan.throttle_key, call.ticket)
            raise
        return True

    def _failure(self, operation: Operation, outcome: Outcome) -> SellingPartnerError:
        if isinstance(outcome, Reply):
            return refusal(operation, outcome)
        failed = ConnectionFailed(f"No answer from {host_of(self._context.endpoint.api)}: {outcome.reason}.")
        failed.may_have_arrived = outcome.may_have_arrived
        return told(failed, operation)

    def _before_repeating(self, failure: SellingPartnerError, outcome: Outcome, plan: Plan, call: Call) -> Steps[None]:
        """Wait for the next attempt, or raise the failure if there is to be none."""
        context = self._context
        empty = context.throttle.refused(plan.throttle_key) if failure.status == _QUOTA else None
        if isinstance(failure, QuotaExceeded):
            failure.wait_seconds = empty
        idempotent = plan.idempotent if call.options.idempotent is None else call.options.idempotent
        if call.attempt > call.options.retries or not _repeatable(failure, outcome, idempotent=idempotent):
            raise failure if idempotent or not _harmed(outcome) else after_the_fact(failure)
        known = empty is not None and call.attempt == 1  # then the queue knows best, else it was wrong before
        pause = 0.0 if known else retries.pause(call.attempt, context.random)
        if isinstance(outcome, Reply):
            pause = max(pause, _retry_after(outcome))
        if pause > 0:
            yield from call.sleep(pause, "retry")

    def _ended(self, failure: SellingPartnerError, operation: Operation) -> SellingPartnerError:
        """A token that was just made was refused."""
        error = revoked(failure)
        if isinstance(error, AuthorizationRevoked):
            error.authorize_url = login.authorize_url(self._context.standing.credentials, self._context.endpoint)
            error.advice = login.advice_to_authorize(error.authorize_url)
        return told(error, operation)

    def _plan(self, operation: Operation, path: str, options: Options) -> Plan:
        concrete = purposes.is_concrete(operation)
        known = (operation.key, options.personal_data)
        plan = None if concrete else self._plans.get(known)
        if plan is None:
            plan = self._made_plan(operation, path, options)
            if not concrete:
                self._plans[known] = plan
        return plan

    def _made_plan(self, operation: Operation, path: str, options: Options) -> Plan:
        context = self._context
        endpoint, credentials = context.endpoint, context.credentials
        purpose = purposes.purpose_of(operation, path, options.personal_data)
        caller = credentials.application_key if operation.grantless else credentials.seller_key
        is_tokens = operation is CreateRestrictedDataToken.operation
        base = endpoint.tokens if is_tokens else endpoint.api
        limit = SANDBOX_RATE if endpoint.sandbox and not is_tokens else operation.rate
        return Plan(
            purpose=purpose,
            scopes=needs.scopes_of(operation),
            throttle_key=f"{base} {caller} {operation.key}",
            limit=limit,
            idempotent=retries.is_idempotent(operation),
            base=base,
        )

    def _make_restricted(self, purpose: Purpose, call: Call) -> Steps[tuple[str, float]]:
        options = msgspec.structs.replace(call.options, personal_data=(), deadline=call.left, idempotent=None)
        resource = RestrictedResource(
            method=Method(purpose.method), path=purpose.path, data_elements=list(purpose.elements) or None
        )
        answer = yield from self.call(CreateRestrictedDataToken(restricted_resources=[resource]), options)
        if not is_token(answer.restricted_data_token):
            message = "No restricted data token came back."
            raise AnswerUnreadable(message)
        return answer.restricted_data_token, lifetime(answer.expires_in)


def _with_ids(request: Request[Answer]) -> Request[Answer]:
    try:
        return with_ids(request)
    except InvalidInput as wrong:
        raise told(wrong, request.operation) from None


def _said(request: Request[object]) -> WireRequest:
    """The request as HTTP, unless it cannot be said."""
    try:
        naive = naive_time(type(request), request)
        if naive is not None:
            raise InvalidInput(f"{naive} {NO_ZONE}.")  # noqa: TRY301 - one place that says of which call
        return encode(request)
    except InvalidInput as wrong:
        raise told(wrong, request.operation) from None


def _repeatable(failure: SellingPartnerError, outcome: Outcome, *, idempotent: bool) -> bool:
    if isinstance(failure, AnswerTooLarge):
        return False
    if _harmed(outcome):
        return idempotent and not (isinstance(outcome, Reply) and failure.has_words)
    if isinstance(outcome, Broken):
        return not outcome.is_hopeless
    return retries.may_repeat(outcome.status, readable=failure.has_words, idempotent=idempotent)


def _harmed(outcome: Outcome) -> bool:
    """Whether the call may have been carried out, and its answer came to harm."""
    return outcome.may_have_arrived if isinstance(outcome, Broken) else outcome.status < _REDIRECT


def _retry_after(reply: Reply) -> float:
    with suppress(KeyError, ValueError):
        seconds = float(reply.headers["retry-after"])
        return min(seconds, _LONGEST_RETRY_AFTER) if seconds > 0 else 0.0
    return 0.0
