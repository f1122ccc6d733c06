import unicodedata

from pipeline.checks import examine
from pipeline.checks.check import Manuscript
from pipeline.checks.originality import quoted_share
from pipeline.model import Article, Brief, Dossier, Paragraph
from pipeline.text.markdown import parse

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
