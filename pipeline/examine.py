"""Checking a piece from a file against its sources: `marbre check`."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import acknowledge, review, written
from pipeline.checks import examine
from pipeline.checks.check import Archive, Desk, House, Manuscript
from pipeline.checks.grammar import Read, proofread, unread
from pipeline.errors import SourceError
from pipeline.files import FileError, name_of, printable, read_bounded, read_stream
from pipeline.ledger import entries
from pipeline.model import CheckResult, Dossier
from pipeline.reading.credited import credited
from pipeline.register import Register
from pipeline.settings import Settings
from pipeline.stages.brief import make_brief
from pipeline.text.addresses import key_of
from pipeline.text.markdown import Document, parse

if TYPE_CHECKING:
    from pipeline.reading.request import Request


_LARGEST = 20_000_000  # bytes, as of a source


def check_file(
    piece: Path,
    sources: Sequence[Path],
    settings: Settings,
    flags: Mapping[str, Any],
    acknowledgements: Path | None,
    tell: Callable[[str], None],
) -> CheckResult:
    """The first source is the piece's own (S1); the others, those of `settings.related`, and those that the piece or
    the report beside it names and that lie beside the first, gave background. `tell` hears which of these are missing.

    Without a file of `acknowledgements` the one beside the piece is read, if there is one.
    """
    document = parse(read_piece(piece))
    report = written.read(piece) or written.Report()
    file = acknowledgements_of(piece, acknowledgements)
    told = acknowledge.read(file) if file else acknowledge.Acknowledgements()
    with _proofreader(settings) as read, _archive(piece, document, settings) as archive:
        dossier = _dossier((*report.sources, *_credits(document)), sources, settings)
        if line := _missing(dossier, report.sources) if dossier else _written_from(report.sources):
            tell(line)
        given = {name: value for name, value in flags.items() if value is not None}
        brief = make_brief(settings, _asked(dossier), {**report.flags, **given})
        known = _neighbours_of(piece, settings)
        neighbours = None if known is None else Register.of(known).without(_own(piece, document))
        house = _house(piece, document, settings, known)
        desk = Desk(archive, told.entries, told.faults, neighbours=neighbours, house=house)
        return examine(Manuscript(document, brief, dossier, read(document), desk))


@contextmanager
def _proofreader(settings: Settings) -> Iterator[Read]:
    """LanguageTool, warming up while the rest is made ready, as long as it is needed."""
    if not settings.grammar:
        yield unread
        return
    from pipeline.languagetool.server import Grammar

    with Grammar(settings.languagetool_url) as grammar:
        grammar.start()
        yield partial(proofread, engine=grammar.check)


def acknowledgements_of(piece: Path, asked: Path | None) -> Path | None:
    """The file of acknowledgements; None for a piece from standard input, which lies nowhere."""
    if asked is None:
        return None if str(piece) == "-" else acknowledge.beside(piece)
    return asked


@contextmanager
def _archive(piece: Path, document: Document, settings: Settings) -> Iterator[Archive | None]:
    if settings.archive is None:
        yield None
        return
    from pipeline.archive import open_archive, slug_of

    index = open_archive(settings.archive, settings.out)
    try:
        known = str(piece) != "-"
        yield index.without([slug_of(document, piece)], piece if known else None)
    finally:
        index.close()


def _neighbours_of(piece: Path, settings: Settings) -> list[dict[str, Any]] | None:
    """What the ledger knows of the output folder that a piece lies in, if it lies in one."""
    if str(piece) == "-":
        return None
    out = piece.resolve().parent.parent
    return list(entries(out, settings.ledger if out == settings.out.resolve() else None))


def _own(piece: Path, document: Document) -> set[str]:
    return {piece.resolve().parent.name, str(document.front.get("slug"))}


def _house(
    piece: Path, document: Document, settings: Settings, known: Sequence[Mapping[str, Any]] | None
) -> House:
    """What the settings, the ledger and a recorded review say of a whole piece."""
    addresses = None
    if settings.links_from:
        from pipeline.linking import listed

        addresses = frozenset(key_of(page.address, "link") for page in listed.read(settings.links_from))
    reviewed = str(piece) != "-" and review.read(piece, review.text_hash(document)) is not None
    slugs = frozenset(str(entry.get("slug")) for entry in known or ())
    return House(
        settings.licences,
        settings.disclosure,
        reviewed,
        whole=True,
        pieces=slugs or None,
        addresses=addresses,
    )


def read_piece(path: Path) -> str:
    """The file as it is, line ends included, so that places count its own characters."""
    if path.suffix.lower() in (".html", ".htm", ".docx", ".json", ".pdf"):
        raise SourceError(
            "not_markdown", "Pieces are checked as Markdown.", "Give article.md.", about=name_of(path)
        )
    about = name_of(path)
    if path.is_dir():
        raise SourceError(
            "unreadable", "This is a folder.", f"Try {name_of(path / 'article.md')}.", about=about
        )
    if str(path) != "-" and not path.exists():
        raise SourceError("not_found", "There is no such file.", "Give a Markdown file.", about=about)
    try:
        data = read_stream(sys.stdin.buffer, _LARGEST) if str(path) == "-" else read_bounded(path, _LARGEST)
        return data.decode()
    except UnicodeDecodeError:
        remedy = "Save it as UTF-8."
        raise SourceError("unreadable", "The file is not UTF-8 text.", remedy, about=about) from None
    except FileError as error:
        message, remedy = f"It cannot be read: {error}.", "Give a Markdown file, or - for standard input."
        raise SourceError("unreadable", message, remedy, about=about) from None


def _credits(document: Document) -> tuple[Any, ...]:
    told = document.front.get("sources")
    return tuple(told) if isinstance(told, list) else ()


def _written_from(told: Sequence[Mapping[str, Any]]) -> str | None:
    """What a piece that is checked by itself could be checked against, in one line."""
    names = [_name_of(source) for source in told[:1]]
    return f"It was written from {names[0]}; most checks need that: add --source." if names else None


def _name_of(source: Mapping[str, Any]) -> str:
    return printable(str(source.get("file") or source.get("url") or source.get("title") or "a source"))


def _missing(dossier: Dossier, told: Sequence[Mapping[str, Any]]) -> str | None:
    """Which sources of the run that wrote the piece are not at hand, in one line."""
    here = {each.article.sha256 for each in dossier.all}
    names = [_name_of(s) for s in told if s.get("sha256") not in here]
    if not names:
        return None
    return (
        f"Not beside the source given: {', '.join(names)}. The report was made with {len(told)} sources, "
        f"so its findings may differ; give the missing ones with --source."
    )


def _asked(dossier: Dossier | None) -> "Request | None":
    if dossier is None:
        return None
    from pipeline.reading.request import read_request

    return read_request(dossier.article.instructions)


def _dossier(told: Sequence[Any], sources: Sequence[Path], settings: Settings) -> Dossier | None:
    """`told` are the sources that the report and the piece name, the report's first: their order gives S2, S3, …"""
    if not sources:
        return None
    own = sources[0]
    paths = dict.fromkeys((*sources, *credited(told, own)))
    # Imported here: a piece checked by itself does not wait for the patterns that clean a source.
    from pipeline.stages import clean, ingest
    from pipeline.stages import dossier as dossiers

    articles = [clean.clean(ingest.read_file(path, str(path))) for path in paths]
    if settings.related is not None:
        from pipeline import corpus
        from pipeline.items import paths_of

        found = corpus.build(paths_of(settings.related, settings.out))
        articles += found.related(articles[0], own, settings.related_most)
    first, *others = {article.sha256: article for article in articles}.values()
    return dossiers.build(first, tuple(others))
