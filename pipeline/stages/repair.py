"""Repair is local and monotonic: fixes by code first, then only the sections at fault, the better draft kept.

When rounds or calls are used up, a sentence that is still false to the sources is taken out where the piece can do
without it. With what is left, the piece goes on: nothing is lost, nothing hidden.
"""

from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.checks import examine
from pipeline.checks.check import Desk, Manuscript, Proof
from pipeline.errors import WriterError
from pipeline.model import Brief, CheckResult, Dossier, Draft, Finding, Plan, Repair
from pipeline.stages import dropping, sections
from pipeline.stages.front import provisional_front
from pipeline.stages.means import Limits, Means
from pipeline.text import translated
from pipeline.text.markdown import parse
from pipeline.text.words import count_words
from pipeline.writers import Writer

_WORDS_A_SECTION = 120  # more than this cannot be asked of one section without padding it


@dataclass(frozen=True, slots=True)
class _Examined:
    draft: Draft
    result: CheckResult
    body_at: int
    """Where the body starts in the text that was examined."""
    missing: int
    """Words short of the brief."""

    @property
    def score(self) -> tuple[int, int, int]:
        """Smaller is better: blocking findings, words missing, warnings."""
        return self.result.count("block"), self.missing, self.result.count("warn")


@dataclass(frozen=True, slots=True)
class Repaired:
    draft: Draft
    log: tuple[Repair, ...]
    result: CheckResult
    """Of the draft as it was looked at last."""


Look = Callable[[Draft], Awaitable[_Examined]]


async def repair(
    dossier: Dossier,
    brief: Brief,
    plan: Plan,
    draft: Draft,
    writer: Writer,
    limits: Limits,
    means: Means = Means(),  # noqa: B008 - frozen
) -> Repaired:
    """The draft after fixes, at most `limits.calls` sections sent back, and the last resort."""
    shop = _Workshop(dossier, brief, plan, draft, writer, means)
    current, fixes = await shop.by_code(draft.body)
    shop.log.extend(fixes)
    for _ in range(limits.rounds):
        # From the last to the first: a section that grows does not move those before it.
        for index, findings in sorted(_at_fault(current).items(), reverse=True):
            better = (
                await shop.by_writer(current, index, findings) if len(shop.asked) < limits.calls else None
            )
            if better is None:
                return await shop.at_last(current)
            current = better
    return await shop.at_last(current)


@dataclass(frozen=True, slots=True)
class _Workshop:
    """A draft under repair, and what has been done about it."""

    dossier: Dossier
    brief: Brief
    plan: Plan
    draft: Draft
    """As it came."""
    writer: Writer
    means: Means
    log: list[Repair] = field(default_factory=list)
    asked: set[tuple[object, ...]] = field(default_factory=set)
    pairs: dict[tuple[str, str], None] = field(default_factory=dict)
    """Slots and the translations that stood before them, in their order."""

    async def look(self, candidate: Draft) -> _Examined:
        head = provisional_front(self.plan, candidate)
        text, means = head + candidate.body, self.means
        proof = await means.proof(lambda: text)
        result = await means.do(_examined, text, self.brief, self.dossier, proof, means.desk)
        return _Examined(candidate, result, len(head), max(0, self.brief.words - result.words))

    async def by_code(self, body: str) -> tuple[_Examined, list[Repair]]:
        # Type is set first of all: no-break spaces bind words together, and so change how many there are.
        body, pairs = translated.taken(body, self.dossier)
        self.pairs.update(dict.fromkeys(pairs))
        body = await self.means.do(_set, body, self.brief.typography, self.brief.spellings)
        candidate = replace(self.draft, body=body, translations=tuple(self.pairs))
        return await apply_fixes(await self.look(candidate), self.look)

    async def by_writer(
        self, current: _Examined, index: int, findings: tuple[Finding, ...]
    ) -> _Examined | None:
        """The better draft once a section went back; None where there is nobody more to ask."""
        parts = sections.cut(current.draft.body)
        section, question = parts[index], _question(parts, index, findings)
        if question in self.asked:
            return current  # the ledger would give the answer that was not good enough
        self.asked.add(question)
        outline = _outline(parts, index)
        try:
            mended = await self.writer.mend(self.dossier, self.brief, section.strip(), findings, outline)
        except WriterError as error:
            self.log.append(_entry(section, findings, kept=False, why=str(error)))
            return None
        if mended is None:
            return None
        candidate, _ = await self.by_code(sections.replaced(parts, index, mended))
        kept = candidate.score < current.score
        why = f"{_told(current)} before, {_told(candidate)} after"
        self.log.append(_entry(section, findings, kept=kept, why=why))
        return candidate if kept else current

    async def at_last(self, current: _Examined) -> Repaired:
        last, dropped = await last_resort(current, self.look, self.dossier)
        return Repaired(last.draft, (*self.log, *dropped), last.result)


def _set(body: str, profile: str, spellings: tuple[str, ...]) -> str:
    from pipeline.text.typography import profile_of, typeset  # hundreds of patterns, for whoever does it

    return typeset(body, profile_of(profile, spellings))


