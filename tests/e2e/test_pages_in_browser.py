"""The pages in a real browser: Debian's Chromium, without a network, at the width of a phone and of a desk.

Without Chromium these tests are deselected and the run says so; none of them can then pass.
"""

import html
import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import pages
from pipeline.pages.edition import edition_of
from tests import page_samples as samples
from tests.judges.pages import EVERY_BLOCK, SITE

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --force-prefers-reduced-motion --virtual-time-budget=20000"
WIDTHS = (390, 1280)
PAGES = {
    "article": lambda: pages.article(samples.piece()),
    "whole article": lambda: pages.article(samples.ready(samples.reference(0)), SITE),
    "every block": lambda: pages.published(every_block(), SITE),
    "report": lambda: pages.report(samples.piece()),
    "reference": lambda: pages.report(samples.reference(0)),
    "index": lambda: "".join(pages.index(samples.entries())),
    "many in the list": lambda: "".join(pages.index(samples.many_entries(450))),
    "hostile article": lambda: pages.article(samples.hostile_piece()),
    "hostile report": lambda: pages.report(samples.hostile_piece()),
    "hostile index": lambda: "".join(pages.index(samples.hostile_entries())),
}
"""Made when they are looked at: whoever only collects the tests would make them too."""
WITHOUT_SCRIPTS = {(name, 390) for name in ("reference", "index", "many in the list")}
# The probe stands outside the page, so that the page is looked at as it is; what it finds is printed as JSON.
PROBE = """
const found = {};
async function look(frame) {
  const page = frame.contentDocument, all = (css) => [...page.querySelectorAll(css)];
  const result = found[frame.name] = {
    width: frame.contentWindow.innerWidth,
    needed: page.documentElement.scrollWidth,
    hacked: frame.contentWindow.hacked !== undefined || window.hacked !== undefined,
    tops: [".written", ".sources"].map((css) => page.querySelector(css)?.getBoundingClientRect().top),
    form: all("form:not([hidden])").length,
    rows: all("tbody tr").length,
    panels: all(".panel:not([hidden]), .how:not([hidden])").length,
    notes: all(".notes a[href^='#t']").length,
  };
  if (frame.name.includes("without policy")) return;
  if (frame.name.startsWith("index") && result.form) {
    const words = all("thead button")[2];
    words.click();
    result.ascending = all("tbody tr").map((row) => Number(row.cells[2].dataset.sort));
    words.click();
    result.descending = all("tbody tr").map((row) => Number(row.cells[2].dataset.sort));
    result.sorted = words.parentElement.getAttribute("aria-sort");
    page.getElementById("text").value = "ELARGIR";
    page.getElementById("text").dispatchEvent(new Event("input"));
    result.filtered = all("tbody tr:not([hidden])").length;
    result.status = page.getElementById("shown").textContent;
  }
  if (frame.name.startsWith("many") && result.form) {
    const more = page.querySelector(".more"), rows = () => all("tbody tr").filter((row) => row.checkVisibility()).length;
    result.steps = [rows()];
    more.focus();
    more.click();
    result.steps.push(rows());
    result.focused = [...page.querySelectorAll("tbody tr")].indexOf(page.activeElement.closest("tr"));
    more.click();
    result.steps.push(rows());
    result.left = !more.hidden;
    all("thead button")[2].click();
    result.sorted = page.querySelector("tbody td.number").textContent;
    result.status = page.getElementById("shown").textContent;
    frame.contentWindow.dispatchEvent(new Event("beforeprint"));
    result.printedRows = rows();
    frame.contentWindow.dispatchEvent(new Event("afterprint"));
  } else if (frame.name.startsWith("many")) {
    result.seen = all("tbody tr").filter((row) => row.checkVisibility()).length;
  }
  if (frame.name.startsWith("report")) {
    page.querySelector("#m1").dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
    result.lit = all(".lit").map((element) => element.id || element.textContent);
  }
  if (frame.name.startsWith("reference") && !frame.sandbox.length) await ask(frame, page, all, result);
  if (frame.name.startsWith("reference")) result.printed = print(page, all);
}
async function ask(frame, page, all, result) {
  const ids = (css) => all(css).map((element) => element.id);
  const press = (key) =>
    page.querySelector(".chosen").dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  // The one whose strongest carrier stands furthest down in the sources.
  const strongest = (sentence) => Number(sentence.dataset.t.split(" ")[0]);
  const front = page.querySelector(".front");
  result.folded = !front.open && page.querySelector(".written .s[tabindex='0']").checkVisibility();
  const last = all(".s.full[id]").filter((s) => s.checkVisibility()).sort((a, b) => strongest(b) - strongest(a))[0];
  const pane = page.querySelector(".sources"), panel = page.querySelector(".panel");
  result.stops = all(".written .s[tabindex='0'], .written .fact[tabindex='0'], .written .notes a[tabindex='0']").length;
  last.scrollIntoView({ block: "center" });
  const before = frame.contentWindow.scrollY;
  last.click();
  const seen = page.getElementById("t" + strongest(last)).getBoundingClientRect(), box = pane.getBoundingClientRect();
  result.clicked = { on: ids(".t.on"), wanted: last.dataset.t.split(" ").map((t) => "t" + t).sort() };
  result.clicked.on.sort();
  result.moved = frame.contentWindow.scrollY - before;
  result.inside = seen.top >= Math.max(box.top, 0) && seen.bottom <= Math.min(box.bottom, frame.contentWindow.innerHeight);
  result.panel = {
    display: frame.contentWindow.getComputedStyle(panel).position,
    bottom: panel.getBoundingClientRect().bottom,
    covers: last.getBoundingClientRect().bottom > panel.getBoundingClientRect().top,
    says: panel.querySelector("p").textContent,
    words: panel.querySelector("li").textContent,
  };
  press("Escape");
  const [first, second] = all(".s[id]");
  first.click();
  press("ArrowRight");
  result.next = page.querySelector(".chosen").id === second.id && page.activeElement === second;
  press("ArrowUp");
  result.previous = page.querySelector(".chosen").id === first.id;
  press("End");
  press("ArrowDown");
  result.end = page.querySelector(".chosen").id === all(".s[id]").at(-1).id;
  press("Home");
  result.unfolded = front.open;
  press("Enter");
  result.entered = all(".exact, .t.on").length > 0;
  press("Escape");
  result.escaped = all(".chosen, .on, .exact").length;
  const source = page.getElementById(result.clicked.on[0]);
  source.click();
  result.carries = ids(".s.on").includes(last.id);
  press("Escape");
  const idle = page.querySelector(".t.unused");
  idle.click();
  result.idle = panel.querySelector("p").textContent;
  press("Escape");
  first.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
  await new Promise((done) => setTimeout(done, 300));
  result.hovered = ids(".t.on").length;
  press("Escape");
  const fact = page.querySelector(".s .fact");
  fact.click();
  result.exact = all(".exact").map((element) => element.textContent).join("");
  result.fact = fact.textContent;
  press("Escape");
}
// What paper would get: the rules for print put to work on the screen.
function print(page, all) {
  for (const sheet of page.styleSheets) for (const rule of sheet.cssRules) {
    if (rule.media?.mediaText === "print") rule.media.mediaText = "screen";
  }
  const style = (css) => page.querySelector(css) && page.defaultView.getComputedStyle(page.querySelector(css));
  return { panel: style(".panel")?.display, pane: style(".sources")?.position, notes: style(".notes")?.display, width: page.documentElement.scrollWidth };
}
addEventListener("load", async () => {
  try {
    for (const frame of document.querySelectorAll("iframe")) await look(frame);
  } catch (error) {
    found.error = error.stack;
  }
  const output = document.createElement("output");
  output.textContent = JSON.stringify(found);
  document.body.replaceChildren(output);
});
"""


