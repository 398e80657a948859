"""Whatever is logged, and wherever it goes: whoever logs is neither held up nor harmed, and nor is who reads."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator
from threading import Event
from typing import Any, TextIO, cast

import pytest
import structlog

from sellingpartner.server.logging import configure
from sellingpartner.server.outlet import Outlet, open_standard_streams

SOON = 20


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    kept = structlog.get_config()
    yield
    structlog.configure(**kept)


class Unspeakable:
    def __repr__(self) -> str:
        message = "I have no name"
        raise RuntimeError(message)

    __str__ = __repr__


def logged(*, as_json: bool, **facts: Any) -> str:  # noqa: ANN401 - anything may be logged
    stream = io.StringIO()
    configure("info", stream=stream, as_json=as_json)
    structlog.get_logger().info("call", **facts)
    return stream.getvalue()


@pytest.mark.parametrize("as_json", [True, False])
@pytest.mark.parametrize("value", ["a\nat 2026 [error] forged", "\x1b[2J\x9b\u202e", "\udcff\x00", "\r\b"])
def test_no_text_breaks_a_line_or_reaches_a_terminal_as_more_than_text(as_json: bool, value: str) -> None:  # noqa: FBT001
    line = logged(as_json=as_json, path=value)

    assert line.count("\n") == 1
    assert line.removesuffix("\n").isprintable()


@pytest.mark.parametrize("as_json", [True, False])
@pytest.mark.parametrize("value", [Unspeakable(), {1, 2}, b"\xff", ValueError(Unspeakable())])
def test_nothing_that_is_logged_harms_who_logs(as_json: bool, value: object) -> None:  # noqa: FBT001
    assert "call" in logged(as_json=as_json, value=value, exc_info=value if isinstance(value, Exception) else None)


def test_what_an_error_quotes_does_not_look_like_a_line_of_its_own() -> None:
    text = logged(as_json=False, exc_info=ValueError("\n2026-01-01T00:00:00Z [error] forged"))

    assert "forged" in text
    assert not [line for line in text.splitlines()[2:] if line and not line.startswith("    ")]


@pytest.fixture
def gone() -> Iterator[TextIO]:
    """A pipe whose reader went."""
    reader, writer = os.pipe()
    os.close(reader)
    stream = os.fdopen(writer, "w", buffering=1)
    yield stream
    with pytest.raises(BrokenPipeError):
        stream.close()


def test_a_pipe_whose_reader_went_is_lived_with_and_told(gone: TextIO) -> None:
    outlet = Outlet(gone)
    configure("info", stream=outlet)
    structlog.get_logger().info("one")
    structlog.get_logger().info("two")
    outlet.finish()

    assert (outlet.lost, outlet.failure) == (2, "[Errno 32] Broken pipe")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="has no full disk to write to")  # noqa: PTH110 - at import
def test_a_full_disk_is_lived_with_and_forgotten_when_there_is_room() -> None:
    class Disk(io.StringIO):
        is_full = True

        def write(self, text: str) -> int:
            if self.is_full:
                with open("/dev/full", "w", encoding="utf-8") as full:  # noqa: PTH123
                    full.write(text)
            return super().write(text)

    disk = Disk()
    outlet = Outlet(disk)
    outlet.write("one\n")
    outlet.finish()
    assert (outlet.lost, "No space left" in outlet.failure) == (1, True)

    disk.is_full = False
    outlet.write("two\n")
    outlet.finish()
    assert (outlet.lost, outlet.failure, disk.getvalue()) == (0, "", "two\n")


@pytest.mark.parametrize("how", [None, "closed"])
def test_a_stream_that_is_closed_is_no_stream_to_fail_by(how: str | None) -> None:
    stream = io.StringIO()
    stream.close()
    outlet = Outlet(stream if how else None)
    outlet.write("one\n")
    outlet.finish()

    assert not outlet.isatty()


def test_a_reader_that_holds_still_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    held, writing = Event(), Event()

    class Terminal(io.StringIO):
        def write(self, text: str) -> int:
            writing.set()
            held.wait(SOON)
            return super().write(text)

    monkeypatch.setattr("sellingpartner.server.outlet._MOST_WAITING", 3)
    terminal = Terminal()
    outlet = Outlet(terminal)
    outlet.write("0")
    assert writing.wait(SOON)
    for number in range(1, 9):
        outlet.write(str(number))
    assert (outlet.lost, outlet.failure) == (5, "it is not read")

    held.set()
    outlet.finish()
    assert terminal.getvalue() == "0123"
    assert outlet.lost == 0


def test_a_process_without_streams_gets_some_that_lead_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)

    open_standard_streams()

    made = [cast("TextIO", sys.stdout), cast("TextIO", sys.stderr)]
    for stream in made:
        print("nobody hears this", file=stream)
        stream.close()


def test_lines_are_json_where_no_person_reads() -> None:
    assert json.loads(logged(as_json=True, path="/a"))["path"] == "/a"
