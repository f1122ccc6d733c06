import json
import re
import subprocess
import sys
import tracemalloc
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline import pages
from pipeline.model import Acknowledgement, Carried, CheckResult, Evidence, FactLink, Finding, NotRun, Place
from pipeline.pages.marks import marked_blocks
from pipeline.pages.render import rendered
from pipeline.pages.sources import grid, marked_sources
from pipeline.text.web_address import web_address
from tests import page_samples as samples
from tests.golden_files import check_golden

MADE: dict[str, Callable[[], str]] = {
    "article.html": lambda: pages.article(samples.piece()),
    "article-ready.html": lambda: pages.article(samples.ready(samples.piece())),
    "report.html": lambda: pages.report(samples.piece()),
    "report-ready.html": lambda: pages.report(samples.ready(samples.piece())),
    "index.html": lambda: "".join(pages.index(samples.entries())),
    "index-empty.html": lambda: "".join(pages.index([])),
    "hostile article": lambda: pages.article(samples.hostile_piece()),
    "hostile report": lambda: pages.report(samples.hostile_piece()),
    "hostile index": lambda: "".join(pages.index(samples.hostile_entries())),
} | {f"reference report {n}": lambda n=n: pages.report(samples.reference(n)) for n in range(5)}
PAGES = {name: cache(make) for name, make in MADE.items()}
"""Each made when it is first looked at, and once."""
# Pieces of Markdown and of attacks on it: random letters alone would hardly ever form either.
MARKDOWN = st.lists(
    st.sampled_from(
        ["# ", "## ", "- ", "1. ", "> ", "| a | b |\n|---|---|\n", "```", "---\n", "\n", "\n\n", "    ", "\r\n", "\t", "*", "`", "é", "mot ", "&amp;", "\\", "<b>", "[x](", "![x](", ")", "javascript:", "https://a.example/", "data:,", "mailto:a@b.example", "<https://", ">", "[r]: ", "\x00", "\u202e", "\ud800"]
    )
    | st.text(max_size=5),
    max_size=30,
).map("".join)  # fmt: skip


def soup(html: str) -> Any:
    return BeautifulSoup(html, "lxml")


@pytest.mark.parametrize("name", [name for name in PAGES if name.endswith(".html")])
def test_a_page_is_the_one_that_was_looked_at(name):
    check_golden(f"pages/{name}", PAGES[name]())


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_can_be_written_as_utf8_and_fetches_nothing(page):
    html = page()
    html.encode()
    tree = soup(html)
    assert not tree.select("link, iframe, object, embed, base, [style*=url], script[src]")
    assert "url(" not in "".join(s.text for s in tree.select("style"))
    assert "default-src 'none'" in tree.select_one("meta[http-equiv=Content-Security-Policy]")["content"]


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_every_id_stands_once_and_every_link_inside_the_page_leads_somewhere(page):
    tree = soup(page())
    ids = Counter(e["id"] for e in tree.select("[id]"))
    assert not [i for i, n in ids.items() if n > 1 or not i or re.search(r"\s", i)]
    assert {a["href"][1:] for a in tree.select("a[href^='#']")} <= set(ids)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_headings_begin_with_one_h1_and_skip_no_level(page):
    levels = [int(h.name[1]) for h in soup(page()).find_all(re.compile("^h[1-6]$"))]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize(
    "page", [PAGES[n] for n in PAGES if "hostile" in n], ids=["article", "report", "index"]
)
def test_no_text_becomes_markup(page):
    tree = soup(page())
    scripts = [
        s for s in tree.select("script") if s.get("type") not in ("application/ld+json", "application/json")
    ]
    assert all("hacked" not in s.text for s in scripts)
    assert len(scripts) <= 1
    assert not tree.select("img, svg:not(.map), .map :not(path), textarea, [onerror], [onload]")
    assert "49" not in tree.h1.text
    for link in tree.select("[href]"):
        assert re.match(r"https?://|mailto:|#|\./|article\.html$", link["href"]), link["href"]


