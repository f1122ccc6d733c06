"""What there is to do on a piece: its parts that rest on a change, found by the evidence of its sentences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.checks.check import Manuscript
from pipeline.checks.fidelity.evidence import carried
from pipeline.model import Article, Brief, Carried, Plan
from pipeline.refresh.parts import Touched, touched
from pipeline.refresh.signs import Sign
from pipeline.refresh.substance import Difference, difference
from pipeline.refresh.swaps import swapped, swaps
from pipeline.stages import dossier as dossiers
from pipeline.stages import sections
from pipeline.stages.renew import body_of, plan_of
from pipeline.text.markdown import Document, parse

_MOST_PARTS = 4  # of one piece; more, and it is another article


@dataclass(frozen=True, slots=True)
class Work:
    """The parts to be written again, of a piece that has parts. Its title and description tell the new figures."""

    body: str
    plan: Plan
    touched: tuple[Touched, ...]


def work_of(
    text: str,
    old: Mapping[int, Article],
    new: Sequence[Article],
    stale: Sequence[Sign],
    dead: Sequence[str] = (),
) -> Work | None:
    """`old` are the sources as they were when the piece was written, by number; `new` as they are now, in that order;
    `dead` are addresses that lead nowhere.

    None when so much rests on the change that the piece is better written as a whole.
    """
    document = parse(text)
    body, start = body_of(document)
    parts = sections.cut(body)
    if not parts or not parts[0].startswith("# "):
        return None
    changed = differences(old, new)
    plan = plan_of(document)
    evidence = [
        (sections.index_at(parts, c.start - start), c) for c in _carried(document, old) if c.start >= start
    ]
    found = touched(parts, evidence, changed, stale, plan.keyphrase, dead)
    if len(found) > min(_MOST_PARTS, (len(parts) + 1) // 2):
        return None
    values = swaps(changed.values())
    plan = replace(plan, title=swapped(plan.title, values), description=swapped(plan.description, values))
    return Work(body, plan, found)


def rests_on(text: str, old: Mapping[int, Article], number: int, now: Article) -> bool:
    """Whether the piece tells, title and description included, what that source does not say any more, or the source
    says something new on its keyphrase.
    """
    document = parse(text)
    body, _ = body_of(document)
    changed = {f"S{number}": difference(old[number].passages, now.passages)}
    evidence = [(0, c) for c in _carried(document, old)]
    return bool(touched([body], evidence, changed, (), plan_of(document).keyphrase))


def differences(old: Mapping[int, Article], new: Sequence[Article]) -> dict[str, Difference]:
    """By label. What is new among the background comes under the label it has from now on."""
    found = {}
    for number, article in enumerate(new, start=1):
        before = old[number].passages if number in old else ()
        told = difference(before, article.passages)
        if told.changes:
            found[f"S{number}"] = told
    return found


def _carried(document: Document, old: Mapping[int, Article]) -> Iterator[Carried]:
    first, *others = (old[n] for n in sorted(old))
    yield from carried(Manuscript(document, Brief(), dossiers.build(first, tuple(others))))
