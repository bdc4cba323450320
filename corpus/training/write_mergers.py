"""Writes which provinces and communes were merged into which on 1 July 2025: `pipeline/language/data/mergers.tsv`.

    pip install '.[training]'
    python -m corpus.training.write_mergers

From the package vietnamadminunits (MIT), which has the units of both sides and what became of each. A former commune
that was divided among several new ones is marked with an asterisk in each: its figures cannot be added up.
"""

from __future__ import annotations

import importlib.util
import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parents[2] / "pipeline" / "language" / "data" / "mergers.tsv"
DIVIDED = "*"
_RANK = re.compile(r"^(?:Tỉnh|Thành phố)\s+")


def main() -> None:
    """Write the file."""
    package = importlib.util.find_spec("vietnamadminunits")
    if package is None or package.origin is None:
        raise SystemExit("pip install vietnamadminunits")
    data = Path(package.origin).parent / "data"
    changes = json.loads((data / "converter_2025.json").read_text(encoding="utf-8"))
    with sqlite3.connect(data / "dataset.db") as units:
        lines = [*_provinces(changes, units), *_communes(changes, units)]
    head = (
        "# Which units were merged into which on 1 July 2025 (Nghị quyết 202/2025/QH15 and those of 16 June 2025).",
        f"# Made by corpus.training.write_mergers from vietnamadminunits {version('vietnamadminunits')}.",
        "# Licence: mergers.tsv.license. Level, unit, its province, the former units in it (* only a part of one).",
    )
    TARGET.write_text("\n".join([*head, *sorted(lines, key=_order)]) + "\n", encoding="utf-8")


def _order(line: str) -> tuple[bool, str]:
    return not line.startswith("province"), line


def _provinces(changes: Mapping[str, Any], units: sqlite3.Connection) -> Iterator[str]:
    new = dict(units.execute("select distinct provinceKey, provinceShort from admin_units"))
    former = dict(units.execute("select distinct provinceKey, provinceShort from admin_units_legacy"))
    for key, merged in changes["DICT_PROVINCE"].items():
        yield "\t".join(("province", new[key], "", "; ".join(sorted(former[one] for one in merged))))


def _communes(changes: Mapping[str, Any], units: sqlite3.Connection) -> Iterator[str]:
    query = "select provinceKey, wardKey, ward, provinceShort from admin_units"
    new = {(province, ward): (name, short) for province, ward, name, short in units.execute(query)}
    keys = "select provinceKey, districtKey, wardKey, ward from admin_units_legacy where ward is not null"
    former = {"_".join(part for part in row[:3] if part): row[3] for row in units.execute(keys)}
    merged: dict[tuple[str, str], set[str]] = defaultdict(set)
    for province, wards in changes["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, ones in wards.items():
            merged[province, ward].update(former.get(one, "") for one in ones)
    for province, divided in changes["DICT_PROVINCE_WARD_DIVIDED"].items():
        for one, parts in divided.items():
            for part in parts:
                merged[province, part["newWardKey"]].add(former.get(one, "") + DIVIDED)
    for key, names in merged.items():
        if key in new and not names & {"", DIVIDED}:
            name, province = new[key]
            yield "\t".join(("commune", name, province, "; ".join(sorted(names))))


if __name__ == "__main__":
    main()
