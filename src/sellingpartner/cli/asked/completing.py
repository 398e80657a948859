"""What the shell may put behind `spapi call`: operations, then the parameters of the one that stands there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cyclopts.completion import CompletionContext

from sellingpartner.cli.asked.choice import choose
from sellingpartner.cli.asked.type_words import is_enumeration, values_of, words
from sellingpartner.cli.failures import CannotDo
from sellingpartner.contract.fields import bare, fields_of
from sellingpartner.contract.registry import load, operations


def operation_words(_: CompletionContext) -> list[tuple[str, str]]:
    """Every operation's name; where several APIs have it, with the API before it."""
    apis = Counter(name for name, _ in {(entry.name, entry.api) for entry in operations()})
    found = {}
    for entry in operations():
        name = entry.name if apis[entry.name] == 1 else f"{entry.api}.{entry.name}"
        found[name] = f"{entry.method} {entry.path}"
    return list(found.items())


def parameter_words(context: CompletionContext) -> list[tuple[str, str]]:
    """The parameters that are not given yet, or after `=` the values that a parameter may have."""
    operation = context["operation"].raw
    try:
        entry, _ = choose(operation or "", context["api"].raw, context["version"].raw)
    except CannotDo:
        return []
    fields = fields_of(load(entry))
    words_before = context["arguments"].raw_tokens
    key, prefix = _key_of_value(words_before, context.incomplete)
    if key:
        kind = bare(fields[key].type) if key in fields else None
        return [(f"{prefix}{value}", "") for value in values_of(kind)] if is_enumeration(kind) else []
    given = {word.partition("=")[0].rstrip(":") for word in words_before}
    return [(f"{name}=", words(field.type)) for name, field in fields.items() if name not in given]


def _key_of_value(before: Sequence[str], incomplete: str) -> tuple[str, str]:
    """The parameter whose value is being written, and what stands before the value in the word.

    Bash hands over `name=value` as three words, the others as one.
    """
    name, equals, _ = incomplete.partition("=")
    if equals and name:
        return name, f"{name}="
    if equals and before:
        return before[-1], ""
    if len(before) > 1 and before[-1] == "=":
        return before[-2], ""
    return "", ""
