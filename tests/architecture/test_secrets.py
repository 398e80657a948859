"""Nothing that proves something can be guessed: each is drawn from the system's luck, with 128 bits at the least."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import sellingpartner

SOURCE = Path(sellingpartner.__file__).parent
ENOUGH = 16  # bytes; RFC 6749, 10.10 asks for 128 bits

NO_SECRETS = {
    ("client/vault/keys.py", 4): "the name of a key, which is shown",
    ("client/vault/keys.py", 12): "a nonce of AES-GCM, which stands beside what it seals",
}


def draws() -> Iterator[tuple[str, int]]:
    """Every value that is drawn with `secrets.token_*`: the file, and of how many bytes."""
    texts = {file: file.read_text(encoding="utf-8") for file in SOURCE.rglob("*.py")}
    sizes = dict(re.findall(r"^(_?[A-Z_]+BYTES) = (\d+)$", "\n".join(texts.values()), re.MULTILINE))
    for file, text in texts.items():
        for node in ast.walk(ast.parse(text)) if "secrets.token_" in text else ():
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("secrets.token_"):
                (size,) = map(ast.unparse, node.args)
                yield file.relative_to(SOURCE).as_posix(), int(sizes.get(size, size))


def test_every_secret_has_128_bits_or_more() -> None:
    found = sorted(draws())

    assert [draw for draw in found if draw[1] < ENOUGH] == sorted(NO_SECRETS)
    assert len(found) >= 12  # it looked where they are drawn
