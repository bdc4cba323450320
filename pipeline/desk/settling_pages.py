"""Settling a finding: it is as it says, or it is none, or it is to be looked at once more; with who, when and why."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from pipeline.archive.decisions import AcceptFinding, DismissFinding, FindingDecision, FindingTarget, ReopenFinding
from pipeline.desk.refusals import NotThere
from pipeline.desk.visits import Officer
from pipeline.desk.workplace import Work
from pipeline.errors import BadArgumentsError

router = APIRouter()


class Settlement(StrEnum):
    """What can be decided about a finding."""

    ACCEPT = "accept"
    DISMISS = "dismiss"
    REOPEN = "reopen"


@router.post("/findings/{finding}/settle")
def settle(
    visitor: Officer,
    work: Work,
    finding: str,
    settlement: Annotated[Settlement, Form()],
    reason: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Keep what the visitor decided about a finding, beside all that was decided before.

    Raises:
        NotThere: There is no such finding any more.
        BadArgumentsError: It is dismissed without a reason.
    """
    shown = work.archive.browsing.finding(finding)
    if shown is None:
        raise NotThere
    moment = dt.datetime.fromtimestamp(work.clock(), dt.UTC)
    target = work.archive.finding_target(shown.id)
    work.archive.decide([decision(settlement, target, visitor.person.name, moment, reason.strip() or None)])
    return RedirectResponse(f"/findings/{shown.id}", HTTPStatus.SEE_OTHER)


def decision(
    settlement: Settlement, target: FindingTarget, by: str, at: dt.datetime, reason: str | None
) -> FindingDecision:
    """Make the decision.

    Raises:
        BadArgumentsError: A finding is dismissed without a reason.
    """
    if settlement is Settlement.ACCEPT:
        return AcceptFinding(target=target, by=by, at=at, reason=reason)
    if settlement is Settlement.REOPEN:
        return ReopenFinding(target=target, by=by, at=at, reason=reason)
    if reason is None:
        raise BadArgumentsError(
            "Bác bỏ một phát hiện thì phải nêu lý do. / To dismiss a finding, say why.",
            "Hãy quay lại và ghi lý do. / Go back and write down the reason.",
        )
    return DismissFinding(target=target, by=by, at=at, reason=reason)
