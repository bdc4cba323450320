"""One decision for each page: can its own text be believed, or was it garbled by whatever made it?

Two figures part the two cleanly where a general language detector cannot: the share of words that are possible
syllables (digital official documents above 0.96, layers of a wrong-language OCR below 0.80), and the share of those
syllables that bear a mark (above 0.80 against below 0.50), which foreign names in a Vietnamese text do not change.
What is not prose (tables, dotted leaders, lists of names) is judged by the few words it has, or not at all.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pipeline.language.legacy.fonts import legacy_font
from pipeline.language.plausibility import marked_syllables, vietnamese_share
from pipeline.language.syllables import is_syllable
from pipeline.language.unicode import vietnamese_nfc
from pipeline.models import Trust, TrustDecision

# Between the worst clean page measured (0.968) and the best garbled one (0.785), nearer the clean side, because
# a clean page that is read again loses little, and a garbled one that is believed loses its figures.
GARBLED_BELOW = 0.90
# A page is made of passages; one OCR'd passage under a typed note does not show in the page's average.
_PASSAGE_WORDS = 60
_PASSAGE_GARBLED_BELOW = 0.60
_ENOUGH_WORDS = 12
# Of the possible syllables on a page, by the worst measured: 0.82 bear a mark on a clean page, 0.46 on a garbled one.
_MARKED_AS_VIETNAMESE_FROM = 0.70
_STRIPPED_BELOW = 0.25
_ENOUGH_WORDS_FOR_MARKS = 40
# A garbled page has foreign accents and digits within words on one impossible word of fourteen at least; English none.
_FOREIGN_BELOW = 0.50
_FEWEST_FOREIGN_WORDS = 30
_FOREIGN_CHARACTERS_FROM = 0.02
_LEGACY_SHARE_FROM = 0.30
# A page's picture is a scan from half the page on; a scanned sheet may be smaller than the page it was put on.
PICTURE_COVERS_FROM = 0.50
# Over a picture, a line or two of digital text (an electronic signature's note) is not the page's text.
_WORDS_OVER_PICTURE = 60
_WORD = re.compile(r"\w{2,}")


@dataclass(frozen=True)
class PageEvidence:
    """What is known of a page before it is read.

    Attributes:
        text: The page's own text, "" for none; in Unicode, where it was in a legacy code.
        picture_coverage: Share of the page (0 to 1) that pictures cover; 0 for plain text.
        invisible_share: Share (0 to 1) of the characters drawn in text render mode 3 (ISO 32000-1, 9.3.6), which
            is how an OCR program lays its reading under a scan.
        fonts: Base font name of the page's text and the number of characters set in it.
        converted_from: The legacy code, with the font that implies it, from which text was turned into Unicode; "" for
            none.
    """

    text: str
    picture_coverage: float = 0.0
    invisible_share: float = 0.0
    fonts: tuple[tuple[str, int], ...] = ()
    converted_from: str = ""

    @property
    def is_picture(self) -> bool:
        """Whether a picture covers the page."""
        return self.picture_coverage >= PICTURE_COVERS_FROM


def decide(evidence: PageEvidence) -> TrustDecision:
    """Judge a page's own text from `evidence`; the score is 0 for garbled to 1 for Vietnamese, with the reasons."""
    share, judged = vietnamese_share(evidence.text)
    reasons = [_describe_page(evidence)]
    if evidence.converted_from:
        reasons.append(f"converted to Unicode from {evidence.converted_from}")
    if judged:
        reasons.append(f"{share:.0%} of {judged} words are possible Vietnamese")
    unfit = _unfit(evidence, judged)
    trust, reason = unfit or _by_language(evidence.text, share, judged)
    if not unfit and trust is Trust.GARBLED:
        reasons += filter(None, [_legacy_problem(evidence)])
    # Letters that are not what the page shows may spell possible words by accident.
    is_believable = judged > 0 and not (unfit and trust is Trust.GARBLED)
    return TrustDecision(trust=trust, score=share if is_believable else 0.0, reasons=(*reasons, reason))


