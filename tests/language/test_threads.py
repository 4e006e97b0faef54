"""Products go on one thread while anyone annotates, and the user's own setting comes back."""

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from dateline.language.swift.threads import ONE_THREAD


def now() -> set[int]:
    return {one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"}


def test_the_last_one_out_gives_the_threads_back() -> None:
    with threadpool_limits(limits=2, user_api="blas"):
        if now() != {2}:
            pytest.skip("the library of products here has no second thread")
        with ONE_THREAD:
            with ONE_THREAD:
                assert now() == {1}
            assert now() == {1}
        assert now() == {2}


def test_an_error_gives_them_back_too() -> None:
    before = now()
    with pytest.raises(KeyError), ONE_THREAD:
        raise KeyError
    assert now() == before
