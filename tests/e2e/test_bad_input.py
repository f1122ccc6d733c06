"""Bad input: one line that says what, where, and what to do; the right exit code; the others unharmed."""

import shutil

import pytest

from tests.e2e.marbre import REFERENCES, SEEDS, marbre, program

GOOD = SEEDS / "000_7fd1b95d1a6cabb8.txt"
THIN = (
    "Le conseil municipal de Valmont a voté jeudi soir la rénovation de la piscine. Le chantier coûtera 2,3 millions "
    "d’euros et durera quatorze mois. « Nous rouvrirons avant l’été », a promis la maire, Anne Petit. L’opposition "
    "s’est abstenue. Les associations sportives regrettent la fermeture du bassin pendant les travaux. Une navette "
    "conduira les enfants des écoles à la piscine de la ville voisine. Le préfet doit encore donner son accord au "
    "financement de l’État, attendu avant la fin du mois."
)


def lines(ran):
    return [line for line in ran.err.splitlines() if line.startswith("marbre:")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"   \n\n ", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(200), "binary"),
        (b"\x00\x01\x02\x03" * 500, "binary"),
        (b"Une phrase de plus. " * 60_000, "too_large"),
        (b"Der Rat der Stadt hat am Donnerstag ein neues Schwimmbad beschlossen. " * 12, "unread_language"),
        ("Un début.\nUne fin.".encode(), "too_short"),
    ],
)
def test_an_unusable_source_fails_alone(tmp_path, content, said):
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(GOOD, folder / "good.txt")
    (folder / "bad.txt").write_bytes(content)
    ran = marbre("batch", folder, "--out", tmp_path / "out", "--format", "json")
    assert ran.code == 4
    bad, good = ran.json["pieces"]
    assert (bad["status"], bad["verdict"], bad["error"]["code"]) == ("failed", "rejected", said)
    assert bad["error"]["message"].endswith(".")
    assert bad["error"]["remedy"].endswith(".")
    assert (good["status"], good["verdict"]) == ("written", "needs_work")
    assert len(list((tmp_path / "out").glob("*/article.md"))) == 1
    assert "Traceback" not in ran.err


