"""What the shell may put where the words are known: operations and their parameters, types, marketplaces, scopes.

What a market alone knows (its sellers, its SKUs) is not offered: a shell that asks must not wait for a server.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cyclopts.completion import CompletionContext

from sellingpartner.cli.asked.choice import choose
from sellingpartner.cli.asked.type_words import is_enumeration, values_of, words
from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.words.scope_names import short
from sellingpartner.contract.feed_types import FEED_TYPES
from sellingpartner.contract.fields import bare, fields_of
from sellingpartner.contract.marketplaces import Region
from sellingpartner.contract.notification_roles import NOTIFICATION_ROLES
from sellingpartner.contract.registry import load, operations
from sellingpartner.contract.report_types import REPORT_TYPES
from sellingpartner.contract.scopes import SCOPES


def operation_words(_: CompletionContext) -> list[tuple[str, str]]:
    """Every operation's name; where several APIs have it, with the API before it."""
    apis = Counter(name for name, _ in {(entry.name, entry.api) for entry in operations()})
    found = {}
    for entry in operations():
        name = entry.name if apis[entry.name] == 1 else f"{entry.api}.{entry.name}"
        found[name] = f"{entry.method} {entry.path}"
    return list(found.items())


def operation_name_words(_: CompletionContext) -> list[str]:
    """Every operation's name, once, as the log of calls has it."""
    return sorted({entry.name for entry in operations()})


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


def feed_type_words(_: CompletionContext) -> list[tuple[str, str]]:
    """The feed types that Amazon still takes, and what each is sent as."""
    return [(one.name, one.content_type.partition(";")[0]) for one in FEED_TYPES.values() if not one.is_removed]


def report_type_words(_: CompletionContext) -> list[str]:
    """The report types."""
    return list(REPORT_TYPES)


def notification_type_words(_: CompletionContext) -> list[str]:
    """The notification types."""
    return sorted(NOTIFICATION_ROLES)


def region_words(_: CompletionContext) -> list[str]:
    """The regions."""
    return [region.value for region in Region]


def scope_words(_: CompletionContext) -> list[str]:
    """The scopes, as people name them."""
    return sorted(short(sorted(SCOPES)))


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
