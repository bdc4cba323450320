"""What a visitor is told when a page cannot be shown: what happened and what to do, never how it looks inside."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from pipeline.desk.api import PREFIX, problem
from pipeline.desk.headers import HEADERS
from pipeline.desk.refusals import Forbidden, NotSignedIn, NotThere, Refusal, StaleForm
from pipeline.desk.rendering import show
from pipeline.desk.visits import LANGUAGE_COOKIE, TOKEN_COOKIE, Language, Visit, new_token, visit
from pipeline.desk.workplace import workplace
from pipeline.errors import BadArgumentsError, DoisoatError

_log = logging.getLogger(__name__)


Both = tuple[str, str]
"""A sentence in Vietnamese and in English."""


@dataclass(frozen=True)
class Told:
    """What is told: what happened, and what to do."""

    status: HTTPStatus
    message: Both
    remedy: Both


_FORBIDDEN = Told(
    HTTPStatus.FORBIDDEN,
    ("Tài khoản của bạn không có quyền xem trang này.", "Your account may not see this page."),
    ("Hãy hỏi người quản trị nếu bạn cần quyền này.", "Ask your administrator if you need to."),
)
_STALE = Told(
    HTTPStatus.FORBIDDEN,
    ("Biểu mẫu đã cũ hoặc không gửi từ trang này.", "The form is out of date, or was not sent from here."),
    ("Hãy quay lại, tải lại trang rồi gửi lần nữa.", "Go back, load the page again and send it once more."),
)
_NOT_THERE = Told(
    HTTPStatus.NOT_FOUND,
    ("Không có gì ở địa chỉ này.", "There is nothing at this address."),
    ("Có thể kết quả đối soát đã được lập lại.", "The findings may have been made anew."),
)
_BAD = Told(
    HTTPStatus.BAD_REQUEST,
    ("Địa chỉ hoặc biểu mẫu có giá trị không dùng được.", "The address or form holds a value that cannot be used."),
    ("Hãy quay lại và chọn lại.", "Go back and choose again."),
)
_DEFECT = Told(
    HTTPStatus.INTERNAL_SERVER_ERROR,
    ("Phần mềm gặp lỗi ở trang này.", "The software has met a defect on this page."),
    ("Lỗi đã được ghi vào nhật ký của máy chủ.", "It was written to the server's log."),
)
_KNOWN: dict[type[Exception], Told] = {
    Forbidden: _FORBIDDEN,
    StaleForm: _STALE,
    NotThere: _NOT_THERE,
    RequestValidationError: _BAD,
}


def tell_errors(app: FastAPI) -> None:
    """Let an application answer with pages when something is wrong."""
    for kind in (Refusal, RequestValidationError, DoisoatError, HTTPException, Exception):
        app.add_exception_handler(kind, _answer)


def _answer(request: Request, error: Exception) -> Response:
    if isinstance(error, NotSignedIn):
        return _to_sign_in(request)
    if isinstance(error, HTTPException) and request.url.path.startswith(f"{PREFIX}/"):
        # An address with a line break in it does not even reach what is mounted there.
        return problem(request, error)
    told = _told(error)
    response = show(request, _visitor(request), "error.html", status=told.status, told=told)
    # The page of a defect is made outside of what adds them otherwise.
    response.headers.update(HEADERS)
    return response


def _told(error: Exception) -> Told:
    if isinstance(error, HTTPException):
        status = HTTPStatus(error.status_code)
        return _NOT_THERE if status is HTTPStatus.NOT_FOUND else Told(status, _BAD.message, _BAD.remedy)
    if isinstance(error, DoisoatError):
        is_asked_wrongly = isinstance(error, BadArgumentsError)
        status = HTTPStatus.BAD_REQUEST if is_asked_wrongly else HTTPStatus.SERVICE_UNAVAILABLE
        if not is_asked_wrongly:
            _log.warning("%s", error)
        return Told(status, (error.message, error.message), (error.remedy, error.remedy))
    if type(error) not in _KNOWN:
        _log.error("defect", exc_info=error)
    return _KNOWN.get(type(error), _DEFECT)


def _to_sign_in(request: Request) -> Response:
    """Send who is not signed in to do so, and back to the page afterwards."""
    if request.method != "GET":
        return RedirectResponse("/sign-in", HTTPStatus.SEE_OTHER)
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/sign-in?next={quote(wanted)}", HTTPStatus.SEE_OTHER)


def _visitor(request: Request) -> Visit:
    try:
        return visit(request, workplace(request))
    except DoisoatError:  # the archive may be what failed
        return _stranger(request)


def _stranger(request: Request) -> Visit:
    language = Language.EN if request.cookies.get(LANGUAGE_COOKIE) == Language.EN else Language.VI
    return Visit(request.cookies.get(TOKEN_COOKIE) or new_token(), None, language)
