"""What is asked of a search: words, alone or in double quotes, whole or only their beginning ("thu tuc hanh ch*")."""

from __future__ import annotations

import re

from pipeline.archive import terms
from pipeline.archive.matching import OPEN, Words
from pipeline.archive.terms import Form
from pipeline.errors import BadArgumentsError
from pipeline.models import Record

_MAX_WORDS = 64  # a sentence; longer queries are pasted by mistake, and FTS5 bounds the depth of an expression
_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')


class Query(Record):
    """What is asked for: terms of one or more words each, with their marks and without."""

    exact: tuple[Words, ...]
    folded: tuple[Words, ...]

    @property
    def words(self) -> Words:
        """All words without marks."""
        return tuple(word for term in self.folded for word in term)

    @property
    def written(self) -> str:
        """The words as one would type them."""
        return " ".join(f'"{" ".join(term)}"' if len(term) > 1 else term[0] for term in self.exact)

    @property
    def is_one_phrase(self) -> bool:
        """Whether its words may stand one after the other: an open word could only be the last one."""
        return not any(term[-1].endswith(OPEN) for term in self.folded[:-1])

    @property
    def is_marked(self) -> bool:
        """Whether the query has words with marks; who types none cares for none."""
        return bool(self.exact) and self.exact != self.folded


def parse(query: str) -> Query:
    """Take the words out of a query; every other character only separates them.

    Raises:
        BadArgumentsError: It has more than 64 words.
    """
    parts = [quoted or word for quoted, word in _TERM.findall(query)]
    exact = tuple(found for part in parts if (found := _words(part, terms.exact)))
    folded = tuple(found for part in parts if (found := _words(part, terms.folded)))
    if sum(map(len, folded)) > _MAX_WORDS:
        raise BadArgumentsError(
            f"Câu tìm kiếm dài hơn {_MAX_WORDS} từ. / The query has more than {_MAX_WORDS} words.",
            "Hãy tìm vài từ chính. / Search for a few main words.",
        )
    return Query(exact=exact, folded=folded)


def _words(part: str, form: Form) -> Words:
    found = terms.words(form(part))
    return (*found[:-1], found[-1] + OPEN) if found and part.endswith(OPEN) else found
