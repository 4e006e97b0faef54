import spacy

from dateline.coder import default_stages
from dateline.defaults import DEFAULT_MODEL


def test_every_stage_is_a_component_of_spacy() -> None:
    nlp = spacy.load(DEFAULT_MODEL)
    for stage in default_stages():
        nlp.add_pipe(f"dateline_{stage.name}")
    doc = nlp("Rebels attacked a village in Mali on Monday, killing 30 people.")
    assert doc._.dateline.report.text == doc.text
