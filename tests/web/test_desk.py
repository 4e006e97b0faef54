"""The web app in Chromium, on an archive of SQLite and of PostgreSQL: what a reader does with it."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dateline import Coder
from dateline.archive import Archive
from dateline.batch import read_coded
from dateline.records import DateBasis, Report
from dateline.server.static import FOLDER
from dateline.server.users import Role, put_user
from tests.conftest import ENGINES, address

ROOT = Path(__file__).parents[2]
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
SHOTS = ROOT / "shots"
CHROMIUM = shutil.which("chromium")
REASON = "the web app is not built, or Chromium is missing; see `make test-web`"
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and (FOLDER / "index.html").exists() and AXE.exists()), reason=REASON
)
HOSTILE = (
    "<script>document.title='owned'</script> <img src=x onerror=\"document.title='owned'\"> "
    "\u202eRebels attacked a village near Gao on Monday, <b>officials</b> said. "
)
LONG = (
    "Fernverkehrsstrassenbaubehoerdenvorsteher" * 4
    + " \u0627\u0644\u062d\u0643\u0648\u0645\u0629 \u062a\u0639\u0644\u0646"
)
DRAWING = ("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
"""Chromium draws WebGL without a graphics card."""
NOISE = ("404", "422", "GPU stall")
"""What a console may say."""
PAGES = {
    "overview": "/", "reports": "/reports", "reader": "/reports/r1", "events": "/events",
    "map": "/map", "timeline": "/timeline", "network": "/network", "merged": "/merged",
    "stories": "/stories", "commitments": "/commitments", "statements": "/statements",
    "actors": "/actors", "actor": "/actors/DEU", "places": "/places", "search": "/search?q=village",
    "compare": "/compare?a=r1&b=r2", "review": "/review", "paste": "/paste", "missing": "/nothing",
}  # fmt: skip


def reports() -> list[Any]:
    """Return coded reports: those of the export layouts, and one that means harm."""
    found = list(read_coded(ROOT / "tests" / "data" / "export" / "coded.jsonl"))
    report = Report(
        id="hostile", text=HOSTILE * 3, title=HOSTILE, url="javascript:alert(1)",
        publisher="<script>x</script>", published="2023-03-22", published_basis=DateBasis.GIVEN,
    )  # fmt: skip
    long = replace(
        found[0].report, id="long", url=None, title=LONG, publisher="\u0635\u062d\u064a\u0641\u0629 " + "Gazette" * 9
    )  # fmt: skip
    return [*found, replace(found[0], report=long), replace(Coder().code(report), report=report)]


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def serving(where: str, *more: str) -> Iterator[str]:
    """Serve an archive; give the address of the desk."""
    port = free_port()
    words = [sys.executable, "-m", "dateline", "serve", where, "--port", str(port), *more]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        base = f"http://127.0.0.1:{port}"
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{base}/health.json", timeout=2).close()
                break
            except OSError:
                time.sleep(0.2)
        yield base
        server.terminate()


@pytest.fixture(scope="module", params=ENGINES)
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve an archive; return the address of the desk."""
    where = address(request, tmp_path_factory.mktemp("desk"))
    with Archive(where, create=True) as archive:
        archive.add_all(reports())
        archive.merge()
    with serving(where) as base:
        yield base


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return a browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", *DRAWING])
        yield found
        found.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """Return a page on which nothing may go wrong: no error, no breach of the policy."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    found = context.new_page()
    wrong: list[str] = []
    found.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    found.on("pageerror", lambda e: wrong.append(str(e)))
    found.wrong = wrong
    yield found
    context.close()
    assert [one for one in wrong if not any(known in one for known in NOISE)] == []


def until(page: Any, holds: str, arg: Any = None) -> None:
    """Wait until a function in the page returns true.

    `wait_for_function` evaluates text inside the page from its second look on, which the policy of the
    desk forbids.
    """
    end = time.monotonic() + 60
    while not page.evaluate(holds, arg):
        assert time.monotonic() < end, holds
        page.wait_for_timeout(50)


def settle(page: Any, url: str) -> None:
    """Go to an address and wait until nothing loads any more."""
    page.goto(url, wait_until="networkidle")
    until(
        page,
        "() => !!document.querySelector('main :is(h1, [role=alert])')"
        " && !document.querySelector('.traffic.on')"
        " && !document.querySelector('main').innerText.includes('Loading')",
    )


ONE_OF = {
    "story": "/stories",
    "merged event": "/merged",
    "commitment": "/commitments",
    "place": "/places",
}
"""Pages of a record, of which the first of a list is opened."""


def address_of(desk: str, name: str) -> str:
    """Return the address of a page."""
    if name in PAGES:
        return desk + PAGES[name]
    with urllib.request.urlopen(f"{desk}{ONE_OF[name]}.json?limit=1") as answer:
        first = json.load(answer)["items"][0]
    part = first.get("key") or first.get("id") or first["geonameid"]
    return f"{desk}{ONE_OF[name]}/{part}"


@pytest.mark.parametrize("name", [*PAGES, *ONE_OF])
def test_every_page_opens_and_everybody_can_use_it(desk: str, page: Any, name: str) -> None:
    settle(page, address_of(desk, name))
    assert page.title().endswith("dateline")
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for theme in ("light", "dark"):
        page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
        found = page.evaluate(
            "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"
        )
        shown = [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found["violations"]]
        assert shown == [], theme
    page.set_viewport_size({"width": 390, "height": 844})
    until(page, "() => document.documentElement.scrollWidth <= 390")  # charts follow a frame later
    page.screenshot(path=SHOTS / f"{name}-phone.png")


def test_table_map_timeline_and_network_share_the_filter(desk: str, page: Any) -> None:
    settle(page, f"{desk}/events?type=ASSAULT&country=MLI")
    assert page.locator("tbody tr").count() >= 2
    for view in ("Map", "Timeline", "Network"):
        page.get_by_role("link", name=view, exact=True).first.click()
        page.wait_for_load_state("networkidle")
        assert "type=ASSAULT" in page.url and "country=MLI" in page.url
    page.get_by_role("button", name="Remove Type ASSAULT").click()
    assert "type=" not in page.url


def test_the_map_is_drawn_and_a_place_shows_its_events(desk: str, page: Any) -> None:
    settle(page, f"{desk}/map")
    page.locator(".frame .wait").wait_for(state="detached", timeout=60_000)
    assert page.locator("canvas.maplibregl-canvas").count() == 1
    page.get_by_role("button", name="Gao").first.focus()
    page.keyboard.press("Enter")
    side = page.get_by_role("region", name="Places")
    side.get_by_text("ASSAULT").first.wait_for()
    assert "at=" in page.url
    side.get_by_role("button", name="Only here").click()
    page.wait_for_url("**/map?place=*")


def test_without_webgl_the_list_stands_for_the_map(desk: str, browser: Any) -> None:
    context = browser.new_context()
    context.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    found = context.new_page()
    settle(found, f"{desk}/map")
    assert "no WebGL" in found.get_by_role("alert").inner_text()
    assert found.get_by_role("button", name="Gao").count() > 0
    context.close()


def test_a_stretch_of_time_is_chosen_by_dragging_and_by_keyboard(desk: str, page: Any) -> None:
    settle(page, f"{desk}/timeline?bucket=day")
    box = page.get_by_role("img", name="Events per period").bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 0.4 * box["width"], middle)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.8 * box["width"], middle, steps=4)
    page.mouse.up()
    page.wait_for_url("**from=*to=*")
    chosen = page.url
    page.get_by_role("slider", name="Start of the stretch").press("ArrowLeft")
    until(page, "was => location.href !== was", chosen)
    page.get_by_role("button", name="Make it the filter").click()
    page.wait_for_url("**since=*")
    assert "from=" not in page.url


def test_words_and_records_find_each_other(desk: str, page: Any) -> None:
    settle(page, f"{desk}/reports/r1")
    page.locator("article .c-events", has_text="killed").first.click()
    assert "rec=" in page.url
    chosen = page.locator("aside li.on")
    assert "ASSAULT" in chosen.inner_text()
    chosen.get_by_text("Why", exact=True).click()
    assert chosen.locator("code").count() > 0
    page.keyboard.press("Escape")
    assert "rec=" not in page.url


def test_a_coder_accepts_and_takes_back_by_keyboard(desk: str, page: Any) -> None:
    settle(page, f"{desk}/review")
    page.get_by_text("1 of ").first.wait_for()
    page.keyboard.press("a")
    page.get_by_text("Recorded: accept.").wait_for()
    page.get_by_text("2 of ").first.wait_for()
    page.keyboard.press("u")
    page.get_by_text("Undone.").wait_for()
    page.get_by_text("1 of ").first.wait_for()
    page.keyboard.press("x")
    page.get_by_text("Recorded: reject.").wait_for()
    for _ in range(3):
        page.keyboard.press("j")
    page.get_by_text("5 of ").first.wait_for()
    page.keyboard.press("u")  # back to what was judged, wherever one stands
    page.get_by_text("Undone.").wait_for()
    page.get_by_text("1 of ").first.wait_for()


def test_a_verdict_on_a_commitment_is_taken_back(desk: str, page: Any) -> None:
    settle(page, address_of(desk, "commitment"))
    page.get_by_role("button", name="Kept").click()
    page.get_by_role("button", name="Take back").click()
    page.get_by_text("Taken back").wait_for()
    page.get_by_text("Nobody has judged it.").wait_for()


@pytest.mark.parametrize("name", ["reader", "story", "actor"])
def test_a_page_prints_without_the_screen_around_it(desk: str, page: Any, name: str) -> None:
    settle(page, address_of(desk, name))
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation", name="Main").is_visible()
    assert not page.get_by_role("button", name="Print").is_visible()
    ink, paper = page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    )
    assert (ink, paper) == ("rgb(0, 0, 0)", "rgb(255, 255, 255)")
    SHOTS.mkdir(exist_ok=True)
    printed = page.pdf(path=SHOTS / f"{name}.pdf", format="A4")
    assert printed.startswith(b"%PDF")
    page.set_viewport_size({"width": 720, "height": 1000})  # A4 within its margins
    until(page, "() => document.documentElement.scrollWidth <= 720")


def test_a_button_in_focus_answers_enter_and_letters_can_be_switched_off(
    desk: str, page: Any
) -> None:
    settle(page, f"{desk}/events")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className").startswith("skip")
    page.keyboard.press("Enter")
    until(page, "() => document.activeElement.id === 'page'")
    page.get_by_role("button", name="Filter", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Filter", exact=True).and_(
        page.locator("[aria-expanded=true]")
    ).wait_for()
    page.keyboard.press("?")
    page.get_by_role("checkbox", name="Single keys are shortcuts").uncheck()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    page.keyboard.press("g")
    page.keyboard.press("r")
    page.wait_for_timeout(300)
    assert "/reports" not in page.url


def test_long_words_and_other_scripts_stay_inside(desk: str, page: Any) -> None:
    for path in ("/", "/reports", "/reports/long", "/stories", "/statements"):
        settle(page, desk + path)
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 844})
            until(page, "wide => document.documentElement.scrollWidth <= wide", width)
        wide = "e => e.scrollWidth > e.clientWidth + 1"
        assert page.locator("section.sheet").evaluate_all(f"all => all.filter({wide}).length") == 0


def test_a_desk_that_stops_answering_says_so(desk: str, page: Any) -> None:
    settle(page, f"{desk}/events")
    page.route("**/*.json*", lambda route: route.abort())
    page.get_by_role("link", name="Reports", exact=True).click()
    alert = page.get_by_role("alert").first
    alert.wait_for()
    assert "does not answer" in alert.inner_text()
    page.unroute("**/*.json*")
    alert.get_by_role("button", name="Try again").click()
    page.locator("tbody tr").first.wait_for()
    page.wrong[:] = [one for one in page.wrong if "ERR_FAILED" not in one]


def test_what_is_merged_is_chosen_from_events_alike(desk: str, page: Any) -> None:
    settle(page, f"{desk}/review")
    page.keyboard.press("m")
    page.get_by_label("The same as event").first.wait_for()
    page.get_by_text("Loading").wait_for(state="detached")
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    page.get_by_role("combobox", name="Correct Type").wait_for()
    page.get_by_role("button", name="Cancel").click()


def test_the_network_is_shown_month_by_month(desk: str, page: Any) -> None:
    settle(page, f"{desk}/network")
    slider = page.get_by_role("slider", name="Month shown")
    if slider.count():
        slider.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_url("**month=*")


def test_deadlines_and_counts_choose_a_stretch(desk: str, page: Any) -> None:
    settle(page, f"{desk}/commitments")
    bar = page.get_by_role("group", name="Deadlines by month").get_by_role("button").first
    bar.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**due_after=*")
    settle(page, f"{desk}/events?bucket=day")
    page.get_by_role("slider", name="Start of the stretch").press("ArrowRight")
    page.wait_for_url("**since=*")


def test_statements_are_narrowed_to_a_topic(desk: str, page: Any) -> None:
    settle(page, f"{desk}/statements")
    page.locator("aside input[type=checkbox]").first.check()
    page.wait_for_url("**context=*")


def test_a_pasted_text_is_coded(desk: str, page: Any) -> None:
    settle(page, f"{desk}/paste")
    page.locator("textarea").fill("Police arrested 12 protesters in Cairo on Monday.")
    page.get_by_role("button", name="Code it").click()
    page.locator("article .c-events", has_text="arrested").wait_for(timeout=60_000)
    assert "COERCE" in page.locator("aside").inner_text()


def test_hostile_text_is_inert(desk: str, page: Any) -> None:
    settle(page, f"{desk}/reports/hostile")
    assert "owned" not in page.title()
    assert page.locator("article script, article img").count() == 0
    assert "<script>" in page.locator("article").inner_text()
    assert page.locator("a[href^='javascript']").count() == 0


def test_the_keyboard_reaches_the_pages(desk: str, page: Any) -> None:
    settle(page, desk)
    page.keyboard.press("g")
    page.keyboard.press("e")
    page.wait_for_url("**/events")
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()


def test_under_a_path_of_a_proxy_every_link_and_file_stays_there(
    browser: Any, tmp_path: Path
) -> None:
    where = str(tmp_path / "under.dateline")
    with Archive(where, create=True) as archive:
        archive.add_all(reports()[:3])
    with serving(where, "--root-path", "/news/desk") as base:
        context = browser.new_context()
        found = context.new_page()
        asked: list[str] = []
        found.on("request", lambda request: asked.append(request.url))
        settle(found, f"{base}/news/desk")
        found.get_by_role("link", name="Reports", exact=True).click()
        found.locator("tbody a").first.click()
        found.locator("article .c-events").first.wait_for()
        found.reload()
        found.locator("article .c-events").first.click()
        assert "/news/desk/reports/" in found.url
        settle(found, f"{base}/news/desk/map")
        links = found.evaluate(
            "[...document.querySelectorAll('a')].map(a => a.getAttribute('href'))"
        )
        assert {link for link in links if not link.startswith("/news/desk")} <= {"#page"}
        outside = [
            url for url in asked if not url.startswith((f"{base}/news/desk", "blob:", "data:"))
        ]
        assert outside == []
        context.close()


@pytest.fixture(autouse=True, scope="session")
def _needed_in_ci() -> None:
    """A machine that checks every change has what these tests need."""
    if os.environ.get("CI"):
        assert CHROMIUM and (FOLDER / "index.html").exists(), REASON


def test_one_logs_in_by_name_judges_and_logs_out(tmp_path: Path, page: Any) -> None:
    where, users = str(tmp_path / "news.dateline"), tmp_path / "users.toml"
    put_user(users, "ana", Role.CODER, "correct horse battery")
    with Archive(where, create=True) as archive:
        archive.add_all(reports()[:2])
    with serving(where, "--users", str(users)) as base:
        settle(page, f"{base}/events")
        assert page.inner_text("main h1") == "Log in"
        name, password, _ = page.query_selector_all("main input")
        name.fill("ana")
        password.fill("wrong horse battery")
        password.press("Enter")
        page.wait_for_selector("[role=alert]")
        password.fill("correct horse battery")
        password.press("Enter")
        page.wait_for_selector("main h1:has-text('Events')")
        page.wait_for_selector("main table tbody tr")
        settle(page, f"{base}/review")
        page.keyboard.press("a")
        page.wait_for_selector(".undo:not([disabled]), button:has-text('Undo'):not([disabled])")
        page.click("button:has-text('Log out')")
        page.wait_for_selector("main h1:has-text('Log in')")
        page.wrong[:] = [one for one in page.wrong if "401" not in one]
