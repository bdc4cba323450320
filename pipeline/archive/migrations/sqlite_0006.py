"""What revision 0006 makes in SQLite beside the tables."""

from __future__ import annotations

# No column may be folded by FTS5: its own folding leaves đ alone, and the exact ones must keep their marks. All are
# folded before they come here, by the functions that fold the query (pipeline.archive.terms). The index keeps no copy
# of what it indexes (content = ''): all of it can be made from `passages` again, and would weigh more than the index.
PASSAGE_INDEX = (
    "CREATE VIRTUAL TABLE passage_index USING "
    "fts5(exact, folded, other_exact, other_folded, content = '', tokenize = 'unicode61 remove_diacritics 0')"
)

# That nothing is overwritten is kept by the database, whatever program writes to it.
APPEND_ONLY = tuple(
    f"CREATE TRIGGER decisions_no_{act.lower()} BEFORE {act} ON decisions "
    "BEGIN SELECT RAISE(ABORT, 'decisions are only added'); END"
    for act in ("UPDATE", "DELETE")
)

CREATE = (PASSAGE_INDEX, *APPEND_ONLY)
