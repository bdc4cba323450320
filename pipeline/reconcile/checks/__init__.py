"""One module for each kind of check. Importing this package registers them all; docs/CHECKS.md describes them."""

from pipeline.reconcile.checks import (
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
    spans,
    tables,
    target,
    words,
)

MODULES = (
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
    spans,
    tables,
    target,
    words,
)
NAMES = tuple(module.__name__.rpartition(".")[2] for module in MODULES)
