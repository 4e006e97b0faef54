"""CAMEO beside PLOVER: codes, Goldstein scores, quad classes, the crosswalk both ways."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from dateline.errors import DataError
from dateline.events.ontology.loader import load
from dateline.events.ontology.marked import Item, read
from dateline.events.ontology.schema import CameoCode

Act = tuple[str, str | None]
"""A type and a mode."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cameo:
    """The codes of CAMEO and the table of defaults."""

    version: str
    codes: Mapping[str, CameoCode]
    """All codes by code: the 20 roots (two digits) and theirs (three and four)."""
    defaults: Mapping[Act, str]
    """The code of a PLOVER type and mode where no cue or context refines it."""
    meant: Mapping[tuple[str, Act], str]
    """By PLOVER type, and type and mode of the act that is promised, demanded, refused
    or threatened: the code where no cue or context refines it."""
    appeal: frozenset[str]
    demand: frozenset[str]
    candidates: Mapping[str, tuple[CameoCode, ...]]
    """By PLOVER type, the codes that may stand for it."""


def act(text: str) -> Act:
    """Split ``TYPE`` or ``TYPE/mode``."""
    kind, _, mode = text.partition("/")
    return kind, mode or None


@cache
def load_cameo() -> Cameo:
    """Read CAMEO as it comes with dateline, once a process.

    Raises:
        DataError: the file breaks its schema.
    """
    path = Path(str(files("dateline.events.ontology").joinpath("data", "cameo.yaml")))
    item = read(path)
    codes = [_root(i) for i in item.items("roots")] + [_code(i) for i in item.items("codes")]
    known = {code.code: code for code in codes}
    if len(known) != len(codes):
        item.fail("a code stands twice")
    found = Cameo(
        version=item.text("version"),
        codes=dict(sorted(known.items())),
        defaults={act(key): _known(value, known) for key, value in item.pairs("defaults")},
        meant=dict(_meant(item.need("meant"), known)),
        appeal=frozenset(item.texts("appeal")),
        demand=frozenset(item.texts("demand")),
        candidates=_candidates(codes),
    )
    item.done()
    _check_defaults(found, path)
    return found


def _root(item: Item) -> CameoCode:
    found = CameoCode(
        code=item.text("code"),
        name=item.text("name"),
        goldstein=item.number("goldstein"),
        definition=item.text("definition"),
    )
    item.done()
    return found


def _code(item: Item) -> CameoCode:
    kind, mode = act(item.text("plover", ""))
    found = CameoCode(
        code=item.text("code"),
        name=item.text("name"),
        goldstein=item.number("goldstein") if item.get("goldstein") else None,
        definition=item.text("definition", ""),
        type=kind or None,
        mode=mode,
        contexts=item.texts("contexts"),
        nearest=item.maybe("nearest"),
        also=item.texts("also"),
        acts=item.texts("acts"),
        cues=frozenset(item.texts("cues")),
        cues_only=item.flag("cues_only"),
    )
    item.done()
    _check_code(item, found)
    return found


def _check_code(item: Item, code: CameoCode) -> None:
    plover = load()
    named = [*code.also, *code.acts, *([code.nearest] if code.nearest else [])]
    if code.type is not None:
        named.append(f"{code.type}/{code.mode}" if code.mode else code.type)
    for kind, mode in map(act, named):
        if kind not in plover.types or (mode and mode not in plover.types[kind].modes):
            item.fail(f"PLOVER has no {kind}{'/' + mode if mode else ''}")
    for context in code.contexts:
        if context not in plover.contexts:
            item.fail(f"no such context: {context!r}")


def _meant(item: Item, codes: Mapping[str, CameoCode]) -> Iterator[tuple[tuple[str, Act], str]]:
    for kind in item.mapping():
        for key, value in item.pairs(kind):
            yield (kind, act(key)), _known(value, codes)


def _known(item: Item, codes: Mapping[str, CameoCode]) -> str:
    if item.as_text() not in codes:
        item.fail(f"no such code: {item.as_text()!r}")
    return item.as_text()


def _candidates(codes: list[CameoCode]) -> Mapping[str, tuple[CameoCode, ...]]:
    found: dict[str, list[CameoCode]] = {}
    for code in sorted(codes, key=lambda c: c.code):
        for kind in dict.fromkeys(k for k, _ in _readings(code)):
            found.setdefault(kind, []).append(code)
    return {kind: tuple(list_) for kind, list_ in found.items()}


def _readings(code: CameoCode) -> tuple[Act, ...]:
    own = () if code.type is None else ((code.type, code.mode),)
    return (*own, *map(act, code.also))


def _check_defaults(cameo: Cameo, path: Path) -> None:
    for kind in load().types.values():
        for mode in (None, *kind.modes):
            if (kind.id, mode) not in cameo.defaults:
                raise DataError(f"{path}:1: no default code for {kind.id} with mode {mode}")


