"""Words for what is wrong with what was sent: which part, its fault, and what would be right.

The decoder's own messages speak of Python's types; here they become sentences for whoever wrote the call. What was
sent is shown to its sender and to nobody else: the reason for the request log says the same without it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.fields import Annotation
from sellingpartner.server.gateway.shapes import UNKNOWN, found_in, shape_at, words_for

_WHERE = re.compile(r" - at (?P<key>`key` in )?`\$(?P<path>[^`]*)`$")
_A_NAME = re.compile(r"\^\[(.+)\]\(\[\1-\]\{0,(\d+)\}\[\1\]\)\?\$")
_LONGEST_ECHO = 60
_LONGEST_TIME = 60
_NOUNS = {"int": "a whole number", "float": "a number", "str": "text", "bool": "true or false"}
_NOUNS |= {"array": "a list", "object": "an object", "null": "null"}
_LETTERS = {"a-z": "small letters", "A-Z": "capital letters", "0-9": "digits"}
_MARKS = {"-": "hyphens", "_": "underscores", ".": "dots", " ": "spaces", "+": "plus signs", "/": "slashes"}


def in_parameter(place: str, sent: str | list[str], annotation: Annotation, fault: str) -> InvalidInput:
    """The error for a parameter in the path, the query or a header; `fault` is the decoder's."""
    found = _WHERE.search(fault)
    value: object = sent
    if found is not None:
        annotation, value = shape_at(annotation, found["path"]), found_in(sent, found["path"], annotation)[0]
        value = sent if value is UNKNOWN else value
    shown = ",".join(value) if isinstance(value, list) else str(value)
    return _invalid(place, repr(_cut(shown)), _rule(_WHERE.sub("", fault), annotation, value, is_text=True))


def in_body(fault: str, annotation: Annotation, sent: bytes) -> InvalidInput:
    """The error for a field of the body; `fault` is the decoder's and names the place."""
    found = _WHERE.search(fault)
    path = found["path"] if found else ""
    fault = _WHERE.sub("", fault)
    shape = shape_at(annotation, path)
    try:
        value, path = found_in(msgspec.json.decode(sent), path, annotation)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        value = UNKNOWN  # what comes after the fault may be no JSON at all
    place = f"Body field {path.removeprefix('.')}" if path else "The body"
    if missing := re.fullmatch(r"Object missing required field `(.*)`", fault):
        name = f"{path}.{missing[1]}".removeprefix(".")
        return InvalidInput(f"Body field {name} is missing. It must be {words_for(shape_at(shape, f'.{missing[1]}'))}.")
    if found and found["key"]:
        return _invalid(f"A key of {place.replace('Body', 'body')}", "", _rule(fault, str, UNKNOWN, is_text=True))
    is_shown = value is None or isinstance(value, (str, int, float))
    return _invalid(place, _cut(_json(value)) if is_shown else "", _rule(fault, shape, value, is_text=False))


def not_sound(place: str, rule: str) -> InvalidInput:
    """The error for a value of the right type that no database or calculation could hold."""
    return _invalid(place, "", rule)


def _invalid(place: str, echo: str, rule: str) -> InvalidInput:
    error = InvalidInput(f"{place} is invalid: {echo}. {rule}" if echo else f"{place} is invalid. {rule}")
    error.reason = f"{place} is invalid. {rule}"
    return error


def _rule(fault: str, annotation: Annotation, value: object, *, is_text: bool) -> str:
    """What would be right."""
    for form, words in _RULES:
        if found := form.fullmatch(fault):
            return words(found, value)
    if fault.startswith(("Invalid", "Expected")):
        sent = found[1] if (found := re.search(r", got `(\w+)`$", fault)) and not is_text else ""
        return f"It must be {words_for(annotation)}{_hint(value)}{f'; {_NOUNS.get(sent, sent)} was sent' * bool(sent)}."
    return f"{fault.replace('`', '')}."


def _hint(value: object) -> str:
    """A plus sign that a client did not encode arrives as a space."""
    lost = isinstance(value, str) and re.search(r"\d\d:\d\d(:\S+)? \d\d:?\d\d$", value[-_LONGEST_TIME:])
    return "; a plus sign in a query string is sent as %2B" if lost else ""


def _length(found: re.Match[str], value: object) -> str:
    kind, relation, number = found.groups()
    bound = f"at {'most' if relation == '<=' else 'least'} {number}"
    sent = f"; {len(value)} {'was' if len(value) == 1 else 'were'} sent" if isinstance(value, (str, list, dict)) else ""
    if kind == "str":
        return f"It must be {bound} character{'s' * (number != '1')} long{sent}."
    return f"It must hold {bound} value{'s' * (number != '1')}{sent}."


def _bound(found: re.Match[str], _value: object) -> str:
    words = {"<=": "at most", ">=": "at least", "<": "less than", ">": "more than"}
    return f"It must be {words[found[1]]} {found[2]}."


def _pattern(found: re.Match[str], _value: object) -> str:
    if (name := _A_NAME.fullmatch(found[1])) and (letters := _characters(name[1] + "-")):
        return f"It must be made of {letters} only, {int(name[2]) + 2} at most, and not begin or end with a hyphen."
    simple = re.fullmatch(r"\^\(?\[(.+)\](\*|\+|\{(\d+)\})\)?\$", found[1])
    letters = _characters(simple[1]) if simple else None
    if simple is None or letters is None:
        return f"It must match the pattern {found[1]}."
    return f"It must be made of {letters} only{f', {simple[3]} of them' if simple[3] else ''}."


def _characters(inside: str) -> str | None:
    """What a simple character class allows, in words; None if it is not a simple one."""
    words = []
    for letters, word in _LETTERS.items():
        if letters in inside:
            inside = inside.replace(letters, "")
            words.append(word)
    if words[:2] == ["small letters", "capital letters"]:
        words[:2] = ["letters"]
    for mark in inside.replace("\\", ""):
        if mark not in _MARKS:
            return None
        words.append(_MARKS[mark])
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_ECHO else f"{text[:_LONGEST_ECHO]}..."


def _json(value: object) -> str:
    return repr(value) if isinstance(value, str) else msgspec.json.encode(value).decode()


_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], object], str]], ...] = (
    (re.compile(r"Expected `(\w+)` of length (<=|>=) (\d+)"), _length),
    (re.compile(r"Expected `\w+` (<=|>=|<|>) (\S+)"), _bound),
    (re.compile(r"Expected `str` matching regex '(.*)'", re.DOTALL), _pattern),
    (re.compile(r"(?:Integer value|Number) out of range"), lambda _, __: "The number is too large."),
)