def test_the_same_text_twice_is_written_once(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        shutil.copy(GOOD, folder / name)
    ran = marbre("batch", folder, "--out", tmp_path / "out", "--format", "json")
    first, second = ran.json["pieces"]
    assert (first["status"], second["status"]) == ("written", "skipped")
    assert second["why"].endswith("a.txt")
    assert ran.code == 3


def test_a_thin_source_is_never_padded_and_the_piece_says_so(tmp_path):
    source = tmp_path / "mince.txt"
    source.write_text(THIN, encoding="utf-8")
    ran = marbre("rewrite", source, "--out", tmp_path / "out", "--format", "json")
    (piece,) = ran.json["pieces"]
    assert ran.code == 3
    assert piece["words"] < 300
    report = next((tmp_path / "out").glob("*/report.html")).read_text()
    assert "too thin" in report


def test_a_folder_that_does_not_exist_is_told(tmp_path):
    ran = marbre("batch", tmp_path / "none", "--out", tmp_path / "out")
    assert ran.code == 2
    assert len(lines(ran)) == 1
    assert "none" in lines(ran)[0]


def test_an_empty_folder_is_nothing_to_do(tmp_path):
    (tmp_path / "in").mkdir()
    ran = marbre("batch", tmp_path / "in", "--out", tmp_path / "out", "--format", "json")
    assert ran.code == 0
    assert ran.json["pieces"] == []


def test_a_file_that_does_not_exist_is_told(tmp_path):
    ran = marbre("rewrite", tmp_path / "none.txt", "--out", tmp_path / "out")
    assert ran.code == 4
    assert "none.txt" in ran.out


def test_an_output_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")
    ran = marbre("batch", SEEDS, "--out", tmp_path / "file")
    assert ran.code == 4
    assert len(lines(ran)) == 1
    assert "cannot be written" in lines(ran)[0]


@pytest.mark.parametrize(
    "words",
    [
        ("batch", SEEDS, "--words", "0"),
        ("batch", SEEDS, "--writer", "poet"),
        ("batch", SEEDS, "--now", "yesterday"),
        ("batch", SEEDS, "--instructions", "@none.txt"),
        ("batch", SEEDS, "--related", "none"),
        ("batch", SEEDS, "--nonsense"),
        ("batch",),
        ("nonsense",),
        ("explain", "XYZ999"),
        ("batch", SEEDS, "--settings", "none.toml"),
    ],
    ids=lambda w: " ".join(map(str, w[-2:])),
)
def test_wrong_usage_ends_with_2_and_no_traceback(tmp_path, words):
    ran = marbre(*words, cwd=tmp_path)
    assert ran.code == 2
    assert ran.err
    assert "Traceback" not in ran.err
    assert not list(tmp_path.glob("outputs/*/article.md"))


def test_a_model_without_key_or_address_stops_with_one_line(tmp_path):
    ran = marbre("batch", SEEDS, "--out", tmp_path, "--writer", "llm")
    assert ran.code == 4
    assert len(lines(ran)) == 1
    assert "OPENAI_API_KEY" in lines(ran)[0]


def test_standard_input_is_a_source(tmp_path):
    ran = program("rewrite", "-", "--out", tmp_path, "--format", "json", stdin=GOOD.read_bytes())
    assert ran.code == 3
    assert ran.json["pieces"][0]["source"] == "-"


def test_check_says_what_did_not_run_without_a_source():
    piece = REFERENCES / "000_7fd1b95d1a6cabb8.md"
    ran = marbre("check", piece, "--format", "json")
    assert ran.code == 3
    assert [n["family"] for n in ran.json["not_run"]] == ["FID", "ORI", "SAF"]


def test_check_of_a_file_that_is_not_there_is_told(tmp_path):
    ran = marbre("check", tmp_path / "none.md")
    assert ran.code == 4
    assert "none.md" in lines(ran)[0]


def test_a_file_or_folder_of_somebody_else_is_never_taken(tmp_path):
    out = tmp_path / "out"
    marbre("rewrite", GOOD, "--out", out, "--keyphrase", "premier essai")
    (slug,) = [p.name for p in out.iterdir() if p.is_dir() and not p.name.startswith(".")]
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    (fresh / slug).write_text("à moi")
    (piece,) = marbre(
        "rewrite", GOOD, "--out", fresh, "--keyphrase", "premier essai", "--format", "json"
    ).json["pieces"]
    assert (fresh / slug).read_text() == "à moi"
    assert piece["folder"].endswith(f"{slug}-2")


def test_a_name_that_is_no_utf_8_harms_nobody(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in (b"caf\xe9.txt", b"deux\nlignes.txt"):
        (folder / "x").write_bytes(GOOD.read_bytes() + name.hex().encode())
        (folder / "x").rename(str(folder) + "/" + name.decode("utf-8", "surrogateescape"))
    shutil.copy(SEEDS / "003_31e25e82d465c41c.txt", folder)
    ran = marbre("batch", folder, "--out", tmp_path / "out", "--format", "json")
    assert [p["status"] for p in ran.json["pieces"]] == ["written"] * 3, ran.out
    assert any(p["source"].endswith("caf\\xe9.txt") for p in ran.json["pieces"])
    assert not list((tmp_path / "out/.marbre/new").iterdir())


def test_an_index_that_cannot_be_written_does_not_swallow_the_result(tmp_path):
    (tmp_path / "out/index.html").mkdir(parents=True)
    ran = marbre("rewrite", GOOD, "--out", tmp_path / "out", "--format", "json")
    assert ran.code == 4
    assert ran.json["pieces"][0]["status"] == "written"
    assert "index.html" in lines(ran)[0]
    assert not list((tmp_path / "out").glob(".index.html.*"))
