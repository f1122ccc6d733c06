"""Sources found again by their wording over all workers: in their order, whoever comes first, never both and never none."""

import asyncio
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from threading import Barrier
from time import sleep

from pipeline.crew import Crew
from pipeline.items import Item, items_of
from pipeline.job import process_one
from pipeline.ledger import Ledger
from pipeline.model import Article, Outcome, Paragraph
from pipeline.near import COMPARED
from pipeline.settings import Settings
from pipeline.spending import forget
from pipeline.stages import clean, ingest
from pipeline.turns import Turns
from pipeline.workers import asked, reprints
from pipeline.workers.asked import AskedTurns
from pipeline.workers.content import content_of
from pipeline.workers.queue import prepared
from pipeline.workers.reprints import AskedNear
from pipeline.workers.runs import Runs, in_turn
from pipeline.workers.status import status_of
from pipeline.workers.stored import item_of, task_of
from pipeline.workers.submit import submit
from pipeline.workers.takeover import ASIDE
from pipeline.workers.work import note
from tests.reprints import LEDES, SEEDS, figures_changed, other_space, paragraphs, reprinted
from tests.test_near import row as piece_of
from tests.workers.queued import MOMENT, registered, rows, taken_by, task_at

SEED = "001_7107e614131a75cb"
OFFLINE = Settings(writer="offline", grammar=False)


def page(address, texts):
    source = ingest.read_bytes("\n\n".join(texts).encode(), address, "text/plain")
    return Item(address, address, lambda: source)


def submitted(ledger, *pages, settings=OFFLINE, site="a"):
    """The tasks of pages, given as their paragraphs, in their order; after those of earlier submissions."""
    items = [page(f"https://{site}.example/{n:03}", texts) for n, texts in enumerate(pages)]
    submit(ledger, items, content_of(settings), {}, MOMENT)
    return [task_of(ledger, each.id) for each in rows(ledger, "SELECT id FROM work_items ORDER BY id")]


def looked(ledger, task, *, judges=True):
    item = item_of(ledger, task)
    return AskedNear(ledger, task, judges).look(item, clean.clean(item.read()))


def ended(ledger, task, status):
    note(ledger, task, Outcome(task.ref, None, status))


def test_a_reprint_of_what_another_worker_had_is_found_and_says_what_it_has_of_its_own(ledger):
    first, again = submitted(ledger, paragraphs(SEED), reprinted(paragraphs(SEED), LEDES[SEED]))
    assert looked(ledger, first) is None
    like = looked(ledger, again)
    assert (like.ref, like.found.is_again) == (first.ref, True)
    assert "of its own: «" in like.why


def test_an_updated_story_is_told_otherwise_and_kept_for_those_that_follow(ledger):
    story = paragraphs(SEED)
    (updated, *_) = figures_changed(story)
    tasks = submitted(ledger, story, updated, updated[:-1])
    found = [looked(ledger, task) for task in tasks]
    assert [like and (like.ref, like.found.is_again) for like in found] == [
        None, (tasks[0].ref, False), (tasks[1].ref, True),
    ]  # fmt: skip


def test_five_articles_on_one_subject_are_five_stories(ledger):
    assert [looked(ledger, task) for task in submitted(ledger, *map(paragraphs, SEEDS))] == [None] * 5


def test_who_comes_again_after_its_worker_ended_is_no_reprint_of_what_came_meanwhile(ledger):
    story = paragraphs(SEED)
    first, longer = submitted(ledger, story, ["Un vote aura lieu le 12 mai 2031.", *story])
    assert looked(ledger, first) is None
    assert not looked(ledger, longer).found.is_again, "the first has nothing that it has not"
    assert looked(ledger, first) is None


def test_of_what_was_not_written_nothing_is_a_reprint(ledger):
    first, again = submitted(ledger, paragraphs(SEED), other_space(paragraphs(SEED)))
    looked(ledger, first)
    for status in ("failed", ASIDE):
        ended(ledger, first, status)
        assert looked(ledger, again) is None
        rows(ledger, "DELETE FROM work_prints WHERE item = :item", item=again.id)


def test_a_source_that_failed_and_is_submitted_again_is_looked_at_beside_what_was_written_meanwhile(ledger):
    pages = paragraphs(SEED), other_space(paragraphs(SEED))
    first, again = submitted(ledger, *pages)
    looked(ledger, first)
    ended(ledger, first, "failed")
    assert looked(ledger, again) is None
    first, again = submitted(ledger, *pages)
    assert looked(ledger, first).ref == again.ref


