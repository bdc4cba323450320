"""A page too short to judge (a signature, the end of a list) follows the pages around it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.models import Page, TextSource, Trust

_AS_IT_IS = (TextSource.PLAIN, TextSource.LAYER)
_FOLLOWS = "the nearest page that could be judged is garbled"


def follow_neighbours(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Leave a page for repair if it has too little text to judge and the nearest judged page is left for repair."""
    return tuple(_for_repair(page) if _abstains(page) and _nearest_is_garbled(page, pages) else page for page in pages)


def _abstains(page: Page) -> bool:
    return page.decision is not None and page.decision.trust is Trust.ABSTAINED and page.source in _AS_IT_IS


def _nearest_is_garbled(page: Page, pages: Sequence[Page]) -> bool:
    """Look at the pages whose own text was judged; of two as near, the one before counts."""
    judged = [other for other in pages if other.decision and other.decision.trust in (Trust.TRUSTED, Trust.GARBLED)]
    nearest = min(judged, key=lambda other: abs(other.number - page.number), default=None)
    return nearest is not None and nearest.source is TextSource.REPAIRED_LAYER


def _for_repair(page: Page) -> Page:
    decision = page.decision and page.decision.model_copy(update={"reasons": (*page.decision.reasons, _FOLLOWS)})
    return page.model_copy(update={"source": TextSource.REPAIRED_LAYER, "decision": decision, "tables": ()})
