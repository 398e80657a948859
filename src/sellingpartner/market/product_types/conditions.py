"""Rules that hold under a condition, as JSON Schema says them: `if`, `then`, and the test for an attribute's value."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import msgspec

from sellingpartner.market.attributes import JsonValue
from sellingpartner.market.product_types import library
from sellingpartner.market.product_types.model import Condition, EntryRule, Parentage, ProductType, Requirements, Rule

Schema = dict[str, JsonValue]

CHILD_OF = "child_parent_sku_relationship"
THEME = "variation_theme"
LEVEL = "parentage_level"
VARIATIONS = (LEVEL, CHILD_OF, THEME)
_PARENT = Condition(at=f"{LEVEL}.value", among=("parent",))


def attributes_of_theme(theme: str) -> list[str]:
    """The attributes in which the children of a family with this theme differ."""
    return [library.themes()[one] for one in theme.split("/")]


def rules_of(kind: ProductType, requirements: Requirements) -> Iterator[Rule]:
    """The rules of a product type: those for all, its own, and one for each of its themes."""
    for rule in library.rules():
        if requirements in rule.requirements:
            yield rule
    guarded = guarded_of(kind)
    if guarded:
        yield Rule(name="children and single products say more than parents", require=guarded)
    for theme in kind.themes:
        yield Rule(
            name=f"children of the theme {theme} say in what they differ",
            when=(Condition(at=CHILD_OF), Condition(at=f"{THEME}.name", among=(theme,))),
            require=tuple(attributes_of_theme(theme)),
        )


def guarded_of(kind: ProductType) -> tuple[str, ...]:
    """What a product type requires of all but parents: that in which children differ."""
    differing = {attribute for theme in kind.themes for attribute in attributes_of_theme(theme)}
    return tuple(name for name in kind.required if name in differing)


def schema_of(rule: Rule, known: Collection[str], parentage: Parentage | None) -> Schema | None:
    """A rule over the attributes that are known, for one place in a family or any; None if it says nothing."""
    if parentage is Parentage.PARENT and not rule.parents:
        return None
    when = [condition for condition in rule.when if condition.attribute in known]
    if len(when) < len(rule.when):
        return None
    unless = [condition for condition in rule.unless if condition.attribute in known]
    if not rule.parents and parentage is None and LEVEL in known:
        unless.append(_PARENT)
    then = _consequence(rule, known)
    if not then:
        return None
    tests: list[JsonValue] = [holds(condition) for condition in when]
    tests += [{"not": holds(condition)} for condition in unless]
    if not tests:
        return then
    return {"if": tests[0] if len(tests) == 1 else {"allOf": tests}, "then": then}


def _consequence(rule: Rule, known: Collection[str]) -> Schema:
    then: Schema = {}
    required: list[JsonValue] = [name for name in rule.require if name in known]
    if required:
        then["required"] = required
    properties: Schema = {}
    for condition in rule.expect:
        if condition.attribute in known:
            properties[condition.attribute] = _contains(condition)
    for condition in rule.refuse:
        if condition.attribute in known:
            properties[condition.attribute] = {"not": _contains(condition)}
    if properties:
        then["properties"] = properties
    return then


def holds(condition: Condition) -> Schema:
    """The test for a condition."""
    name = condition.attribute
    if not condition.among:
        return {"required": [name]}
    return {"required": [name], "properties": {name: _contains(condition)}}


def why_required(rule: Schema) -> tuple[list[str], list[str]]:
    """What of a listing makes a rule hold, and what would keep it from holding, but for its being a parent.

    Each as `fulfillment_availability.fulfillment_channel_code = DEFAULT`, or an attribute's name alone.
    """
    test = rule.get("if", {})
    tests = test.get("allOf", [test]) if isinstance(test, dict) else []
    when: list[str] = []
    unless: list[str] = []
    for one in tests if isinstance(tests, list) else ():
        if not isinstance(one, dict):
            continue
        if "not" not in one:
            when += [_told(one)] if "required" in one else []
        elif one["not"] != holds(_PARENT):
            unless.append(_told(one["not"]))
    return when, unless


def _told(test: JsonValue) -> str:
    """A test that `holds` made, for people."""
    steps: list[str] = []
    at = test
    while True:
        match at:
            case {"contains": inner}:
                at = inner
            case {"required": [str(name)], **more}:
                steps.append(name)
                fields = more.get("properties")
                at = fields.get(name) if isinstance(fields, dict) else None
            case {"enum": list(values)}:
                shown = (value if isinstance(value, str) else msgspec.json.encode(value).decode() for value in values)
                return f"{'.'.join(steps)} = {' / '.join(shown)}"
            case _:
                return ".".join(steps)


def _contains(condition: Condition) -> Schema:
    """That one of the entries has one of the values in the field that the condition names."""
    test: Schema = {"enum": [*condition.among]}
    for step in reversed(condition.at.split(".")[1:]):
        name = step.removesuffix("[]")
        if name != step:
            test = {"contains": test}
        test = {"type": "object", "required": [name], "properties": {name: test}}
    return {"contains": test}


def entry_rule(rule: EntryRule) -> Schema:
    """What an entry must and must not hold, by what stands in one of its fields."""
    test: Schema = {"required": [rule.field]}
    if rule.among:
        test["properties"] = {rule.field: {"enum": [*rule.among]}}
    said: Schema = {"if": test}
    if then := _of_entry(rule.require, rule.refuse):
        said["then"] = then
    if otherwise := _of_entry(rule.else_require, rule.else_refuse):
        said["else"] = otherwise
    return said


def _of_entry(require: Collection[str], refuse: Collection[str]) -> Schema:
    said: Schema = {}
    if require:
        said["required"] = [*require]
    if refuse:
        said["properties"] = dict.fromkeys(refuse, False)
    return said
