"""An ontology written out for readers: rows for tables, Markdown for the reference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dateline.events.ontology.cameo import load_cameo
from dateline.events.ontology.crosswalks import load_acled, load_ucdp
from dateline.events.ontology.loader import QUADS, load
from dateline.events.ontology.schema import CameoCode, EventType, Example, Ontology

Row = dict[str, str]


def type_rows(ontology: Ontology) -> list[Row]:
    """Return one row a type."""
    return [
        {
            "type": kind.id,
            "quad": f"{kind.quad} {QUADS[kind.quad]}",
            "score": f"{kind.score:+.1f}",
            "recipient": kind.roles["recipient"].need,
            "modes": ", ".join(kind.modes),
            "definition": kind.definition,
        }
        for kind in ontology.types.values()
    ]


def mode_rows(ontology: Ontology, type: str | None = None) -> list[Row]:
    """Return one row a mode, of one type or of all."""
    return [
        {
            "type": kind.id,
            "mode": mode.id,
            "score": f"{mode.score:+.1f}" + ("" if mode.score_stated else " (the type's)"),
            "definition": mode.definition,
            "example": _example_of(kind, mode.id),
        }
        for kind in ontology.types.values()
        if type in (None, kind.id)
        for mode in kind.modes.values()
    ]


def context_rows(ontology: Ontology) -> list[Row]:
    """Return one row a context."""
    return [
        {
            "context": context.id,
            "definition": context.definition,
            "excludes": context.excludes,
            "example": context.examples[0].text if context.examples else "",
        }
        for context in ontology.contexts.values()
    ]


def sector_rows(ontology: Ontology) -> list[Row]:
    """Return one row a sector."""
    return [
        {"sector": s.id, "label": s.label, "rank": s.rank, "definition": s.definition}
        for s in ontology.sectors.values()
    ]


def cameo_rows(root: str | None = None) -> list[Row]:
    """Return one row a CAMEO code, of one root or of all."""
    return [
        {
            "code": code.code,
            "name": code.name,
            "goldstein": "" if code.goldstein is None else f"{code.goldstein:+.1f}",
            "quad": str(code.quad),
            "plover": plover_name(code),
            "definition": code.definition,
        }
        for code in load_cameo().codes.values()
        if root is None or code.code.startswith(root)
    ]


def plover_name(code: CameoCode) -> str:
    """Return what a CAMEO code reads as in PLOVER, in words: ``RETREAT/release``, ``(near REQUEST)``."""
    if code.type is None:
        return f"(near {code.nearest})" if code.nearest else ""
    name = f"{code.type}/{code.mode}" if code.mode else code.type
    return f"{name} · {', '.join(code.contexts)}" if code.contexts else name


def _example_of(kind: EventType, mode: str) -> str:
    found = (e.text for e in kind.examples if e.positive and e.mode == mode)
    return next(found, "")


# --------------------------------------------------------------------- Markdown


def markdown() -> dict[str, str]:
    """Return the reference pages by file name."""
    plover = load()
    return {
        "ontology.md": _types_page(plover),
        "ontology-reading.md": _reading_page(plover),
        "ontology-contexts.md": _contexts_page(plover),
        "ontology-cameo.md": _cameo_page(),
        "ontology-crosswalks.md": _crosswalks_page(),
    }


def _page(*parts: str) -> str:
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"


def table(rows: Sequence[Row]) -> str:
    """Return rows as a Markdown table; columns without a value are left out."""
    names = [n for n in (rows[0] if rows else {}) if any(row[n] for row in rows)]
    lines = ["| " + " | ".join(names) + " |", "|" + "---|" * len(names)]
    lines += ["| " + " | ".join(row[n].replace("|", "\\|") for n in names) + " |" for row in rows]
    return "\n".join(lines)


def _types_page(plover: Ontology) -> str:
    overview = [{k: v for k, v in row.items() if k != "definition"} for row in type_rows(plover)]
    decisions = [
        {"conflict": d.conflict, "decision": d.decision, "reason": d.reason}
        for d in plover.decisions
    ]
    return _page(
        "# Event types and modes",
        f"{plover.label}, {len(plover.types)} types. {plover.source} This page is made from the data "
        "in `dateline/events/ontology/data/plover`; `dateline ontology` shows the same.",
        table(overview),
        *(part for kind in plover.types.values() for part in _type(kind)),
        "## Where the manual contradicts itself",
        table(decisions),
    )


def _type(kind: EventType) -> Iterator[str]:
    yield f"## {kind.id}"
    yield kind.definition
    yield f"Quad class {kind.quad}, {QUADS[kind.quad]}. Score {kind.score:+.1f}."
    yield "\n".join(
        f"- **{name.capitalize()}** ({role.need}): {role.meaning}"
        for name, role in kind.roles.items()
    )
    if kind.modes:
        modes = [
            {"mode": m.id, "score": f"{m.score:+.1f}", "definition": m.definition}
            for m in kind.modes.values()
        ]
        yield table(modes)
    if kind.ambiguities:
        lines = [_ambiguity(kind, a.when, a.but, a.example) for a in kind.ambiguities]
        yield "\n".join(["Not this type:", "", *lines])
    yield "\n".join(["Examples:", "", *map(_example, kind.examples)])


def _ambiguity(kind: EventType, when: str, but: str, example: str) -> str:
    instead = "stays here" if but == kind.id else f"**{but}**"
    return f"- when {when}: {instead}" + (f" (“{example}”)" if example else "")


def _example(example: Example) -> str:
    what = "/".join(filter(None, (example.type, example.mode))) or "nothing"
    if example.positive:
        return f"- “{example.text}” → {what}"
    return f"- not: “{example.text}” → {what}. {example.why}"


def _reading_page(plover: Ontology) -> str:
    return _page(
        "# PLOVER's reading of act and status",
        "dateline records the act and its status apart: an announced withdrawal is RETREAT, planned. "
        "PLOVER folds time into the type, and reads it as CONCEDE. The fields `plover_type` and "
        "`plover_mode` follow these rules; the first that fits decides.",
        table([_rule_row(rule) for rule in _rules(plover)]),
    )


def _rules(plover: Ontology) -> Iterable[tuple[str, str, str, str, str]]:
    everything = set(plover.types)
    for rule in plover.reading:
        types = "any" if set(rule.types) == everything else ", ".join(rule.types)
        modes = "" if rule.modes is None else f" ({', '.join(str(m) for m in rule.modes)})"
        status = ", ".join(rule.statuses) + (", negated" if rule.negated else "")
        kind = "the act itself" if rule.to_type == "=" else rule.to_type or "nothing"
        mode = "" if rule.to_mode in (None, "=") else f"/{rule.to_mode}"
        yield types + modes, status, kind + mode, rule.why, rule.example


def _rule_row(rule: tuple[str, str, str, str, str]) -> Row:
    return dict(zip(("act", "status", "reads as", "why", "example"), rule, strict=True))


def _contexts_page(plover: Ontology) -> str:
    return _page(
        "# Contexts and sectors",
        "What an event or a report is about beside the act: several may hold at once. The cues that "
        "lead to them, with their weights, stand in `dateline/events/contexts/cues.yaml`.",
        table(context_rows(plover)),
        "## Sectors",
        table(sector_rows(plover)),
    )


def _cameo_page() -> str:
    roots = [r for r in cameo_rows() if len(r["code"]) == 2]
    parts = [
        "# CAMEO",
        "All 20 roots and their codes, with Goldstein scores (from the icews project, MIT), GDELT's "
        "quad class and what each code reads as in PLOVER. Roots 01 and 02 have no type in PLOVER; "
        "the nearest one is named. `dateline.events.ontology.cameo_for` and `plover_for` go between.",
        table([{k: v for k, v in r.items() if k != "plover"} for r in roots]),
    ]
    for root in roots:
        parts.append(f"## {root['code']} {root['name']}")
        parts.append(table([r for r in cameo_rows(root["code"]) if len(r["code"]) > 2]))
    return _page(*parts)


def _crosswalks_page() -> str:
    acled, ucdp = load_acled(), load_ucdp()
    rows = [
        {
            "act": ", ".join("/".join(filter(None, a)) for a in rule.acts),
            "actors": ", ".join(sorted(rule.actors)),
            "recipients": ", ".join(sorted(rule.recipients)),
            "words": ", ".join(sorted(rule.cues)),
            "ACLED": f"{acled.event_type(rule.event)}: {rule.event}" if rule.event else "nothing",
            "why": rule.why,
        }
        for rule in acled.rules
    ]
    classes = [
        {"class": str(n), "name": name, "definition": definition}
        for n, (name, definition) in ucdp.classes.items()
    ]
    return _page(
        "# Crosswalks to ACLED and UCDP",
        "Both are for acts that occurred; the first rule that fits decides, and what no rule fits is "
        "outside the scheme. `acled_for` and `ucdp_for` in `dateline.events.ontology` apply them.",
        "## ACLED",
        table(rows),
        "## UCDP",
        table(classes),
        "An act is in scope where it is ASSAULT by an identified, organised actor against somebody, and "
        "the report does not say that nobody died; abduction, beating, sexual violence, crowd control "
        "and the destruction of things alone are left out.",
    )
