from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from dateline import Coder, actors
from dateline.errors import DataError
from dateline.language import notes, parse
from dateline.records import Report, Statement, spans_of
from dateline.statements import stage, statement_at
from dateline.statements.lexicon import CueGroup, lexicon, read_lexicon


@cache
def coded(text: str) -> Doc:
    return stage()(parse(Report(id="t", text=text)))


def statements(text: str) -> tuple[Statement, ...]:
    return notes(coded(text)).statements


def parts(text: str) -> list[tuple[str, str, list[str]]]:
    """Source, cue and content of each statement."""
    return [
        (
            s.source.text if s.source else "",
            s.cue.text if s.cue else "",
            [c.text for c in s.content],
        )
        for s in statements(text)
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("“The bridge is shut,” the governor said.", "the governor", "said", "“The bridge is shut,”"),
        ("The governor said that the bridge was shut.", "The governor", "said", "that the bridge was shut"),
        ("According to the ministry, the bridge was shut.", "the ministry", "According to", "the bridge was shut"),
        ("The bridge was shut, a senior official told reporters.", "a senior official", "told", "The bridge was shut"),
        ("Merkel: Europe must do more for refugees", "Merkel", ":", "Europe must do more for refugees"),
        ("The envoy hopes that the talks will go on.", "The envoy", "hopes", "that the talks will go on"),
    ],
)  # fmt: skip
def test_finds_statements(text: str, source: str, cue: str, content: str) -> None:
    found = parts(text)
    assert len(found) == 1
    assert found[0][0] == source
    assert found[0][1].startswith(cue)
    assert found[0][2] == [content]


def test_joins_an_interrupted_quotation() -> None:
    (found,) = parts("“The bridge is shut,” the governor said. “It will stay shut until May.”")
    assert found[2] == ["“The bridge is shut,”", "“It will stay shut until May.”"]


def groups(text: str) -> set[str]:
    return {reason.rule for s in statements(text) for reason in s.why if reason.field == "stance"}


@pytest.mark.parametrize("group", lexicon().groups, ids=lambda g: str(g.id))
def test_examples_of_the_lexicon(group: CueGroup) -> None:
    assert f"cues:{group.id}" in groups(group.positive)
    assert f"cues:{group.id}" not in groups(group.negative)
    assert group.stance in {s.stance for s in statements(group.positive)}


def test_addressee_and_occasion() -> None:
    (found,) = statements("In an interview, the minister told lawmakers that the mine would close.")
    assert found.addressee_span is not None
    assert found.addressee_span.text == "lawmakers"
    assert found.medium == "interview"


def test_statement_at_gives_the_innermost() -> None:
    doc = coded("The mayor said that the judge had told her that the trial was over.")
    trial = next(token for token in doc if token.text == "trial")
    inner = statement_at(doc, trial)
    assert inner is not None
    assert inner.parent is not None
    assert statement_at(doc, doc[0]) is None


def test_a_bad_lexicon_names_the_group() -> None:
    with pytest.raises(DataError, match=r"cues\.yaml, group 1 \(x\)"):
        read_lexicon("groups:\n  - id: x\n")


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from(
            "He said: “we will go,” to the\n\n‘'\".,;:—(Mr X’s)\U0001f600\u200b "
        ),
        max_size=120,
    )
)
def test_spans_are_the_text(text: str) -> None:
    doc = stage()(parse(Report(id="h", text=text)))
    for span in spans_of(notes(doc).statements):
        assert text[span.start : span.end] == span.text


