"""Chains and rings of directed edges: the walks from which areas and fronts are put together."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.integer]
Points = NDArray[np.float64]


def chains(tail: Numbers, head: Numbers, vertices: int) -> list[list[int]]:
    """Join edges end to end wherever exactly two meet.

    Parameters
    ----------
    tail, head : array (edges,)
        The vertices that each edge leads from and to; where two edges meet one arrives and one leaves.
    vertices : int
        How many vertices there are.

    Returns
    -------
    list of list of int
        Edges in order, each in one chain; a closed chain begins anywhere.
    """
    count = len(tail)
    degree = np.bincount(tail, minlength=vertices) + np.bincount(head, minlength=vertices)
    leaving = np.full(vertices, -1)
    leaving[tail] = np.arange(count)
    following = np.where(degree[head] == 2, leaving[head], -1).tolist()
    begins = np.flatnonzero(degree[tail] != 2).tolist()
    seen = bytearray(count)
    found = []
    for start in (*begins, *range(count)):
        at, chain = start, []
        while at >= 0 and not seen[at]:
            seen[at] = 1
            chain.append(at)
            at = following[at]
        if chain:
            found.append(chain)
    return found


def rings(tail: Numbers, head: Numbers, group: Numbers, leave_m: Points, arrive_m: Points) -> list[list[int]]:
    """Join the borders of areas to rings that touch neither themselves nor, along more than points, others.

    Parameters
    ----------
    tail, head : array (edges,)
        The vertices that each edge leads from and to.
    group : array (edges,)
        The area to the left of each edge, 0 or above; together the edges of an area are its whole border.
    leave_m, arrive_m : array (edges, 2)
        The direction in which each edge leaves its tail and arrives at its head: vectors of any length.

    Returns
    -------
    list of list of int
        Edges in order. With the area on the left, outer rings run counter-clockwise and holes clockwise.
    """
    if not len(tail):
        return []
    span = np.int64(max(int(tail.max()), int(head.max())) + 1)
    begin = group.astype(np.int64) * span + tail
    end = group.astype(np.int64) * span + head
    order = np.argsort(begin, kind="stable")
    begin = begin[order]
    first = np.searchsorted(begin, end)
    last = np.searchsorted(begin, end, side="right")
    following = order[first]
    knots = np.flatnonzero(last - first > 1)
    for edge in knots.tolist():
        ways = order[first[edge] : last[edge]]
        following[edge] = ways[_sharpest_left(-arrive_m[edge], leave_m[ways])]
    tails, next_edges = tail.tolist(), following.tolist()
    is_knot = bytearray(len(tail))
    for edge in knots.tolist():
        is_knot[edge] = 1
    seen = bytearray(len(tail))
    found: list[list[int]] = []
    for start in range(len(tail)):
        at, walk, knotted = start, [], 0
        while not seen[at]:
            seen[at] = 1
            walk.append(at)
            knotted |= is_knot[at]
            at = next_edges[at]
        if walk:
            found.extend(_simple(walk, tails) if knotted else [walk])
    return found


def _sharpest_left(back: Points, ways: Points) -> int:
    """Return the first of some directions met when turning clockwise from the way one came."""
    came = math.atan2(back[1], back[0])
    turns = [(came - math.atan2(y, x)) % math.tau or math.tau for x, y in ways.tolist()]
    return turns.index(min(turns))


def _simple(walk: Sequence[int], tails: Sequence[int]) -> list[list[int]]:
    """Cut a closed walk at the vertices that it passes twice."""
    found: list[list[int]] = []
    path: list[int] = []
    position: dict[int, int] = {}
    for edge in walk:
        vertex = tails[edge]
        if vertex in position:
            loop = path[position[vertex] :]
            for passed in loop:
                del position[tails[passed]]
            del path[len(path) - len(loop) :]
            found.append(loop)
        position[vertex] = len(path)
        path.append(edge)
    found.append(path)
    return found
