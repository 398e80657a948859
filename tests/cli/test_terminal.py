"""What strangers wrote reaches nobody's terminal as more than text, by whatever command and in whatever form."""

from __future__ import annotations

import ast
import csv
import io
from contextlib import redirect_stdout
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

import sellingpartner.cli
from sellingpartner.cli import app
from sellingpartner.cli.calling.packing import Packing
from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.shown.bar import Bar
from sellingpartner.cli.shown.output import Output
from sellingpartner.cli.shown.printing import print_facts, print_json, print_line, print_table
from sellingpartner.cli.shown.shape import Shape
from sellingpartner.cli.shown.writing import print_aside, print_file
from sellingpartner.client.documents import Progress
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.json_values import Json
from sellingpartner.contract.market_v1 import Seller
from sellingpartner.terminal import harmless
from sellingpartner.workflows import Outcome, Result, Stage
from sellingpartner.workflows import Progress as Packed

EVIL = "\x1b]0;own3d\x07\x9b2J\x7f\u202egnp.exe\u2066\u200b\U000e0041Zoë"
SELLER = Seller(
    seller_id="A1", name=EVIL, region="NA", marketplace_ids=[EVIL], joined_at=datetime(2026, 11, 2, tzinfo=UTC)
)
ENTRY: Json = {"sellerId": "A1", "name": EVIL, EVIL: 1}
SELLERS = Shape(way=(), kind=Seller, is_list=True)


def is_text(printed: str) -> bool:
    return "Zoë" in printed and printed == harmless(printed, lines=True)


class Terminal(io.StringIO):
    """The output, as if a person looked on."""

    def isatty(self) -> bool:
        return True


class Refusing:
    """A command that ends with an error."""

    help_flags = ()

    def __init__(self, reason: Exception) -> None:
        self._reason = reason

    def __contains__(self, _: str) -> bool:
        return False

    def __call__(self, *_: object, **__: object) -> None:
        raise self._reason


def test_lines_facts_and_tables_are_text(capsys: pytest.CaptureFixture[str]) -> None:
    print_line(EVIL)
    print_facts([(EVIL, EVIL), ("many", [EVIL, "b"])])
    print_table([EVIL], [[EVIL]], empty="")
    Output().show_entries([ENTRY], SELLERS)
    print_aside(EVIL)

    out, err = capsys.readouterr()
    assert is_text(out)
    assert is_text(err)


def test_json_is_text_and_to_a_program_what_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    print_json(SELLER)
    whole = capsys.readouterr().out
    Output(json=True).show_entries([ENTRY], SELLERS)
    line = capsys.readouterr().out

    assert is_text(whole)
    assert is_text(line)
    assert msgspec.json.decode(whole, type=Seller) == SELLER
    assert msgspec.json.decode(line) == ENTRY


def test_csv_is_exact_for_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    Output(csv=True).show_entries([ENTRY], SELLERS)

    assert EVIL in next(csv.reader(io.StringIO(capsys.readouterr().out.partition("\n")[2])))


def test_csv_and_documents_are_text_where_a_person_looks_on(tmp_path: Path) -> None:
    with redirect_stdout(Terminal()) as terminal:
        Output(csv=True).show_entries([ENTRY], SELLERS)
    assert is_text(terminal.getvalue())

    document = tmp_path / "report.txt"
    document.write_bytes(EVIL.encode())
    for charset in ("utf-8", "x-unheard-of"):
        with redirect_stdout(Terminal()) as terminal:
            print_file(document, charset)
        assert is_text(terminal.getvalue())


def test_refusals_and_progress_are_text(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for reason in (InvalidInput(f"No {EVIL}"), CannotDo(f"No {EVIL}\nfaked")):
        monkeypatch.setattr(app, "app", Refusing(reason))
        app.run(["status"])
        said = capsys.readouterr().err
        assert is_text(said)
        assert said.count("\n") == 1
    with Bar("Report") as bar:
        bar(Progress(stage="waiting", job_id=EVIL, status=EVIL))
    with Packing() as packing:
        outcome = Outcome(order_id=EVIL, result=Result.FAILED, words=EVIL)
        packing(Packed(order_id=EVIL, stage=Stage.ENDED, words=EVIL, done=1, total=1, outcome=outcome))
    assert is_text(capsys.readouterr().err)


def test_nothing_is_printed_past_these() -> None:
    """Every other module of the command prints by them alone."""
    allowed = {"printing.py", "writing.py", "bar.py", "completion.py", "__init__.py", "app.py"}
    allowed |= {"short_lived.py"}  # which reads what another process prints
    strangers = []
    for file in sorted(Path(sellingpartner.cli.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            is_stream = isinstance(node, ast.Attribute) and node.attr in {"stdout", "stderr"}
            is_print = isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"print", "Console", "echo"}
            if (is_stream or is_print) and file.name not in allowed:
                strangers.append(f"{file.name}:{getattr(node, 'lineno', 0)}")

    assert strangers == []