def test_same_input_same_output() -> None:
    text = "The mayor said the road was closed. It will open soon, she added."
    first = notes(stage()(parse(Report(id="a", text=text)))).statements
    assert first == notes(stage()(parse(Report(id="a", text=text)))).statements


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("In the view of the ministry, the talks have failed.", "the ministry", "In the view of", "the talks have failed"),
        ("As the minister put it, “the road is long.”", "the minister", "put it", "“the road is long.”"),
        ("Premier: we will rebuild the port", "Premier", ":", "we will rebuild the port"),
        ("Mayor says strike will end on Friday", "Mayor", "says", "strike will end on Friday"),
        ("Sources said the deal was close.", "Sources", "said", "the deal was close"),
        ("‘We will not go,’ the captain said.", "the captain", "said", "‘We will not go,’"),
        ("'We will not go,' the captain said.", "the captain", "said", "'We will not go,'"),
        ('"The road is long," said the captain.', "the captain", "said", '"The road is long,"'),
        ("“He told me ‘never again’ and left,” the widow said.", "the widow", "said", "“He told me ‘never again’ and left,”"),
        ("“We will rebuild, the mayor said.", "the mayor", "said", "“We will rebuild"),
        ("It is understood that the firm will cut 300 jobs.", "", "is understood", "that the firm will cut 300 jobs"),
    ],
)  # fmt: skip
def test_turns_of_phrase_and_marks(text: str, source: str, cue: str, content: str) -> None:
    (found,) = parts(text)
    assert found[0] == source
    assert found[1] == cue
    assert [words.strip(",") for words in found[2]] == [content]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“The bridge is shut,” the governor said.", "direct"),
        ("The governor said the bridge was “a danger to life” and would be shut.", "mixed"),
        ("The governor said that the bridge was shut.", "reported"),
        ("According to the ministry, the bridge was shut.", "attribution"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert [s.kind for s in statements(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Reuters quoted a spokesman as saying that the mine was safe.",
        "The radio reported that a spokesman had said that the mine was safe.",
    ],
)
def test_a_statement_inside_another(text: str) -> None:
    outer, inner = statements(text)
    assert outer.parent is None
    assert inner.parent == outer.id
    assert inner.source is not None
    assert inner.source.text == "a spokesman"
    assert [c.text for c in inner.content] == ["that the mine was safe"]


def test_a_quotation_over_paragraphs_has_one_speaker() -> None:
    text = "“We will rebuild,” the mayor said. “The first houses will stand by May.\n“And the school will open in June.”"
    (found,) = statements(text)
    assert found.content[-1].text.endswith("in June.”")


def test_each_cue_keeps_its_own_quotation() -> None:
    text = (
        "“The bridge is shut,” Governor Ana Ruiz said.\n“It will not open before May,” she added."
    )
    assert [c for *_, c in parts(text)] == [["“The bridge is shut,”"], ["“It will not open before May,”"]]  # fmt: skip


def voices(text: str) -> list[tuple[str, str]]:
    """Name and class of the speaker of each statement."""
    doc = stage()(actors.stage()(parse(Report(id="t", text=text))))
    by_id = {p.id: p for p in notes(doc).participants}
    return [
        (by_id[s.speaker].name or by_id[s.speaker].span.text if s.speaker else "", s.speaker_class)
        for s in notes(doc).statements
    ]


def test_speakers_by_pronoun_surname_and_class() -> None:
    text = (
        "Angela Merkel said the talks had failed. She added that she would try again. Merkel told "
        "reporters that the border was open. A senior official said the deal was close. The report "
        "found that the dam was unsafe. The ministry said the mine was shut."
    )
    names = voices(text)
    assert ["Merkel" in name for name, _ in names[:3]] == [True, True, True]
    assert [kind for _, kind in names] == ["named"] * 3 + ["anonymous", "document", "collective"]


def test_a_speaker_goes_on_after_a_long_quotation() -> None:
    text = (
        "Governor Ana Ruiz said: “The road was long. It took us years. We lost friends. We found others. "
        "The work was hard.” She added that it would go on."
    )
    assert [name for name, _ in voices(text)] == ["Ana Ruiz", "Ana Ruiz"]


@pytest.mark.parametrize(
    ("text", "addressee", "medium", "occasion"),
    [
        ("The minister told reporters in Geneva that the border was open.", "reporters", None, None),
        ("The minister wrote on Twitter that the border was open.", None, "social_media", "on Twitter"),
        ("In a statement on Monday, the company denied that it had paid bribes.", None, "statement", "In a statement on Monday"),
        ("In an interview with the Daily Post's sports desk, the coach said he would retire.", None, "interview", "In an interview with the Daily Post's sports desk"),
        ("The minister promised voters that taxes would fall.", "voters", None, None),
    ],
)  # fmt: skip
def test_circumstances(
    text: str, addressee: str | None, medium: str | None, occasion: str | None
) -> None:
    (found,) = statements(text)
    assert (found.addressee_span.text if found.addressee_span else None) == addressee
    assert found.medium == medium
    assert occasion is None or (found.occasion is not None and found.occasion.text == occasion)


@pytest.mark.parametrize(
    ("text", "addressee", "medium", "occasion", "stance"),
    [
        ("Speaking to reporters in Nairobi, the minister said the drought was over.", "reporters", None, "Speaking to reporters in Nairobi", "assert"),
        ("Addressing parliament, the chancellor said the army would get new tanks.", "parliament", "debate", "Addressing parliament", "assert"),
        ("The general told his troops to hold the line.", "his troops", None, None, "demand"),
        ("The king urged farmers to plant early.", "farmers", None, None, "demand"),
        ("“Our patience is over,” the colonel warned the rebels.", "the rebels", None, None, "warn"),
        ("Rebel leader Omar Said, in a video posted on Telegram, claimed that his men had shot down a helicopter.", None, "broadcast", "in a video posted on Telegram", "claim"),
        ("At a news conference in Geneva, the envoy warned that the truce could collapse.", None, "press_conference", "At a news conference in Geneva", "warn"),
    ],
)  # fmt: skip
def test_to_whom_and_where(
    text: str, addressee: str | None, medium: str | None, occasion: str | None, stance: str
) -> None:
    (found,) = statements(text)
    assert (found.addressee_span.text if found.addressee_span else None) == addressee
    assert found.medium == medium
    assert (found.occasion.text if found.occasion else None) == occasion
    assert found.stance == stance


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("From the army's point of view, the war is over.", "the army's", "the war is over"),
        ("In the minister's view, the war is over.", "the minister's", "the war is over"),
        ("The firm's view is that the contract has ended.", "The firm's", "that the contract has ended"),
        ("On a larger scale, said Mr Trainor, the chips are smaller.", "Mr Trainor", "the chips are smaller"),
    ],
)  # fmt: skip
def test_views_and_names_after_the_cue(text: str, source: str, content: str) -> None:
    (found,) = parts(text)
    assert found[0] == source
    assert content in found[2]


