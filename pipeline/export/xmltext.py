"""Text as XML can hold it."""

from __future__ import annotations

import re

# Extensible Markup Language (XML) 1.0, production 2: everything but these is a character.
_NO_CHARACTER = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Return the text with U+FFFD for what XML has no way to write, as the control characters of garbled layers."""
    return _NO_CHARACTER.sub("\ufffd", text)
