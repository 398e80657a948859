"""What a reader of TOML says of a scenario, for somebody who writes one and knows no Python."""

from __future__ import annotations

import re

import msgspec

_MISSING = re.compile(r"^Object missing required field `([^`]*)`")
_OTHER_TYPE = re.compile(r"^Expected `([^`]*)`, got `([^`]*)`")
_UNKNOWN = re.compile(r"^Object contains unknown field")
_TYPES = {
    "int": "a whole number",
    "float": "a number",
    "str": "text in quotation marks",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
    "datetime": "a moment",
    "date": "a day",
    "null": "nothing",
}


def in_words(wrong: msgspec.DecodeError) -> str:
    """What is wrong with a file, and what would be right as far as the fault says it."""
    said = str(wrong)
    if not isinstance(wrong, msgspec.ValidationError):
        return f"It is no TOML: {said}"
    said = _MISSING.sub(lambda found: f"The field `{found[1]}` is missing", said)
    said = _OTHER_TYPE.sub(lambda found: f"It must be {_types(found[1])}, and is {_types(found[2])}", said)
    return _UNKNOWN.sub("There is an unknown field", said)


def _types(said: str) -> str:
    return " or ".join(_TYPES.get(one.strip(), one.strip()) for one in said.split("|"))
