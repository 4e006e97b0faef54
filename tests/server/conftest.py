"""An archive of a few reports, coded once, and a desk on it, on SQLite and PostgreSQL."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from dateline import Coder
from dateline.archive import Archive
from dateline.records import CodedReport, DateBasis, Report
from dateline.server import Settings, create_app
from dateline.server.settings import Limits
from tests.conftest import ENGINES, address

TEXTS = (
    "Police arrested 12 protesters in Cairo on Monday. Egypt's foreign minister said the "
    "United States would withdraw its troops from Iraq by the end of 2021.",
    "Thousands of people rallied in Nairobi on 3 July 2021 against new taxes. The government of "
    "Kenya promised to publish the accounts by 30 September 2021.",
    "Russian forces attacked Kharkiv on Tuesday, killing three civilians. Ukraine accused Russia "
    "of targeting homes. Russia denied the charge.",
    "France and Germany signed a trade agreement in Berlin on 12 July 2021. German Chancellor "
    "Angela Merkel met President Emmanuel Macron.",
    "Turkey threatened to close its border with Syria. The United Nations demanded a ceasefire.",
    "Il gatto dorme sul divano e non ha alcuna intenzione di alzarsi prima di cena, dice la padrona.",
)


@cache
def coded() -> tuple[CodedReport, ...]:
    """Return the reports, coded; some ids need quoting in an address."""
    reports = [
        Report(
            id=["r0", "r1", "news/2021/07#a b", "r3.html", "Ünïcode", "r5"][n],
            text=text,
            title=f"Title {n}" if n != 4 else None,
            url=f"https://news.example/{n}",
            publisher=["The Wire", "Daily News", None][n % 3],
            published=f"2021-07-{10 + n}",
            published_basis=DateBasis.GIVEN,
        )
        for n, text in enumerate(TEXTS)
    ]
    return tuple(Coder().stream(reports))


def copies(number: int) -> Iterator[CodedReport]:
    """Yield copies of the reports under other ids and dates."""
    for n in range(number):
        one = coded()[n % 5]
        report = replace(
            one.report, id=f"copy{n}", url=None, published=f"2021-{1 + n % 9:02}-{1 + n % 28:02}"
        )
        yield replace(one, report=report)


@pytest.fixture
def archive(where: str) -> Iterator[Archive]:
    """Return an archive of the reports."""
    with Archive(where, create=True) as made:
        made.add_all(coded())
        yield made


@pytest.fixture
def lite(tmp_path: Path) -> Iterator[Archive]:
    """Return the same archive on SQLite alone, for what does not depend on the engine."""
    with Archive(tmp_path / "lite.dateline", create=True) as made:
        made.add_all(coded())
        yield made


@pytest.fixture(scope="session", params=ENGINES)
def shared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Archive]:
    """Return an archive of the reports that no test changes."""
    with Archive(address(request, tmp_path_factory.mktemp("shared")), create=True) as made:
        made.add_all(coded())
        yield made


@pytest.fixture(scope="session")
def client(shared: Archive) -> TestClient:
    """Return a client of a desk that asks for no login, on an archive that no test changes."""
    return open_desk(shared)


def open_desk(archive: Archive, address: str = "http://127.0.0.1", **more: Any) -> TestClient:
    """Return a client of a desk on an archive."""
    more.setdefault("limits", Limits(rate=10_000, burst=100_000))
    app = create_app(Settings(archive=str(archive.url), **more), archive)
    return TestClient(app, base_url=address, raise_server_exceptions=False)
