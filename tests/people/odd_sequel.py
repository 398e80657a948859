"""What a story sent, sent once more with one odd value in it: where ids are real, values reach what made-up ids do not.

Each operation's last call that went well is repeated, with odd values in its path, its query and places of its body.
Whatever comes of it, nothing breaks: no call, and nothing that is due afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, quote, urlencode

import pytest
from odd_values import ODD_JSON, ODD_TEXTS

from sellingpartner.contract.operation import Operation
from sellingpartner.server.gateway.http import HttpAnswer, HttpRequest
from sellingpartner.testing import Caller, TestMarket
from soak import TIMES

EACH = 6 if TIMES == 1 else 200
"""How many odd values are tried in each parameter of the path, and in as many places of the query and of the body."""

_REFUSED = 300
_ROOM = "\ue000"
_BROKEN = 500


class Sent(NamedTuple):
    """A call that went well."""

    operation: Operation
    path: str
    query: str
    body: bytes


class OddSequel:
    """Listens to a market's calls, to tell them anew."""

    def __init__(self, market: TestMarket, monkeypatch: pytest.MonkeyPatch) -> None:
        self._market = market
        self._sent: dict[str, Sent] = {}
        gateway = market.server.gateway
        answer = gateway.answer

        def noted(request: HttpRequest) -> HttpAnswer:
            said = answer(request)
            found = gateway.routes.find(request.method, request.path)
            if said.status < _REFUSED and found is not None:
                operation = found[0].operation
                self._sent[operation.key] = Sent(operation, request.path, request.query, request.body())
            return said

        monkeypatch.setattr(gateway, "answer", noted)

    def tell(self) -> list[str]:
        """Make the odd calls; returns what broke."""
        broken = []
        for key, sent in sorted(self._sent.copy().items()):
            caller, method = self._caller(sent.operation), sent.operation.method
            for target, body in _odd(sent, Random(key)):
                headers = {"Content-Type": "application/json"} if body else {}
                reply = caller.call(method, target, headers=headers, body=body)
                if reply.status >= _BROKEN or not reply.body.isascii():
                    broken.append(f"{method} {target} {body[:300]!r}: {reply.status} {reply.body[:300]!r}")
        self._market.advance(minutes=30)
        return [*broken, *map(repr, self._market.market.failures())]

    def _caller(self, operation: Operation) -> Caller:
        """Whoever may call it, by a token of now."""
        if operation.restricted is None:
            return self._market.seller
        return self._market.restricted(operation.path, *operation.restricted.elements, method=operation.method)


def _odd(sent: Sent, luck: Random) -> Iterator[tuple[str, bytes]]:
    as_it_was = f"{quote(sent.path)}?{sent.query}"
    names, values = sent.operation.path.split("/"), sent.path.split("/")
    places = [number for number, name in enumerate(names) if name.startswith("{")] if len(names) == len(values) else []
    for place in places:
        for odd in luck.sample(ODD_TEXTS, min(EACH, len(ODD_TEXTS))):
            other = [*values[:place], odd, *values[place + 1 :]]
            yield f"{'/'.join(quote(one, safe='') for one in other)}?{sent.query}", sent.body
    for place, odd in _some(luck, range(len(parse_qsl(sent.query))), ODD_TEXTS):
        pairs = parse_qsl(sent.query)
        pairs[place] = (pairs[place][0], odd)
        yield f"{quote(sent.path)}?{urlencode(pairs)}", sent.body
    if sent.body:
        said = json.loads(sent.body)
        for way, odd in _some(luck, list(_ways(said)), ODD_JSON):
            text = json.dumps(_with_room(said, way), ensure_ascii=False).encode()
            yield as_it_was, text.replace(f'"{_ROOM}"'.encode(), odd)


def _some(luck: Random, places: Sequence[Any], values: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """Some odd value for some of the places."""
    for _ in range(EACH if places else 0):
        yield luck.choice(places), luck.choice(values)


def _ways(said: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - JSON
    """The ways to every place in a value."""
    yield ()
    inner = said.items() if isinstance(said, dict) else enumerate(said) if isinstance(said, list) else ()
    for name, value in inner:
        yield from ((name, *way) for way in _ways(value))


def _with_room(said: Any, way: tuple[Any, ...]) -> Any:  # noqa: ANN401 - JSON
    if not way:
        return _ROOM
    name, *rest = way
    if isinstance(said, dict):
        return said | {name: _with_room(said[name], tuple(rest))}
    return [*said[:name], _with_room(said[name], tuple(rest)), *said[name + 1 :]]
