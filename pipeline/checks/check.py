"""What a check is: a value that says what it looks for, why, and shows one bad and one good example."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from pipeline.languagetool.match import Match
from pipeline.model import Acknowledgement, Brief, Dossier, Finding, NotRun, Opinion, Severity
from pipeline.text.markdown import Document

Proof = tuple[tuple[Match, ...], ...] | NotRun
"""The remarks on each of `grammar.parts(document)`, or why nobody read them."""

UNREAD = NotRun("GRA", "not asked for (grammar = false, or --no-grammar)")


@dataclass(frozen=True, slots=True)
class Archived:
    """A paragraph of a piece already written."""

    slug: str
    title: str
    text: str


class Archive(Protocol):
    """The pieces already written, the one under examination left out."""

    @property
    def pieces(self) -> int: ...

    @property
    def left_out(self) -> Sequence[str]:
        """Files that could not be read, each with the reason."""
        ...

    def alike(self, stretches: Iterable[Sequence[str]]) -> tuple[Archived, ...]:
        """The paragraphs that may share a run of words with these stretches of folded words."""
        ...


class Neighbours(Protocol):
    """The other pieces of the same desk, by what should be each one's own."""

    def sharing(self, field: str, value: str) -> Sequence[str]:
        """The slugs of the pieces whose `title`, `description` or `keyphrase` says the same."""
        ...

    def about(self, title: str, description: str, keyphrase: str) -> "Neighbours":
        """As much of it as a piece with these needs: small enough to be sent to another process."""
        ...


@dataclass(frozen=True, slots=True)
class House:
    """What the house says of itself: its licences, its pages, its word on disclosure."""

    licences: tuple[tuple[str, str], ...] = ()
    """A publisher and what allows the use of its copy."""
    disclosure: str = "auto"
    reviewed: bool = False
    """True when a person's review of this very text is recorded."""
    whole: bool = False
    """True for a file as it would be published, sources and disclosure included; a draft has neither yet."""
    pieces: frozenset[str] | None = None
    """The slugs of the desk's pieces; None when nobody can say."""
    addresses: frozenset[str] | None = None
    """Keys of the pages that links may lead to (`addresses.key_of`); None when there is no list."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies beside a piece while it is checked: the archive and a second opinion, when they were asked for, an
    editor's word, and the other pieces.
    """

    archive: Archive | None = None
    acknowledgements: tuple[Acknowledgement, ...] = ()
    faults: tuple[str, ...] = ()
    """Entries of the acknowledgement file that cannot be used, and why, a line each."""
    opinions: tuple[Opinion, ...] | NotRun = ()
    """A second model's, when one was asked; or why there are none."""
    neighbours: Neighbours | None = None
    house: House = House()


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
    desk: Desk = Desk()


@dataclass(frozen=True, slots=True)
class Example:
    """A piece in small, with the brief, the source, the archived piece, the acknowledgements (YAML) and the opinions that
    make it good or bad.
    """

    text: str
    words: int = 3
    source: str = ""
    related: str = ""
    """What a related article says, S2."""
    language: str = "fr"
    """Of the source."""
    archived: str = ""
    neighbour: str = ""
    """The front matter of another piece of the desk."""
    acknowledged: str = ""
    opinions: tuple[Opinion, ...] = ()
    proof: tuple[tuple[Match, ...], ...] = ()
    """What the grammar engine says of it, as recorded; a test asks the engine again."""
    publisher: str = ""
    """Of the source."""
    house: House = House()


@dataclass(frozen=True, slots=True)
class Check:
    """A rule with its reason, its examples and the function that looks for what breaks it."""

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
