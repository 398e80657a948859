from __future__ import annotations

import stat
import subprocess
from pathlib import Path

import pytest

from sellingpartner.env_file import read_env, write_env


def test_what_is_written_is_read_again_by_us_and_by_a_shell(tmp_path: Path) -> None:
    path = tmp_path / "credentials.env"
    values = {"SP_API_REFRESH_TOKEN": "Atzr|a b$c", "SP_API_REGION": "NA"}

    write_env(path, values, "for a test")

    assert read_env(path) == values
    shell = subprocess.run(
        ["sh", "-c", f'. {path}; printf %s "$SP_API_REFRESH_TOKEN"'], check=True, capture_output=True, text=True
    )
    assert shell.stdout == "Atzr|a b$c"


def test_only_its_owner_may_read_it_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "credentials.env"
    path.write_text("old")
    path.chmod(0o644)

    write_env(path, {"A": "1"}, "for a test")

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["credentials.env"]


def test_a_file_that_cannot_be_replaced_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "credentials.env"
    path.write_text("A=old\n")

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full_disk)
    with pytest.raises(OSError, match="No space left"):
        write_env(path, {"A": "new"}, "for a test")

    assert read_env(path) == {"A": "old"}
    assert [one.name for one in tmp_path.iterdir()] == ["credentials.env"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("# A=1\n\nB = 2\n", {"B": "2"}),
        ("export A='1'\nB=\"2\"", {"A": "1", "B": "2"}),
        ("no lines of that kind", {}),
        ("A==", {"A": "="}),
        ("A='", {"A": "'"}),
    ],
)
def test_files_of_other_hands_are_read_too(tmp_path: Path, text: str, values: dict[str, str]) -> None:
    path = tmp_path / "some.env"
    path.write_text(text)

    assert read_env(path) == values


def test_no_file_is_no_values(tmp_path: Path) -> None:
    assert read_env(tmp_path / "none" / "some.env") == {}
