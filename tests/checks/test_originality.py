import unicodedata

import pytest

from pipeline.checks import examine
from pipeline.checks.check import Manuscript
from pipeline.checks.originality import find_copied_run, quoted_share
from pipeline.model import Article, Brief, Dossier, Paragraph
from pipeline.text.markdown import parse
from tests.growth import assert_linear

SENTENCE = (
    "La vieille piscine municipale a été fermée après la découverte d’une fuite très étendue sous le bassin."
)


def manuscript(text):
    article = Article("s.txt", "0" * 64, None, "fr", (Paragraph("P1", SENTENCE),))
    return Manuscript(parse(text), Brief(words=3), Dossier(article))


def share(body):
    return quoted_share(manuscript(f"# Titre\n\n{body}\n"))


def test_accents_written_as_signs_of_their_own_hide_no_copy():
    text = unicodedata.normalize("NFD", f"# Titre\n\nOn le sait. {SENTENCE}\n")
    assert "ORI001" in {f.code for f in examine(manuscript(text)).findings}


def test_the_share_of_quoted_words_counts_closed_marks_and_block_quotations_only():
    assert share("Il dit oui.") == 0
    assert share("Il dit : « Oui, demain. »") == 0.5
    assert share("Il dit : « Oui, demain.") == 0
    assert share("Il dit :\n\n> Oui, demain.") == 0.5
    assert quoted_share(manuscript("# Titre\n")) == 0


def told(body, source):
    article = Article("s.txt", "0" * 64, None, "fr", (Paragraph("P1", source),))
    found = find_copied_run(Manuscript(parse(f"# Titre\n\n{body}\n"), Brief(words=3), Dossier(article)))
    return [(f.severity, "a whole sentence" in f.message) for f in found]


@pytest.mark.parametrize(
    ("body", "source", "found"),
    [
        ("{}", "Il pleuvait. Le match a été arrêté à la 60e minute. On rentre.", [("warn", True)]),
        ("Selon le club, le {}", "Match a été arrêté à la 60e minute après tout.", [("warn", True)]),
        ("{}", "Le match est fini depuis midi.", []),
        ("{}", "Paul Roux, Anne Petit, Jean Le Goff, Marie Dupont et Luc Morel.", []),
        ("« {} »", "Le match a été arrêté à la 60e minute à cause de la pluie.", []),
    ],
)
def test_a_whole_sentence_taken_over_warns_even_where_it_is_plain(body, source, found):
    assert told(body.format(source), source) == found


def test_a_part_of_a_sentence_that_short_is_nobodys():
    source = "Le match a été arrêté à la 60e minute à cause de la pluie et du vent."
    assert told("Le match a été arrêté à la 60e minute pour panne.", source) == []


def test_an_endless_paragraph_is_read_once():
    source = "Le match a été arrêté à la 60e minute. " * 20_000
    found = []
    assert_linear(lambda text: found.append(told(text, text)), source[: len(source) // 4], source)
    assert all(found)
