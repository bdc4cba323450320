"""The catalogue of indicators: what is shipped, a user's own entries, and what is said of a file that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ConfigurationError, ExitCode
from pipeline.extract.catalogue import IndicatorKind, catalogue, shipped
from pipeline.extract.phrases import words

ENTRY = """\
title: Thư viện / Libraries
abbreviations: {TVCĐ: thư viện cộng đồng}
indicators:
  - id: thu-vien.luot-muon
    name: Lượt mượn sách ở thư viện
    name_en: Books lent
    kind: flow
    units: [lượt, lượt mượn]
"""


def written(folder: Path, text: str, name: str = "rieng.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refusal(path: Path) -> ConfigurationError:
    with pytest.raises(ConfigurationError) as caught:
        catalogue(path)
    return caught.value


class TestShipped:
    @pytest.mark.parametrize(
        "field",
        [
            "tthc", "van-ban", "thu-dien-tu", "chu-ky-so", "ten-mien", "lgsp", "nen-tang-cong-dan", "du-lieu", "ioc",
            "dinh-danh", "de-an-06", "vien-thong", "to-cong-nghe-so", "dao-tao", "an-toan-thong-tin", "y-te",
            "thuong-mai-dien-tu", "an-sinh", "so-huu-tri-tue", "khcn", "do-luong", "ngan-sach", "giao-duc",
            "dau-tu-cong", "nong-nghiep", "nong-thon", "lao-dong",
        ],
    )  # fmt: skip
    def test_every_field_has_indicators(self, field: str) -> None:
        assert any(indicator.startswith(f"{field}.") for indicator in shipped().indicators)

    def test_there_are_stocks_flows_and_rates(self) -> None:
        kinds = [indicator.kind for indicator in shipped().indicators.values()]
        assert len(kinds) >= 150
        assert all(kinds.count(kind) >= 50 for kind in IndicatorKind)

    def test_no_two_indicators_have_the_same_name(self) -> None:
        names = [indicator.name for indicator in shipped().indicators.values()]
        assert len(names) == len(set(names))

    def test_nothing_is_both_required_and_forbidden(self) -> None:
        for indicator in shipped().indicators.values():
            for group in indicator.required:
                alternatives = {" ".join(words(part, {})) for part in group.split("|")}
                assert not alternatives <= {" ".join(words(part, {})) for part in indicator.forbidden}, indicator.id


class TestOwnEntries:
    def test_they_are_added_to_the_shipped_ones(self, tmp_path: Path) -> None:
        both = catalogue(written(tmp_path, ENTRY))
        assert both.indicators["thu-vien.luot-muon"].units == ("lượt", "lượt mượn")
        assert both.abbreviations["TVCĐ"] == "thư viện cộng đồng"
        assert both.indicators.keys() > shipped().indicators.keys()

    def test_an_entry_with_the_id_of_a_shipped_one_takes_its_place(self, tmp_path: Path) -> None:
        changed = ENTRY.replace("thu-vien.luot-muon", "chu-ky-so.da-cap")
        own = catalogue(written(tmp_path, changed)).indicators
        assert own["chu-ky-so.da-cap"].name == "Lượt mượn sách ở thư viện"
        assert len(own) == len(shipped().indicators)

    def test_a_folder_gives_all_its_files(self, tmp_path: Path) -> None:
        written(tmp_path, ENTRY, "mot.yaml")
        written(tmp_path, ENTRY.replace("luot-muon", "luot-doc"), "hai.yaml")
        assert {"thu-vien.luot-muon", "thu-vien.luot-doc"} < catalogue(tmp_path).indicators.keys()


class TestMistakes:
    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        error = refusal(tmp_path / "khong-co.yaml")
        assert error.exit_code is ExitCode.CONFIGURATION
        assert "khong-co.yaml" in error.message
        assert "indicators" in error.remedy

    def test_what_is_no_yaml_is_told_with_its_line(self, tmp_path: Path) -> None:
        error = refusal(written(tmp_path, ENTRY.replace("[lượt, lượt mượn]", "[lượt, lượt mượn")))
        assert "line 9" in error.message

    @pytest.mark.parametrize(
        ("right", "wrong", "told"),
        [
            ("kind: flow", "kind: flows", "line 7, thu-vien.luot-muon, indicators.kind"),
            ("units: [lượt, lượt mượn]", "units: []", "line 8, thu-vien.luot-muon, indicators.units"),
            ("    name_en: Books lent\n", "", "line 4, thu-vien.luot-muon, indicators.name_en"),
            ("units:", "unit:", "indicators.unit: Extra inputs are not permitted"),
            ("id: thu-vien.luot-muon", "id: Thư viện", "line 4, Thư viện, indicators.id"),
            ("kind: flow", "kind: rate", "line 4, thu-vien.luot-muon, indicators: Value error, kind: rate"),
            ("title: Thư viện / Libraries\n", "", "line 1, title: Field required"),
            ("Lượt mượn sách ở thư viện", "và", "line 4, thu-vien.luot-muon, indicators: Value error, 'và'"),
            (
                "kind: flow",
                "kind: flow\n    required: ['|']",
                "line 4, thu-vien.luot-muon, indicators: Value error, '|'",
            ),
        ],
    )
    def test_a_wrong_field_is_told_with_line_entry_and_field(
        self, tmp_path: Path, right: str, wrong: str, told: str
    ) -> None:
        assert told in refusal(written(tmp_path, ENTRY.replace(right, wrong))).message

    def test_an_empty_file(self, tmp_path: Path) -> None:
        assert "tệp trống" in refusal(written(tmp_path, "")).message

    def test_an_id_that_is_given_twice(self, tmp_path: Path) -> None:
        entry = ENTRY.partition("indicators:\n")[2]
        assert "thu-vien.luot-muon có hai lần" in refusal(written(tmp_path, ENTRY + entry)).message
