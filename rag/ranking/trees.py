"""Boosted decision trees that are evaluated from JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Node:
    """``low`` and ``high`` are the nodes, by index, that follow where a feature is at most
    ``threshold`` and where it is greater; a leaf has no ``feature`` and adds ``value``."""

    feature: int = -1
    threshold: float = 0.0
    low: int = -1
    high: int = -1
    value: float = 0.0


Tree = tuple[Node, ...]
"""The nodes of a tree, its root first."""


def value(trees: Sequence[Tree], features: Sequence[float]) -> float:
    """The sum of the values of the leaves that a row of features falls into."""
    return sum(_leaf(tree, features).value for tree in trees)


def to_json(trees: Sequence[Tree], names: Sequence[str]) -> list[Any]:
    """For each tree its nodes: ``[value]`` for a leaf, else ``[feature, threshold, low, high]``."""
    return [
        [
            [node.value]
            if node.feature < 0
            else [names[node.feature], node.threshold, node.low, node.high]
            for node in tree
        ]
        for tree in trees
    ]


def from_json(data: Sequence[Any], names: Sequence[str]) -> tuple[Tree, ...]:
    """Raises ``KeyError`` for a feature that is not among ``names``."""
    places = {name: place for place, name in enumerate(names)}
    return tuple(tuple(_node(row, places) for row in tree) for tree in data)


def _node(row: Sequence[Any], places: Mapping[str, int]) -> Node:
    if len(row) == 1:
        return Node(value=row[0])
    name, threshold, low, high = row
    return Node(places[name], threshold, low, high)


def _leaf(tree: Tree, features: Sequence[float]) -> Node:
    node = tree[0]
    while node.feature >= 0:
        node = tree[node.low if features[node.feature] <= node.threshold else node.high]
    return node