# -------------------------------------------------------------------- crosswalk


def cameo_for(
    type: str,
    mode: str | None = None,
    contexts: Collection[str] = (),
    cues: Collection[str] = (),
    *,
    meant: Act | None = None,
) -> str:
    """Return the CAMEO code of a PLOVER type and mode.

    The default of type and mode stands unless a neighbour is better
    supported: by lemmas in the clause (``cues``), by contexts, or by the act
    that is promised, demanded, refused or threatened (``meant``).

    Args:
        type: PLOVER type, as ``plover_reading`` gives it.
        mode: PLOVER mode.
        contexts: contexts of the event.
        cues: lemmas of the trigger, its arguments and modifiers, lower case.
        meant: type and mode of the act itself where ``type`` is only PLOVER's
            reading of it (``("AID", None)`` for an AGREE that is a planned aid).

    Raises:
        KeyError: no such PLOVER type.
    """
    cameo = load_cameo()
    words = frozenset(cues)
    if meant is not None and meant[0] == type:
        meant = None
    default = _default(cameo, type, mode, meant)
    ranked = [
        (rank, code.code == default, code.code)
        for code in cameo.candidates.get(type, ())
        if (rank := _rank(code, type, mode, frozenset(contexts), words, meant)) is not None
    ]
    # Best support first; then the default; then the longer, lower code.
    ranked.sort(key=lambda r: (r[0], r[1], len(r[2]), -int(r[2])))
    chosen = ranked[-1][2] if ranked else default
    return _appeal(chosen, words, cameo) if type == "REQUEST" else chosen


def _default(cameo: Cameo, type: str, mode: str | None, meant: Act | None) -> str:
    """Return the code of a type and mode, or of the act that is meant by it, without support."""
    if meant is not None:
        for wanted in (meant, (meant[0], None)):
            if (type, wanted) in cameo.meant:
                return cameo.meant[type, wanted]
    return cameo.defaults.get((type, mode)) or cameo.defaults[type, None]


def _rank(
    code: CameoCode,
    type: str,
    mode: str | None,
    contexts: frozenset[str],
    cues: frozenset[str],
    meant: Act | None,
) -> tuple[int, int, int, int] | None:
    """Return how well a code is supported: act meant, cues, contexts, mode; ``None``: not at all."""
    modes = [m for kind, m in _readings(code) if kind == type]
    if mode not in modes and None not in modes:
        return None
    acts = _acts(code, meant)
    hits = len(code.cues & cues)
    shared = 0 if code.cues_only and not hits else len(contexts.intersection(code.contexts))
    if acts is None or not (hits or shared or acts == 2):
        return None
    return acts, hits, shared, int(mode in modes)


def _acts(code: CameoCode, meant: Act | None) -> int | None:
    """Return 0 to 2 for how exactly a code names the act meant; ``None`` where it means another."""
    if not code.acts:
        return 0
    if meant is None:
        return None if code.type == "AGREE" and code.also else 0
    known = set(map(act, code.acts))
    if meant in known and meant[1] is not None:
        return 2
    return 1 if (meant[0], None) in known else None


def _appeal(code: str, cues: frozenset[str], cameo: Cameo) -> str:
    """Return the appeal (02) that matches a demand (10) where the words are those of an appeal."""
    polite = "02" + code[2:]
    soft = cues & cameo.appeal and not cues & cameo.demand
    return polite if soft and code[:2] == "10" and polite in cameo.codes else code


def plover_for(
    code: str, *, nearest: bool = False
) -> tuple[str, str | None, tuple[str, ...]] | None:
    """Return PLOVER type, mode and contexts of a CAMEO code.

    Args:
        code: two to four digits; a root reads as its general code (``14`` as ``140``).
        nearest: for codes that PLOVER dropped (roots 01 and 02), return the
            type that comes closest, where there is one.

    Returns:
        ``None`` where PLOVER codes nothing.

    Raises:
        KeyError: no such code.
    """
    codes = load_cameo().codes
    found = codes[code + "0" if len(code) == 2 and code in codes else code]
    if found.type is not None:
        return found.type, found.mode, found.contexts
    if nearest and found.nearest is not None:
        return (*act(found.nearest), found.contexts)
    return None


def goldstein(code: str) -> float | None:
    """Return the Goldstein score of a CAMEO code; ``None`` where the source has none.

    Raises:
        KeyError: no such code.
    """
    return load_cameo().codes[code].goldstein


def gdelt_quad(code: str) -> int:
    """Return GDELT's quad class of a CAMEO code: 1 to 4 as in ``Event.quad``.

    Raises:
        KeyError: no such code.
    """
    return load_cameo().codes[code].quad
