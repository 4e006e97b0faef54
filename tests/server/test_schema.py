"""Every route takes what its description lets in, answers as it says, and fails on nothing."""

from typing import Any, cast

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from dateline.archive import Archive
from dateline.server import Settings, create_app
from dateline.server.settings import Limits
from tests.server.conftest import coded

EXAMPLES = 20
PLENTY = Limits(rate=1e6, burst=10**6, code_rate=1e6, code_burst=10**6, login_burst=10**6)
BEYOND: list[Any] = [positive_data_acceptance, negative_data_rejection]
"""Checks that do not fit: a cursor, a date or a field to sort by is refused for what it means,
which no pattern tells; and blanks, as a form sends them, are as if they were not there."""
METHODS = ("get", "post", "put", "patch", "delete")


def operations() -> list[tuple[str, str]]:
    """Return method and path of every operation that the desk describes."""
    app = create_app(Settings(archive="described"), cast(Archive, object()))
    paths = app.openapi()["paths"]
    return [(method, path) for path in paths for method in METHODS if method in paths[path]]


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return the description of a desk that asks for no login, bound to it."""
    archive = Archive(tmp_path_factory.mktemp("api") / "news.dateline", create=True)
    archive.add_all(coded())
    archive.merge()
    set_up = Settings(archive=str(archive.url), hosts=("testserver",), limits=PLENTY)
    return schemathesis.openapi.from_asgi("/openapi.json", create_app(set_up, archive))


@pytest.mark.parametrize(("method", "path"), operations())
@pytest.mark.parametrize("mode", GenerationMode)
def test_every_route_answers_as_described(
    api: Any, method: str, path: str, mode: GenerationMode
) -> None:
    described = api[path][method]

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=described.as_strategy(generation_mode=mode))
    def answers(case: Any) -> None:
        case.call_and_validate(excluded_checks=BEYOND, timeout=120)

    try:
        answers()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE, "nothing fits the description"