def test_what_turns_the_reading_order_around_is_shown_as_a_replacement_sign():
    for page in PAGES.values():
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page())
    assert "\ufffd\ufffdrenversé" in PAGES["hostile article"]()


@pytest.mark.parametrize("page", ["article.html", "hostile article"])
def test_the_structured_data_say_what_the_page_says(page):
    piece = samples.piece() if page == "article.html" else samples.hostile_piece()
    html = PAGES[page]()
    written = soup(html).select_one("script[type='application/ld+json']").text
    assert not re.search("[<>&]", written)
    data = json.loads(written)
    shown = [t["datetime"] for t in soup(html).select("time")]
    assert [data["datePublished"], data["dateModified"]] == shown == ["2026-11-22T14:05:00+01:00", "2026-12-02T09:05:00+01:00"]  # fmt: skip
    assert len(data["headline"]) == len(piece.plan.headline)
    assert data["wordCount"] == piece.result.words
    assert data.get("isBasedOn") == (
        ["https://gazette.example/halle?a=1&b=2"] if page == "article.html" else None
    )
    assert data["digitalSourceType"].endswith("compositeWithTrainedAlgorithmicMedia")


def test_a_text_that_no_model_wrote_is_not_said_to_be_a_models():
    html = pages.article(replace(samples.piece(), writer="offline"))
    assert "digitalSourceType" not in html


@pytest.mark.parametrize(
    ("verdict", "working", "said"),
    [
        ("needs_work", False, "Texte à reprendre"),
        ("needs_work", True, "Document de travail"),
        ("rejected", False, "Source inutilisable"),
    ],
)
def test_a_page_that_must_not_be_published_says_so_to_readers_and_robots(verdict, working, said):
    piece = samples.piece()
    draft = replace(piece.draft, working=working)
    tree = soup(pages.article(replace(piece, draft=draft, result=replace(piece.result, verdict=verdict))))
    assert said in tree.select_one(".banner").text
    assert "Ne pas publier" in tree.select_one(".banner").text
    assert tree.select_one("meta[name=robots]")["content"] == "noindex"


def test_a_ready_page_has_no_banner_and_may_be_indexed():
    tree = soup(PAGES["article-ready.html"]())
    assert not tree.select(".banner, meta[name=robots]")
    assert "Mis à jour" not in tree.text


def test_a_piece_without_a_headline_takes_the_planned_one_as_text():
    piece = samples.piece()
    html = pages.article(replace(piece, markdown="Rien.", plan=replace(piece.plan, headline="<i>Titre</i>")))
    assert soup(html).h1.text == "<i>Titre</i>"


def test_links_and_images_come_through_an_allow_list():
    text = "[a](https://a.example) [b](mailto:a@b.example) [c](ftp://c.example) [d](//d.example) [e](/e) ![vue](https://a.example/v.png) ![](https://a.example/w.png) ![x](file:///x) **[![o](data:,1) f](javascript:f)**"
    tree = soup(rendered(text)[1])
    assert [(a["href"], a.get("rel")) for a in tree.select("a")] == [
        ("https://a.example", ["nofollow", "noopener"]),
        ("mailto:a@b.example", None),
    ]
    assert [i["src"] for i in tree.select("img")] == ["https://a.example/v.png"]
    assert tree.text.split() == ["a", "b", "c", "d", "e", "f"]


@given(MARKDOWN)
@example("<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>")
def test_rendered_markdown_holds_only_what_markdown_can_say(text):
    headline, *parts, _ = rendered(text)
    tree = soup(
        ((headline or "") + "".join(parts)).replace("\ud800", "?")
    )  # a page shows it as U+FFFD; lxml refuses it
    allowed = "html body div p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong a img br hr table thead tbody tr th td"
    assert {t.name for t in tree.find_all()} <= set(allowed.split())
    assert {a for t in tree.find_all() for a in t.attrs} <= {"id", "href", "rel", "src", "alt", "title", "start", "style", "class", "role", "aria-label", "tabindex"}  # fmt: skip
    assert all(re.match("https?://|mailto:", a["href"]) for a in tree.select("a"))


