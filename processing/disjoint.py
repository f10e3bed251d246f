"""Disjoint sets: which of some things are connected, whatever connects them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


class Disjoint:
    """Sets of numbers, each alone at first."""

    def __init__(self, numbers: Iterable[int]) -> None:
        """Begin with every one of `numbers` alone."""
        self._parents = {number: number for number in numbers}

    def root(self, number: int) -> int:
        """Return the number that stands for the set: the same for all in it, until it is joined with another."""
        parents = self._parents
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    def join(self, one: int, other: int) -> None:
        """Make one set of the sets of two numbers."""
        self._parents[self.root(other)] = self.root(one)

    def groups(self) -> list[list[int]]:
        """Return the sets, each in the order of the numbers that were given, the sets in that of their first ones."""
        found: dict[int, list[int]] = defaultdict(list)
        for number in self._parents:
            found[self.root(number)].append(number)
        return list(found.values())
