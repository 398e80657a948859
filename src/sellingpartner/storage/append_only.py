"""Tables whose rows are written once and stay: the database itself refuses to change or delete one.

    audit = append_only(Table("audit", metadata, ...))

It holds against a defect of ours and against whoever gets a statement in, not against the owner of the database.
"""

from __future__ import annotations

from sqlalchemy import DDL, Table, event

_MARK = "append_only"


def append_only(table: Table) -> Table:
    """Have the database refuse to change or delete rows of a table, from the moment that it is made."""
    table.info[_MARK] = True
    for dialect in ("sqlite", "postgresql"):
        for statement in statements_for(table.name, dialect):
            made = DDL(statement)  # type: ignore[no-untyped-call] # SQLAlchemy has no type for it
            event.listen(table, "after_create", made.execute_if(dialect=dialect))
    return table


def is_append_only(table: Table) -> bool:
    """Whether a table is one of these."""
    return bool(table.info.get(_MARK))


def statements_for(name: str, dialect: str) -> list[str]:
    """What makes a table append-only on a kind of database; a revision that creates the table runs the same."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {name}_keeps_{what} BEFORE {what} ON {name} "
            f"BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END"
            for what in ("UPDATE", "DELETE")
        ]
    refuse = f"BEGIN RAISE EXCEPTION '{name} is append-only'; END"
    whenever = f"BEFORE UPDATE OR DELETE OR TRUNCATE ON {name} FOR EACH STATEMENT"
    return [
        f"CREATE FUNCTION {name}_stays() RETURNS trigger LANGUAGE plpgsql AS $$ {refuse} $$",
        f"CREATE TRIGGER {name}_keeps {whenever} EXECUTE FUNCTION {name}_stays()",
    ]
