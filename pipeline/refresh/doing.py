"""A piece that is due, written again: the parts that rest on what changed, or all of it, or nothing.

The version there was stays unless the new one is at least as good by every check.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from pipeline import origins
from pipeline.asking import judge_of, writer_of
from pipeline.crew import Do
from pipeline.edited import is_edited
from pipeline.errors import MarbreError, WriterError
from pipeline.fallen import fallen, word_on
from pipeline.items import Item
from pipeline.job import process_one, shelved
from pipeline.journal import Note, enter
from pipeline.ledger_rows import PieceRow, standing
from pipeline.model import Article, Brief, Call, CheckResult, Outcome, Source
from pipeline.origins import Known
from pipeline.outcomes import failed
from pipeline.publish import folder
from pipeline.reading.request import read_request
from pipeline.reasons import fingerprint_of
from pipeline.refresh import signs
from pipeline.refresh.beside import background
from pipeline.refresh.deciding import Decision
from pipeline.refresh.left import EDITED, UNREAD, must_be_seen
from pipeline.refresh.signs import Sign
from pipeline.refresh.where import file_now
from pipeline.refresh.work import Work, work_of
from pipeline.run import Run, alone_with, desk_of, proofreader_of, shelf_of
from pipeline.shelf import OFFLINE
from pipeline.stages import dossier as dossiers
from pipeline.stages import write_article
from pipeline.stages.brief import FLAGS, make_brief
from pipeline.stages.means import Limits, Means
from pipeline.stages.renew import body_of, renew_article
from pipeline.stages.written import Written
from pipeline.text.markdown import parse
from pipeline.writers import Writer

_WHOLE = frozenset({"prompt", "model", "decay"})
"""Reasons that lie in no part of the text."""
_TAKEN_OUT = "the links that lead nowhere were taken out, their words stay"


async def do_what_is_due(
    run: Run, item: Item, decision: Decision, *, overwrite_edited: bool = False
) -> Outcome:
    """One piece that is due, whoever runs it; its failure is its outcome."""
    if not overwrite_edited and is_edited(run.settings.out, decision.known.row):
        return must_be_seen(decision, run.settings.out, EDITED)
    if decision.only_links and (outcome := await unlink(run, item, decision)):
        return outcome
    if run.grammar is None and _was_proofread(decision):
        return must_be_seen(decision, run.settings.out, UNREAD)
    return await process_one(run, item, partial(renew, decision=decision))


def _was_proofread(decision: Decision) -> bool:
    entry = decision.known.row.entry
    return entry["verdict"] == "ready_for_review" and "GRA" not in entry["not_run"]


async def renew(
    run: Run,
    item: Item,
    source: Source,
    article: Article,
    calls: list[Call],
    do: Do,
    decision: Decision,
) -> Outcome:
    """An article job (`job.process_one`) for a piece that is due. What another run has written meanwhile is left."""
    slug = decision.slug
    async with alone_with(run, decision.known.row.source):
        now = origins.known_of(run.ledger, slug)
        if now is None or identity(now) != identity(decision.known):
            why = f"{decision.why}; another run has written it meanwhile"
            row = now.row if now else decision.known.row
            return replace(standing(row, run.settings.out, why), source=item.ref)
        outcome = await _renewed(run, item, source, article, calls, do, replace(decision, known=now))
        if (
            outcome.status == "unchanged"
            and (fell := _taken_out(run, now.row, decision.seen.dead)) is not None
        ):
            outcome = replace(outcome, status="written", why=f"{outcome.why}; {_TAKEN_OUT}", fell=fell)
        return outcome


async def unlink(run: Run, item: Item, decision: Decision) -> Outcome | None:
    """The links of a piece that lead nowhere are taken out by code. None where a writer is needed for that."""
    try:
        async with alone_with(run, decision.known.row.source):
            row = run.ledger.at(decision.slug)
            fell = _taken_out(run, row, decision.seen.dead) if row else None
    except MarbreError as error:
        return failed(run, item, None, error)
    if row is None or fell is None:
        return None
    told = standing(row, run.settings.out, f"{decision.why}; {_TAKEN_OUT}")
    return replace(told, source=item.ref, status="written", fell=fell)


def _taken_out(run: Run, row: PieceRow, dead: Sequence[str]) -> tuple[str, ...] | None:
    """What of a person's word falls with the links; None where they stay."""
    if not dead:
        return None
    shelf, out = shelf_of(run), run.settings.out
    before = folder.text_of(out, row.slug)
    word = word_on(out / row.slug / "article.md", before, before)
    now = shelf.without(row, dead)
    if now is None:
        return None
    enter(out, run.ledger, Note(now))
    return fallen(word, folder.text_of(out, row.slug), ())


def identity(known: Known) -> tuple[str, str, str]:
    """What is different after a run has written a piece again; its links, and what deciding noted of its sources, do not count."""
    return known.row.fingerprint, known.row.source_sha256, known.about.looked


