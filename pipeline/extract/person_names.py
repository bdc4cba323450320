"""Names of persons: a Vietnamese name begins with one of few surnames, which tells what a doubtful word is.

The surnames (`data/surnames.txt`) are those of the Kinh and of other peoples of Vietnam; a given name may be any word.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from pipeline.language.letters import LOWER, UPPER
from pipeline.models import Line

# What stands between surname and given name, and begins no name.
_MIDDLE = frozenset({"Văn", "Thị", "Đình", "Hữu"})
_AT_THE_END = re.compile(rf"(?P<first>[{UPPER}][{LOWER}]*)(?:\s+[{UPPER}][{LOWER}]*){{1,4}}\s*$")


@cache
def surnames() -> frozenset[str]:
    """Return the surnames, as they are written in a name."""
    source = resources.files("pipeline.extract").joinpath("data/surnames.txt")
    return frozenset(source.read_text(encoding="utf-8").split())


def with_surname(line: Line) -> str:
    """Return a line's text; a doubtful first word of a name at its end is the surname that it may be."""
    name = _AT_THE_END.search(line.text)
    if name is None or name["first"] in surnames():
        return line.text
    start, end = name.span("first")
    others = (other for doubt in line.doubts if (doubt.start, doubt.end) == (start, end) for other in doubt.others)
    surname = next((other for other in others if other in surnames()), name["first"])
    return f"{line.text[:start]}{surname}{line.text[end:]}"


def is_whole(name: str) -> bool:
    """Say whether a name can be one: "Văn Tiệp" has lost its surname."""
    return name.split(maxsplit=1)[0] not in _MIDDLE
