from __future__ import annotations

import re

import pytest
from tools.fidelity import PAGE, page

SHORTEST = 50

LINE = re.compile(r"^- `(?P<file>\w+\.py)`.*? (?:assumed|differs): (?P<said>.+)$", re.MULTILINE)
LEANS = re.compile(
    r"^(?:Likewise|Ditto|Same|The same|See (?:above|below)|As (?:above|in|before)|So (?:is|are|do)|These words|That )\b"
)


def test_what_is_assumed_and_what_differs_is_listed_in_the_docs() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python -m tools.fidelity"


def leaning(text: str) -> list[str]:
    """The lines that nobody understands who reads them alone."""
    found = ((line["file"], line["said"]) for line in LINE.finditer(text))
    return [f"{file}: {said}" for file, said in found if LEANS.match(said) or len(said) < SHORTEST]


def test_each_line_is_understood_by_itself() -> None:
    text = PAGE.read_text(encoding="utf-8")

    assert len(LINE.findall(text)) > 50
    assert leaning(text) == []


@pytest.mark.parametrize(
    "said",
    [
        "Likewise.",
        "As in the Netherlands, where nobody's number begins with these digits and ever did.",
        "For the smaller shops.",
    ],
)
def test_a_line_that_leans_on_another_is_found(said: str) -> None:
    assert leaning(f"- `refusals.py`, `WORDS` assumed: {said}\n") == [f"refusals.py: {said}"]
