"""JUG: what a second model says of the sentences that rules cannot be sure of. Asked for by `--judge MODEL` only.

A model is no proof: its word adds a warning for the editor, and takes no finding away. The model is asked before the
checks are played (`pipeline/writers/judge.py`); its opinions come with the manuscript.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.checks.acknowledged import key_of
from pipeline.checks.check import Check, Example, Manuscript
from pipeline.checks.fidelity.comparison import compare
from pipeline.model import Finding, NotRun, Opinion


@dataclass(frozen=True, slots=True)
class _Said:
    code: str
    words: str


_SAID = {
    "contradicted": _Said("JUG001", "the source says otherwise"),
    "not_found": _Said("JUG002", "the source does not say all of it"),
}


def findings(manuscript: Manuscript, says: str) -> Iterator[Finding]:
    """One for each sentence of which a judge says so. An opinion on a sentence that has changed is void."""
    opinions = manuscript.desk.opinions
    if isinstance(opinions, NotRun) or not opinions:
        return
    about = {opinion.sentence: opinion for opinion in opinions if opinion.says == says}
    comparison = compare(manuscript)
    for statement in comparison.statements:
        if opinion := about.get(key_of(statement.text)):
            said = _SAID[says]
            why = f": {opinion.why}" if opinion.why else ""
            message = f"{opinion.model} thinks that {said.words}{why}"
            yield comparison.finding(said.code, "warn", f"{message.rstrip('.')}.", statement)


def find_contradicted(manuscript: Manuscript) -> Iterator[Finding]:
    return findings(manuscript, "contradicted")


def find_not_found(manuscript: Manuscript) -> Iterator[Finding]:
    return findings(manuscript, "not_found")


_SOURCE = "Le maire n’a pas signé l’arrêté."
_WRONG = "Le maire a signé l’arrêté."
_RIGHT = "L’arrêté n’a pas été signé par le maire."
_WHY = (
    "Rules see about half of the sentences whose denial, certainty or relation was changed; a model that compares the "
    "sentence with its source sees others, and errs in its own way."
)

CHECKS = (
    Check(
        code="JUG001",
        name="a second model says that the source contradicts the sentence",
        severity="warn",
        why=_WHY,
        source="House rule.",
        bad=Example(
            f"# L’arrêté\n\n{_WRONG}",
            source=_SOURCE,
            opinions=(
                Opinion(key_of(_WRONG), "contradicted", "« a signé » ; source : « n’a pas signé »", "juge"),
            ),
        ),
        good=Example(
            f"# L’arrêté\n\n{_RIGHT}",
            source=_SOURCE,
            opinions=(Opinion(key_of(_RIGHT), "supported", "", "juge"),),
        ),
        find=find_contradicted,
        needs_source=True,
    ),
    Check(
        code="JUG002",
        name="a second model does not find all of the sentence in the source",
        severity="warn",
        why=_WHY,
        source="House rule.",
        bad=Example(
            "# L’arrêté\n\nLe maire, lassé, n’a pas signé.",
            source=_SOURCE,
            opinions=(Opinion(key_of("Le maire, lassé, n’a pas signé."), "not_found", "« lassé »", "juge"),),
        ),
        good=Example(
            "# L’arrêté\n\nLe maire n’a pas signé.",
            source=_SOURCE,
            opinions=(Opinion(key_of("Le maire, lassé, n’a pas signé."), "not_found", "« lassé »", "juge"),),
        ),
        find=find_not_found,
        needs_source=True,
    ),
)
