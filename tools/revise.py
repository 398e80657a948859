"""Writes the migration to the tables as they stand, from what the existing revisions lead to.

    python -m tools.revise "Orders know their parcels"
    python -m tools.revise --again "Everything"      # the newest revision anew, as long as it is not released

What it writes is a draft: read it, and move the data that the change concerns.
"""

from __future__ import annotations

import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from alembic import command
from alembic.script import ScriptDirectory

from sellingpartner.market import market as every_table
from sellingpartner.storage.append_only import is_append_only, statements_for
from sellingpartner.storage.columns import metadata
from sellingpartner.storage.database import Database
from sellingpartner.storage.migrations import configuration, newest

assert every_table  # noqa: S101 - importing it is what brings them


def revise(message: str, *, again: bool) -> Path | None:
    """Write a revision and return its file; None if nothing has changed."""
    if again and (head := newest()) is not None:
        Path(ScriptDirectory.from_config(configuration()).get_revision(head).path).unlink()
    database = Database()
    with database.remake() as connection:
        config = configuration(connection)
        config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        config.set_main_option("truncate_slug_length", "60")
        command.upgrade(config, "head")
        script: Any = command.revision(
            config,
            message,
            autogenerate=True,
            rev_id=f"{int(newest() or 0) + 1:04d}",
            process_revision_directives=_drop_empty,
        )
    database.close()
    return Path(script.path) if script else None


def _drop_empty(_context: Any, _revision: Any, directives: list[Any]) -> None:  # noqa: ANN401 - Alembic's form
    if directives[0].upgrade_ops.is_empty():
        directives.clear()


def main() -> None:
    """Write a revision, and say where."""
    arguments = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("message", help="what changed, as a sentence without its full stop")
    arguments.add_argument("--again", action="store_true", help="write the newest revision anew")
    given = arguments.parse_args()
    written = revise(given.message, again=given.again)
    if written is None:
        print("The revisions lead to the tables as they stand; nothing was written.")
        return
    _guard(written)
    _tidy(written)
    print(written)


def _guard(file: Path) -> None:
    """Add what keeps the append-only tables that a revision makes, which Alembic does not see."""
    text = file.read_text(encoding="utf-8")
    made = [
        table.name
        for table in metadata.sorted_tables
        if is_append_only(table) and f"create_table('{table.name}'," in text
    ]
    for name in made:
        for dialect in ("sqlite", "postgresql"):
            lines = [f"        op.execute({statement!r})" for statement in statements_for(name, dialect)]
            text += "\n".join([f'    if op.get_bind().dialect.name == "{dialect}":', *lines, ""])
    file.write_text(text, encoding="utf-8")


def _tidy(file: Path) -> None:
    """Leave Alembic's remarks out, and bring the rest into our form."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if "# ###" not in line), encoding="utf-8")
    for step in (["format"], ["check", "--fix"]):
        subprocess.run([sys.executable, "-m", "ruff", *step, "--quiet", file], check=True)  # noqa: S603 - our own file


if __name__ == "__main__":
    main()
