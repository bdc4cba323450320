"""What a person means by an id that a result showed: a finding or a figure of the archive."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.archive.decisions import FigureTarget, FindingTarget
from pipeline.archive.schema import DocumentRow, FigureRow, FindingRow
from pipeline.archive.standing import numeral
from pipeline.errors import BadArgumentsError
from pipeline.extract.corrected import stated
from pipeline.models import Figure, Finding

_REMEDY = (
    "Mã có trong kết quả của doisoat reconcile và doisoat export. / "
    "The results of doisoat reconcile and doisoat export show the ids."
)

_SHORTEST = 4  # characters of an id; fewer may name another finding tomorrow


def finding(session: Session, start: str) -> FindingTarget:
    """Return the finding whose id begins so, with four characters at least.

    Raises:
        BadArgumentsError: The latest reconciliation found none or several.
    """
    named = FindingRow.finding.startswith(start, autoescape=True) & (func.length(start) >= _SHORTEST)
    rows = session.scalars(select(FindingRow).where(named).limit(2))
    found = [Finding.model_validate_json(row.record) for row in rows]
    if len(found) != 1:
        raise BadArgumentsError(
            f"{start}: {'nhiều' if found else 'không có'} phát hiện mang mã này. / "
            f"{'Several findings' if found else 'No finding'} of the latest reconciliation have this id.",
            _REMEDY,
        )
    (only,) = found
    return FindingTarget(id=only.id, code=only.code, values=only.values, message=only.message)


def figure(session: Session, identity: str) -> tuple[FigureTarget, Figure]:
    """Return the figure with an id, as the machine read it.

    Raises:
        BadArgumentsError: There is none, or files whose digests begin alike have one each.
    """
    query = select(FigureRow.record, DocumentRow.digest).join(DocumentRow).where(FigureRow.figure == identity)
    found = session.execute(query).all()
    if len(found) != 1:
        raise BadArgumentsError(
            f"{identity}: {'nhiều' if found else 'không có'} số liệu mang mã này. / "
            f"{'Several figures have' if found else 'No figure has'} this id.",
            _REMEDY,
        )
    ((record, digest),) = found
    read = Figure.model_validate_json(record)
    target = FigureTarget(
        id=read.id,
        digest=digest,
        document=read.evidence.document,
        page=read.evidence.page,
        line=read.evidence.line,
        numeral=numeral(read),
        text=read.evidence.text,
        start=read.place.start,
        machine=stated(read),
    )
    return target, read