def _examined(text: str, brief: Brief, dossier: Dossier, proof: Proof, desk: Desk) -> CheckResult:
    return examine(Manuscript(parse(text), brief, dossier, proof, desk))


async def last_resort(current: _Examined, look: Look, dossier: Dossier) -> tuple[_Examined, list[Repair]]:
    """Do without the sentences that are still false, one after the other, from the last to the first."""
    log: list[Repair] = []
    if current.draft.working:
        return current, log  # an editor's material: nothing of it is told yet
    blocking = [f for f in current.result.findings if f.blocks and f.family == "FID"]
    for finding, place in [(f, f.where) for f in reversed(blocking) if f.where]:
        at = place.start - current.body_at
        if at < 0 or not current.draft.body.startswith(place.text, at):
            continue  # in the front matter, or gone with a sentence taken out before
        for body, done in dropping.without(current.draft.body, finding, at, dossier):
            candidate = await look(replace(current.draft, body=body))
            if candidate.score < current.score and not _new_trouble(current, candidate):
                log.append(
                    Repair("code", _heading_at(current.draft.body, at), (finding.code,), kept=True, why=done)
                )
                current = candidate
                break
    return current, log


def _new_trouble(before: _Examined, after: _Examined) -> bool:
    """Some check blocks more often: an empty section is no better than a false sentence."""
    counts = [Counter(f.code for f in e.result.findings if f.blocks) for e in (before, after)]
    return any(count > counts[0][code] for code, count in counts[1].items())


def _heading_at(body: str, at: int) -> str | None:
    parts = sections.cut(body)
    lines = parts[sections.index_at(parts, at)].strip().splitlines()
    return lines[0].lstrip("# ") if lines else None


async def apply_fixes(examined: _Examined, look: Look) -> tuple[_Examined, list[Repair]]:
    """Apply the ready-made fixes, from the last to the first; kept only if the piece is better for it."""
    body, codes = examined.draft.body, []
    for finding in sorted(_fixable(examined.result.findings), key=lambda f: -f.where.start if f.where else 0):
        if finding.where is None or finding.fix is None or finding.where.start < examined.body_at:
            continue
        start, end = finding.where.start - examined.body_at, finding.where.end - examined.body_at
        if body[start:end] == finding.where.text:
            body = body[:start] + finding.fix + body[end:]
            codes.append(finding.code)
    if not codes:
        return examined, []
    fixed = await look(replace(examined.draft, body=body))
    kept = fixed.score < examined.score
    entry = Repair(
        "code", None, tuple(sorted(set(codes))), kept, f"{_told(examined)} before, {_told(fixed)} after"
    )
    return (fixed if kept else examined), [entry]


def _fixable(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Fixes that do not overlap: the first of each place; none for what an editor let stand."""
    end = -1
    for finding in findings:
        if finding.acknowledged or finding.fix is None:
            continue
        if finding.where and finding.where.start >= end:
            end = finding.where.end
            yield finding


def _at_fault(examined: _Examined) -> dict[int, tuple[Finding, ...]]:
    """The parts that must go back to the writer, with what is wrong in each."""
    parts = sections.cut(examined.draft.body)
    found: dict[int, list[Finding]] = defaultdict(list)
    for finding in examined.result.findings:
        if not finding.blocks or finding.code in ("LEN001", "ORI003"):
            continue
        if finding.where and finding.where.start >= examined.body_at:
            found[sections.index_at(parts, finding.where.start - examined.body_at)].append(finding)
        elif finding.family == "HEA":
            found[0].append(finding)
    if examined.missing:
        for index, finding in _longer(parts, examined.missing):
            found[index].append(finding)
    return {index: tuple(findings) for index, findings in found.items()}


def _longer(parts: Sequence[str], missing: int) -> Iterator[tuple[int, Finding]]:
    """Which sections should grow, and by how much: the shortest ones, title and lede left alone."""
    shortest = sorted(range(1, len(parts)), key=lambda i: (count_words(parts[i]), i)) or [0]
    share = -(-missing // _WORDS_A_SECTION)
    chosen = shortest[:share]
    each = -(-missing // len(chosen))
    for index in chosen:
        message = f"Il manque {missing} mots à l’article : développez cette section d’au moins {each} mots."
        yield index, Finding("LEN001", "block", message)


def _outline(parts: Sequence[str], index: int) -> list[str]:
    return [p.splitlines()[0].lstrip("# ") for i, p in enumerate(parts) if i not in (0, index)]


def _question(parts: Sequence[str], index: int, findings: Sequence[Finding]) -> tuple[object, ...]:
    """All that the writer is told: places in the file are no part of it."""
    told = tuple((f.code, f.message, f.where.text if f.where else "", f.evidence) for f in findings)
    return parts[index].strip(), told, tuple(_outline(parts, index))


def _entry(section: str, findings: Sequence[Finding], *, kept: bool, why: str) -> Repair:
    heading = section.strip().splitlines()[0].lstrip("# ")
    return Repair("writer", heading, tuple(sorted({f.code for f in findings})), kept, why)


def _told(examined: _Examined) -> str:
    blocks, missing, warns = examined.score
    return f"{blocks} blocking, {missing} words missing, {warns} warnings"
