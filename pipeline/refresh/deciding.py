"""Every written piece, with the reasons to write it again: what the ledger knows, held against what lies there now."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pipeline import origins
from pipeline.ledger import Ledger
from pipeline.model import NOTHING_CHANGED, Article
from pipeline.origins import Known
from pipeline.refresh import due, look
from pipeline.refresh.due import Reason, Remembered, Seen, Sight, Wanted
from pipeline.refresh.links import Links
from pipeline.refresh.newcomers import Newcomers, bringing
from pipeline.refresh.traffic import Traffic
from pipeline.refresh.where import Where
from pipeline.settings import Settings

Also = Literal["model", "prompt"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a refresh is to look at beyond the sources, and what it may do."""

    also: frozenset[Also] = frozenset()
    """What is a reason only when asked for."""
    check_links: bool = False
    traffic: Path | None = None
    """A comparison exported from Search Console."""
    limit: int | None = None
    """The most pieces written again in one run."""
    overwrite_edited: bool = False
    """Whether a piece that somebody has edited may be replaced; its text is then kept in `history/`."""


@dataclass(frozen=True, slots=True)
class Decision:
    known: Known
    seen: Seen
    reasons: tuple[Reason, ...] = ()
    gone: str = ""
    """Why the source itself cannot be read any more; then nothing can be done."""
    new: tuple[Path, ...] = ()
    """Articles that bring facts on its subject."""
    key: str = ""
    """What makes this attempt and another the same."""
    left: str = ""
    """Why nobody looked at it; empty where somebody did."""
    beside: tuple[Article, ...] | None = None
    """The background as it is now, given to who has neither its files nor its pages; None where it is read when it is needed."""

    @property
    def slug(self) -> str:
        return self.known.row.slug

    @property
    def was_tried(self) -> bool:
        """The same reasons led to nothing before, and nothing is different now."""
        return bool(self.reasons) and self.key == self.known.about.tried

    @property
    def only_links(self) -> bool:
        """Dead links are all there is to be done."""
        return bool(self.reasons) and all(r.code == "dead_link" for r in self.reasons)

    @property
    def why(self) -> str:
        told = [*map(str, self.reasons), *([f"its source cannot be read: {self.gone}"] if self.gone else ())]
        return self.left or "; ".join(told) or NOTHING_CHANGED


@dataclass(frozen=True, slots=True)
class Desk:
    """All that deciding looks at."""

    ledger: Ledger
    settings: Settings
    asked: Asked
    now: datetime
    where: Where
    stopping: Callable[[], bool] = lambda: False
    """Once true, no further page is asked for."""
    noted: list[tuple[str, int, dict[str, Any]]] = field(default_factory=list)
    """What the ledger is to be told of pieces that stay."""
    adopted: list[tuple[Known, Article]] = field(default_factory=list)
    """Pieces of an older program, with what their source says: from now on it is remembered."""


def decisions(desk: Desk) -> Iterator[Decision]:
    """For every written piece, by slug, up to those for whose pages it was to stop; streamed. Reads, and writes nothing:
    `remember` does.
    """
    eyes = _eyes_of(desk)
    for some in desk.where.pieces():
        left = [desk.where.left(each) for each in some]
        looked_at = [each for each, why in zip(some, left, strict=True) if not why]
        eyes.look.ahead(looked_at, desk.stopping)
        if desk.asked.check_links:
            eyes.links.ahead(looked_at, desk.stopping)
        for each, why in zip(some, left, strict=True):
            if desk.stopping():
                return
            yield Decision(each, Seen(), left=why) if why else _decided(desk, each, eyes)


@dataclass(frozen=True, slots=True)
class _Eyes:
    """What deciding sees with, over all pieces."""

    look: look.Look
    links: Links
    newcomers: Newcomers
    traffic: Mapping[str, Traffic]
    checks: str
    prompts: tuple[str, ...]
    """Those in force, where newer ones are to be a reason."""


def _eyes_of(desk: Desk) -> _Eyes:
    from pipeline import prompts
    from pipeline.refresh import traffic as figures

    names = ("plan", "write") if "prompt" in desk.asked.also else ()
    return _Eyes(
        look.Look(desk.ledger, desk.settings, desk.where, desk.noted),
        Links(desk.settings, desk.where, desk.now),
        _newcomers(desk),
        figures.read(desk.asked.traffic) if desk.asked.traffic else {},
        origins.blocking_checks(),
        tuple(prompts.load(name).name for name in names),
    )


