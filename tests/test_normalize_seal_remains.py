"""What was read of the seal beside the recipients is no text; recipients, authorities and titles are."""

from __future__ import annotations

import pytest

from pipeline.normalize.seal_remains import without_seal_remains


def cleaned(*lines: str) -> list[str]:
    return list(without_seal_remains(lines))


@pytest.mark.parametrize(
    ("seen", "text"),
    [
        ("Noi nhan: aoe CHU TICH", "Noi nhan: CHU TICH"),
        ("Noi nhén: 7 KT. CHANH VAN PHONG", "Noi nhén: KT. CHANH VAN PHONG"),
        ("Noi nh@n: TM. UY BAN NHAN DAN", "Noi nh@n: TM. UY BAN NHAN DAN"),
        ("Noi nhgn:", "Noi nhgn:"),
    ],
)
def test_between_the_heading_and_the_authority_nothing_is_printed(seen: str, text: str) -> None:
    assert cleaned(seen) == [text]


def test_behind_a_recipient_stand_an_authority_or_a_title_or_nothing() -> None:
    assert cleaned("Noi nhan:", "- Nhu trén; A ‘at", "- SO NOi vu; KT. CHU TICH", "- HDND xa; CHU TICH")[1:] == [
        "- Nhu trén;",
        "- SO NOi vu; KT. CHU TICH",
        "- HDND xa; CHU TICH",
    ]


def test_the_file_mark_stays() -> None:
    assert cleaned("Noi nhan:", "- Luu: VT; NC.") == ["Noi nhan:", "- Luu: VT; NC."]


def test_lists_elsewhere_stay() -> None:
    assert cleaned("- phan a; b", "Noi nhan:", "", "- phan a; b") == ["- phan a; b", "Noi nhan:", "", "- phan a; b"]
