"""Reports written for the tests of merging: two happenings, copies, an unlike report."""

from dateline import CodedReport, Coder, Report

ATTACK = (
    "Rebels attacked a village near Bamako in Mali on 20 March 2023, killing {} people, the "
    "governor of the region said. Hundreds of villagers fled their homes after the attack. The "
    "army sent soldiers to the area and said that it would hunt down those who were behind it."
)
AGAIN = (
    "At least {} people were killed when rebels attacked a village near Bamako on Monday, Malian "
    "officials said. The government condemned the attack on the village, from which hundreds of "
    "villagers fled. Soldiers were sent to the area."
)
TALKS = (
    "French foreign minister Catherine Colonna met Iranian officials in Vienna on {} to discuss "
    "the nuclear accord. The two sides agreed to hold further talks on enrichment, diplomats said."
)
SPORT = "The home side won the cup on Sunday after a goal in the last minute of extra time."


def reports() -> list[Report]:
    """Return the reports, each with an id and a date."""
    made = [
        ("a1", "Rebels kill 30 in Mali village", ATTACK.format("30"), "2023-03-21"),
        ("a2", "Thirty killed in Mali attack", AGAIN.format("30"), "2023-03-21"),
        ("a3", "Rebels kill 30 in Mali village", ATTACK.format("30"), "2023-03-22"),
        ("a4", "Toll in Mali attack rises", AGAIN.format("35"), "2023-03-22"),
        ("t1", "Colonna meets Iranians", TALKS.format("21 March 2023"), "2023-03-21"),
        ("t2", "France and Iran talk", TALKS.format("Tuesday"), "2023-03-22"),
        ("t3", "Nuclear talks", TALKS.format("4 May 2023"), "2023-05-04"),
        ("u1", "Cup won", SPORT, "2023-03-20"),
        ("u2", None, "Troops left.", None),
    ]  # fmt: skip
    return [
        Report(id=id, title=title, text=text, published=published, publisher=f"paper {id}")
        for id, title, text, published in made
    ]


def coded() -> list[CodedReport]:
    """Return the reports coded."""
    return list(Coder().stream(reports()))
