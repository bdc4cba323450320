"""Classes of Vietnamese letters for regular expressions, which have none: À-Ỹ holds small letters too."""

from __future__ import annotations

from pipeline.language.unicode import SUPERSCRIPTS

_MARKED = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
UPPER = "A-Z" + _MARKED
LOWER = "a-z" + _MARKED.lower()
LETTER = rf"[^\W\d_{SUPERSCRIPTS}]"  # any letter: superscript digits are letters to regular expressions