def test_a_headline_with_a_body_before_its_colon() -> None:
    doc = stage()(
        actors.stage()(
            parse(
                Report(
                    id="t",
                    title="UN: Drought threatens two million people",
                    text="UN: Drought threatens two million people\n\nThe rains have failed again in the south.",
                )
            )
        )
    )
    first = notes(doc).statements[0]
    assert first.source is not None
    assert first.source.text == "UN"
    assert [c.text for c in first.content] == ["Drought threatens two million people"]


def test_a_question_asked_ends_where_the_answer_begins() -> None:
    asked, said = statements("Asked whether he would resign, the premier said no.")
    assert [c.text for c in asked.content] == ["whether he would resign"]
    assert asked.stance == "ask"
    assert said.parent is None
    assert not said.negated


def test_an_open_quotation_goes_on_whatever_follows() -> None:
    text = (
        "“We will rebuild,” said Mayor Ana Ruiz. “The first houses will stand by May.\n"
        "“And the school will open in June.”\nShe added that the money was there."
    )
    first, _ = statements(text)
    assert [c.text for c in first.content][-1] == "“And the school will open in June.”"


def test_whom_it_was_told_is_no_part_of_what_was_said() -> None:
    _, inner = statements("Kovac said that Ruiz had told her the border would reopen.")
    assert inner.addressee_span is not None
    assert inner.addressee_span.text == "her"
    assert [c.text for c in inner.content] == ["the border would reopen"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Analysts expect the truce to hold.", ["Analysts"]),
        ("According to witnesses, soldiers opened fire.", ["witnesses"]),
        ("Kovac said the road was safe.", ["Kovac"]),
        ("A survey by Gartner found that prices had risen. The study said demand was weak.", ["Gartner", "Gartner"]),
        ("Kraft's new label will be green. But the firm said it would continue to advertise.", ["Kraft"]),
        ("Governor Ana Ruiz came to the port on Monday. “Our model is Bruce Lee,” she said.", ["Ana Ruiz"]),
        ("Governor Ana Ruiz said: “I told the council that the mine will close.”", ["Ana Ruiz", "Ana Ruiz"]),
        ("Governor Ana Ruiz won the race on Sunday. She will meet Karim Haddad next. “It was hard,” said the 24-year-old.", ["Ana Ruiz"]),
        ("Governor Ana Ruiz was quoted as saying that the road was safe.", ["Ana Ruiz"]),
    ],
)  # fmt: skip
def test_speakers_behind_nouns_documents_and_first_persons(text: str, names: list[str]) -> None:
    assert [name for name, _ in voices(text) if name] == names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Governor Ana Ruiz said the dam was safe.\n“It was built to last,” she said.", [("Governor Ana Ruiz", ["the dam was safe"]), ("she", ["“It was built to last,”"])]),
        ("“This is not,” said the minister, “a time for games.”", [("the minister", ["“This is not,”", "“a time for games.”"])]),
        ("“Was it you?” the judge asked the driver.", [("the judge", ["“Was it you?”"])]),
        ("“We were told to wait,” said Karim Haddad, 43. “Nobody came.”", [("Karim Haddad, 43", ["“We were told to wait,”", "“Nobody came.”"])]),
        ("Premier to reporters: “We did not lose.”", [("Premier", ["“We did not lose.”"])]),
    ],
)  # fmt: skip
def test_each_quotation_has_its_speaker(text: str, found: list[tuple[str, list[str]]]) -> None:
    assert [(source, content) for source, _, content in parts(text)] == found