async def _renewed(
    run: Run,
    item: Item,
    source: Source,
    article: Article,
    calls: list[Call],
    do: Do,
    decision: Decision,
) -> Outcome:
    known, about = decision.known, decision.known.about
    row = known.row
    text = shelf_of(run).bare(row)
    writer = writer_of(run, item, source, calls)
    if row.entry.get("writer") != OFFLINE == writer.name:
        raise WriterError(
            "needs_a_model",
            f"The piece is due ({decision.why}), and there is no model to write it.",
            "Set OPENAI_API_KEY, or give --base-url.",
        )
    flags = {**about.flags, **{n: run.flags[n] for n in FLAGS if run.flags.get(n) is not None}}
    brief = make_brief(run.settings, read_request(article.instructions), flags, about.matched)
    old = origins.articles_of(run.ledger, row.slug)
    sources = (article, *_background(run, decision, old))
    means = Means(proofreader_of(run), desk_of(run, row), do, judge_of(run, item, source, calls))
    limits = Limits(run.settings.repair_rounds, run.settings.calls_per_article - 2)
    stale = signs.stale(about.signs, run.now.date()) if writer.name != OFFLINE else ()
    written = None
    if _has_parts(decision, writer, old, sources, text):
        work = await do(work_of, text, old, sources, stale, decision.seen.dead)
        written = await _in_parts(work, sources, brief, writer, limits, means)
    if written is None or not _is_as_good(written, decision, stale):
        written = await write_article(article, sources[1:], brief, writer, limits, means)
    if not _is_as_good(written, decision, stale) or _says_the_same(written, text, decision):
        return _kept(run, item, source, decision, written)
    fingerprint = fingerprint_of(
        source.sha256, brief, writer.name, sources[1:] if about.by_folder else None, run.settings.judge
    )
    shelf = replace(shelf_of(run), by_folder=about.by_folder)
    written = replace(written, calls=tuple(calls))
    piece, new = await shelf.put(written, row.source, fingerprint, row, decision.why, means)
    return shelved(run, item, piece, new, row, decision.why)


def _background(run: Run, decision: Decision, old: Mapping[int, Article]) -> tuple[Article, ...]:
    if decision.beside is not None:
        return decision.beside
    found = background(decision, old, run.settings, lambda origin: file_now(origin.source))
    return tuple(article for _, article in found)


def _has_parts(
    decision: Decision, writer: Writer, old: Mapping[int, Article], sources: Sequence[Article], text: str
) -> bool:
    return (
        writer.name != OFFLINE != decision.known.row.entry.get("writer")
        and not any(r.code in _WHOLE for r in decision.reasons)
        and set(old) == {o.number for o in decision.known.origins} != set()
        # A quotation translated from a source is known by its number there, which a change moves.
        and all(a.language == "fr" for a in sources)
        and bool(text)
    )


async def _in_parts(
    work: Work | None,
    sources: Sequence[Article],
    brief: Brief,
    writer: Writer,
    limits: Limits,
    means: Means,
) -> Written | None:
    if work is None:
        return None
    dossier = await means.do(dossiers.build, sources[0], tuple(sources[1:]))
    return await renew_article(dossier, brief, work.plan, work.body, work.touched, writer, limits, means)


def _is_as_good(written: Written, decision: Decision, stale: Sequence[Sign]) -> bool:
    """No more blocks than the version there is, as far as the same checks ran; and what was stale is gone."""
    if written.draft.working:
        return True
    entry = decision.known.row.entry
    body = written.draft.body
    if signs.standing(stale, parse(body)) or any(address in body for address in decision.seen.dead):
        return False
    allowed = int(entry["block"]) if entry.get("writer") != OFFLINE else _any_number(written.guess)
    return _blocks(written.guess, entry["not_run"]) <= allowed


def _any_number(result: CheckResult | None) -> int:
    return result.count("block") if result else 0


def _blocks(result: CheckResult | None, not_run: Sequence[str]) -> int:
    return sum(f.blocks and f.family not in not_run for f in result.findings) if result else 0


def _says_the_same(written: Written, text: str, decision: Decision) -> bool:
    """Nothing to write down: no word is different, and the sources are those that the piece names."""
    if any(s.state == "changed" for s in decision.seen.sources) or decision.seen.new:
        return False
    return body_of(parse(text))[0] == written.draft.body.strip()


def _kept(run: Run, item: Item, source: Source, decision: Decision, written: Written) -> Outcome:
    """The version there is stays, and the attempt is remembered: it is not made again before something changes."""
    row, about = decision.known.row, replace(decision.known.about, tried=decision.key)
    origins.note_all(run.ledger, [(row.slug, 1, {"piece": about.as_json()})])
    result = written.guess
    blocks = _blocks(result, row.entry["not_run"])
    told = (
        f"the new text has {blocks} blocking findings"
        if blocks > int(row.entry["block"])
        else "nothing new to say"
    )
    return replace(
        standing(row, run.settings.out, f"{decision.why}; {told}, so the version there is stays"),
        source=item.ref,
        sha256=source.sha256,
        verdict="needs_work",
        findings=(("block", blocks), ("warn", result.count("warn") if result else 0), ("info", 0)),
    )


def item_of(decision: Decision, run: Run) -> Item:
    """The source of a piece, named as it was when the piece was written."""
    from pipeline.items import item_of as item_at
    from pipeline.stages import ingest

    source, ref = decision.known.row.source, str(decision.known.row.entry.get("source"))
    if source.startswith(("http://", "https://")):
        import io

        return replace(item_at(source, run.settings, io.BytesIO()), ref=ref)
    path = Path(source)
    return Item(ref, source, lambda: ingest.read_file(path, ref), path)