def test_what_older_bytes_said_is_not_told_once_newer_ones_were_submitted(ledger):
    older, _ = submitted(ledger, paragraphs(SEED), other_space(paragraphs(SEED)))
    item = item_of(ledger, older)
    article = clean.clean(item.read())
    _, again = submitted(
        ledger, ["Une autre histoire, sans rapport avec la première."], other_space(paragraphs(SEED))
    )
    assert AskedNear(ledger, older, judges=True).look(item, article) is None
    assert looked(ledger, again) is None


def test_where_all_are_to_be_written_they_are_told_and_none_is_found(ledger):
    first, again = submitted(ledger, paragraphs(SEED), other_space(paragraphs(SEED)))
    assert looked(ledger, first, judges=False) is None
    assert looked(ledger, again, judges=False) is None
    longer = OFFLINE.model_copy(update={"words": 900})
    *_, late = submitted(ledger, paragraphs(SEED)[1:], settings=longer, site="b")
    assert looked(ledger, late).ref == first.ref


def test_a_source_that_has_a_piece_is_never_one_and_others_are_its(ledger):
    first, own, third = submitted(ledger, paragraphs(SEED), paragraphs(SEED)[1:], paragraphs(SEED)[:-1])
    looked(ledger, first)
    ended(ledger, first, "failed")
    item = item_of(ledger, own)
    ledger.adopt(piece_of(item, clean.clean(item.read())))
    assert looked(ledger, own) is None
    assert looked(ledger, third).ref == own.ref


def test_an_earlier_source_that_was_forgotten_makes_no_duplicate(ledger):
    first, again = submitted(ledger, paragraphs(SEED), other_space(paragraphs(SEED)))
    looked(ledger, first)
    forget(ledger, [first.key])
    assert looked(ledger, again) is None


def test_a_form_that_many_fill_in_is_compared_with_a_few(ledger, monkeypatch):
    compared: Counter[int] = Counter()

    def said(self, row):
        compared[self.task.id] += 1
        return read(self, row)

    read = AskedNear._said
    monkeypatch.setattr(AskedNear, "_said", said)
    monkeypatch.setattr(reprints, "ASKED", 4)
    form = [
        "Le bureau de vote de la commune numéro {n} a fermé à 18 heures, et le dépouillement a commencé aussitôt.",
        "Les électeurs y étaient {m}, et la participation a reculé de 3 points par rapport au scrutin précédent.",
        "Le maire a remercié les assesseurs. Les résultats seront affichés à la mairie dès le lendemain matin.",
    ]
    tasks = submitted(ledger, *([p.format(n=n, m=1_000 + n) for p in form] for n in range(20)))
    found = [looked(ledger, task) for task in tasks]
    assert [like.found.is_again for like in found[1:]] == [False] * 19
    assert max(compared.values()) <= COMPARED


def test_a_text_without_fingerprints_has_had_its_turn_all_the_same(ledger):
    (task,) = submitted(ledger, ["Deux mots."])
    article = Article(task.ref, task.sha256, None, "fr", (Paragraph("P1", "Deux mots."),))
    assert AskedNear(ledger, task, judges=True).look(item_of(ledger, task), article) is None
    assert [(row.item, row.hash) for row in rows(ledger, "SELECT * FROM work_prints")] == [(task.id, -1)]