def test_a_paragraph_that_ends_in_a_colon_brings_in_the_next() -> None:
    text = "Governor Ana Ruiz said the mine was shut.\n\nThe governor added:\n\nNobody is to enter the pit before Monday."
    assert parts(text)[-1] == (
        "The governor",
        "added",
        ["Nobody is to enter the pit before Monday"],
    )


def test_a_quotation_needs_more_than_a_full_stop() -> None:
    text = "It does not say whether the driver had a gun, as police have said."
    assert all(any(w.isalpha() for w in part) for _, _, content in parts(text) for part in content)
    assert "have said" in [cue for _, cue, _ in parts(text)]


def test_what_neither_side_said_is_negated() -> None:
    (found,) = statements("Neither side has commented on the report.")
    assert found.negated


def test_turns_of_a_transcript() -> None:
    text = "Karim Haddad met the press.\n\nQ: Will the port reopen?\n\nHADDAD: Yes, it will reopen in May.\n\nNOTE: The sound was poor."
    assert parts(text)[-2:] == [
        ("Q", ":", ["Will the port reopen?"]),
        ("HADDAD", ":", ["Yes, it will reopen in May"]),
    ]


def test_a_name_under_a_quotation() -> None:
    text = "“We heard a very loud noise in the street.” — Maria Hall\n\n“Nobody came to help us at all.” ― Karim Haddad"
    assert parts(text) == [
        ("Maria Hall", "—", ["“We heard a very loud noise in the street.”"]),
        ("Karim Haddad", "―", ["“Nobody came to help us at all.”"]),
    ]
    assert parts(
        "The “so-called free and open vote” — Hall had warned of it — was called off."
    ) != [("Hall", "—", ["“so-called free and open vote”"])]


def test_the_date_of_another_act_does_not_date_what_was_said() -> None:
    coded = Coder(event_model=False).code(
        "The premier vowed in a televised address to rebuild the bridge and declared Sunday a public holiday. "
        "The mayor promised on Monday to help.",
        published="2024-03-22",
    )
    times = {time.id: time.span.text for time in coded.times}
    assert sorted(times.values()) == ["Monday", "Sunday"]
    said = {s.cue.text: times.get(s.time or "") for s in coded.statements if s.cue}
    assert said == {"vowed": None, "promised": "Monday"}