class Deselect:
    """Takes the tests of this file out of a run that has no Chromium, and says so at the end."""

    left_out = 0

    def pytest_collection_modifyitems(self, config, items):
        mine = [item for item in items if item.path == Path(__file__)]
        items[:] = [item for item in items if item not in mine]
        config.hook.pytest_deselected(items=mine)
        self.left_out = len(mine)

    def pytest_terminal_summary(self, terminalreporter):
        terminalreporter.write_line(
            f"NOT TESTED: {self.left_out} tests of the pages in a browser; install chromium", red=True
        )


def pytest_generate_tests(metafunc):
    plugins = metafunc.config.pluginmanager
    if CHROMIUM is None and not plugins.has_plugin("no-chromium"):
        plugins.register(Deselect(), "no-chromium")


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What the probe saw of every page, at each width, with scripts allowed by the page's own policy and without."""
    folder = tmp_path_factory.mktemp("browser")
    kinds = {"": "", " without policy": "", " without scripts": 'sandbox="allow-same-origin"'}
    frames = [
        f'<iframe name="{name}{kind} {width}" {sandbox} style="width:{width}px;height:900px;border:0" srcdoc="{html.escape(without_policy(page) if "policy" in kind else page)}"></iframe>'
        for name, page in ((name, make()) for name, make in PAGES.items())
        for kind, sandbox in kinds.items()
        for width in WIDTHS
        if not sandbox or (name, width) in WITHOUT_SCRIPTS
    ]
    file = folder / "probe.html"
    file.write_text(f"<!doctype html><meta charset=utf-8><script>{PROBE}</script><body>{''.join(frames)}")
    command = [CHROMIUM, *FLAGS.split(), f"--user-data-dir={folder / 'profile'}", "--dump-dom", file.as_uri()]
    dom = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    seen = json.loads(html.unescape(dom.partition("<output>")[2].partition("</output>")[0]))
    assert "error" not in seen, seen["error"]
    return seen