def halves():
    """Ten stories, none of which has a sentence of another."""
    for seed in SEEDS:
        told = paragraphs(seed)
        yield told[: len(told) // 2]
        yield told[len(told) // 2 :]


def test_of_ten_pairs_looked_up_at_the_same_moment_one_each_is_again(ledger):
    pairs = [(story, other_space(story)) for story in halves()]
    tasks = submitted(ledger, *(story for pair in pairs for story in pair))
    together = Barrier(2)

    def at_once(task):
        together.wait(20)
        return looked(ledger, task)

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(at_once, tasks))
    again = [like is not None and like.found.is_again for like in found]
    assert [sum(again[n : n + 2]) for n in range(0, 20, 2)] == [1] * 10


def begun(ledger, worker, *, number):
    return [taken_by(ledger, worker) for _ in range(number)]


async def waits(turn):
    """Whether a turn is waited for."""
    waiting = asyncio.create_task(turn())
    done, _ = await asyncio.wait([waiting], timeout=0.3)
    waiting.cancel()
    return not done


def waits_for_others(ledger, task):
    async def go():
        async with AskedTurns(Turns(), ledger, task).next() as turn:
            return await waits(turn)

    return asyncio.run(go())


def test_who_was_submitted_later_waits_until_those_before_are_through(ledger):
    first, second, third = submitted(ledger, *islice(halves(), 3))
    begun(ledger, registered(ledger), number=2)
    assert not waits_for_others(ledger, first)
    assert waits_for_others(ledger, second)
    looked(ledger, first)
    assert not waits_for_others(ledger, second)
    assert waits_for_others(ledger, third)
    ended(ledger, second, "skipped")
    assert not waits_for_others(ledger, third)


def test_nobody_waits_for_what_is_not_begun_is_done_alone_or_was_begun_long_ago(ledger, monkeypatch):
    first, second = submitted(ledger, *islice(halves(), 2))
    assert not waits_for_others(ledger, second)
    begun(ledger, registered(ledger), number=1)
    assert waits_for_others(ledger, second)
    rows(ledger, "UPDATE work_items SET killed = 2 WHERE id = :id", id=first.id)
    assert not waits_for_others(ledger, second)
    rows(ledger, "UPDATE work_items SET killed = 0 WHERE id = :id", id=first.id)
    monkeypatch.setattr(asked, "_PATIENCE", 0.0)
    assert not waits_for_others(ledger, second)


def test_sources_are_numbered_as_they_were_submitted_whatever_their_names(ledger):
    items = [page(f"https://{name}.example/", ["Une histoire."]) for name in "cab"]
    submit(ledger, items, content_of(OFFLINE), {}, MOMENT)
    told = [row.key for row in rows(ledger, "SELECT key FROM work_items ORDER BY id")]
    assert told == [item.key for item in items]


def test_a_ledger_that_an_older_program_prepared_gets_what_is_missing(postgres):
    url = postgres.schema()
    with closing(prepared(Ledger(url))) as ledger:
        rows(ledger, "DROP TABLE work_prints, work_beside")
        prepared(ledger)
        assert rows(ledger, "SELECT * FROM work_prints") == rows(ledger, "SELECT * FROM work_beside") == []


async def wrote(run, item, source, *_):
    await asyncio.sleep(0.02)
    return Outcome(item.ref, source.sha256, "written", verdict="needs_work")


def slowly(item):
    sleep(0.1)
    return item.read()


async def worker(ledger, runs, number):
    """Does jobs as a worker does; the first of each pair is read slowly."""
    while job := taken_by(ledger, number):
        run, item = await runs.of(task := task_at(ledger, job))
        late = replace(item, read=partial(slowly, item)) if "a.txt" in item.ref else item
        note(ledger, task, await process_one(in_turn(run, task), late, wrote))
        rows(ledger, "SELECT procrastinate_finish_job_v1(:job, 'succeeded', false)", job=job)


def test_of_ten_pairs_in_two_workers_the_first_are_written_as_in_a_batch(ledger, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for n, story in enumerate(halves()):
        (folder / f"{n}a.txt").write_text("\n\n".join(story), encoding="utf-8")
        (folder / f"{n}b.txt").write_text(
            "\n\n".join([*other_space(story), "Une phrase de plus."]), encoding="utf-8"
        )
    submit(ledger, items_of(folder, Path("elsewhere")), content_of(OFFLINE), {}, MOMENT)

    async def go():
        with closing(Crew(1)) as crew:
            own = OFFLINE.model_copy(update={"out": tmp_path / "out"})
            both = [Runs(own, ledger, crew, f"worker-{n}") for n in range(2)]
            await asyncio.gather(*(worker(ledger, runs, registered(ledger)) for runs in both))
            for runs in both:
                await runs.close()

    asyncio.run(go())
    told = {Path(row.ref).name: row for row in rows(ledger, "SELECT ref, status, why FROM work_items")}
    assert {name: row.status for name, row in told.items()} == {
        f"{n}{one}.txt": {"a": "written", "b": "near_duplicate"}[one] for n in range(10) for one in "ab"
    }
    assert all(f"{n}a.txt" in told[f"{n}b.txt"].why for n in range(10))
    assert (status_of(ledger).done, status_of(ledger).failed) == (20, 0)
