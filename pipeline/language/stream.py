"""Running text as the language model sees it: lower-case words, and classes for everything that is not a word."""

from __future__ import annotations

import re
from collections.abc import Iterator

END = "<.>"  # end of a sentence, and of a list item
COMMA = "<,>"
NUMBER = "<num>"
CODE = "<code>"  # letters and digits mixed: QH15, B1, 5G
ADDRESS = "<url>"
UNKNOWN = "<unk>"
CLASSES = (END, COMMA, NUMBER, CODE, ADDRESS, UNKNOWN)

_TOKEN = re.compile(
    r"(?P<url>(?:https?://|www\.)\S+|\S+@\S+\.\S+|\w+(?:\.\w+)*\.(?:vn|com|org|net)\b\S*)"
    r"|(?P<num>\d+(?:[.,/:\-–]\d+)*(?![^\W\d_]))"
    r"|(?P<code>[^\W_]*\d[^\W_]*)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<comma>[,:])"
    r"|(?P<end>[.;!?…]+(?=\s|$))"
)
_CLASS_OF = {"url": ADDRESS, "num": NUMBER, "code": CODE, "comma": COMMA, "end": END}


def words_of(line: str) -> Iterator[tuple[str, str]]:
    """Yield (token of the language model, its letters as written) for a line in NFC; brackets and dashes are skipped.

    A code of document like 57-NQ/TW gives `<num> nq tw`.
    """
    for match in _TOKEN.finditer(line):
        kind = match.lastgroup or "word"
        text = match.group()
        yield (text.lower(), text) if kind == "word" else (_CLASS_OF[kind], text)
