"""What a wrong reader makes of the seal beside the list of recipients: "Noi nhan: aoe CHU TICH", "- Nhu trén; DLA A".

The signature stands to the right of the recipients (Nghị định 30/2020/NĐ-CP, annex I), under the seal. Between the
heading and the signer's authority nothing else is printed, and every recipient ends with a semicolon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_HEADING = re.compile(r"\s*N[ơoOdđ0]i nh\S{1,2}n\s*:")
# Short words in small letters, digits and signs before the capitals of the authority or title.
_BEFORE_TITLE = re.compile(r"(?<=:)((?:\s+[^\sA-ZĐ]{1,3})+)(?=\s+[A-ZĐ][A-ZĐ./])")
_RECIPIENT = re.compile(r"\s*[-–—+*~]\s*+(?!L[ưuv]{1,2}u)")
# Behind the last semicolon: at most three short tokens, which are no authority ("KT.", "T/M").
_BEHIND = re.compile(r"(?<=;)(?:\s+(?!\S*[TMLQ][./])\S{1,3}){1,3}\s*$")


def without_seal_remains(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a wrong reading, the remains of a seal beside the recipients left out."""
    among_recipients = False
    for line in lines:
        if _HEADING.match(line):
            among_recipients = True
            yield _BEFORE_TITLE.sub("", line, count=1)
            continue
        among_recipients = among_recipients and bool(_RECIPIENT.match(line))
        yield _BEHIND.sub("", line) if among_recipients else line
