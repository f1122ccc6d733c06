"""A reference piece is ready; one false word in it and it is blocked, at that word."""

import re

import pytest

from tests.e2e.marbre import REFERENCES, SEEDS, marbre

NAME = "002_44b7f2dba8646b0b"
SOURCE = SEEDS / f"{NAME}.txt"
PIECE = (REFERENCES / f"{NAME}.md").read_text(encoding="utf-8")
COPIED = (
    "Compte tenu de la situation, le président américain a souhaité la bienvenue au secrétaire général de l’OTAN, qui "
    "doit démissionner à la fin de son mandat en octobre"
)


def check(tmp_path, text):
    path = tmp_path / "article.md"
    path.write_text(text, encoding="utf-8")
    words = ("check", path, "--source", SOURCE, "--related", SEEDS, "--no-grammar", "--format", "json")
    return [f for f in marbre(*words).json["findings"] if f["severity"] == "block"]


def test_the_piece_as_it_is_has_no_blocking_finding(tmp_path):
    assert check(tmp_path, PIECE) == []


@pytest.mark.parametrize(
    ("right", "wrong", "code", "at"),
    [
        ("325", "352", "FID004", "352"),
        ("solide comme le roc", "solide comme le fer", "FID002", "solide comme le fer"),
        (
            "a ajouté le président américain",
            "a ajouté Karine Jean-Pierre",
            "FID003",
            "engagement des États-Unis",
        ),
        ("Karine Jean-Pierre", "Karine Jean-Perrin", "FID006", "Perrin"),
        ("le mois prochain en Lituanie", "le mois prochain au Portugal", "FID007", "Portugal"),
        (
            "## Qui remplacera",
            "Les syndicats de dockers ont bloqué trois heures durant le port voisin.\n\n## Qui remplacera",
            "FID",
            "trois heures",
        ),
    ],
    ids=["digit", "quotation", "speaker", "name", "place", "invented"],
)
def test_one_false_word_is_blocked_where_it_stands(tmp_path, right, wrong, code, at):
    assert right in PIECE
    found = check(tmp_path, PIECE.replace(right, wrong, 1))
    assert any(
        f["code"].startswith(code) and (at in f["where"]["text"] or f["where"]["text"] in at) for f in found
    ), found


def test_a_copied_paragraph_is_blocked(tmp_path):
    source = SOURCE.read_text(encoding="utf-8")
    paragraph = max((p for p in re.split(r"\n+", source) if "«" not in p and "“" not in p), key=len)
    found = check(tmp_path, PIECE.replace("\n## Qui remplacera", f"\n{paragraph}\n\n## Qui remplacera", 1))
    assert {"ORI001"} <= {f["code"] for f in found}
