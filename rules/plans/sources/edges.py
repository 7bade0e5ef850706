"""Edges: where the columns of a ruled table end without a line below or above, because the page ended there."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, Literal

_SAME = 3
_FEWEST = 3

Edge = dict[str, Any]


def open_ends(edges: Iterable[Edge]) -> list[float]:
    """Return the heights at which three or more upright lines end together and no level line meets them."""
    edges = list(edges)
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    level = [edge for edge in edges if edge["orientation"] == "h"]
    return [*_ends(upright, level, "top"), *_ends(upright, level, "bottom")]


def _ends(upright: list[Edge], level: list[Edge], end: Literal["top", "bottom"]) -> Iterable[float]:
    for _, group in groupby(sorted(upright, key=lambda edge: float(edge[end])), lambda edge: round(edge[end] / _SAME)):
        found = list(group)
        height = float(found[0][end])
        left, right = min(edge["x0"] for edge in found), max(edge["x1"] for edge in found)
        met = any(abs(edge["top"] - height) <= _SAME and edge["x0"] < right and edge["x1"] > left for edge in level)
        if len(found) >= _FEWEST and not met:
            yield height
