"""Schemathesis asks the API for everything its OpenAPI allows, and for what it does not; no answer is a surprise."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from desk_office import ADMINISTRATOR, office
from hypothesis import HealthCheck, assume, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation, BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from pipeline.archive.store import Archive
from pipeline.desk.api import PREFIX

NAMING_A_FIGURE = {"POST /corrections", "POST /restorations"}
NEVER_WRONG = {"GET /indicators", "GET /findings/{finding}"}
"""They take nothing, or any text."""

Operation = APIOperation[Any, Any, Any, Any]
CHECKS = [not_a_server_error, response_schema_conformance, content_type_conformance, status_code_conformance]


@pytest.fixture(scope="module")
def described(settled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BaseSchema]:
    """The OpenAPI of a running desk, asked as an administrator with a token that may write."""
    folder = tmp_path_factory.mktemp("schema") / "kho"
    shutil.copytree(settled, folder)
    with Archive.open(folder) as archive:
        opened = office(archive)
        page = opened.visitor(ADMINISTRATOR).send("/account/access", name="schemathesis", writes="true").text
        found = re.search(r"<code>(\w+)</code>", page)
        assert found
        schema = schemathesis.openapi.from_asgi(f"{PREFIX}/openapi.json", opened.app, headers={"Host": "127.0.0.1"})
        schema.config.update(headers={"Authorization": f"Bearer {found[1]}", "Host": "127.0.0.1"})
        yield schema


def _ask(operation: Operation, mode: GenerationMode) -> Counter[int]:
    """Send requests of an operation and count the answers by their status."""
    statuses: Counter[int] = Counter()

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(operation.as_strategy(generation_mode=mode))
    def answers(case: schemathesis.Case[Any]) -> None:
        response = case.call()
        # ".." as an id leads a client elsewhere before it asks.
        assume(f"{PREFIX}/" in str(response.request.url))
        case.validate_response(response, checks=CHECKS)
        statuses[int(response.status_code)] += 1

    answers()
    return statuses


def test_every_right_request_is_answered_as_described(described: BaseSchema) -> None:
    asked = {operation.label: _ask(operation, GenerationMode.POSITIVE) for operation in _operations(described)}
    assert len(asked) >= 9
    for label, statuses in asked.items():
        # Words that are well formed may name no figure, and no number.
        assert set(statuses) <= ({200, 404} if label.startswith("GET") else {201, 202, 400, 404}), label
        if "{finding}" not in label and label not in NAMING_A_FIGURE:
            assert statuses[200] or statuses[202], label


def test_every_wrong_request_is_refused_as_described(described: BaseSchema) -> None:
    for operation in _operations(described):
        if operation.label in NEVER_WRONG:
            continue
        statuses = _ask(operation, GenerationMode.NEGATIVE)
        # Whatever a file holds, it is taken in, and what is wrong with it noted.
        assert set(statuses) <= ({202, 400} if operation.label == "POST /uploads" else {200, 400, 404})
        assert statuses[400], operation.label


def _operations(described: BaseSchema) -> list[Operation]:
    return [result.ok() for result in described.get_all_operations() if isinstance(result, Ok)]
