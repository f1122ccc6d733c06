"""The nouns of Marbre. Every value is frozen: a stage takes values and returns a new one.

Offsets are counted in characters. Those of a `Quotation`, `Figure`, `DateMention`, `Name` or `SourceSpan`
point into the text of the `Paragraph` they name; those of a `Place`, `Carried` or `FactLink` into the file.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args
from urllib.parse import quote

Severity = Literal["block", "warn", "info"]
Judgement = Literal["supported", "contradicted", "not_found"]
Verdict = Literal["ready_for_review", "needs_work", "rejected"]
Status = Literal["written", "unchanged", "failed", "skipped", "near_duplicate", "waiting"]
ParagraphKind = Literal["title", "text", "heading", "item", "row", "quote"]
NameKind = Literal["person", "place", "organisation", "other"]

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True)
class Removal:
    """Something taken out of a source, or mended in it, and why."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Visit:
    """How a page was read on the web."""

    url: str
    """Where its redirects ended."""
    robots: Literal["allowed", "missing"] = "missing"
    """What the site's robots.txt said; one that forbids is never read past."""
    reserved: tuple[str, ...] = ()
    """The signs by which its publisher reserves text and data mining."""
    through: Literal["page", "feed"] = "page"
    why: str = ""
    """Why it was the feed's own text that was read."""
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A document as it came in: its bytes decoded, nothing else changed."""

    ref: str
    """The path or URL as the user gave it; `-` for standard input."""
    media: str
    """`text/plain`, `text/markdown` or `text/html` (a .docx has been turned into HTML)."""
    text: str
    """Decoded, Unicode NFC, line ends `\\n`."""
    sha256: str
    """Of the bytes as read."""
    encoding: str
    mended: tuple[Removal, ...] = ()
    """What decoding had to mend (mojibake, a wrong declaration)."""
    visit: Visit | None = None
    """Of a page of the web."""


@dataclass(frozen=True, slots=True)
class Credit:
    """Who published the source, and under what terms, as far as the document says so."""

    publisher: str | None = None
    author: str | None = None
    date: str | None = None
    licence: str | None = None
    url: str | None = None
    place: str | None = None
    """The place of the dateline (`Washington (AFP) –`)."""


@dataclass(frozen=True, slots=True)
class Image:
    """An image of the source. Only one with all three may ever be shown."""

    src: str
    alt: str
    credit: str
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, heading, list item or table row of a source."""

    id: str
    """`P1`, `P2`, … in reading order; subheads count; `P0` is the title."""
    text: str
    kind: ParagraphKind = "text"


