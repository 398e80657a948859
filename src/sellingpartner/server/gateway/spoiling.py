"""What faults make of an answer whose call has happened: another body, other headers, another way out.

Answers are remembered by those who made them, so each of these makes another one.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from email.utils import formatdate
from random import Random

import msgspec

from sellingpartner.contract.errors import ErrorAnswer
from sellingpartner.market.faults.luck import Struck
from sellingpartner.market.faults.model import (
    AnyFault,
    ClockSkew,
    Corrupt,
    Cut,
    Delay,
    Drift,
    RateHeader,
    Refuse,
    Reset,
)
from sellingpartner.server.gateway.drifting import drifted
from sellingpartner.server.gateway.http import HttpAnswer, Leaving

RATE_HEADER = "x-amzn-RateLimit-Limit"
_FIRST_REFUSAL = 400

AnswerType = Callable[[], type[object]]
"""Gives the contract's type of a successful answer, where somebody asks."""


def spoiled(answer: HttpAnswer, struck: Sequence[Struck], answer_type: AnswerType | None = None) -> HttpAnswer:
    """The answer as the faults leave it, one after the other; bodies that no contract describes do not drift."""
    for one in struck:
        answer = _spoiled(answer, one.rule.fault, one.luck(), answer_type)
    return answer


def _spoiled(answer: HttpAnswer, fault: AnyFault, luck: Random, answer_type: AnswerType | None) -> HttpAnswer:
    match fault:
        case Refuse() | RateHeader() | ClockSkew():
            return _with_another_head(answer, fault)
        case Drift() | Corrupt() | Cut():
            return _with_another_body(answer, fault, luck, answer_type)
        case Reset(moment="after"):
            return _leaving(answer, reset=True)
        case Delay():
            return _leaving(answer, delay_seconds=pause_of(fault, luck))
        case _:
            return answer


def _with_another_head(answer: HttpAnswer, fault: Refuse | RateHeader | ClockSkew) -> HttpAnswer:
    match fault:
        case Refuse(retry_after=int(seconds)):
            return _with_header(answer, "Retry-After", str(seconds))
        case RateHeader(value=value):
            return _with_header(answer, RATE_HEADER, value)
        case ClockSkew(seconds=off):
            return _with_header(answer, "Date", formatdate(time.time() + off, usegmt=True))
        case _:
            return answer


def _with_another_body(
    answer: HttpAnswer, fault: Drift | Corrupt | Cut, luck: Random, answer_type: AnswerType | None
) -> HttpAnswer:
    match fault:
        case Drift() if answer_type is not None and answer.body:
            kind = answer_type() if answer.status < _FIRST_REFUSAL else ErrorAnswer
            return msgspec.structs.replace(answer, body=drifted(answer.body, kind, fault, luck))
        case Corrupt(count=count):
            return _whole(answer, lambda body: _corrupted(body, count, luck))
        case Cut(share=share):
            return _leaving(_whole(answer), body_share=share)
        case _:
            return answer


def status_of(answer: HttpAnswer) -> int:
    """The status that a caller sees; 0 where it gets no answer."""
    return 0 if answer.leaving is not None and answer.leaving.reset else answer.status


def pause_of(delay: Delay, luck: Random) -> float:
    """How long an answer is held back this time; `seconds` is the mean of all, but for those that are cut off."""
    mean = delay.seconds
    match delay.spread:
        case "uniform":
            drawn = luck.uniform(0, 2 * mean)
        case "exponential":
            drawn = luck.expovariate(1 / mean)
        case "lognormal":  # half of them take less than 0.6 of the mean, one in a hundred more than 6 times as long
            drawn = luck.lognormvariate(math.log(mean) - 0.5, 1)
        case _:
            drawn = mean
    return min(drawn, delay.at_most)


def _with_header(answer: HttpAnswer, name: str, value: str | None) -> HttpAnswer:
    headers = [each for each in answer.headers if each[0].lower() != name.lower()]
    if value is not None:
        headers.append((name, value))
    return msgspec.structs.replace(answer, headers=headers)


def _whole(answer: HttpAnswer, change: Callable[[bytes], bytes] = bytes) -> HttpAnswer:
    """The answer with another body, which is held at once: what comes in pieces has no place to be changed in."""
    body = answer.body if answer.stream is None else b"".join(answer.stream)
    return msgspec.structs.replace(answer, body=change(body), stream=None)


def _corrupted(body: bytes, count: int, luck: Random) -> bytes:
    changed = bytearray(body)
    for place in luck.sample(range(len(changed)), min(count, len(changed))):
        changed[place] ^= luck.randrange(1, 256)
    return bytes(changed)


def _leaving(
    answer: HttpAnswer, *, delay_seconds: float = 0.0, reset: bool = False, body_share: float = 1.0
) -> HttpAnswer:
    """The answer, disturbed on its way besides what disturbs it anyway."""
    before = answer.leaving or Leaving()
    leaving = Leaving(
        delay_seconds=before.delay_seconds + delay_seconds,
        reset=before.reset or reset,
        body_share=min(before.body_share, body_share),
    )
    return msgspec.structs.replace(answer, leaving=leaving)
