"""A typed request as HTTP and HTTP as a typed answer or an error, without any input or output of its own."""

from __future__ import annotations

from sellingpartner.client.wire.answers import UNREADABLE, answer_kind, decode, decoder
from sellingpartner.client.wire.belief import Refused, check, is_doubtful
from sellingpartner.client.wire.refusals import error_of, said_in
from sellingpartner.client.wire.requests import NO_ZONE, WireRequest, encode, in_header

__all__ = [
    "NO_ZONE",
    "UNREADABLE",
    "Refused",
    "WireRequest",
    "answer_kind",
    "check",
    "decode",
    "decoder",
    "encode",
    "error_of",
    "in_header",
    "is_doubtful",
    "said_in",
]
