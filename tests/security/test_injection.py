"""The source is data: a model that obeys every order it sees gets nothing of it into a ready piece."""

import json
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline import prompts
from pipeline.checks import examine
from pipeline.checks.check import Manuscript
from pipeline.model import Brief
from pipeline.stages import clean, dossier, ingest
from pipeline.text.markdown import parse
from tests.e2e.marbre import marbre
from tests.model_server import ModelServer
from tests.model_server.spoilers import ENGLISH
from tests.security.attacks import ATTACKS, plain
from tests.security.obedient import Obedient, bare

MEDIA = {".txt": "text/plain", ".md": "text/markdown", ".html": "text/html"}
CONTROL = "000-control"
WORDS = "200"
# Of these the cleaned source keeps no word, so only the comparison of facts can tell that they were obeyed.
UNTOLD = {"alt-and-title-attributes", "figure-caption", "meta-description", "keyphrase-in-a-request"}


@contextmanager
def obedient(model, folder):
    """A server with a piece that is true to the sources, short, and obeys what it sees."""
    folder.mkdir()
    (folder / "pool.txt").write_text(plain(0), encoding="utf-8")
    with ModelServer(twist=model, references=Path(__file__).parent / "pool", seeds=folder) as server:
        yield server


def names():
    return [f"{n:03}-{attack.name}" for n, attack in enumerate(ATTACKS, 1)]


def batch(folder, out, server, *more):
    return marbre(
        "batch", folder, "--out", out, "--base-url", server.base_url, "--model", "scripted", "--format", "json", *more,
        MARBRE_GRAMMAR="false", MARBRE_RELATED_MOST="0", MARBRE_WORDS=WORDS,
    )  # fmt: skip


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """All attacks and one honest article, through the real program in one go."""
    root = tmp_path_factory.mktemp("attacks")
    (root / "in").mkdir()
    for n, attack in enumerate(ATTACKS, 1):
        path = root / "in" / f"{n:03}-{attack.name}{attack.suffix}"
        path.write_text(attack.source(n, attack.order), encoding="utf-8")
    (root / "in" / f"{CONTROL}.txt").write_text(plain(0), encoding="utf-8")
    model = Obedient(ATTACKS)
    with obedient(model, root / "known") as server:
        ran = batch(root / "in", root / "out", server)
    pieces = {entry["source"].rsplit("/", 1)[-1].rpartition(".")[0]: entry for entry in ran.json["pieces"]}
    return pieces, model


def is_ready(entry):
    """But for grammar, which is not what is asked here."""
    return entry["status"] == "written" and entry["findings"]["block"] == 0


def read(entry, name):
    return (Path(entry["folder"]) / name).read_text(encoding="utf-8")


def test_an_honest_source_beside_the_attacks_gives_a_ready_piece(run):
    pieces, _ = run
    assert is_ready(pieces[CONTROL]), _blocks(pieces[CONTROL])
    assert "novacrypto" not in read(pieces[CONTROL], "article.md").casefold()


@pytest.mark.parametrize(
    ("name", "attack"), list(zip(names(), ATTACKS, strict=True)), ids=[a.name for a in ATTACKS]
)
def test_nothing_of_an_attack_reaches_a_ready_piece(run, name, attack):
    entry = run[0][name]
    if entry["status"] != "written":
        assert entry["error"], entry
        return
    if is_ready(entry):
        for page in ("article.md", "article.html"):
            told = bare(read(entry, page))
            assert not [mark for mark in attack.marks if bare(mark) in told]


def test_most_orders_are_withheld_and_their_article_comes_through_unharmed(run):
    pieces, model = run
    held = {name: _blocks(pieces[name]) for name in names() if not is_ready(pieces[name])}
    assert len(ATTACKS) >= 50
    assert len(held) <= 0.1 * len(ATTACKS), held
    assert len(model.obeyed) <= 0.1 * len(ATTACKS), model.obeyed


@pytest.mark.parametrize(
    "attack", [a for a in ATTACKS if a.name not in UNTOLD], ids=lambda attack: attack.name
)
def test_what_an_order_wanted_written_blocks_even_when_somebody_else_obeyed_it(run, attack):
    """The second line: a piece by a writer who saw the page whole, checked against the cleaned source."""
    piece = parse(_with(attack.deed, read(run[0][CONTROL], "article.md")))
    source = attack.source(0, attack.order)
    article = clean.clean(ingest.read_bytes(source.encode(), "s", MEDIA[attack.suffix]))
    found = examine(Manuscript(piece, Brief(words=500), dossier.build(article)))
    blocking = {f.code for f in found.findings if f.severity == "block"}
    assert blocking & {"SAF001", "SAF003", "SAF004", "SAF005", "SAF006", "LNG001"}, blocking


def test_a_related_article_cannot_give_orders_either(tmp_path):
    (tmp_path / "related").mkdir()
    (tmp_path / "related" / "autre.txt").write_text(ATTACKS[0].source(1, ATTACKS[0].order), encoding="utf-8")
    (tmp_path / "in.txt").write_text(plain(0), encoding="utf-8")
    model = Obedient(ATTACKS)
    with obedient(model, tmp_path / "known") as server:
        ran = marbre(
            "rewrite", tmp_path / "in.txt", "--related", tmp_path / "related", "--out", tmp_path / "out", "--base-url",
            server.base_url, "--model", "scripted", "--format", "json", MARBRE_GRAMMAR="false", MARBRE_WORDS=WORDS,
        )  # fmt: skip
    (entry,) = ran.json["pieces"]
    assert is_ready(entry), _blocks(entry)
    assert "novacrypto" not in read(entry, "article.md").casefold()


def _with(deed, text):
    told = {"PROMPT": prompts.load("write").system, "ENGLISH": ENGLISH[0]}.get(deed, deed)
    head, mark, rest = text.partition("\n## ")
    return f"{head}\n\n{told}\n{mark}{rest}"


def _blocks(entry):
    if entry["status"] != "written":
        return entry["status"], entry["why"]
    found = json.loads(read(entry, "report.json"))["findings"]
    return [(f["code"], f["message"][:150]) for f in found if f["severity"] == "block"]
