"""Says which of Amazon's operations this market serves: in docs/coverage.md one by one, in README as a whole.

    python -m tools.coverage            # write both
    python -m tools.coverage --check    # fail if one of them is not as it would be written

An operation is served if a handler is registered for it; the test that shows it is that of tests/shown.csv; what is
assumed of it, or differs, is marked in the code that answers it (tools/reach.py). Nobody counts by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from tools.built import api_of, table
from tools.fidelity import Statement
from tools.groups import Group, groups
from tools.page_part import ROOT, with_part, write_or_check
from tools.reach import marks_of
from tools.shown import table as shown

import sellingpartner.server.app  # noqa: F401 - registers every handler
from sellingpartner.contract.registry import Entry, modules, operations, operations_of
from sellingpartner.counted import counted
from sellingpartner.server.gateway.handlers import handler_of

PAGE = ROOT / "docs" / "coverage.md"
README = ROOT / "README.md"

_TOOL = "tools.coverage"

_HEAD = """# Which operations the market serves

{sentence}
A call of an operation that is not served is checked for its token, permission and usage plan, and then answered with
501 `NotImplemented`. The client has every operation, for Amazon. `spapi operations --served` asks a running market what
it serves, and the market's OpenAPI documents mark what is not served with `x-served: false`.

Of each operation that is served, a test shows that it answers with success; a run of the tests fails if the one that is
named here does not show it. Below its table, each API says which code that answers its operations has a mark: of what
is assumed of Amazon, or of what differs. [What they say](fidelity.md) is a page of its own. What an operation sets off
in other places is marked there.

<!-- Written by `python -m tools.coverage`; do not change it by hand. -->

## By group

Sellers' software is written by these groups. The story of a group goes through all of its operations, in the order in
which such software does.

| group | served | story |
|---|---|---|
"""

_BY_API = """
## By API

| API | version | served |
|---|---|---|
"""


def is_served(entry: Entry) -> bool:
    """Whether the market answers the operation from its state."""
    return handler_of(entry.key) is not None


def sentence() -> str:
    """What README says in its first screen."""
    every = operations()
    served = sum(map(is_served, every))
    wanting = [module for module in modules() if not all(map(is_served, operations_of(module)))]
    said = (
        f"Of Amazon's {counted(len(every), 'operation')} in {counted(len(modules()), 'published model')}, the market"
        f" answers **{served}** from its state today"
    )
    if not wanting:
        return f"{said}.\n"
    whole = len(modules()) - len(wanting)
    return (
        f"{said}; the other {len(every) - served} answer 501.\n"
        f"{counted(whole, 'model')} of these are served as a whole; not, or not wholly: "
        f"{', '.join(map(_name, wanting))}.\n"
    )


def page() -> str:
    """The page as it should be."""
    tests = shown()
    parts = [_HEAD.format(sentence=sentence()), *map(_group, groups()), _BY_API]
    for module in modules():
        entries = operations_of(module)
        parts.append(
            f"| {entries[0].api} | {entries[0].version} | {sum(map(is_served, entries))} of {len(entries)} |\n"
        )
    for module in modules():
        parts += _api(module, tests)
    return "".join(parts)


def _group(group: Group) -> str:
    served = sum(map(is_served, group.entries)) + group.holds_login
    story = ROOT / group.story
    told = f"[`{story.name}`](../{group.story})" if story.exists() else "none yet"
    return f"| {group.name} | {served} of {len(group.keys)} | {told} |\n"


def _api(module: str, tests: dict[str, str]) -> Iterator[str]:
    yield f"\n## {_name(module)}\n\n| operation | call | shown by |\n|---|---|---|\n"
    touched: dict[Statement, list[str]] = {}
    entries = operations_of(module)
    for entry in entries:
        said = _test(tests.get(entry.key)) if is_served(entry) else "501"
        yield f"| {entry.name} | `{entry.method} {entry.path}` | {said} |\n"
        for mark in marks_of(module, entry.class_name):
            touched.setdefault(mark, []).append(entry.name)
    if touched:
        yield "\nMarked:\n\n"
        yield from _marks(touched, len(entries))


def _marks(touched: dict[Statement, list[str]], every: int) -> Iterator[str]:
    """A line a place in the code: how often it is marked, and which operations it answers."""

    def place(mark: Statement) -> tuple[str, str, str]:
        return mark.folder, mark.file, mark.subject

    for (folder, file, subject), marks in groupby(sorted(touched, key=place), key=place):
        found = list(marks)
        names = list(dict.fromkeys(name for mark in found for name in touched[mark]))
        whom = "all" if len(names) == every else ", ".join(names)
        where = f"`{folder}/{file}`" + (f", `{subject}`" if subject else "")
        yield f"- {where} ({_kinds(found)}): {whom}\n"


def _kinds(marks: Iterable[Statement]) -> str:
    kinds = [mark.kind for mark in marks]
    return ", ".join(f"{kind} {times}x" if (times := kinds.count(kind)) > 1 else kind for kind in sorted(set(kinds)))


def _test(test: str | None) -> str:
    if test is None:
        return "no test yet"
    path, _, name = test.partition("::")
    return f"[`{name}`](../{path})"


def _name(module: str) -> str:
    return api_of(operations_of(module)[0])


def readme() -> str:
    """README as it should be."""
    told = with_part(README, _TOOL, sentence())
    return with_part(README, _TOOL, table(is_served), about="tools/built.toml", text=told)


def main() -> None:
    """Write both, or say which is stale."""
    write_or_check(PAGE, _TOOL, page())
    write_or_check(README, _TOOL, readme())


if __name__ == "__main__":
    main()
