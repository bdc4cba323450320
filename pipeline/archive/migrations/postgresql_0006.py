"""What revision 0006 makes in PostgreSQL beside the tables."""

from __future__ import annotations

# Decomposed, without combining marks, barred d as d: what `terms.folded` makes of Vietnamese. Other scripts, which
# Python writes in Latin letters, keep theirs.
_FOLDED = r"""
    CREATE FUNCTION folded(written text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT lower(translate(regexp_replace(
            normalize(regexp_replace(written, '[⁰¹²³⁴⁵⁶⁷⁸⁹]', ' ', 'g'), NFD),
            '[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]', '', 'g'
        ), 'đĐðÐ–—', 'dddd--') COLLATE "C")
    $$
"""
_JSON_EXTRACT = """
    CREATE FUNCTION json_extract(record text, path text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT jsonb_path_query_first(record::jsonb, path::jsonpath) #>> '{}'
    $$
"""
_APPEND_ONLY = (
    """
    CREATE FUNCTION decisions_are_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'decisions are only added'; END
    $$
    """,
    "CREATE TRIGGER decisions_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON decisions "
    "EXECUTE FUNCTION decisions_are_only_added()",
)

_COLUMNS = ("exact", "folded", "other_exact", "other_folded")
_PASSAGE_INDEX = (
    "CREATE TABLE passage_index (passage bigint PRIMARY KEY, "
    + ", ".join(f"{column} tsvector NOT NULL" for column in _COLUMNS)
    + ")",
    *(f"CREATE INDEX ix_passage_index_{column} ON passage_index USING gin ({column})" for column in _COLUMNS),
)

# What FTS5 calls NEAR: the start of one term is the last of all, and each other one ends at most `reach` words before
# it. `terms` is a JSON list of lists of words.
_STANDS_NEAR = """
    CREATE FUNCTION stands_near(entry tsvector, terms jsonb, reach int) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
        WITH word AS (
            SELECT term.ordinality AS term, jsonb_array_length(term.value) AS size, word.ordinality AS place,
                   word.value AS word
            FROM jsonb_array_elements(terms) WITH ORDINALITY AS term,
                 jsonb_array_elements_text(term.value) WITH ORDINALITY AS word
        ), start AS (
            SELECT word.term, word.size, stands.at - word.place AS place
            FROM unnest(entry) AS lexeme, unnest(lexeme.positions) AS stands(at), word
            WHERE lexeme.lexeme = word.word
               OR (right(word.word, 1) = '*' AND starts_with(lexeme.lexeme, left(word.word, -1)))
            GROUP BY word.term, word.size, stands.at - word.place
            HAVING count(DISTINCT word.place) = word.size
        )
        SELECT EXISTS (
            SELECT FROM start AS last
            WHERE jsonb_array_length(terms) = (
                SELECT count(DISTINCT start.term) FROM start
                WHERE start.place <= last.place AND start.place + start.size + reach >= last.place
            )
        )
    $$
"""

CREATE = (_FOLDED, _JSON_EXTRACT, *_PASSAGE_INDEX, _STANDS_NEAR, *_APPEND_ONLY)
