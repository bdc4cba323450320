"""Which provinces and communes were merged into which on 1 July 2025, and of which of them a text speaks.

Nghị quyết 202/2025/QH15 made 34 provinces of 63, other resolutions 3,321 communes of ten thousand; districts ended.
Many a new unit has the name of a former one, so that a name alone does not say which is meant: "Vĩnh Long" of June is
a third of "Vĩnh Long" of July. Source of the list: pipeline/language/data/mergers.tsv.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files

from pipeline.language.unicode import fold

# Nghị quyết số 202/2025/QH15: provinces merged; on the same day district authorities ended.
REFORM = dt.date(2025, 7, 1)
REFORM_VI = "từ 01/7/2025 địa giới và cấp hành chính đã đổi"
REFORM_EN = "since 1 July 2025 administrative borders and levels have changed"
_PROVINCE = "province"
_PART_OF_ONE = "*"
_KNOWN_PLACES = 4096
_RANK = re.compile(r"^(?:tinh|thanh pho|xa|phuong|thi tran|dac khu) ")
_NEVER = r"(?!)"
_OLD = r" \(?(?:cu|truoc day|truoc sap nhap|truoc hop nhat)\b"
_OF_A_PLACE = r"(?:(?:dia ban|khu vuc|tinh|thanh pho|xa|phuong) )+"
_JOINED = re.compile(r"[\s,)]*(?:va|,)\s*")
_OPENS_LIST = re.compile(r"(?:^|[^\w\s]|\b(?:trong do|gom|cu the|la|co)) *$")
_OF_ALL = re.compile(r"\b(?:toan|ca) (?:tinh|thanh pho|xa|phuong)\b|\btong (?:so|cong)\b")


def bare(name: str) -> str:
    """Return a unit's name folded and without its rank: "vinh long" for "Tỉnh Vĩnh Long"."""
    return _RANK.sub("", " ".join(re.findall(r"\w+", fold(name))))


@dataclass(frozen=True)
class Unit:
    """A province or commune since the reform, with the former units in it, as printed: "Xã Suối Ngô".

    `divided` says that only a part of one of these came to it. Elsewhere names are bare: folded, without rank.
    """

    called: str
    printed: tuple[str, ...]
    is_province: bool
    divided: bool

    @cached_property
    def name(self) -> str:
        """Its bare name."""
        return bare(self.called)

    @cached_property
    def former(self) -> frozenset[str]:
        """The former units in it."""
        return frozenset(map(bare, self.printed))

    @property
    def ended(self) -> frozenset[str]:
        """The former units whose names no unit of this place has any more."""
        return self.former - {self.name}

    @property
    def adds_up(self) -> bool:
        """Whether its former units can be told apart in a text and their figures be added up."""
        return not self.divided and not any(name.isdecimal() for name in self.former)

    def shown(self, names: Collection[str]) -> str:
        """Return former units as they are written: "Bến Tre, Trà Vinh"."""
        return ", ".join(name for name in self.printed if bare(name) in names)

    @cached_property
    def _mention(self) -> re.Pattern[str]:
        told = sorted((name for name in self.former if not name.isdecimal()), key=len, reverse=True)
        names = "|".join(told) or _NEVER
        return re.compile(rf"\b(?P<place>{_OF_A_PLACE})?(?P<name>{names})\b(?P<old>{_OLD})?")

    def named(self, text: str) -> list[str]:
        """Return the former units that a text names in any way, in its order."""
        return [match["name"] for match in self._mention.finditer(_plain(text))]

    def opens_list(self, text: str) -> bool:
        """Say whether a text names a former unit as a list does: at its beginning, behind a sign or "trong đó"."""
        plain = _plain(text)
        match = self._mention.search(plain)
        return bool(match and _OPENS_LIST.search(plain[: match.start()]))

    def meant(self, clause: str) -> frozenset[str]:
        """Return the former units of which a clause speaks last: "Vĩnh Long (cũ)", "khu vực Bến Tre và Trà Vinh".

        The name of a unit that goes on says so only with "cũ"; that of one that ended may also name a company or a
        product, unless a word of place stands before it. "Toàn tỉnh" ends what was said of them.
        """
        text = _plain(clause)
        meant: set[str] = set()
        last, certain = 0, False
        for match in self._mention.finditer(text):
            joined = meant and _JOINED.fullmatch(text, last, match.start())
            if not joined:
                meant, certain = set(), False
            meant.add(match["name"])
            certain |= bool(match["old"] or (match["place"] and match["name"] in self.ended))
            last = match.end()
        return frozenset(meant) if certain and not _OF_ALL.search(text, last) else frozenset()


def _plain(text: str) -> str:
    """Fold a text and keep its words and brackets alone, one blank between them."""
    return " ".join(re.findall(r"\w+|[(]\w+|[^\w\s(]", fold(text)))


@lru_cache(maxsize=1)
def _units() -> tuple[Unit, ...]:
    text = files("pipeline.language").joinpath("data/mergers.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return tuple(
        Unit(name, tuple(former.replace(_PART_OF_ONE, "").split("; ")), level == _PROVINCE, _PART_OF_ONE in former)
        for level, name, _, former in rows
    )


@lru_cache(maxsize=1)
def _provinces() -> Mapping[str, Unit]:
    return {unit.name: unit for unit in _units() if unit.is_province}


@lru_cache(maxsize=1)
def _communes() -> Mapping[str, tuple[Unit, ...]]:
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit in _units():
        if not unit.is_province:
            found[unit.name].append(unit)
    return {name: tuple(units) for name, units in found.items()}


@lru_cache(maxsize=_KNOWN_PLACES)
def units_called(place: str) -> tuple[Unit, ...]:
    """Return the units of that name that were made of several: one province, or communes, of which many are alike."""
    name = bare(place)
    known = (_provinces()[name],) if name in _provinces() else _communes().get(name, ())
    return tuple(unit for unit in known if unit.ended)


def reformed_between(earlier: dt.date, later: dt.date) -> bool:
    """Say whether the administrative reform of 1 July 2025 lies between two days: one name, another area."""
    return earlier < REFORM <= later
