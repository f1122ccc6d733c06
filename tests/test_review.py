from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import review
from pipeline.review import Review, stated, text_hash
from pipeline.text.markdown import parse

LINE = "Article rédigé avec l’aide d’une IA à partir des sources citées ci-dessus."
PIECE = f"---\ntitle: Le pont\ndate_modified: 2026-01-31\ndisclosure: {LINE}\n---\n\n# Le pont\n\nLe pont ferme.\n\n## Sources\n\n- La Gazette\n\n{LINE}\n"
OF = Review("Anne *Petit*", "2026-02-01T09:00:00+01:00", "")


def hashed(text):
    return text_hash(parse(text))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ferme", "ferme mardi"),
        ("# Le pont", "# le pont"),
        ("Gazette", "Voix"),
        ("title: Le pont", "title: Un pont"),
        ("Le pont ferme", "Le [pont](https://a.example) ferme"),
    ],
)
def test_any_change_a_reader_could_see_voids_a_review(old, new):
    assert hashed(PIECE.replace(old, new, 1)) != hashed(PIECE)


def test_dates_and_the_disclosure_are_no_part_of_what_was_reviewed():
    assert hashed(PIECE.replace("2026-01-31", "2026-02-01")) == hashed(PIECE)
    assert hashed(PIECE.removesuffix(f"{LINE}\n")) == hashed(PIECE)


def test_the_disclosure_names_the_reviewer_or_is_left_out_where_a_review_allows_it():
    assert stated(PIECE, LINE, OF, "auto").endswith(
        "ci-dessus, relu par Anne \\*Petit\\* le 1er\u00a0février 2026.\n"
    )
    assert stated(PIECE, LINE, OF, "always").count("relu par") == 1
    assert LINE not in stated(PIECE, LINE, OF, "never").split("---")[2]
    assert stated(PIECE, LINE, None, "never") == PIECE
    edited = PIECE + "\nUn mot de plus.\n"
    assert stated(edited, LINE, OF, "never") == edited


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a",
        "by: Anne",
        "by: ''\nwhen: 2026-01-01\nsha256: a",
        "by: A\nwhen: jamais\nsha256: a",
        "by: [A]\nwhen: 2026-01-01\nsha256: a",
        "{",
        "by: " + "a" * 20_000,
    ],
)
def test_a_file_that_tells_no_review_is_none(tmp_path, text):
    (tmp_path / "review.yaml").write_text(text)
    assert review.told(tmp_path / "article.md") is None


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=50))
def test_what_was_recorded_is_read_back(name):
    by = " ".join(name.split())
    with TemporaryDirectory() as folder:
        piece = Path(folder) / "article.md"
        made = Review(by, "2026-02-01T09:00:00+01:00", hashed(PIECE))
        review.write(piece, made)
        assert review.read(piece, hashed(PIECE)) == (made if by else None)
        assert review.read(piece, "0") is None