@settings(max_examples=300)
@given(MARKDOWN, st.lists(st.tuples(st.integers(-3, 99), st.integers(-3, 99)), max_size=6))
@example("# Un\n\ndeux\n\n\n- trois", [(3, 9), (9, 9), (10, 12), (0, 99)])
def test_the_marks_are_exactly_the_place_of_each_finding(text, spans):
    findings = [Finding("FID001", "warn", "", Place(1, a, b, "")) for a, b in spans]
    runs = [r for part in parts(text, findings) for r in part.runs]
    assert "".join("".join(r.text for r in runs).split()) == "".join(text.split())
    assert sorted(n for r in runs for n in r.begins) == list(range(1, len(spans) + 1))
    for number, (a, b) in enumerate(spans, start=1):
        marked = "".join(r.text for r in runs if number in r.findings)
        assert "".join(marked.split()) == "".join(text[max(a, 0) : max(b, 0)].split())


def parts(text, findings=(), evidence=(), facts=()):
    piece = replace(samples.piece(), markdown=text, evidence=tuple(evidence), facts=tuple(facts))
    return [part for b in marked_blocks(piece, findings, grid(piece.dossier)) for part in b.parts]


@given(MARKDOWN, st.lists(st.integers(0, 99), unique=True, max_size=8).map(sorted))
def test_a_sentence_and_a_fact_are_shown_where_they_stand(text, cuts):
    places = [(a, min(b, len(text))) for a, b in pairwise(cuts) if a < len(text)]
    source = samples.words_of("P2")
    evidence = [Carried(a, b, text[a:b], 0.5, (source,)) for a, b in places]
    found = parts(text, (), evidence, [FactLink(a, b, "S1", "F1") for a, b in places])
    for number, (a, b) in enumerate(places, start=1):
        shown = "".join(r.text for part in found if part.number == number for r in part.runs)
        assert "".join(shown.split()) == "".join(text[a:b].split())
    linked = "".join(r.text for part in found for r in part.runs if r.item == "F1")
    assert "".join(linked.split()) == "".join("".join(text[a:b] for a, b in places).split())


@pytest.mark.parametrize("piece", [samples.piece(), samples.hostile_piece()], ids=["ordinary", "hostile"])
def test_the_parts_of_a_source_paragraph_are_its_text(piece):
    marked = marked_sources(piece, grid(piece.dossier))
    for number, dossier in enumerate(piece.dossier.all, start=1):
        for paragraph in dossier.article.passages:
            id_ = paragraph.id if number == 1 else f"S{number}{paragraph.id}"
            assert "".join(r.text for part in marked[id_] for r in part.runs) == paragraph.text


def test_a_sentence_leads_to_what_carries_it():
    tree = soup(PAGES["report.html"]())
    vote = tree.select_one("#s3")
    assert vote.text.startswith("Le conseil municipal de Saint-Aubin a voté")
    assert [tree.select_one(f"#t{t}").text[:25] for t in vote["data-t"].split()] == [
        "Le conseil municipal de S",
        "Saint-Aubin vote la rénov",
    ]
    assert [a.text for a in vote.select(".notes a")] == ["P2", "P1"]
    assert {a["href"] for a in vote.select(".notes a")} == {f"#t{t}" for t in vote["data-t"].split()}


def test_a_sentence_is_marked_by_how_well_the_sources_carry_it():
    tree = soup(PAGES["report.html"]())
    assert tree.select_one("#s6")["class"] == ["s", "full"]
    assert "thin: P2" in tree.select_one("#s5.thin .notes").text
    assert "∅ no source" in tree.select_one("#s9.none .notes").text
    assert [e.text for e in tree.select(".s.none > :not(.notes)")] == []
    assert "carried 7 · ◔ thinly 1 · ∅ not carried 1" in tree.select_one(".held").text


