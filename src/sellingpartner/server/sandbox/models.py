"""The static cases in a folder of Amazon's published models; each model is read when one of its calls first comes."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from sellingpartner.contract import registry
from sellingpartner.contract.errors import ServiceUnavailable
from sellingpartner.contract.index import APIS
from sellingpartner.contract.published.swagger import METHODS
from sellingpartner.contract.published.swagger import models as model_files
from sellingpartner.server.sandbox.matching import BODY, Case, Cases, as_text, in_order

Json = dict[str, Any]

_MARK = "x-amzn-api-sandbox"
_NO_CONTENT = 204
_FILE_OF = {module: file_name for module, _, _, file_name, _ in APIS}


class Models:
    """A folder of published models, one folder an API, as Amazon's repository has them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, dict[str, Cases]] = {}
        self._reading = Lock()

    def cases_of(self, entry: registry.Entry) -> Cases | None:
        """The static cases of an operation; None if there are none, so that the sandbox's world answers."""
        known = self._read.get(entry.module)
        if known is None:
            with self._reading:
                known = self._read.get(entry.module)
                if known is None:
                    known = self._read[entry.module] = self._cases_of(entry.module)
        return known.get(entry.key)

    def _cases_of(self, module: str) -> dict[str, Cases]:
        file = self._files.get(_FILE_OF[module])
        try:
            return {} if file is None else cases_in(file)
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as reason:
            message = f"The model {file} cannot be read as one of Amazon's ({type(reason).__name__}: {reason})."
            raise ServiceUnavailable(message) from reason

    @cached_property
    def _files(self) -> dict[str, Path]:
        return {file.name: file for file in model_files(self.folder)}


def cases_in(file: Path) -> dict[str, Cases]:
    """Every operation's static cases in one model, by method and path."""
    model: Json = json.loads(file.read_bytes())
    found: dict[str, Cases] = {}
    for path, item in model["paths"].items():
        for method in METHODS:
            if method not in item:
                continue
            cases = _cases(item[method], item, model)
            if cases is not None:
                found[f"{method.upper()} {path}"] = cases
    return found


def _cases(operation: Json, item: Json, model: Json) -> Cases | None:
    cases = [
        _case(int(status), static)
        for status, answer in operation["responses"].items()
        for static in _resolved(answer, model).get(_MARK, {}).get("static", ())
    ]
    if not cases:
        return None
    declared = [_resolved(each, model) for each in (*item.get("parameters", ()), *operation.get("parameters", ()))]
    return Cases(
        in_order=in_order(cases),
        required=tuple(
            BODY if parameter["in"] == BODY else parameter["name"]
            for parameter in declared
            if parameter.get("required")
        ),
        headers=tuple(parameter["name"] for parameter in declared if parameter["in"] == "header"),
        is_dynamic="dynamic" in {**item.get(_MARK, {}), **operation.get(_MARK, {})},
    )


def _case(status: int, static: Json) -> Case:
    listed = static.get("request", {}).get("parameters", {})
    answer = static.get("response")
    return Case(
        wanted=tuple(
            (name, value if name == BODY else as_text(value))
            for name, value in ((name, _value(said)) for name, said in listed.items())
            if value is not None
        ),
        status=status,
        body=b"" if status == _NO_CONTENT or answer is None else json.dumps(answer).encode(),
        headers=tuple((name, as_text(said["value"])) for name, said in static.get("responseHeaders", {}).items()),
    )


def _value(said: Json) -> object:
    """What a case lists for a parameter: mostly under `value`; some models forget that, and some list nothing."""
    return said.get("value", said or None)


def _resolved(found: Json, model: Json) -> Json:
    while "$ref" in found:
        kind, name = found["$ref"].split("/")[-2:]
        found = model[kind][name]
    return found