def _unfit(evidence: PageEvidence, judged: int) -> tuple[Trust, str] | None:
    """Say why the words need not be looked at: there are none, or too few, or they are not what the page shows."""
    if not evidence.text.strip():
        return Trust.MISSING, "no text of its own"
    meaningless = _meaningless(evidence.text)
    if meaningless:
        return Trust.GARBLED, meaningless
    if evidence.is_picture and judged < _WORDS_OVER_PICTURE:
        return Trust.MISSING, "too little text for the page that the picture shows"
    return (Trust.ABSTAINED, "too few words to judge") if judged < _ENOUGH_WORDS else None


def _by_language(text: str, share: float, judged: int) -> tuple[Trust, str]:
    marked = _marked_share(text)
    if share < _FOREIGN_BELOW and _is_another_language(text):
        return Trust.ABSTAINED, "another language: plain words, none of them with the signs of a misread one"
    if share < GARBLED_BELOW and marked < _MARKED_AS_VIETNAMESE_FROM:
        return Trust.GARBLED, f"below {GARBLED_BELOW:.0%}, and only {marked:.0%} of the syllables bear a mark: garbled"
    worst = _worst_passage(text)
    if worst < _PASSAGE_GARBLED_BELOW:
        return Trust.GARBLED, f"a passage with only {worst:.0%}: garbled in part"
    if judged >= _ENOUGH_WORDS_FOR_MARKS and marked < _STRIPPED_BELOW:
        return Trust.GARBLED, f"only {marked:.0%} of the syllables bear a mark: marks were lost"
    return Trust.TRUSTED, f"{marked:.0%} of the syllables bear a mark"


def encoding_problem(evidence: PageEvidence) -> str | None:
    """Name the reason why the characters of a garbled page are not what the page shows, or None.

    Such text cannot be repaired from its words, but a page drawn with it looks right and can be read from there. A font
    of a legacy encoding is such a reason only here: text in one is turned into Unicode before it is judged.
    """
    return _meaningless(evidence.text) or _legacy_problem(evidence)


def _meaningless(text: str) -> str | None:
    characters = [c for c in text if not c.isspace()]
    foreign = sum(_is_no_letter_of_any_text(c) for c in characters)
    if characters and foreign / len(characters) >= _FOREIGN_CHARACTERS_FROM:
        return f"{foreign} characters without a meaning (U+FFFD, private use, control)"
    return None


def _legacy_problem(evidence: PageEvidence) -> str | None:
    total = sum(count for _, count in evidence.fonts)
    legacy = [(name, count) for name, count in evidence.fonts if legacy_font(name)]
    if total and sum(count for _, count in legacy) / total >= _LEGACY_SHARE_FROM:
        return f"set in a font of a legacy encoding ({legacy[0][0]}), and not Vietnamese in it"
    return None


def _describe_page(evidence: PageEvidence) -> str:
    if not evidence.is_picture:
        return "no picture covers the page"
    invisible = f", {evidence.invisible_share:.0%} of its text invisible" if evidence.text.strip() else ""
    return f"a picture covers {evidence.picture_coverage:.0%} of the page{invisible}"


def _is_no_letter_of_any_text(character: str) -> bool:
    return character == "\ufffd" or unicodedata.category(character) in ("Co", "Cc", "Cn")


def _worst_passage(text: str) -> float:
    """Return the lowest share over passages long enough to judge and not marked as Vietnamese is."""
    tokens = text.split()
    passages = (" ".join(tokens[at : at + _PASSAGE_WORDS]) for at in range(0, len(tokens), _PASSAGE_WORDS))
    judged = ((passage, *vietnamese_share(passage)) for passage in passages)
    return min(
        (
            share
            for passage, share, words in judged
            if words >= _PASSAGE_WORDS // 2 and _marked_share(passage) < _MARKED_AS_VIETNAMESE_FROM
        ),
        default=1.0,
    )


def _marked_share(text: str) -> float:
    """Return the share of marked syllables (with any tone, vowel mark or đ) among the possible ones; 1 for none."""
    marked, syllables = marked_syllables(text)
    return marked / syllables if syllables else 1.0


def _is_another_language(text: str) -> bool:
    impossible = [word for word in _words(text) if word[1:].islower() and not is_syllable(word)]
    return len(impossible) >= _FEWEST_FOREIGN_WORDS and all(word.isascii() and word.isalpha() for word in impossible)


def _words(text: str) -> list[str]:
    return _WORD.findall(vietnamese_nfc(text))
