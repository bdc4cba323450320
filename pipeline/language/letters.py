"""Classes of Vietnamese letters for regular expressions, which have none: À-Ỹ holds small letters too."""

from __future__ import annotations

_MARKED = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
UPPER = "A-Z" + _MARKED
LOWER = "a-z" + _MARKED.lower()
