"""Whole calls, where the market keeps some."""

from __future__ import annotations

from base64 import b64encode

from sellingpartner.contract import market_v1 as v1
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.gateway.http import Headers
from sellingpartner.server.gateway.recording import Recorded


def list_recordings(desk: Desk, _request: v1.ListRecordings) -> v1.Recordings:
    """The latest calls, whole."""
    kept = [] if desk.recorder is None else desk.recorder.recorded()
    return v1.Recordings(is_recording=desk.recorder is not None, recordings=[_shown(one) for one in kept])


def _shown(one: Recorded) -> v1.Recording:
    text, is_base64 = _text(one.answer_body)
    return v1.Recording(
        request_id=one.request_id,
        method=one.method,
        url=one.url,
        request_headers=_headers(one.request_headers),
        request_body=one.request_body.decode(errors="replace"),
        answer_headers=_headers(one.answer_headers),
        answer_body=text,
        is_base64=is_base64,
    )


def _headers(headers: Headers) -> list[v1.RecordedHeader]:
    return [v1.RecordedHeader(name=name, value=value) for name, value in headers]


def _text(body: bytes) -> tuple[str, bool]:
    try:
        return body.decode(), False
    except UnicodeDecodeError:
        return b64encode(body).decode(), True