def test_a_table_cell_or_heading_without_evidence_is_no_sentence_left_alone():
    tree = soup(PAGES["report.html"]())
    assert not tree.select("#s8, .row .s, .heading .none")
    assert tree.select_one(".heading #s2.full")


def test_what_the_piece_does_not_use_of_a_source_is_named_so():
    tree = soup(PAGES["report.html"]())
    assert [p["id"] for p in tree.select(".source p:has(.t.unused)")] == ["S2P1"]
    assert tree.select_one("#S2P1 small.unused").text.split() == ["○", "not", "used"]


def test_a_fact_of_the_piece_leads_to_its_place_in_the_source():
    tree = soup(PAGES["report.html"]())
    facts = {a.text: a["href"] for a in tree.select(".fact")}
    assert facts["164 000 euros"] == "#F1"
    assert facts["Hélène Vasseur"] == "#N1"
    for link, paragraph in (("F1", "P2"), ("D1", "P2"), ("Q1", "P3"), ("N1", "P3")):
        assert tree.select_one(f"#{paragraph} #{link}"), link
    for text, link in facts.items():
        assert "".join(e.text for e in tree.select(f"[data-item~={link[1:]}]")) == text


@pytest.mark.parametrize("number", range(5))
def test_the_report_of_a_whole_piece_stays_small(number):
    assert len(pages.report(samples.reference(number)).encode()) < 300_000


@pytest.mark.parametrize("number", range(5))
def test_every_sentence_of_a_reference_piece_can_be_reached(number):
    piece = samples.reference(number)
    tree = soup(pages.report(piece))
    for mark in tree.select("a.ref"):
        mark.decompose()
    for at, carried in enumerate(piece.evidence, start=1):
        if carried.sources:
            shown = "".join(r.text for r in tree.select(f"[data-s='{at}']"))
            assert shown.replace(" ", "").startswith(carried.text.replace(" ", ""))


def test_a_finding_and_its_place_lead_to_each_other_and_to_the_evidence():
    tree = soup(PAGES["report.html"]())
    finding = tree.select_one("#f1")
    assert [a["href"] for a in finding.select("a")] == ["#m1", "#P2"]
    assert tree.select_one("#m1")["href"] == "#f1"
    assert [m.text for m in tree.select("mark[data-findings~='1']")] == ["146 000 euros"]
    assert (
        "".join(m.text for m in tree.select("mark[data-findings~='2']"))
        == "L’enveloppe atteint 146 000 euros."
    )
    assert tree.select_one("#P2 a")["href"] == "#f1"
    assert [a.text for a in tree.select(".planned")[0].select("a")] == ["P2", "Q1", "S2P1"]


def test_the_report_holds_all_that_the_piece_went_through():
    text = soup(PAGES["report.html"]()).text
    for words in (
        "no Java found", "about the whole of it", "Abonnez-vous", "Write at least 700 words", "Hélène Vasseur",
        "164000", "Mme Vasseur", "dropped", "not better", "served by gpt-6-luna-2026-09", "1024",
    ):  # fmt: skip
        assert words in text, words


def test_evidence_that_no_source_has_is_shown_without_a_link():
    lost = Finding("FID001", "block", "Lost.", None, (Evidence("S9", "P1", "mots"),))
    tree = soup(pages.report(replace(samples.piece(), result=CheckResult("needs_work", 1, (lost,)))))
    assert "S9P1" in tree.select_one("#f1").text
    assert not tree.select("#f1 a")


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (CheckResult("ready_for_review", 800, ()), "Every check ran and none blocks; a person still reads the piece before it is published."),
        (CheckResult("needs_work", 1, (Finding("LEN001", "block", "Short."),)), "1 blocking finding."),
        (CheckResult("needs_work", 1, (), (NotRun("GRA", ""), NotRun("LNG", ""))), "Checks that did not run: GRA, LNG."),
        (CheckResult("needs_work", 1, ()), "A working draft."),
        (CheckResult("rejected", 0, (Finding("SRC001", "block", "The source is empty."),)), "The source is empty."),
    ],
)  # fmt: skip
def test_a_verdict_has_its_reason_in_one_line(result, said):
    assert pages.reason(result) == said