def every_block():
    return replace(edition_of(samples.ready(samples.piece())), markdown=EVERY_BLOCK)


def without_policy(page: str) -> str:
    """Without its policy a page has only its escaping to rely on."""
    return page.replace("Content-Security-Policy", "x-nothing")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_the_screen_whatever_stands_on_it(found, name, width):
    seen = found[f"{name} {width}"]
    assert seen["width"] == width
    assert seen["needed"] <= width


@pytest.mark.parametrize("kind", ["", " without policy"])
@pytest.mark.parametrize("name", PAGES)
def test_no_text_of_a_piece_is_ever_executed(found, name, kind):
    assert not any(found[f"{name}{kind} {width}"]["hacked"] for width in WIDTHS)


def test_the_piece_stands_beside_its_source_on_a_desk_and_above_it_on_a_phone(found):
    piece, source = found["report 1280"]["tops"]
    assert source < piece
    piece, source = found["report 390"]["tops"]
    assert source > piece + 900


def test_pointing_at_a_mark_lights_up_its_finding(found):
    lit = found["report 1280"]["lit"]
    assert "f1" in lit
    assert "146 000 euros" in lit
    assert "f3" not in lit


@pytest.mark.parametrize("width", WIDTHS)
def test_a_click_on_a_sentence_marks_what_carries_it(found, width):
    seen = found[f"reference {width}"]
    assert seen["clicked"]["on"] == seen["clicked"]["wanted"]
    assert seen["panel"]["says"].endswith("is carried by")


def test_the_evidence_is_scrolled_into_view_in_its_own_pane(found):
    seen = found["reference 1280"]
    assert seen["inside"]
    assert seen["moved"] == 0


def test_on_a_phone_the_evidence_opens_at_the_foot_of_the_screen(found):
    panel = found["reference 390"]["panel"]
    assert panel["display"] == "fixed"
    assert panel["bottom"] == 900
    assert not panel["covers"]
    assert len(panel["words"]) > 40


@pytest.mark.parametrize("width", WIDTHS)
def test_the_keyboard_goes_from_sentence_to_sentence(found, width):
    seen = found[f"reference {width}"]
    assert seen["stops"] == 1
    assert seen["next"]
    assert seen["previous"]
    assert seen["end"]
    assert seen["entered"]
    assert seen["folded"]
    assert seen["unfolded"]
    assert seen["escaped"] == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_a_sentence_of_the_source_shows_what_it_carries(found, width):
    seen = found[f"reference {width}"]
    assert seen["carries"]
    assert seen["idle"].endswith("is not used by the piece.")


def test_pointing_at_a_sentence_marks_its_evidence(found):
    assert found["reference 1280"]["hovered"] > 0


def test_a_fact_shows_its_exact_place_in_the_source(found):
    seen = found["reference 1280"]
    assert seen["exact"] == seen["fact"]


@pytest.mark.parametrize("width", WIDTHS)
def test_on_paper_the_notes_stay_and_what_needs_a_pointer_goes(found, width):
    printed = found[f"reference {width}"]["printed"]
    assert printed == {"panel": "none", "pane": "static", "notes": "inline-block", "width": printed["width"]}
    assert printed["width"] <= width


def test_without_scripts_the_notes_lead_to_the_source_and_no_panel_is_in_the_way(found):
    seen = found["reference without scripts 390"]
    assert seen["panels"] == 0
    assert seen["notes"] > 20


def test_the_index_can_be_sorted_and_filtered(found):
    seen = found["index 1280"]
    assert seen["ascending"] == [0, 101, 812]
    assert seen["descending"] == [812, 101, 0]
    assert seen["sorted"] == "descending"
    assert seen["filtered"] == 1
    assert seen["status"] == "1 of 3 pieces"


def test_the_index_without_scripts_shows_every_piece_and_no_dead_control(found):
    seen = found["index without scripts 390"]
    assert seen["rows"] == 3
    assert seen["form"] == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_a_long_list_shows_so_many_pieces_at_a_time_and_all_of_them_on_paper(found, width):
    seen = found[f"many in the list {width}"]
    assert seen["steps"] == [200, 400, 450]
    assert seen["focused"] == 200
    assert not seen["left"]
    assert seen["sorted"] == "600"
    assert seen["status"] == "450 of 450 pieces, the first 200 shown"
    assert seen["printedRows"] == 450


def test_a_long_list_without_scripts_is_whole(found):
    assert found["many in the list without scripts 390"]["seen"] == 450
