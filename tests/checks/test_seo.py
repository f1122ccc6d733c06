"""SEO on whole pieces: the references are without fault, a stuffed one is blocked, and a plain text makes no noise."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks import seo
from pipeline.checks.check import Desk, Manuscript
from pipeline.checks.readability import measured
from pipeline.checks.seo.fields import FRONT
from pipeline.model import Article, Brief, Dossier, Paragraph
from pipeline.register import Register
from pipeline.stages import clean, dossier, ingest
from pipeline.text.markdown import parse
from tests.e2e.marbre import REFERENCES, ROOT
from tests.growth import assert_linear

PIECES = sorted(REFERENCES.glob("*.md"))
# The last sections tell of weapons and of joining, as the meeting's background: the keyphrase is not recalled there.
DEFENSIBLE = {"004": {"SEO020"}}


@cache
def dossier_of(path):
    names = [s["file"] for s in parse(path.read_text(encoding="utf-8")).front["sources"]]
    own, *related = (clean.clean(ingest.read_file(ROOT / name, name)) for name in names)
    return dossier.build(own, tuple(related))


def found(text, brief=Brief(), source=None, desk=Desk()):  # noqa: B008 - frozen
    manuscript = Manuscript(parse(text), brief, source, desk=desk)
    checks = [c for c in seo.CHECKS if source or not c.needs_source]
    return [f for c in checks for f in c.find(manuscript)]


def codes(*args, **kwargs):
    return {f.code for f in found(*args, **kwargs)}


def blocked(text, **kwargs):
    return {f.code for f in found(text, **kwargs) if f.severity == "block"}


@pytest.mark.parametrize("path", PIECES, ids=lambda p: p.stem[:3])
def test_the_reference_pieces_have_no_finding_but_one_that_is_true(path):
    text = path.read_text(encoding="utf-8")
    assert codes(text, source=dossier_of(path)) == DEFENSIBLE.get(path.stem[:3], set())


@pytest.mark.parametrize("path", PIECES, ids=lambda p: p.stem[:3])
def test_a_stuffed_piece_is_blocked_where_it_is_stuffed(path):
    text = path.read_text(encoding="utf-8")
    keyphrase = parse(text).front["keyphrase"]
    stuffed = text.replace(". ", f". Voilà ce qu’il faut savoir de : {keyphrase}. ")
    blocks = [f for f in found(stuffed) if f.severity == "block"]
    assert {f.code for f in blocks} == {"SEO019"}
    assert all(f.where and f.where.section for f in blocks)
    assert len({f.where.section for f in blocks}) == len(blocks) > 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Le sommet de Vilnius, le sommet de Vilnius et encore le sommet de Vilnius.",
        "Sommets de Vilnius, sommet à Vilnius, sommet Vilnius : tout sur un sommet à Vilnius.",
    ],
)
def test_a_list_of_the_keyphrase_in_one_sentence_is_stuffing(sentence):
    assert blocked(f"{FRONT}# Otan\n\n{sentence}\n") == {"SEO019"}


def test_a_title_that_repeats_the_keyphrase_is_stuffing():
    title = "Sommet de Vilnius, sommet Vilnius, sommet à Vilnius"
    assert blocked(FRONT.replace("Le sommet de Vilnius ouvre sans accord", title) + "# Otan\n") == {"SEO019"}


def test_one_word_that_is_a_name_may_be_said_often():
    front = FRONT.replace("keyphrase: sommet de Vilnius", "keyphrase: Vilnius")
    text = (
        "À Vilnius, les alliés se retrouvent mardi pour deux jours. Le maire s’y prépare depuis un an. " * 8
    )
    assert blocked(f"{front}# Otan\n\n{text}\n") == set()


def test_a_synonym_of_one_word_is_no_stuffing_beside_a_longer_keyphrase():
    front = FRONT.replace("slug:", "synonyms: [Vilnius]\nslug:")
    assert (
        blocked(f"{front}# Otan\n\n" + "À Vilnius, les alliés se retrouvent mardi pour deux jours. " * 12)
        == set()
    )


def test_a_text_without_front_matter_is_told_so_once_and_is_left_in_peace():
    findings = found("# Otan\n\nLe sommet s’ouvre mardi.\n\n## La suite\n\nMercredi.\n")
    assert [(f.code, f.severity) for f in findings] == [("SEO001", "info")]


def test_front_matter_that_cannot_be_read_is_not_told_of_twice():
    assert found("---\ntitle: [\n---\n\n# Otan\n\nUn sommet.\n") == []


def test_a_keyphrase_that_is_asked_for_is_looked_for_without_front_matter():
    assert "SEO016" in codes("# Otan\n\nLa paix.\n\nLa grève.\n", brief=Brief(keyphrase="grève"))
    assert "SEO004" not in codes("---\ntitle: Grève\n---\n\nLa grève.\n", brief=Brief(keyphrase="grève"))


@pytest.mark.parametrize("value", ["", "[1, 2]", "{a: b}", "'   '"])
def test_a_field_that_is_no_text_is_missing(value):
    assert "SEO001" in blocked(f"---\ntitle: {value}\nlang: fr\n---\n\n# Otan\n\nUn sommet.\n")


def test_two_of_seven_headings_are_enough_and_all_of_them_too_many():
    def piece(about, others):
        headings = ["## Un sommet à Vilnius, acte {}"] * about + ["## Autre sujet {}"] * others
        body = "\n\n".join(f"{h.format(n)}\n\nDu texte." for n, h in enumerate(headings))
        return f"{FRONT}# Otan\n\nLe sommet de Vilnius.\n\n{body}\n"

    assert "SEO017" not in codes(piece(2, 5))
    assert "SEO017" in codes(piece(1, 6))
    assert "SEO017" in codes(piece(6, 0))


def test_some_headings_on_the_keyphrase_inform_and_none_warns():
    def severity(about):
        headings = ["## Un sommet à Vilnius"] * about + ["## Autre sujet"] * (7 - about)
        body = "\n\n".join(f"{h} {n}\n\nDu texte." for n, h in enumerate(headings))
        return [f.severity for f in found(f"{FRONT}# Otan\n\nUn sommet.\n\n{body}\n") if f.code == "SEO017"]

    assert severity(1) == ["info"]
    assert severity(0) == severity(7) == ["warn"]


def test_a_common_noun_may_sum_up_what_the_source_tells_of_a_name():
    def told(keyphrase, source="Mickaël Vasseur a été condamné par la cour d’assises."):
        front = FRONT.replace("keyphrase: sommet de Vilnius", f"keyphrase: {keyphrase}")
        dossier = Dossier(Article("s.txt", "0" * 64, None, "fr", (Paragraph("P1", source),)))
        manuscript = Manuscript(parse(f"{front}# Titre\n\nUn texte.\n"), Brief(), dossier)
        return [
            (f.severity, f.message)
            for check in seo.CHECKS
            for f in check.find(manuscript)
            if f.code == "SEO015"
        ]

    [(severity, message)] = told("procès Vasseur")
    assert severity == "info"
    assert "says procès of" in message
    assert [s for s, _ in told("procès Delattre")] == ["warn"]
    assert [s for s, _ in told("Delattre Vasseur")] == ["warn"]
    assert told("condamné Vasseur") == []


def test_the_pieces_of_the_same_desk_are_told_by_their_slugs():
    entries = [{"slug": f"p{n}", "page_title": "x", "keyphrase": "le sommet à Vilnius"} for n in range(5)]
    desk = Desk(neighbours=Register.of(entries).without(["p0"]))
    (finding,) = [
        f for f in found(f"{FRONT}# Otan\n\nUn sommet à Vilnius.\n", desk=desk) if f.code == "SEO023"
    ]
    assert "p1, p2, p3 and 1 more" in finding.message
    assert finding.where.text == "sommet de Vilnius"


def test_every_finding_that_is_a_habit_says_that_it_is_no_rule_of_a_search_engine():
    for check in seo.CHECKS:
        assert any(
            word in check.source for word in ("abit", "House rule", "house rule", "Google", "Yoast")
        ), check.code


def test_metrics_say_what_was_measured_and_no_more():
    text = PIECES[0].read_text(encoding="utf-8")
    values = dict(seo.metrics(Manuscript(parse(text), Brief(), dossier_of(PIECES[0]))))
    assert values["keyphrase_mentions"] == 4
    assert values["title_pixels"] == 544
    assert 0.8 < values["coverage"] <= 1
    bare = dict(seo.metrics(Manuscript(parse("# Otan\n\nUn sommet.\n"), Brief())))
    assert bare == {}


@pytest.mark.parametrize(
    "body",
    [
        "sommet de Vilnius " * 55_000,
        "## sommet Vilnius\n\nUn sommet à Vilnius.\n\n" * 20_000,
        "sommet. " * 120_000,
    ],
    ids=["a sentence", "headings", "sentences"],
)
def test_hostile_text_is_checked_in_linear_time(body):
    front = FRONT.replace(
        "keyphrase: sommet de Vilnius", f"synonyms: [{'sommet ' * 6}]\nkeyphrase: sommet de Vilnius"
    )
    manuscript = Manuscript(parse(f"{front}# Otan\n\n{body[:60_000]}"), Brief())
    larger = Manuscript(parse(f"{front}# Otan\n\n{body[:240_000]}"), Brief())
    for each in (manuscript, larger):
        measured(each.document)
    assert_linear(lambda each: [list(check.find(each)) for check in seo.CHECKS], manuscript, larger)


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=200), st.lists(st.text(max_size=20)))
def test_no_text_breaks_the_checks_and_every_place_shows_its_text(title, keyphrase, body, synonyms):
    document = parse(f"---\ntitle: x\nkeyphrase: x\nslug: x\ndescription: x\n---\n\n# T\n\n{body}\n")
    front = {"title": title, "description": body, "keyphrase": keyphrase, "slug": title, "synonyms": synonyms}
    document = replace(document, front=front)
    manuscript = Manuscript(document, Brief())
    for check in seo.CHECKS:
        for finding in check.find(manuscript):
            if finding.where:
                assert document.text[finding.where.start : finding.where.end] == finding.where.text
    seo.metrics(manuscript)
