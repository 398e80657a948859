"""Calls as an HTTP Archive (HAR 1.2), which browsers and tools of all kinds show.

The log has no values, headers and bodies, so an entry that is made of it alone has none either, and says so. A market
that records (`spapi serve --record`) has the latest calls whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from importlib.metadata import version
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from sellingpartner.contract.market_v1 import Call, RecordedHeader, Recording

_FROM_THE_LOG = (
    "From the log, which keeps no values, headers and bodies; the path is the operation's pattern. "
    "`spapi serve --record` keeps whole calls."
)


def archive(calls: Sequence[Call], recordings: Sequence[Recording], address: str) -> dict[str, Any]:
    """An archive of calls in the order in which they are given, whole where they were recorded."""
    whole = {one.request_id: one for one in recordings}
    entries = [_entry(call, whole.get(call.request_id), address) for call in calls]
    creator = {"name": "sellingpartner", "version": version("sellingpartner")}
    return {"log": {"version": "1.2", "creator": creator, "entries": entries}}


def _entry(call: Call, recording: Recording | None, address: str) -> dict[str, Any]:
    url = f"{address}{call.path}" if recording is None else recording.url
    entry: dict[str, Any] = {
        "startedDateTime": f"{call.at:%Y-%m-%dT%H:%M:%S}.{call.at.microsecond // 1000:03d}Z",
        "time": call.milliseconds,
        "request": _request(call, recording, url),
        "response": _response(call, recording),
        "cache": {},
        "timings": {"send": 0, "wait": call.milliseconds, "receive": 0},
    }
    said = [] if recording is not None else [_FROM_THE_LOG]
    said += [call.reason] if call.reason else []
    if said:
        entry["comment"] = " ".join(said)
    return entry


def _request(call: Call, recording: Recording | None, url: str) -> dict[str, Any]:
    headers = [] if recording is None else recording.request_headers
    request: dict[str, Any] = {
        "method": call.method,
        "url": url,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _headers(headers),
        "queryString": [
            {"name": name, "value": value} for name, value in parse_qsl(urlsplit(url).query, keep_blank_values=True)
        ],
        "headersSize": -1,
        "bodySize": -1 if recording is None else len(recording.request_body.encode()),
    }
    if recording is not None and recording.request_body:
        kind = _named(headers).get("content-type", "")
        request["postData"] = {"mimeType": kind, "text": recording.request_body, "params": []}
    return request


def _response(call: Call, recording: Recording | None) -> dict[str, Any]:
    headers = [] if recording is None else recording.answer_headers
    content: dict[str, Any] = {"size": call.size or 0, "mimeType": _named(headers).get("content-type", "")}
    if recording is not None and recording.answer_body:
        content["text"] = recording.answer_body
        if recording.is_base64:
            content["encoding"] = "base64"
    return {
        "status": call.status,
        "statusText": _phrase(call.status),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _headers(headers),
        "content": content,
        "redirectURL": _named(headers).get("location", ""),
        "headersSize": -1,
        "bodySize": call.size or 0,
    }


def _phrase(status: int) -> str:
    return HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else ""


def _headers(headers: Sequence[RecordedHeader]) -> list[dict[str, str]]:
    return [{"name": one.name, "value": one.value} for one in headers]


def _named(headers: Sequence[RecordedHeader]) -> Mapping[str, str]:
    return {one.name.lower(): one.value for one in headers}
