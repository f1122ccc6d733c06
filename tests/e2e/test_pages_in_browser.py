"""The pages in a real browser: Debian's Chromium, without a network, at the width of a phone and of a desk.

Without Chromium these tests are deselected and the run says so; none of them can then pass.
"""

import html
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline import pages
from tests import page_samples as samples

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
WIDTHS = (390, 1280)
PAGES = {
    "article": pages.article(samples.piece()),
    "report": pages.report(samples.piece()),
    "index": pages.index(samples.entries()),
    "hostile article": pages.article(samples.hostile_piece()),
    "hostile report": pages.report(samples.hostile_piece()),
    "hostile index": pages.index(samples.hostile_entries()),
}
# The probe stands outside the page, so that the page is looked at as it is; what it finds is printed as JSON.
PROBE = """
const found = {};
function look(frame) {
  const page = frame.contentDocument, all = (css) => [...page.querySelectorAll(css)];
  const result = found[frame.name] = {
    width: frame.contentWindow.innerWidth,
    needed: page.documentElement.scrollWidth,
    hacked: frame.contentWindow.hacked !== undefined || window.hacked !== undefined,
    tops: [".written", ".sources"].map((css) => page.querySelector(css)?.getBoundingClientRect().top),
    form: all("form:not([hidden])").length,
    rows: all("tbody tr").length,
  };
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
  if (frame.name.startsWith("report")) {
    page.querySelector("#m1").dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
    result.lit = all(".lit").map((element) => element.id || element.textContent);
  }
}
addEventListener("load", () => {
  document.querySelectorAll("iframe").forEach(look);
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
        for name, page in PAGES.items()
        for kind, sandbox in kinds.items()
        for width in WIDTHS
    ]
    file = folder / "probe.html"
    file.write_text(f"<!doctype html><meta charset=utf-8><script>{PROBE}</script><body>{''.join(frames)}")
    command = [CHROMIUM, *FLAGS.split(), f"--user-data-dir={folder / 'profile'}", "--dump-dom", file.as_uri()]
    dom = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    return json.loads(html.unescape(dom.partition("<output>")[2].partition("</output>")[0]))


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


def test_the_index_can_be_sorted_and_filtered(found):
    seen = found["index 1280"]
    assert seen["ascending"] == [0, 101, 812]
    assert seen["descending"] == [812, 101, 0]
    assert seen["sorted"] == "descending"
    assert seen["filtered"] == 1
    assert seen["status"] == "1 of 3 shown"


def test_the_index_without_scripts_shows_every_piece_and_no_dead_control(found):
    seen = found["index without scripts 390"]
    assert seen["rows"] == 3
    assert seen["form"] == 0
