"""Three rings of tests, told by what a test uses: `pytest -m pure` runs the inner one in seconds.

pure    data and functions: no market, no process, no socket
story   a market in memory or in a file, in this process
whole   PostgreSQL, sockets, processes of their own, other people's programs
"""

from __future__ import annotations

import pytest

_FOLDERS = ("tests/browser/", "tests/examples/", "tests/strangers/", "tests/whole/")
_WHOLE = frozenset({"ThreadedMotoServer", "on_a_socket", "socket", "subprocess"})
_WHOLE_FIXTURES = frozenset({"aws", "blank_postgres_url", "moto_url", "postgres_url", "pytester"})
_STORY = frozenset({"Market", "TestMarket", "Database", "create_engine"})
_STORY_FIXTURES = frozenset({"market", "database_url", "blank_database_url", "tmp_path"})


def pytest_configure(config: pytest.Config) -> None:
    for line in __doc__.splitlines()[2:]:
        name, _, what = line.partition("   ")
        config.addinivalue_line("markers", f"{name}: {what.strip()}")


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("soak") is None:
            item.add_marker(_ring_of(item))
    # Some of these take a minute: begun last, they would have one process work while the others are done.
    items.sort(key=lambda item: not item.nodeid.startswith(_FOLDERS))


def _ring_of(item: pytest.Item) -> str:
    uses = set(getattr(item, "fixturenames", ()))
    module = item.getparent(pytest.Module)
    names = set() if module is None else set(vars(module.obj))
    if item.nodeid.startswith(_FOLDERS) or uses & _WHOLE_FIXTURES or names & _WHOLE or "postgresql" in item.name:
        return "whole"
    return "story" if uses & _STORY_FIXTURES or names & _STORY else "pure"
