from dateline.coder import Coder, default_stages
from dateline.records import spans_of
from dateline.stages import check_order

TEXT = """Ministers sign border accord

PARIS, July 26 (Example) - The foreign ministers of France and Italy signed
an agreement on Monday.

Post a Comment
"""


def test_the_default_stages_fit_together() -> None:
    check_order(default_stages())


def test_every_span_is_text_of_the_report() -> None:
    coded = Coder().code(TEXT, published="2021-07-27")
    assert not coded.failures
    for span in spans_of(coded):
        assert TEXT[span.start : span.end] == span.text
