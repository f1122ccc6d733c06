"""What gives background to submitted articles: a folder that was named, or what was submitted with them."""

import asyncio
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline import corpus
from pipeline.cli import cli
from pipeline.crew import Crew
from pipeline.errors import UsageError
from pipeline.items import item_of_file, items_of, paths_of
from pipeline.settings import Settings
from pipeline.spending import forget
from pipeline.workers.beside import Background, shelved
from pipeline.workers.content import content_of, digest_of, settings_with
from pipeline.workers.stored import sources_told
from pipeline.workers.submit import submit
from tests.reprints import SEEDS, paragraphs
from tests.workers.queued import MOMENT, rows


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def copied(folder, *names):
    for name in names:
        (folder / f"{name[:3]}.txt").write_bytes(SEEDS[name].read_bytes())


def content(ledger, folder):
    settings = Settings(related=folder)
    return shelved(ledger, content_of(settings), settings)


def signatures(loaded):
    return {str(place.named): signed for place, signed in loaded.signatures.items()}


def loaded(background, *submissions):
    async def go():
        return [await background.of(number)() for number in submissions]

    return asyncio.run(go())


def test_a_folder_that_was_named_is_read_elsewhere_as_it_is_here(ledger, folder, tmp_path):
    copied(folder, *SEEDS)
    (folder / "image.png").write_bytes(b"\x89PNG")
    told = content(ledger, folder)
    expected = corpus.build(paths_of(folder, Path("elsewhere")))
    for path in folder.iterdir():
        path.unlink()
    settings = settings_with(Settings(), told)
    with closing(Crew(1)) as crew:
        (found,) = loaded(Background(ledger, tmp_path / "w", crew, "a digest", str(settings.related)), 1)
    assert signatures(found) == {str(path): signed for path, signed in expected.signatures.items()}
    assert found.weights == expected.weights


def test_a_folder_is_known_by_what_lies_in_it(ledger, folder):
    copied(folder, *SEEDS)
    told = content(ledger, folder)
    assert content(ledger, folder) == told
    assert len(rows(ledger, "SELECT * FROM work_beside")) == len(SEEDS)
    assert str(folder) not in str(told)
    (folder / "000.txt").write_text("Une autre histoire.", encoding="utf-8")
    assert digest_of(content(ledger, folder), {}) != digest_of(told, {}), "its articles are looked at again"


def test_what_gave_background_is_found_again_by_its_hash(ledger, folder):
    copied(folder, *SEEDS)
    content(ledger, folder)
    expected = item_of_file(folder / "000.txt").read()
    assert list(sources_told(ledger, [{"sha256": expected.sha256}])) == [expected]


def test_a_worker_has_no_folder_of_its_own_where_none_was_submitted(folder):
    assert settings_with(Settings(related=folder), content_of(Settings())).related is None


def test_what_is_forgotten_gives_no_background(ledger, folder, tmp_path):
    copied(folder, *SEEDS)
    told = content(ledger, folder)
    forget(ledger, [item_of_file(folder / "000.txt").key])
    with closing(Crew(1)) as crew:
        (found,) = loaded(Background(ledger, tmp_path / "w", crew, "a digest", told["related"]), 1)
    assert len(found.signatures) == len(SEEDS) - 1


def test_a_later_submission_adds_to_what_its_settings_have_read_already(
    ledger, folder, tmp_path, monkeypatch
):
    first, *others = SEEDS
    copied(folder, first, others[0])
    own = content_of(Settings())
    submit(ledger, items_of(folder, Path("elsewhere")), own, {}, MOMENT)
    read = []

    async def counted(do, lanes, places):
        read.append(len(places))
        return await build(do, lanes, places)

    build = corpus.build_by
    monkeypatch.setattr(corpus, "build_by", counted)
    with closing(Crew(1)) as crew:
        background = Background(ledger, tmp_path / "w", crew, digest_of(own, {}))

        async def go():
            before = await background.of(1)()
            copied(folder, *others)
            (folder / f"{first[:3]}.txt").write_text("\n\n".join(paragraphs(first)[1:]), encoding="utf-8")
            submit(ledger, items_of(folder, Path("elsewhere")), own, {}, MOMENT)
            return before, await background.of(2)(), await background.of(1)()

        before, after, older = asyncio.run(go())
    assert read == [2, 4], "the one that was read, and says the same, is not read again"
    assert after is older
    assert signatures(after) == signatures(corpus_of(folder))
    assert set(signatures(before)) < set(signatures(after))


def corpus_of(folder):
    places = [corpus.Copied(path, path) for path in paths_of(folder, Path("elsewhere"))]
    return corpus.build(places)


def test_a_folder_that_is_not_there_is_told_in_one_line_and_nothing_is_submitted(postgres, folder, tmp_path):
    url = postgres.schema()
    ran = CliRunner().invoke(cli, ["submit", str(folder), "--related", str(tmp_path / "no"), "--ledger", url])
    assert (ran.exit_code, ran.stdout, ran.stderr.count("\n")) == (2, "", 1)
    assert "Give another with --related" in ran.stderr


def test_the_folder_of_the_pieces_gives_no_background(ledger, folder):
    settings = Settings(related=folder, out=folder)
    with pytest.raises(UsageError, match="where the pieces go"):
        shelved(ledger, content_of(settings), settings)