def test_the_index_counts_verdicts_and_leads_to_article_and_report():
    tree = soup(PAGES["index.html"]())
    assert [li.text for li in tree.select(".totals li")] == [
        "1✔ ready for review",
        "1▲ needs work",
        "1✖ rejected",
    ]
    assert [a["href"] for a in tree.select("tbody tr:first-child a")] == [
        "./halle-saint-aubin-renovation/article.html",
        "./halle-saint-aubin-renovation/report.html",
    ]
    assert "No piece has been written yet" in PAGES["index-empty.html"]()


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 11, 22, 14, 5, tzinfo=samples.WINTER), "22 novembre 2026 à 14 h 05"),
        (datetime(2027, 8, 1, 0, 0, tzinfo=samples.WINTER), "1er août 2027 à 0 h 00"),
    ],
)
def test_dates_are_said_in_french(moment, said):
    assert pages.french_date(moment).replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    "text",
    [None, "", "x", "//a.example", "https://", "javascript:alert(1)", "java\nscript:x", "ftp://a.example", "http://[::", "http://a:b", "data:,x", "mailto:"],
)  # fmt: skip
def test_only_an_address_on_the_web_is_one(text):
    assert web_address(text) is None


def test_a_web_address_comes_out_encoded():
    assert web_address(' https://a.example/é"> ') == "https://a.example/%C3%A9%22%3E"


def test_importing_the_pages_loads_no_heavy_library():
    code = "import sys, pipeline.pages; print([m for m in ('jinja2', 'markdown_it') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"  # fmt: skip


def test_what_an_editor_let_stand_is_shown_and_not_counted():
    piece = samples.reference(0)
    first, *rest = piece.result.findings
    word = Acknowledgement(first.code, "0" * 16, "Anne <b>Petit</b>", "2026-01-31", "Titre de la loi.")
    settled = replace(piece.result, findings=(replace(first, acknowledged=word), *rest))
    tree = soup(pages.report(replace(piece, result=settled)))
    assert "Acknowledged by Anne <b>Petit</b>, 2026-01-31: Titre de la loi." in tree.select_one("#f1").text
    assert "acknowledged 1" in tree.select_one("#findings + p").text


def test_a_list_of_thousands_of_pieces_takes_little_memory():
    entries = samples.many_entries(2_500)
    tracemalloc.start()
    html = "".join(pages.index(entries))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000 * len(entries)
    assert html.count("<tr data-verdict") == len(entries)


def test_the_picture_of_a_piece_has_its_findings_where_they_stand():
    row = soup(PAGES["index.html"]()).select("tbody tr")[1]
    length = round(1000 * 812 / 812)
    assert row.select_one(".map path")["d"] == f"M0 6h{length}"
    assert row.select_one(".map .warn")["d"] == "M100 2V10M333 2V10M820 2V10"
    assert not row.select(".map .block")
    assert row.select_one(".map")["aria-hidden"] == "true"


def test_what_a_finding_quotes_is_read_out_as_french_and_stays_text():
    message = "“une halle <b>” and “deux”; an “open mark"
    finding = Finding("FID011", "warn", message, Place(3, 0, 5, "x", None))
    grammar = Finding("GRA001", "warn", "« deux chat » : accord.", Place(3, 0, 5, "x", None))
    made = samples.piece()
    made = replace(made, result=replace(made.result, findings=(finding, grammar)))
    told, french = (soup(pages.report(made)).select("ol.findings > li > p[dir=auto]"))[:2]
    assert told.get_text() == message
    assert [s.get_text() for s in told.select("span[lang=fr]")] == ["“une halle <b>”", "“deux”"]
    assert not told.has_attr("lang")
    assert french["lang"] == "fr"


def test_times_are_told_with_their_zone():
    shown = [t.get_text() for t in soup(PAGES["index.html"]()).select("td time")]
    assert shown
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d[+-]\d\d:\d\d", time) for time in shown)
