"""A text that was checked is known again in another file, and its findings are those of a fresh look."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.checks import CHECKS, findings_of
from pipeline.checks.check import Manuscript
from pipeline.checks.fidelity import refound
from pipeline.checks.fidelity.comparison import compare
from pipeline.checks.fidelity.counted.figures import find_absent_figure
from pipeline.checks.fidelity.related.polarity import find_polarity
from pipeline.model import Brief, Dossier
from pipeline.stages import clean, ingest
from pipeline.text.markdown import parse

ROOT = Path(__file__).parents[3]
PIECES = sorted((ROOT / "tests" / "reference").glob("*.md"))


def sources(piece):
    seeds = sorted((ROOT / "seeds").glob("*.txt"), key=lambda path: path.stem != piece.stem)
    own, other, *_ = (clean.clean(ingest.read_file(path, path.name)) for path in seeds)
    return Dossier(own, related=(Dossier(other),))


def altered(text):
    """Something for the checks to find, in every paragraph."""
    for old, new in (
        (" est ", " n’est pas "),
        (" a ", " aurait "),
        (" après ", " avant "),
        ("2", "7"),
        ("Il ", "Jean Valmont "),
    ):
        text = text.replace(old, new)
    return text.replace(" et ", " et 412 habitants de Valmont, &amp; ", 3)


def look(text, dossier):
    return findings_of(Manuscript(parse(text), Brief(), dossier, ()))


@pytest.mark.parametrize("path", PIECES, ids=lambda path: path.stem[:3])
def test_the_findings_of_a_text_are_the_same_wherever_it_stood_before(path):
    head, body = path.read_text(encoding="utf-8").split("\n---\n", 1)
    draft = f"{head}\n---\n{altered(body)}"
    whole = draft.replace("lang: fr\n", "lang: fr\nwords: 812\nverdict: needs_work\n", 1)
    whole = f"{whole.rstrip()}\n\n## Sources\n\n- L’article, Valmont Presse\n"
    assert whole.startswith(draft[:40])
    dossier = sources(path)
    known = [check.find for check in CHECKS if hasattr(check.find, "__wrapped__")]
    assert len(known) > 5
    first = Manuscript(parse(draft), Brief(), dossier, ())
    again = Manuscript(parse(whole), Brief(), dossier, ())
    found = [list(find(first)) for find in known]
    assert sum(map(len, found)) > 5
    assert [list(find(again)) for find in known] == [list(find.__wrapped__(again)) for find in known]
    assert found == [list(find.__wrapped__(first)) for find in known]


def test_a_look_at_the_same_words_does_not_look_for_them_again(monkeypatch):
    piece = PIECES[0]
    text = altered(piece.read_text(encoding="utf-8"))
    dossier = sources(piece)
    first = list(find_polarity(Manuscript(parse(text), Brief(), dossier, ())))
    monkeypatch.setattr("pipeline.checks.fidelity.related.polarity.faced", lambda _: pytest.fail("again"))
    longer = Manuscript(parse(text.replace("---\n", "---\nwords: 700\n", 1)), Brief(), dossier, ())
    again = list(find_polarity(longer))
    assert [f.message for f in again] == [f.message for f in first] != []
    places = [f.where for f in again if f.where]
    assert [w.text for w in places] == [f.where.text for f in first if f.where]
    assert [longer.document.text[w.start : w.end] for w in places] == [w.text for w in places]


def test_other_levels_of_headings_are_another_text():
    told = "Six questions se posent à Valmont."
    document = f"# Titre\n\n{told}\n\n## Une\n\nAncien.\n\n## Deux\n\nNouveau.\n"
    dossier = sources(PIECES[0])
    first, other = (
        compare(Manuscript(parse(t), Brief(), dossier)) for t in (document, document.replace("## D", "### D"))
    )
    assert first.piece is other.piece
    assert look(document, dossier) is not None
    assert look(document.replace("## D", "### D"), dossier) == look(
        document.replace("## D", "### D") + "\n", dossier
    )


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(alphabet="ab é.«»&;*_[]()\n#<>-", max_size=60), st.text(alphabet="ab \n", max_size=10), st.data()
)
def test_a_place_is_found_again_for_certain_or_not_at_all(text, before, data):
    here, there = parse(text), parse(f"{before}\n\n{text}")
    for block, same in zip(here.blocks, there.blocks[len(there.blocks) - len(here.blocks) :], strict=True):
        if not block.text or block.text != same.text:
            continue
        start = data.draw(st.integers(0, len(block.text) - 1))
        end = data.draw(st.integers(start + 1, len(block.text)))
        place = here.place_in(block, start, end)
        span = refound._span(block, place)
        assert span in (None, (start, end))
        if "&" not in text and place.end - place.start == end - start:
            assert span == (start, end)


def test_of_many_findings_each_is_looked_for_in_a_few_blocks(monkeypatch):
    asked = []
    span = refound._span

    def counted(block, place):
        asked.append(place)
        return span(block, place)

    monkeypatch.setattr(refound, "_span", counted)
    body = "\n\n".join(f"Le projet {n} n’est pas voté, et {n + 300} habitants attendent." for n in range(200))
    dossier = sources(PIECES[0])
    first, again = (
        Manuscript(parse(f"{head}# Titre\n\n{body}"), Brief(), dossier, ())
        for head in ("", "---\nwords: 7\n---\n\n")
    )
    found = list(find_absent_figure(first))
    assert len(found) > 100
    assert len(list(find_absent_figure(again))) == len(found)
    assert 0 < len(asked) <= 2 * len(found)
