"""A largest possible pairing of what is true with what was found (augmenting paths; Kuhn 1955)."""

from __future__ import annotations

from collections.abc import Sequence


def largest_pairing(edges: Sequence[Sequence[int]]) -> dict[int, int]:
    """Pair as many as can be paired, each at most once.

    Args:
        edges: For each true thing, the indexes of the found things that may answer it.

    Returns:
        Index of the true thing to that of the found one.
    """
    owner: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j in edges[i]:
            if j in seen:
                continue
            seen.add(j)
            if j not in owner or place(owner[j], seen):
                owner[j] = i
                return True
        return False

    for i in range(len(edges)):
        place(i, set())
    return {i: j for j, i in owner.items()}
