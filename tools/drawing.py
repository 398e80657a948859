"""Draws what leads to what as SVG: the longest way goes down, and what leaves it stands beside.

The same graphs give the same text, byte for byte, so that a picture can be told to be outdated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

_FONT = 13
_WIDE_LETTER, _LETTER = 9.2, 6.6
"""How wide a letter is at most in a box, and on an arrow."""
_BOX_HEIGHT, _ROW, _PAD = 28, 62, 18
_LANE, _GAP = 46, 80
"""How far arrows that go back stand out on the left; how far what stands beside is from the way."""
_TOP = 62

_STYLE = """
  .page { fill: #fff; stroke: #d0d7de }
  .box { fill: #eef4fb; stroke: #3b6ea5; stroke-width: 1.3 }
  .end { fill: #f4f1ea; stroke: #8a7f66 }
  .apart { stroke-dasharray: 4 3 }
  .way { fill: none; stroke: #57606a; stroke-width: 1.3; marker-end: url(#arrow) }
  text { font: 13px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328 }
  .state { font-weight: 600; text-anchor: middle }
  .title { font-size: 14px; font-weight: 700 }
  .word { font-size: 12px; fill: #57606a; paint-order: stroke; stroke: #fff; stroke-width: 4px }
""".strip("\n")


_ARROW = """
<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" \
orient="auto-start-reverse"><path d="M0 1 L9 5 L0 9 z" fill="#57606a"/></marker></defs>
""".strip()


class Edge(NamedTuple):
    """That one state leads to another, and by what."""

    start: str
    end: str
    word: str = ""


class Graph(NamedTuple):
    """States, the first of which is where all begins, and what they lead to."""

    title: str
    states: Sequence[str]
    edges: Sequence[Edge]


class _Place(NamedTuple):
    """Where a state stands: the middle of its box."""

    x: float
    y: float
    width: float

    @property
    def left(self) -> float:
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        return self.x + self.width / 2


class _Panel(NamedTuple):
    """A graph that is drawn: how much room it takes, and what it consists of."""

    width: float
    height: float
    lines: Sequence[str]


def drawn(columns: Sequence[Sequence[Graph]]) -> str:
    """Columns of graphs side by side."""
    graphs = [graph for column in columns for graph in column]
    panels: list[_Panel] = []
    x, height = float(_PAD), 0.0
    for column in columns:
        y = 0.0
        for graph in column:
            panels.append(_panel(graph, x, y))
            y += panels[-1].height
        x += max(panel.width for panel in panels[-len(column) :]) + 2 * _PAD
        height = max(height, y)
    width = x - _PAD
    size = f'width="{width:.0f}" height="{height:.0f}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" {size} role="img">',
        f"<title>{escape(', '.join(graph.title for graph in graphs))}</title>",
        f"<style>\n{_STYLE}\n</style>",
        _ARROW,
        f'<rect class="page" x="0.5" y="0.5" width="{width - 1:.0f}" height="{height - 1:.0f}" rx="8"/>',
        *(line for panel in panels for line in panel.lines),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _panel(graph: Graph, x: float, y: float) -> _Panel:
    way = _longest(graph, graph.states[0])
    beside = _beside(graph, way)
    edges = _joined(graph.edges)
    back = [one for one in edges if one.start in way and one.end in way and not _is_next(way, one)]
    main_width, side_width = _width_of(way), _width_of(list(beside))
    lane = _lane(back)
    captions = {state: word for state in beside if (word := _caption(state, edges))}
    edges = [one._replace(word="") if one.end in captions else one for one in edges]
    gap = max(_GAP, max((len(one.word) * _LETTER + 40 for one in edges if {one.start, one.end} & {*beside}), default=0))
    top = y + _TOP
    places = {state: _Place(x + lane + main_width / 2, top + row * _ROW, main_width) for row, state in enumerate(way)}
    places |= {
        state: _Place(x + lane + main_width + gap + side_width / 2, top + row * _ROW, side_width)
        for state, row in beside.items()
    }
    rows = max([len(way) - 1, *beside.values()])
    width = lane + main_width + (gap + side_width if beside else _right_words(way, edges, main_width))
    arrows = [line for edge in edges for line in _arrow(edge, places, way, edges)]
    lines = [
        f'<text class="title" x="{x:.0f}" y="{y + 26:.0f}">{escape(graph.title)}</text>',
        *sorted(arrows, key=lambda line: line.startswith("<text")),  # no arrow runs through a word
        *(line for state, place in places.items() for line in _box(state, place, graph)),
        *(line for state, word in captions.items() for line in _above(places[state], word)),
    ]
    return _Panel(max(width, len(graph.title) * _WIDE_LETTER), _TOP + rows * _ROW + _BOX_HEIGHT, lines)


def _longest(graph: Graph, state: str, seen: tuple[str, ...] = ()) -> list[str]:
    """The longest way on from a state on which no state comes twice; of two that are as long, the first."""
    leads = {edge.end for edge in graph.edges if edge.start == state} - {state, *seen}
    ways = [_longest(graph, end, (*seen, state)) for end in graph.states if end in leads]
    return [state, *max(ways, key=len, default=[])]


def _beside(graph: Graph, way: Sequence[str]) -> dict[str, int]:
    """In which row each of the other states stands: next to those that lead to it."""
    rows: dict[str, int] = {}
    for state in (one for one in graph.states if one not in way):
        from_ = [way.index(edge.start) for edge in graph.edges if edge.end == state and edge.start in way]
        row = round(sum(from_) / len(from_)) if from_ else len(way) - 1
        while row in rows.values():
            row += 1
        rows[state] = row
    return rows


def _joined(edges: Sequence[Edge]) -> list[Edge]:
    """One arrow for each pair of states, with all of its words."""
    words: dict[tuple[str, str], list[str]] = {}
    for edge in edges:
        words.setdefault((edge.start, edge.end), []).append(edge.word)
    return [Edge(start, end, ", ".join(filter(None, found))) for (start, end), found in words.items()]


def _is_next(way: Sequence[str], edge: Edge) -> bool:
    return way.index(edge.end) == way.index(edge.start) + 1


def _caption(state: str, edges: Sequence[Edge]) -> str:
    """The word by which all come to a state that stands beside, from where nothing leads back: it stands above once."""
    words = {edge.word for edge in edges if edge.end == state}
    if len(words) != 1 or any(edge.start == state for edge in edges):
        return ""
    (word,) = words
    return word


def _above(place: _Place, word: str) -> Iterator[str]:
    yield from _word(word, place.x, place.y - _BOX_HEIGHT / 2 - 5, "middle")


def _width_of(states: Sequence[str]) -> float:
    return max((len(state) for state in states), default=0) * _WIDE_LETTER + 20


def _lane(back: Sequence[Edge]) -> float:
    """How much room arrows need that go back, or beyond the next, on the left."""
    return _LANE + max(len(edge.word) for edge in back) * _LETTER if back else 0


def _right_words(way: Sequence[str], edges: Sequence[Edge], main_width: float) -> float:
    """How much room words need that stand on the right of the way, beyond its boxes."""
    words = [edge.word for edge in edges if edge.end in way]
    return max(max((len(word) for word in words), default=0) * _LETTER + 10 - main_width / 2, 0)


def _arrow(edge: Edge, places: dict[str, _Place], way: Sequence[str], edges: Sequence[Edge]) -> Iterator[str]:
    start, end = places[edge.start], places[edge.end]
    half = _BOX_HEIGHT / 2
    if edge.start in way and edge.end in way and _is_next(way, edge):
        yield f'<path class="way" d="M{start.x:.0f} {start.y + half:.0f} V{end.y - half:.0f}"/>'
        yield from _word(edge.word, start.x + 8, (start.y + end.y) / 2 + 4, "start")
    elif edge.start in way and edge.end in way:
        out, first, last = start.left - _LANE / 2, start.y + 5, end.y - 5
        if edge.start == edge.end:
            out, first, last = start.left - _LANE, start.y + 9, start.y - 9
        yield (
            f'<path class="way" d="M{start.left:.0f} {first:.0f} C{out:.0f} {first:.0f} {out:.0f} {last:.0f} '
            f'{end.left:.0f} {last:.0f}"/>'
        )
        yield from _word(edge.word, start.left - _LANE * 0.45, (first + last) / 2 + 4, "end")
    else:
        yield from _aside(edge, start, end, is_both_ways=any((one.end, one.start) == edge[:2] for one in edges))


def _aside(edge: Edge, start: _Place, end: _Place, *, is_both_ways: bool) -> Iterator[str]:
    """An arrow to what stands beside the way, or back from there."""
    goes_out = start.x < end.x
    shift = (-6 if goes_out else 6) if is_both_ways else 0
    first, last = (start.right, end.left) if goes_out else (start.left, end.right)
    yield f'<path class="way" d="M{first:.0f} {start.y + shift:.0f} L{last:.0f} {end.y + shift:.0f}"/>'
    y = (start.y + end.y) / 2 + shift
    yield from _word(edge.word, (first + last) / 2, y + (-5 if shift <= 0 else 14), "middle")


def _word(word: str, x: float, y: float, anchor: str) -> Iterator[str]:
    if word:
        yield f'<text class="word" x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{escape(word)}</text>'


def _box(state: str, place: _Place, graph: Graph) -> Iterator[str]:
    leads_on = any(edge.start == state for edge in graph.edges)
    is_reached = state == graph.states[0] or any(edge.end == state for edge in graph.edges)
    kinds = ["box", *(["end"] if not leads_on else []), *(["apart"] if not is_reached else [])]
    yield (
        f'<rect class="{" ".join(kinds)}" x="{place.left:.0f}" y="{place.y - _BOX_HEIGHT / 2:.0f}" '
        f'width="{place.width:.0f}" height="{_BOX_HEIGHT}" rx="6"/>'
    )
    yield f'<text class="state" x="{place.x:.0f}" y="{place.y + 4.5:.1f}">{escape(state)}</text>'
