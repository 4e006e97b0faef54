from collections.abc import Iterator

import pytest

from tests.reading.server import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found