def _decided(desk: Desk, known: Known, eyes: _Eyes) -> Decision:
    dead: tuple[str, ...] = ()
    if desk.asked.check_links:
        dead, known = eyes.links.of(known, desk.noted)
    sights = eyes.look.at(known) if known.origins else _first_sight(desk, known, eyes.look)
    brought = _brought(desk, known, eyes.newcomers)
    seen = Seen(sights, tuple(line for _, line in brought), dead, _blocking(desk, known, eyes.checks))
    return _decision(desk, known, seen, tuple(path for path, _ in brought), eyes)


def _decision(desk: Desk, known: Known, seen: Seen, new: tuple[Path, ...], eyes: _Eyes) -> Decision:
    writer = str(known.row.entry.get("writer"))
    row = Remembered(
        known.row.slug,
        writer,
        # A working draft is its source's own words: no reader sees them, and arranging them again changes none.
        known.about.signs if writer != "offline" else (),
        known.about.prompts,
        known.about.tried,
    )
    by = desk.where.by(known)
    wanted = Wanted(by if "model" in desk.asked.also and by != "offline" else None, eyes.prompts)
    gone = next((s.told for s in seen.sources if s.label == "S1" and s.state == "gone"), "")
    reasons = due.due(row, seen, desk.now, eyes.traffic.get(known.row.slug), wanted)
    if gone:  # a dead link is taken out without it
        reasons = tuple(r for r in reasons if r.code == "dead_link")
    return Decision(known, seen, reasons, gone, new, due.key_of(reasons, seen, by) if reasons else "")


def _newcomers(desk: Desk) -> Newcomers:
    if desk.settings.related is None:
        return Newcomers({})
    from pipeline.items import paths_of

    oldest = origins.oldest(desk.ledger)
    paths = paths_of(desk.settings.related, desk.settings.out)
    return Newcomers.of(paths, datetime.fromisoformat(oldest).timestamp()) if oldest else Newcomers({})


def _brought(desk: Desk, known: Known, newcomers: Newcomers) -> list[tuple[Path, str]]:
    if not newcomers.by_stem or not known.about.looked:
        return []
    own = {o.source for o in known.origins}
    after = datetime.fromisoformat(known.about.looked).timestamp()
    found = newcomers.on(str(known.row.entry.get("keyphrase") or ""), after)
    found = [n for n in found if str(n.path.resolve()) not in own]
    if not found:
        return []
    articles = origins.articles_of(desk.ledger, known.row.slug)
    return [(n.path, line) for n, line in bringing(found, list(articles.values()))] if articles else []


def _first_sight(desk: Desk, known: Known, eyes: look.Look) -> tuple[Sight, ...]:
    (origin,) = look.origins_of(known)
    if origin.source.startswith("-:") or origin.source == "-":
        return ()
    read = eyes.page(origin) if origin.is_page else desk.where.file_now(origin)
    if read is None or read.article is None:
        return (Sight("S1", "gone", read.trouble if read else ""),)
    if read.article.sha256 != known.row.source_sha256:
        return (
            Sight(
                "S1", "changed", "texte modifié ; ce qu’il disait n’est pas en mémoire", read.article.sha256
            ),
        )
    desk.adopted.append((known, read.article))
    return (Sight("S1"),)


def _blocking(desk: Desk, known: Known, checks: str) -> tuple[str, ...]:
    """Checks that are new since the piece was written and block it; looked for once, as long as there are none."""
    if not known.checks or known.checks == checks or known.row.entry.get("writer") == "offline":
        return ()
    codes = frozenset(checks.split()) - frozenset(known.checks.split())
    articles = origins.articles_of(desk.ledger, known.row.slug) if codes else {}
    found = _blocks_now(desk, known, articles, codes) if 1 in articles else ()
    if not found:
        desk.noted.append((known.row.slug, 1, {"checks": checks}))
    return found


def _blocks_now(
    desk: Desk, known: Known, articles: Mapping[int, Article], codes: frozenset[str]
) -> tuple[str, ...]:
    from pipeline.checks import examine
    from pipeline.checks.check import Manuscript
    from pipeline.stages import dossier as dossiers
    from pipeline.stages.brief import make_brief
    from pipeline.text.markdown import parse

    first, *others = (articles[n] for n in sorted(articles))
    brief = make_brief(desk.where.settings(known), None, known.about.flags, known.about.matched)
    text = desk.where.text(known.row.slug)
    manuscript = Manuscript(parse(text), brief, dossiers.build(first, tuple(others)))
    found = {f.code for f in examine(manuscript).findings if f.blocks and f.code in codes}
    return tuple(sorted(found))


def remember(desk: Desk) -> None:
    """What was seen of pieces that stay: so that next time less must be read."""
    from pipeline.text.markdown import parse

    origins.note_all(desk.ledger, desk.noted)
    for known, article in desk.adopted:
        origins.adopt(desk.ledger, known, article, parse(desk.where.text(known.row.slug)))
