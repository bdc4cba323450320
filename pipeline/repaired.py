"""One document read and repaired, without its records: what a searchable PDF needs.

Reading begins before the stages behind it are imported, for its first second is waiting for Tesseract; who calls may
import them meanwhile (`pipeline.run`).
"""

from __future__ import annotations

from pipeline.models import Reading
from pipeline.ocr.intake import IncomingFile
from pipeline.ocr.reading import Judge, read
from pipeline.settings import Settings


def read_and_repair(file: IncomingFile, settings: Settings) -> Reading:
    """Read one document and repair its Vietnamese; its pages are recognised side by side, `settings.jobs` at once.

    Raises:
        DoisoatError: The document cannot be read; the subclasses are those of `pipeline.ocr.reading.read`.
    """
    raw = read(file, settings, judge=_judge(settings), at_once=settings.jobs)
    from pipeline.normalize.reading import repair_reading  # noqa: PLC0415 - see above

    return repair_reading(raw, settings.language)


def _judge(settings: Settings) -> Judge:
    judges: list[Judge] = []

    def judge(read_so_far: Reading) -> None:
        if not judges:
            from pipeline.run import judge_of  # noqa: PLC0415 - see above

            judges.append(judge_of(settings))
        judges[0](read_so_far)

    return judge
