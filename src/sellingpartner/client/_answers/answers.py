"""Reads answers: fast where they are as the contract says, leniently where they are not."""

from __future__ import annotations

from itertools import count
from typing import Any, TypeVar

from sellingpartner.client import wire
from sellingpartner.client._answers import lenient
from sellingpartner.client._answers.drift import Drift, Surprise
from sellingpartner.client._shells.steps import Reply
from sellingpartner.client.events import Drifted, Hook
from sellingpartner.contract.errors import AnswerTooLarge, AnswerUnreadable
from sellingpartner.contract.fields import Annotation
from sellingpartner.contract.operation import NoContent, Request
from sellingpartner.counted import counted

Answer = TypeVar("Answer")

_SHOWN = 120


class Answers:
    """Turns replies into typed answers and notes what surprised."""

    def __init__(self, drift: Drift, every: int, hooks: tuple[Hook, ...]) -> None:
        self._drift = drift
        self._every = every
        self._hooks = hooks
        self._read = count(1)

    def read(self, request: type[Request[Answer]], reply: Reply) -> Answer:
        """The answer, or `AnswerUnreadable`; `Refused` where it is a refusal, whatever its status says."""
        if reply.is_cut:
            raise _too_large(reply)
        kind = wire.answer_kind(request, reply.status)
        answer: Answer = self._nothing(reply) if kind is NoContent else self._typed(request, kind, reply)
        return answer

    def _typed(self, request: type[Request[object]], kind: Annotation, reply: Reply) -> Any:  # noqa: ANN401 - a model
        if self._every and next(self._read) % self._every == 0:
            return self._leniently(request, kind, reply)
        try:
            answer = wire.decoder(kind).decode(reply.body)
        except wire.UNREADABLE:
            return self._leniently(request, kind, reply)
        needs_care = wire.is_doubtful(answer) or lenient.has_naive_time(kind, answer)
        return self._leniently(request, kind, reply) if needs_care else answer

    def _nothing(self, reply: Reply) -> Any:  # noqa: ANN401 - a NoContent, for whichever Answer that is
        if reply.body.strip():
            try:
                wire.check(NoContent, lenient.read(reply.body))
            except wire.UNREADABLE:
                raise _unreadable(reply, "a body where none was to come") from None
        return NoContent()

    def _leniently(self, request: type[Request[object]], kind: Annotation, reply: Reply) -> Any:  # noqa: ANN401 - a model
        if not reply.body.strip():
            raise _unreadable(reply, "an empty body")
        found: list[tuple[str, str]] = []
        try:
            said = lenient.read(reply.body)
            wire.check(kind, said)
            answer = lenient.value(kind, said, "", lambda field, what: found.append((field, what)))
        except wire.UNREADABLE as reason:
            raise _unreadable(reply, f"not the JSON of an answer ({reason})") from None
        for field, what in found:  # only then, for hooks may raise errors of their own
            self._note(Surprise(request.operation.name, field, what))
        return answer

    def _note(self, surprise: Surprise) -> None:
        if self._drift.note(surprise):
            for hook in self._hooks:
                hook(Drifted(operation=surprise.operation, surprise=str(surprise)))


def _unreadable(reply: Reply, what: str) -> AnswerUnreadable:
    kind = reply.headers.get("content-type", "no content type")
    begins = f", which begins {reply.body[:_SHOWN].decode(errors='replace')!r}" if "json" not in kind else ""
    error = AnswerUnreadable(
        f"The answer was {reply.status} with {what}: {counted(len(reply.body), 'byte')} of {kind}{begins}."
    )
    error.status = reply.status
    return error


def _too_large(reply: Reply) -> AnswerTooLarge:
    error = AnswerTooLarge(
        f"The answer is larger than max_answer_bytes; {counted(len(reply.body), 'byte')} of it had come."
    )
    error.status = reply.status
    error.advice = "Ask for less at once, or set max_answer_bytes higher."
    return error
