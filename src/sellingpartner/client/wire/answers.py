"""A body as the model of an answer, exactly; what reads it more leniently stands in `_answers`."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar

import msgspec

from sellingpartner.client.wire.belief import Refused, check
from sellingpartner.client.wire.refusals import UNREADABLE, error_of, unreadable
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.fields import Annotation
from sellingpartner.contract.operation import NoContent, Request, answer_type

__all__ = ["UNREADABLE", "answer_kind", "decode", "decoder"]

Answer = TypeVar("Answer")


def decode(request: type[Request[Answer]], status: int, body: bytes) -> Answer:
    """Read an answer, or raise the error that it is."""
    if status >= InvalidInput.status:
        raise error_of(status, body)
    kind: Annotation = answer_kind(request, status)
    try:
        if kind is not NoContent or body.strip():
            check(kind, msgspec.json.decode(body))
        decoded: Any = NoContent() if kind is NoContent else decoder(kind).decode(body)
    except Refused:
        raise error_of(status, body) from None
    except UNREADABLE:
        raise unreadable(status, body) from None
    answer: Answer = decoded
    return answer


@cache
def answer_kind(request: type[Request[object]], status: int) -> Annotation:
    """The model of an answer with this status: some operations have another one for 202."""
    return request.operation.extra.get("answers", {}).get(status) or answer_type(request)


@cache
def decoder(kind: Hashable) -> msgspec.json.Decoder[object]:
    """Reads JSON as a type; making one costs more than using it."""
    return msgspec.json.Decoder(kind)
