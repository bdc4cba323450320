"""The archive for programs: JSON, under /api/v1, described by its OpenAPI.

Who asks sends a token of an account, or, to read only, is signed in as in a browser.
"""

from __future__ import annotations

from http import HTTPStatus

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from pipeline import __version__
from pipeline.desk import api_changes, api_routes
from pipeline.desk.api_answers import Problem
from pipeline.desk.asking import asking
from pipeline.desk.refusals import Forbidden, NotSignedIn, NotThere, Refusal
from pipeline.desk.workplace import Workplace
from pipeline.errors import BadArgumentsError, DoisoatError

PREFIX = "/api/v1"

_PROBLEMS = {
    HTTPStatus.BAD_REQUEST: "Yêu cầu có giá trị không dùng được. / The request holds a value that cannot be used.",
    HTTPStatus.UNAUTHORIZED: "Cần đăng nhập hoặc mã truy cập. / Sign in, or send an access token.",
    HTTPStatus.FORBIDDEN: "Mã truy cập này không được ghi. / This access token may not write.",
    HTTPStatus.NOT_FOUND: "Không có gì ở địa chỉ này. / There is nothing at this address.",
}


def problem(_: Request, error: Exception) -> Response:
    """Answer a program that something is wrong."""
    if isinstance(error, DoisoatError):
        asked_wrongly = isinstance(error, BadArgumentsError)
        status = HTTPStatus.BAD_REQUEST if asked_wrongly else HTTPStatus.SERVICE_UNAVAILABLE
        return _told(status, Problem(error=type(error).__name__, message=error.message, remedy=error.remedy))
    status = _status(error)
    message = _PROBLEMS.get(status, status.phrase)
    remedy = _what_is_wrong(error) if isinstance(error, RequestValidationError) else ""
    return _told(status, Problem(error=type(error).__name__, message=message, remedy=remedy))


def _status(error: Exception) -> HTTPStatus:
    if isinstance(error, HTTPException):
        return HTTPStatus(error.status_code)
    refusals: dict[type[Exception], HTTPStatus] = {
        NotSignedIn: HTTPStatus.UNAUTHORIZED,
        Forbidden: HTTPStatus.FORBIDDEN,
        NotThere: HTTPStatus.NOT_FOUND,
    }
    return refusals.get(type(error), HTTPStatus.BAD_REQUEST)


def _what_is_wrong(error: RequestValidationError) -> str:
    return "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())


def _told(status: HTTPStatus, problem: Problem) -> Response:
    headers = {"WWW-Authenticate": "Bearer"} if status is HTTPStatus.UNAUTHORIZED else None
    return JSONResponse(problem.model_dump(), status_code=status, headers=headers)


def api(work: Workplace) -> FastAPI:
    """Make the application for programs, to be mounted at `PREFIX`."""
    app = FastAPI(
        title="Đối soát",
        version=__version__,
        summary="The archive of a Đối soát desk: documents, figures, findings, search, tasks, indicators, citations.",
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(asking)],
        responses={status.value: {"model": Problem} for status in _PROBLEMS},
        telemetry={"auto_configure": False},
    )
    app.state.workplace = work
    app.include_router(api_routes.router)
    app.include_router(api_changes.router)
    for kind in (Refusal, RequestValidationError, DoisoatError, HTTPException):
        app.add_exception_handler(kind, problem)
    return app
