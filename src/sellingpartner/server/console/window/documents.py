"""Documents: the jobs that make them, and how one begins."""

from __future__ import annotations

from sellingpartner.contract.errors import NotFound
from sellingpartner.market.documents.documents import Document
from sellingpartner.server.console import places
from sellingpartner.server.console.visit import Visit
from sellingpartner.server.console.window import asked
from sellingpartner.server.console.window.jobs import KINDS, STATUSES, Job
from sellingpartner.server.console.window.looking import SHOP, Look, looking
from sellingpartner.server.console.window.tables import Cell, Column, Input, Page, Table, code, moment
from sellingpartner.server.console.window.timeline import kind_words
from sellingpartner.server.control.documents.jobs import lines_of
from sellingpartner.server.gateway.http import HttpAnswer

_AT_ONCE = 100


def show_all(visit: Visit) -> HttpAnswer:
    """The latest jobs of the shop."""
    look = looking(visit)
    query = visit.query
    kind = asked.choice(query, "kind", list(KINDS)) or next(iter(KINDS))
    type_, status = asked.text(query, "type", longest=100).upper(), asked.choice(query, "status", STATUSES)
    with look.reading() as unit:
        found = KINDS[kind].latest(unit, type_, status, _AT_ONCE)
    page = Page(
        title="Documents",
        lead=f"The latest {_AT_ONCE}, the newest first.",
        here=places.DOCUMENTS,
        filters=[
            *look.shop_filter(),
            Input(
                name="kind",
                label="Kind",
                kind="select",
                value=kind,
                choices=[(name, one.words) for name, one in KINDS.items()],
            ),
            Input(name="type", label="Type", value=type_, longest=100),
            Input(
                name="status",
                label="Status",
                kind="select",
                value=status,
                choices=[("", "All"), *((one, kind_words(one)) for one in STATUSES)],
            ),
        ],
        table=_table(look, found),
        renewed_seconds=5,
    )
    return look.list(page)


def show(visit: Visit) -> HttpAnswer:
    """One job, and how its document begins."""
    look = looking(visit)
    kind, job_id = visit.values[0], asked.in_path(visit.values, 1)
    with look.reading() as unit:
        job = KINDS[kind].one(unit, job_id) if kind in KINDS else None
        if job is None:
            message = f"There is no job {job_id[:40]!r}."
            raise NotFound(message)
        document = job.document(unit)
    return look.page(
        "document.html",
        title=job.type,
        facts=_facts(job, document),
        lines=None if document is None else lines_of(visit.desk, document),
        back=("Documents", places.with_query(places.DOCUMENTS, kind=kind, **{SHOP: look.shop_said})),
    )


def _table(look: Look, found: list[Job]) -> Table:
    return Table(
        name="jobs",
        caption="Document jobs, the newest first",
        columns=[
            Column("Type"),
            Column("Id"),
            Column("Status"),
            Column("Asked for"),
            Column("Ended"),
            Column("Rows", is_number=True),
        ],
        rows=[
            [
                code(one.type, _place_of(look, one)),
                code(one.job_id),
                Cell(kind_words(one.status), badge=one.badge),
                moment(one.asked_at),
                moment(one.ended_at),
                Cell("-" if one.rows is None else f"{one.rows:,}"),
            ]
            for one in found
        ],
        empty="None was asked for.",
    )


def _place_of(look: Look, job: Job) -> str:
    return places.with_query(f"{places.DOCUMENTS}/{job.kind}/{job.job_id}", **{SHOP: look.shop_said})


def _facts(job: Job, document: Document | None) -> list[tuple[str, Cell]]:
    told = [
        ("Id", code(job.job_id)),
        ("Status", Cell(kind_words(job.status), badge=job.badge)),
        ("Asked for", moment(job.asked_at)),
        ("Ended", moment(job.ended_at)),
        *((name, Cell(words)) for name, words in job.facts),
    ]
    if job.rows is not None:
        told.append(("Rows", Cell(f"{job.rows:,}")))
    if document is not None:
        told.append(("Document", code(document.document_id)))
        told.append(("Content", Cell(document.content_type, below=f"{document.size or 0:,} bytes")))
    return told
