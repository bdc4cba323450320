"""Clusters: pairs that are linked, joined into groups (union-find), so that a fact is reported once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pipeline.reconcile.linking import Fact, Link


def clusters(links: Iterable[Link]) -> list[list[Link]]:
    """Return the links in groups: two links are in one group when a chain of figures joins them."""
    held = list(links)
    parent: dict[str, str] = {}
    for link in held:
        parent[_root(parent, link.right.figure.id)] = _root(parent, link.left.figure.id)
    grouped: dict[str, list[Link]] = defaultdict(list)
    for link in held:
        grouped[_root(parent, link.left.figure.id)].append(link)
    return [grouped[key] for key in sorted(grouped)]


def members(cluster: Iterable[Link]) -> list[Fact]:
    """Return the facts of a cluster, each once, in the order of document and line."""
    found = {fact.figure.id: fact for link in cluster for fact in (link.left, link.right)}
    return sorted(found.values(), key=lambda fact: (fact.figure.evidence.document, fact.figure.place.sentence,
                                                    fact.figure.place.start))  # fmt: skip


def _root(parent: dict[str, str], item: str) -> str:
    parent.setdefault(item, item)
    while parent[item] != item:
        parent[item] = parent[parent[item]]
        item = parent[item]
    return item
