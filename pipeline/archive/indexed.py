"""What the search index holds of a passage."""

from __future__ import annotations

from pipeline.archive import rows, terms
from pipeline.archive.matching import Entry
from pipeline.archive.readings import Readings
from pipeline.archive.schema import PassageRow


def entry(passage: PassageRow) -> Entry:
    """Return the words of a passage in all forms in which it is searched."""
    doubts = rows.doubts_of(passage.doubts)
    return Entry(
        passage=passage.id,
        exact=" ".join(terms.words(terms.exact(passage.text))),
        folded=" ".join(terms.words(terms.folded(passage.text))),
        other_exact=Readings(passage.text, doubts, terms.exact).windows() if doubts else "",
        other_folded=Readings(passage.text, doubts, terms.folded).windows() if doubts else "",
    )
