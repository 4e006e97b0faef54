"""One coder in several threads: each report gets what it gets alone."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from dateline import Coder

NAMES = ("Lyon", "Gao", "Kidal", "Turin", "Odessa", "Homs", "Basra", "Derna")
TEXTS = [
    f"{name.upper()} - The foreign minister of Italy said on Monday that rebels attacked {name}, killing "
    f"{n} soldiers. “We will withdraw {n * 10} troops by Friday,” the minister told reporters.\n"
    + f"Police arrested {n} protesters in {name} last week, the mayor said. "
    * (n % 7)
    for n, name in enumerate(NAMES * 6)
]


@pytest.mark.slow
def test_threads_do_not_get_into_each_other() -> None:
    coder = Coder()
    alone = [coder.code(text).to_json() for text in TEXTS]
    with ThreadPoolExecutor(4) as pool:
        for _ in range(3):
            found = pool.map(lambda text: coder.code(text).to_json(), TEXTS)
            assert list(found) == alone
