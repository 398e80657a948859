"""Gathers what the market assumes of Amazon, and where it differs, from the comments and docstrings that say so.

    python -m tools.fidelity            # write docs/fidelity.md
    python -m tools.fidelity --check    # fail if it is not as it would be written

`Assumed:` marks what nobody could verify, `Differs:` what is known to be otherwise. Where a paragraph begins with the
mark, the rest of it is listed; where the mark comes later, what stands before it is needed to understand it.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tools.page_part import ROOT, write_or_check

SOURCE = ROOT / "src" / "sellingpartner"
PAGE = ROOT / "docs" / "fidelity.md"

HEAD = """# What is assumed of Amazon, and where this market differs

Amazon documents the form of its API and not all of its ways. Where nobody could verify one, the market does what its
users would expect, and says so in the code; this page gathers those places. Who knows better is asked to say so.

<!-- Written by `python -m tools.fidelity`; change the comment in the source instead. -->
"""

MARK = re.compile(r"\b(Assumed|assumed|Differs)(?::| for | in |, )")


class Statement(NamedTuple):
    """One place."""

    folder: str
    file: str
    subject: str
    kind: str
    text: str
    within: str = ""
    """The function, class or constant of the module in which it stands; empty for what is said of the whole module."""


@cache
def parsed(file: Path) -> ast.Module:
    """A file of the source."""
    return ast.parse(file.read_text(encoding="utf-8"))


def nodes_of(tree: ast.AST) -> Iterator[ast.AST]:
    """A node and all below it, in no order; `ast.walk` takes twice as long, and there are a million of them."""
    ahead = [tree]
    while ahead:
        node = ahead.pop()
        yield node
        for value in vars(node).values():
            if isinstance(value, ast.AST):
                ahead.append(value)
            elif isinstance(value, list):
                ahead += [one for one in value if isinstance(one, ast.AST)]


def statements() -> list[Statement]:
    """Every place, in the order of files and lines."""
    found: list[Statement] = []
    for file in sorted(SOURCE.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        if MARK.search(text) is None:
            continue
        tree = parsed(file)
        folder = file.parent.relative_to(SOURCE).as_posix()
        for line, paragraph in sorted({**dict(_comments(text)), **dict(_docstrings(tree))}.items()):
            if (mark := MARK.search(paragraph)) is not None:
                subject, within = _subject(tree.body, line), _outermost(tree.body, line)
                found.append(Statement(folder, file.name, subject, mark[1].lower(), _said(paragraph, mark), within))
    return found


def _subject(body: list[ast.stmt], line: int) -> str:
    """What a line is about: the function or class around it, else the name that is given a value there or next."""
    before: ast.stmt | None = None
    for statement in body:
        if statement.lineno > line:
            return _name(statement)
        if line <= (statement.end_lineno or 0):
            if isinstance(statement, ast.ClassDef):
                return _subject(statement.body, line) or statement.name
            # A text on its own tells of the name before it.
            return _name(before if isinstance(statement, ast.Expr) else statement)
        before = statement
    return ""


def _outermost(body: list[ast.stmt], line: int) -> str:
    """The function or class of the module around a line, else what it is about."""
    around = (each for each in body if each.lineno <= line <= (each.end_lineno or 0) and not isinstance(each, ast.Expr))
    return _name(next(around, None)) or _subject(body, line)


def _name(statement: ast.stmt | None) -> str:
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        return statement.name
    target = statement.targets[0] if isinstance(statement, ast.Assign) else getattr(statement, "target", None)
    return target.id if isinstance(target, ast.Name) else ""


def _said(paragraph: str, mark: re.Match[str]) -> str:
    """The statement without its mark, where it begins with one."""
    text = paragraph[mark.end(1) :].lstrip(":, ") if mark.start() == 0 else paragraph
    return text[:1].upper() + text[1:]


def _comments(text: str) -> Iterator[tuple[int, str]]:
    """Comments by their first line; those of successive lines are one, until another mark begins."""
    block: list[str] = []
    first = last = 0
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type != tokenize.COMMENT:
            continue
        said = token.string.lstrip("# ").strip()
        line = token.start[0]
        if not block or line != last + 1 or MARK.match(said):
            if block:
                yield first, " ".join(block)
            block, first = [], line
        block.append(said)
        last = line
    if block:
        yield first, " ".join(block)


def _docstrings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The paragraphs of all docstrings, those of constants and fields among them, by their first line."""
    for node in nodes_of(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            line = node.lineno
            for paragraph in re.split(r"(\n\s*\n)", node.value.value):
                if paragraph.strip():
                    yield line, " ".join(paragraph.split())
                line += paragraph.count("\n")


def page() -> str:
    """The page as it should be."""
    parts = [HEAD]
    folder = ""
    for statement in statements():
        if statement.folder != folder:
            folder = statement.folder
            parts.append(f"\n## {folder}\n\n")
        where = f"`{statement.file}`" + (f", `{statement.subject}`" if statement.subject else "")
        parts.append(f"- {where} {statement.kind}: {statement.text}\n")
    return "".join(parts)


def main() -> None:
    """Write the page, or say that it is stale."""
    write_or_check(PAGE, "tools.fidelity", page())


if __name__ == "__main__":
    main()
