"""What a check is: a value that says what it looks for, why, and shows one bad and one good example."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.languagetool.match import Match
from pipeline.model import Brief, Dossier, Finding, NotRun, Severity
from pipeline.text.markdown import Document

Proof = tuple[tuple[Match, ...], ...] | NotRun
"""The remarks on each of `grammar.parts(document)`, or why nobody read them."""

UNREAD = NotRun("GRA", "not asked for (grammar = false, or --no-grammar)")


@dataclass(frozen=True, eq=False, slots=True)
class Manuscript:
    """A piece under examination, with what it must be true to. `dossier` is None when no source was given.

    Compared by identity, so that what several checks need of it can be worked out once.
    """

    document: Document
    brief: Brief
    dossier: Dossier | None = None
    proof: Proof = UNREAD
    """Read before the checks are played: they ask no engine."""


@dataclass(frozen=True, slots=True)
class Example:
    """A piece in small, with the brief and the source that make it good or bad."""

    text: str
    words: int = 3
    source: str = ""
    proof: tuple[tuple[Match, ...], ...] = ()
    """What the grammar engine says of it, as recorded; a test asks the engine again."""


@dataclass(frozen=True, slots=True)
class Check:
    code: str
    name: str
    severity: Severity
    """The worst it gives; some also give milder findings."""
    why: str
    source: str
    """Where the rule comes from: a house rule says so."""
    bad: Example
    good: Example
    find: Callable[[Manuscript], Iterator[Finding]]
    needs_source: bool = False

    @property
    def family(self) -> str:
        return self.code[:3]
