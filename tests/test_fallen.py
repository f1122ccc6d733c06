"""A person's word about a piece, and what is left of it when the piece changes."""

import yaml

from pipeline.checks.acknowledged import key_of
from pipeline.fallen import Word, at_stake, fallen, word_on
from pipeline.review import text_hash
from pipeline.text.markdown import parse

PIECE = "---\ntitle: Le budget\nslug: budget\n---\n# Le budget\n\nLe conseil a voté. La maire s’en réjouit.\n"


def place(tmp_path, *sentences, reviewed=PIECE):
    article = tmp_path / "article.md"
    fields = {"code": "FID004", "by": "A", "when": "2026-02-01", "why": "Vu."}
    told = [fields | {"sentence": key_of(sentence)} for sentence in sentences]
    (tmp_path / "acknowledged.yaml").write_text(yaml.safe_dump(told))
    review = {"by": "Anne Petit", "when": "2026-02-03T09:00:00+01:00", "sha256": text_hash(parse(reviewed))}
    (tmp_path / "review.yaml").write_text(yaml.safe_dump(review))
    return article


def test_what_nobody_has_spoken_about_has_no_word(tmp_path):
    assert word_on(tmp_path / "article.md", PIECE, PIECE) == Word()
    assert fallen(Word(), PIECE, ()) == ()
    assert at_stake(Word()) == ()


def test_the_same_text_bears_the_same_word_whatever_links_stand_in_it(tmp_path):
    linked = PIECE.replace("Le conseil", "[Le conseil](../conseil/article.md)")
    word = word_on(place(tmp_path, "Le conseil a voté.", reviewed=linked), linked, PIECE)
    assert len(word.entries) == 1
    assert fallen(word, PIECE, ()) == ()
    assert len(at_stake(word)) == 2


def test_a_changed_word_ends_the_review_and_the_acknowledgement_of_its_sentence_alone(tmp_path):
    word = word_on(place(tmp_path, "Le conseil a voté.", "La maire s’en réjouit."), PIECE, PIECE)
    assert fallen(word, PIECE.replace("a voté", "votera"), ()) == (
        "the review by Anne Petit of 2026-02-03 no longer holds",
        "1 acknowledgement no longer holds, the sentence has changed",
    )


def test_a_review_of_another_text_and_an_acknowledgement_of_no_sentence_cannot_fall(tmp_path):
    word = word_on(place(tmp_path, "Une autre phrase.", reviewed=f"{PIECE}\nMot.\n"), PIECE, PIECE)
    assert word == Word()
