"""Says which of Amazon's operations this market serves: in docs/coverage.md one by one, in README as one sentence.

    python -m tools.coverage            # write both
    python -m tools.coverage --check    # fail if one of them is not as it would be written

An operation is served if a handler is registered for it; nobody counts by hand.
"""

from __future__ import annotations

from tools.page_part import ROOT, with_part, write_or_check

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

<!-- Written by `python -m tools.coverage`; do not change it by hand. -->

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
    parts = [_HEAD.format(sentence=sentence())]
    for module in modules():
        entries = operations_of(module)
        served = sum(map(is_served, entries))
        parts.append(f"| {entries[0].api} | {entries[0].version} | {served} of {len(entries)} |\n")
    for module in modules():
        parts.append(f"\n## {_name(module)}\n\n| operation | call | |\n|---|---|---|\n")
        parts += [
            f"| {entry.name} | `{entry.method} {entry.path}` | {'served' if is_served(entry) else '501'} |\n"
            for entry in operations_of(module)
        ]
    return "".join(parts)


def _name(module: str) -> str:
    entry = operations_of(module)[0]
    return f"{entry.api} {entry.version}"


def main() -> None:
    """Write both, or say which is stale."""
    write_or_check(PAGE, _TOOL, page())
    write_or_check(README, _TOOL, with_part(README, _TOOL, sentence()))


if __name__ == "__main__":
    main()
