"""What users can import, and nothing more."""

import dateline


def test_all_is_sorted_and_there() -> None:
    assert sorted(dateline.__all__) == dateline.__all__
    for name in dateline.__all__:
        assert getattr(dateline, name)
