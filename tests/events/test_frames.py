"""What stands beside a word decides what act it names, and in which mode."""

import pytest

from dateline import Coder

FRAMES = [
    ("President Trump called President Obama on Thursday.", "CONSULT", "phone"),
    ("France withdrew its troops from Mali.", "RETREAT", "withdraw"),
    ("Mexico withdrew its ambassador from Ecuador.", "SANCTION", "withdraw"),
    ("Serbia withdrew its demand.", "CONCEDE", None),
    ("Chad withdrew from the treaty.", "SANCTION", "withdraw"),
    ("Ukraine accused Russia of shelling the port.", "ACCUSE", "allege"),
    ("The former minister was charged with fraud.", "ACCUSE", "allege"),
    ("A court found the former minister guilty of fraud.", "SANCTION", "convict"),
    ("Kenya called for talks with Somalia.", "REQUEST", "meet"),
    ("President Biden called President Xi on Monday.", "CONSULT", "phone"),
    ("The French foreign minister called off a meeting with Haiti.", "REJECT", "meet"),
    ("The government called off the election.", "CONCEDE", None),
    ("The EU lifted sanctions on Serbia.", "RETREAT", None),
    ("The government lifted the curfew in Serbia.", "CONCEDE", None),
    ("The rebels attacked the town.", "ASSAULT", None),
    ("The opposition senator attacked the budget.", "ACCUSE", "disapprove"),
    ("Police raided the offices of a newspaper.", "COERCE", "seize"),
    ("Lebanon lodged a protest with Israel.", "ACCUSE", "disapprove"),
    ("Workers staged a protest against the government.", "PROTEST", "demo"),
    ("Three prisoners began a hunger strike.", "PROTEST", "hunger"),
    ("Austria refused to supply weapons to Kenya.", "REJECT", "assist"),
    ("The army refused to withdraw from the town.", "REJECT", "yield"),
    ("Haiti asked Brazil for food aid.", "REQUEST", "assist"),
    ("The warlord threatened to bomb the dam.", "THREATEN", "violence"),
    ("North Korea tested a missile on Thursday.", "MOBILIZE", "weapons"),
    ("Hezbollah fired rockets at Israel.", "ASSAULT", "heavy-weapons"),
    ("Riot police were deployed around the parliament.", "MOBILIZE", "police"),
    ("Sudan is willing to withdraw its troops from the valley.", "RETREAT", "withdraw"),
]


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(event_model=False)


@pytest.mark.parametrize(("text", "kind", "mode"), FRAMES, ids=[t[:40] for t, *_ in FRAMES])
def test_arguments_decide(coder: Coder, text: str, kind: str, mode: str | None) -> None:
    coded = coder.code(text, published="2024-05-06")
    assert not coded.failures
    acts = {
        act
        for e in coded.events
        for act in ((e.type, e.mode), (e.plover_type, e.plover_mode), (e.type, None))
    }
    assert (kind, mode) in acts


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The students demonstrated that the bridge is safe.", "PROTEST"),
        ("The museum returned the looted bronzes to Benin.", "PROTEST"),
        ("On 6 March 2018 the minister met the senator.", "PROTEST"),
        ("The rebels refused to meet the government's envoy.", "CONSULT"),
    ],
)
def test_words_that_only_look_like_an_act(coder: Coder, text: str, kind: str) -> None:
    coded = coder.code(text, published="2024-05-06")
    assert kind not in {e.type for e in coded.events}
