"""Somebody who holds each answer of a market against Amazon's published model of its operation, where it is at hand."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from modeled import MODELS

from sellingpartner.contract.index import APIS
from sellingpartner.contract.operation import Operation
from sellingpartner.server.gateway.http import HttpAnswer, HttpRequest
from sellingpartner.testing import TestMarket

_FILES = {module: file for module, _, _, file, _ in APIS}

_NO_CONTENT = 204  # has no body, even where a model has a schema for it


class ModelReader:
    """Listens to a market's answers."""

    def __init__(self, market: TestMarket, monkeypatch: pytest.MonkeyPatch) -> None:
        self._faults: list[str] = []
        self._listens = True
        gateway = market.server.gateway
        answer = gateway.answer

        def noted(request: HttpRequest) -> HttpAnswer:
            said = answer(request)
            found = gateway.routes.find(request.method, request.path)
            if found is not None and self._listens:
                self._hold(found[0].entry.module, found[0].operation, said)
            return said

        monkeypatch.setattr(gateway, "answer", noted)

    def tell(self) -> list[str]:
        """Listen no more; returns where an answer was another than its model says."""
        self._listens = False
        return self._faults

    def _hold(self, module: str, operation: Operation, said: HttpAnswer) -> None:
        document = _document(_FILES[module])
        if document is None:
            return
        responses = document["paths"].get(operation.path, {}).get(operation.method.lower(), {}).get("responses", {})
        if not responses:
            return
        where = f"{operation.name} {said.status}"
        if str(said.status) not in responses:
            self._faults.append(f"{where}: the model knows {', '.join(responses)}")
        elif said.status != _NO_CONTENT and (schema := responses[str(said.status)].get("schema")) is not None:
            whole = {**schema, "definitions": document["definitions"]}
            errors = jsonschema_rs.Draft4Validator(whole).iter_errors(json.loads(said.body))
            self._faults += [f"{where}: {'/'.join(map(str, one.instance_path))} {one.message[:200]}" for one in errors]


@cache
def _document(file: str) -> dict[str, Any] | None:
    paths: list[Path] = list(MODELS.glob(f"*/{file}"))
    if not paths:
        return None
    found: dict[str, Any] = json.loads(paths[0].read_bytes())
    return found