@dataclass(frozen=True, slots=True)
class Article:
    """A source without its furniture: what there is to tell, and what was set aside."""

    ref: str
    sha256: str
    title: str | None
    language: str
    """ISO 639-1 code of the article's text."""
    paragraphs: tuple[Paragraph, ...]
    removed: tuple[Removal, ...] = ()
    instructions: tuple[str, ...] = ()
    """What the document itself asks of the rewriter; never part of the article."""
    credit: Credit = Credit()
    images: tuple[Image, ...] = ()
    """Those with an alternative text and a credit, at `http` or `https` addresses; what a page shows of them
    is the settings' business.
    """
    visit: Visit | None = None

    @property
    def address(self) -> str | None:
        """Where it was read on the web, or says it stands; not vouched for."""
        return self.ref if self.ref.startswith(("http://", "https://")) else self.credit.url

    @property
    def passages(self) -> tuple[Paragraph, ...]:
        """The title, where there is one, as `P0`, then the paragraphs: all that facts may stand in."""
        title = (Paragraph("P0", self.title, "title"),) if self.title else ()
        return (*title, *self.paragraphs)

    @property
    def text(self) -> str:
        """All paragraphs, a blank line between them."""
        return "\n\n".join(p.text for p in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks, with who says them."""

    id: str
    text: str
    """The words between the marks, the marks left out."""
    speaker: str | None
    paragraph: str
    start: int
    end: int
    """`paragraph.text[start:end] == text`."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts."""

    id: str
    text: str
    """As written: `325 millions de dollars`, `une cinquantaine`."""
    value: float
    unit: str | None
    """`USD`, `EUR`, `%`, `month`, … or the counted noun; None when the figure stands alone."""
    paragraph: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DateMention:
    """Words that say when."""

    id: str
    text: str
    value: str
    """What the words say and no more: `2022-02`, `--07`, `monday`, `-14 months`."""
    paragraph: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Name:
    """Somebody or something the source names."""

    id: str
    text: str
    """The fullest form the source has."""
    kind: NameKind
    paragraph: str
    """Where it stands first."""
    start: int
    end: int
    role: str | None = None
    """As the source puts it: `secrétaire général de l’Otan`."""
    aliases: tuple[str, ...] = ()
    """The other forms the source uses for the same thing."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """What a source holds, each item with its place. `related` articles may give background."""

    article: Article
    quotations: tuple[Quotation, ...] = ()
    figures: tuple[Figure, ...] = ()
    dates: tuple[DateMention, ...] = ()
    names: tuple[Name, ...] = ()
    related: tuple["Dossier", ...] = ()

    @property
    def all(self) -> tuple["Dossier", ...]:
        """This dossier and the related ones, in the order of their labels S1, S2, …"""
        return (self, *self.related)


@dataclass(frozen=True, slots=True)
class Brief:
    """What is asked for. Defaults < settings < what the document itself asks < flags."""

    words: int = 700
    """A minimum."""
    keyphrase: str | None = None
    tone: str | None = None
    typography: str = "imprimerie"
    """The profile the text is set in: `imprimerie`, `presse`, `ue` or `quebec`."""
    spellings: tuple[str, ...] = ()
    """Names as the desk spells them: `Otan`, `Kyiv=Kiev`."""
    instructions: str | None = None
    """More wishes of the user, given to the writer as they stand."""
    grammar_blocks: tuple[str, ...] = ()
    """Rules of LanguageTool that block wherever they speak."""
    origins: tuple[tuple[str, str], ...] = ()
    """Where each value that is not a default came from: `("words", "document")`."""


@dataclass(frozen=True, slots=True)
class PlannedSection:
    """A section to be written."""

    heading: str
    level: int = 2
    evidence: tuple[str, ...] = ()
    """Ids of paragraphs and quotations this section may use: `P3`, `Q2`, `S2P4`."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the piece is to be, before it is written."""

    keyphrase: str
    title: str
    """The page title, for `<title>` and the front matter."""
    headline: str
    """The H1."""
    description: str
    slug: str
    sections: tuple[PlannedSection, ...]
    synonyms: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """How it came about, where that is worth telling: asked twice, made by code."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The body of a piece: Markdown with one H1; quotation slots are already filled."""

    body: str
    working: bool = False
    """True for a working draft, which an editor must still turn into running text."""
    notes: tuple[str, ...] = ()
    """What happened to the writer on the way: an answer cut off, a plan that was no JSON."""
    translations: tuple[tuple[str, str], ...] = ()
    """(slot, French words) of the translated quotations, as the writer gave them: `("Q3", "Je veux rentrer")`."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: `start` and `end` count characters, `line` counts from 1."""

    line: int
    start: int
    end: int
    text: str
    section: str | None = None
    """The heading it stands under."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a source that a finding shows."""

    source: str
    """`S1` is the source itself, `S2`, … the related articles; `archive` a piece already written."""
    paragraph: str
    """The paragraph's id, or for `archive` the slug of the piece."""
    text: str


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """An editor's word that a finding may stand."""

    code: str
    sentence: str
    """The key of the sentence, or of the whole text: `Finding.sentence`."""
    by: str
    when: str
    """ISO 8601, a day or a time."""
    why: str
    words: str | None = None
    """The words the finding is about; given, they must be the same."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a second model says of a sentence."""

    sentence: str
    """The key of the sentence, as in `Acknowledgement`."""
    says: Judgement
    why: str
    model: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found, and where."""

    code: str
    severity: Severity
    message: str
    where: Place | None = None
    evidence: tuple[Evidence, ...] = ()
    fix: str | None = None
    """A replacement for the text at `where`, given only when it is certain."""
    sentence: str | None = None
    """The key of the sentence it stands in, or of the whole text: what an acknowledgement is bound to."""
    acknowledged: Acknowledgement | None = None

    @property
    def family(self) -> str:
        return self.code[:3]

    @property
    def blocks(self) -> bool:
        return self.severity == "block" and self.acknowledged is None


@dataclass(frozen=True, slots=True)
class NotRun:
    """A family of checks that could not run; while there is one, no piece is ready."""

    family: str
    why: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What all checks together say of a piece."""

    verdict: Verdict
    words: int
    findings: tuple[Finding, ...]
    not_run: tuple[NotRun, ...] = ()
    metrics: tuple[tuple[str, float], ...] = ()

    def count(self, severity: Severity) -> int:
        """How many are left of a severity: what an editor acknowledged is not counted."""
        return sum(f.severity == severity and f.acknowledged is None for f in self.findings)


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens. `input` counts the whole prompt, `output` the whole answer, reasoning included."""

    input: int = 0
    cached: int = 0
    output: int = 0
    reasoning: int = 0
    cache_write: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.input + other.input,
            self.cached + other.cached,
            self.output + other.output,
            self.reasoning + other.reasoning,
            self.cache_write + other.cache_write,
        )


@dataclass(frozen=True, slots=True)
class Money:
    amount: float = 0.0
    currency: str = "USD"
    estimated: bool = False
    """True when the server did not say how many tokens it used."""


def total_of(costs: Iterable[Money | None]) -> Money | None:
    """The sum; None when one of them is not known, or the currencies differ: never a guess."""
    given = list(costs)
    known = [c for c in given if c is not None]
    spent = [c for c in known if c.amount] or known[:1]
    if len(known) < len(given) or len({c.currency for c in spent}) > 1:
        return None
    currency = spent[0].currency if spent else Money().currency
    return Money(sum(c.amount for c in spent), currency, any(c.estimated for c in spent))


@dataclass(frozen=True, slots=True)
class Call:
    """One answer of a model, paid for now or remembered from an earlier run."""

    key: str
    """Hash of all that decides the answer."""
    stage: str
    """`plan`, `write`, `repair` or `refresh`."""
    prompt: str
    """Id and version of the prompt file: `write/1`."""
    model: str
    """The model asked for."""
    served: str
    """The model that says it answered."""
    answer: str
    finish: str
    """`stop`, `length`, `content_filter`, …"""
    usage: Usage
    paid: bool
    """False when the ledger remembered it."""
    cost: Money | None = None
    """What it cost when it was paid; None when that is not known."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One attempt to mend a draft, kept or dropped."""

    by: Literal["code", "writer"]
    section: str | None
    codes: tuple[str, ...]
    kept: bool
    why: str


@dataclass(frozen=True, slots=True)
class SourceSpan:
    """Words of a source: `text` is `[start:end]` of the paragraph's text."""

    source: str
    """`S1` is the source itself, `S2`, … the related articles."""
    paragraph: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Carried:
    """A sentence of the piece, or its title, description or a heading, with what carries it."""

    start: int
    end: int
    text: str
    """As written in the file, between `start` and `end`."""
    share: float
    """The share of its content that the sources hold, 0 to 1, with two decimals."""
    sources: tuple[SourceSpan, ...] = ()
    """The strongest first; empty when nothing carries it."""


@dataclass(frozen=True, slots=True)
class Translation:
    """A quotation of the piece, `text` between `start` and `end` of the file, with what it translates."""

    start: int
    end: int
    text: str
    original: SourceSpan
    item: str
    """`Q3` of the original's dossier."""
    language: str
    """ISO 639-1 code of the original."""
    speaker: str | None
    """Whom the source quotes."""
    certain: bool
    """True when the writer named its slot, False when the pair was found by what it says."""


@dataclass(frozen=True, slots=True)
class FactLink:
    """Words of the piece that repeat an item of a dossier."""

    start: int
    end: int
    source: str
    item: str
    """`Q1`, `F2`, `D3` or `N4` of that source's dossier."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A finished piece, before it is put anywhere."""

    dossier: Dossier
    brief: Brief
    plan: Plan
    draft: Draft
    result: CheckResult
    markdown: str
    """`article.md`, whole."""
    writer: str
    """`offline`, or the model that wrote."""
    date_published: datetime
    date_modified: datetime
    calls: tuple[Call, ...] = ()
    repairs: tuple[Repair, ...] = ()
    evidence: tuple[Carried, ...] = ()
    """For every sentence of the piece, in reading order."""
    facts: tuple[FactLink, ...] = ()
    """In reading order, without overlap."""
    translations: tuple[Translation, ...] = ()
    """Of its quotations from sources in other languages, in reading order."""
    fell: tuple[str, ...] = ()
    """What a person said of its earlier version and does not hold for this one, a line each."""


NOT_TRIED = "the run was stopped"
"""`Outcome.why` of an article that the run did not come to, or not to the end of."""
EDITED = "edited by hand since it was written"
"""How `Outcome.why` begins for a piece that is left to whoever changed it."""
NOTHING_CHANGED = "nothing changed"
"""What `Outcome.why` holds for a piece that is left because all that decides it is the same."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where the pieces are to be published, and in which formats, as far as the settings say."""

    url: str | None = None
    """Of the folder that holds the pieces; no slash at its end."""
    permalink: str = "{slug}/"
    """Below `url`; of `{slug}`, `{year}`, `{month}`, `{day}` of the first publication."""
    name: str | None = None
    publisher: str | None = None
    author: str | None = None
    logo: str | None = None
    images: bool = False
    """Whether an image of the source may be shown, where it has an alternative text and a credit."""
    formats: tuple[str, ...] = ()
    hugo_fields: tuple[tuple[str, str], ...] = ()
    """A name of ours and the one in the front matter; an empty one leaves the field out."""
    astro_fields: tuple[tuple[str, str], ...] = ()
    disclosure: str = "auto"
    """`never` leaves the line about a model's help out where a person's review is recorded."""

    def address(self, slug: str, published: datetime) -> str | None:
        """Of a piece; None when it is not known where the pieces will stand."""
        if self.url is None:
            return None
        day = {"year": f"{published:%Y}", "month": f"{published:%m}", "day": f"{published:%d}"}
        return f"{self.url}/{self.permalink.format(slug=quote(slug, safe='', errors='replace'), **day)}"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an article was not written, and what to do about it."""

    code: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source in a run."""

    source: str
    sha256: str | None
    status: Status
    folder: str | None = None
    verdict: Verdict | Literal["waiting"] | None = None
    words: int = 0
    findings: tuple[tuple[Severity, int], ...] = (("block", 0), ("warn", 0), ("info", 0))
    not_run: tuple[str, ...] = ()
    paid: int = 0
    remembered: int = 0
    usage: Usage = Usage()
    cost: Money | None = None
    """Of the paid calls; None when the price of one is not known."""
    seconds: float = 0.0
    repairs: int = 0
    why: str = "new"
    resembles: str | None = None
    """The earlier source that a near-duplicate is again, or that a written one tells otherwise."""
    fell: tuple[str, ...] = ()
    """As `Piece.fell`."""
    error: Failure | None = None
