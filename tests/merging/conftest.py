import pytest

from dateline import CodedReport
from tests.merging import news


@pytest.fixture(scope="session")
def coded() -> dict[str, CodedReport]:
    return {one.report.id: one for one in news.coded()}
