"""One module for each kind of check. Importing this package registers them all; docs/CHECKS.md describes them."""

from pipeline.reconcile.checks import (
    annex,
    change,
    citations,
    duplicates,
    footing,
    inline,
    listing,
    parallel,
    pooled,
    rate,
    series,
    shares,
    spans,
    tables,
    target,
    words,
)

__all__ = [
    "annex",
    "change",
    "citations",
    "duplicates",
    "footing",
    "inline",
    "listing",
    "parallel",
    "pooled",
    "rate",
    "series",
    "shares",
    "spans",
    "tables",
    "target",
    "words",
]
