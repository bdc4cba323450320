"""Which written syllables are formally possible in Vietnamese, by grammar and not by a word list.

A syllable (âm tiết) is written onset + rime + tone. The rimes are the closed set of the standard spelling (chính tả);
spelling rules tie c/k, g/gh and ng/ngh to the vowel that follows, stop codas allow two of the six tones only, and
the tone mark has one place, except in open oa, oe, uy, where both the old (hòa) and the new style (hoà) are used.
Source: Đoàn Thiện Thuật, Ngữ âm tiếng Việt (1977); Quyết định 1989/QĐ-BGDĐT of 2018 on spelling in textbooks.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TONE_MARKS = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_STOP_TONES = {"\u0301", "\u0323"}
_VOWELS = frozenset("aăâeêioôơuưy")

# Longest first, and none at all last.
_ONSETS = (*re.findall(r"\w+", "ngh ch gh gi kh ng nh ph qu th tr b c d đ g h k l m n p r s t v x"), "")

_RIMES = frozenset(
    re.findall(
        r"\w+",
        """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu y yêm yên yêng yêt yêu
    o oc oi om on ong op ot ooc oong ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oem oen oeo oet
    u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt
    uân uâng uât uây uê uêch uên uênh uêu uơ uy uya uych uyên uyêt uyn uynh uyp uyt uyu
    ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    """,
    )
)
_AFTER_QU = frozenset(r for r in _RIMES if r[0] in "aăâeêiy") | {"ôc", "ơ", "ơi", "ơn", "ơt", "o"}
_FRONT = frozenset("eêiy")
_ONLY_BEFORE_FRONT = frozenset({"k", "gh", "ngh"})
_NEVER_BEFORE_FRONT = frozenset({"c", "g", "ng"})
# "gì", "gìn" and the like are written with one i for onset and nucleus together.
_G_RIMES = frozenset({"i", "in", "ip", "it"})
_TWO_STYLES = frozenset({"oa", "oe", "uy"})


# d is what remains of đ, and a rime loses the marks of its vowels.
_BARE_RIMES = frozenset(
    "".join(letter for letter in unicodedata.normalize("NFD", rime) if not unicodedata.combining(letter))
    for rime in _RIMES
)


def is_bare_syllable(word: str) -> bool:
    """Say whether lower-case letters without marks may be a syllable that has lost its marks ("nghiem", "duong")."""
    return any(word.removeprefix(onset) in _BARE_RIMES for onset in _ONSETS if word.startswith(onset))


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Say whether `word` is a formally possible Vietnamese syllable as Vietnamese writes it; case does not matter.

    A word without marks can be one ("ban", "cong"); "viéc" cannot, because iec without the circumflex is no rime.
    """
    letters, tone, place = _take_tone(word)
    if letters is None:
        return False
    return any(_is_spelling(letters, onset, tone, place) for onset in _ONSETS if letters.startswith(onset))


def _take_tone(word: str) -> tuple[str | None, str, int]:
    """Part a word into its letters without tone, the tone mark ("" is level), and the index of its letter (-1)."""
    letters: list[str] = []
    tone, place = "", -1
    for character in unicodedata.normalize("NFD", word.lower()):
        if character in TONE_MARKS:
            if tone or not letters:
                return None, "", -1
            tone, place = character, len(letters) - 1
        elif unicodedata.combining(character):
            if not letters:
                return None, "", -1
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + character)
        else:
            letters.append(character)
    return "".join(letters), tone, place


def _is_spelling(letters: str, onset: str, tone: str, place: int) -> bool:
    rime = letters[len(onset) :]
    if onset == "gi" and rime.startswith("ê"):
        # In "giếng" the i belongs to onset and rime at once.
        return _tone_fits_rime("i" + rime, tone, place - 1)
    if onset == "qu":
        return rime in _AFTER_QU and _tone_fits(rime, tone, place - 2)
    return _joins(onset, rime) and _tone_fits_rime(rime, tone, place - len(onset))


def _joins(onset: str, rime: str) -> bool:
    """Say whether the spelling rules let this rime follow this onset."""
    if onset == "gi":
        return rime[:1] not in ("", "i", "y")
    if onset == "g" and rime in _G_RIMES:
        return True
    is_front = rime[:1] in _FRONT
    if (onset in _ONLY_BEFORE_FRONT and not is_front) or (onset in _NEVER_BEFORE_FRONT and is_front):
        return False
    return not rime.startswith("iê") if not onset else not rime.startswith("yê")


def _tone_fits_rime(rime: str, tone: str, place: int) -> bool:
    return rime in _RIMES and _tone_fits(rime, tone, place)


def _tone_fits(rime: str, tone: str, place: int) -> bool:
    """Say whether the tone may stand on this rime at the letter `place`, counted from the rime's start."""
    coda = len(rime)
    while rime[coda - 1] not in _VOWELS:
        coda -= 1
    nucleus, final = rime[:coda], rime[coda:]
    if final in ("c", "ch", "p", "t") and tone not in _STOP_TONES:
        return False
    if not tone:
        return True
    return place in _tone_places(nucleus, final)


def _tone_places(nucleus: str, final: str) -> tuple[int, ...]:
    marked = [i for i, vowel in enumerate(nucleus) if vowel in "ăâêôơư"]
    if marked:
        return (marked[-1],)
    if len(nucleus) == 1:
        return (0,)
    if final:
        return (len(nucleus) - 1,)
    if nucleus in _TWO_STYLES:
        return (0, 1)
    return (1,) if len(nucleus) == 3 or (nucleus[0] == "o" and nucleus[1] in "ae") else (0,)
