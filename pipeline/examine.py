"""Checking a piece from a file against its sources: `marbre check`."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.checks import examine
from pipeline.checks.check import Manuscript
from pipeline.checks.grammar import Read, proofread, unread
from pipeline.errors import SourceError
from pipeline.model import CheckResult, Dossier
from pipeline.reading.request import read_request
from pipeline.settings import Settings
from pipeline.stages.brief import make_brief
from pipeline.text.markdown import parse


def check_file(
    piece: Path, sources: Sequence[Path], settings: Settings, flags: Mapping[str, Any]
) -> CheckResult:
    """The first source is the piece's own (S1); the others, and those of `settings.related`, gave background."""
    document = parse(read_piece(piece))
    with _proofreader(settings) as read:
        dossier = _dossier(sources, settings)
        asked = read_request(dossier.article.instructions if dossier else ())
        return examine(Manuscript(document, make_brief(settings, asked, flags), dossier, read(document)))


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


def read_piece(path: Path) -> str:
    """The file as it is, line ends included, so that places count its own characters."""
    if path.suffix.lower() in (".html", ".htm", ".docx", ".json"):
        about = str(path)
        raise SourceError("not_markdown", "Pieces are checked as Markdown.", "Give article.md.", about=about)
    try:
        return (sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()).decode("utf-8")
    except FileNotFoundError:
        raise SourceError(
            "not_found", "There is no such file.", "Give a Markdown file.", about=str(path)
        ) from None
    except IsADirectoryError:
        raise SourceError(
            "unreadable", "This is a folder.", f"Try {path / 'article.md'}.", about=str(path)
        ) from None
    except UnicodeDecodeError:
        raise SourceError(
            "unreadable", "The file is not UTF-8 text.", "Save it as UTF-8.", about=str(path)
        ) from None
    except OSError as error:
        raise SourceError(
            "unreadable", f"{error.strerror}.", "Look at its rights.", about=str(path)
        ) from None


def _dossier(sources: Sequence[Path], settings: Settings) -> Dossier | None:
    if not sources:
        return None
    # Imported here: a piece checked by itself does not wait for the patterns that clean a source. The checks
    # there are compare wording and length, so the articles are enough, and nothing is extracted from them.
    from pipeline.stages import clean, ingest

    own, *others = [clean.clean(ingest.read_file(path, str(path))) for path in sources]
    dossier = Dossier(own, related=tuple(Dossier(article) for article in others))
    if settings.related is None:
        return dossier
    from pipeline import corpus
    from pipeline.batch import paths_of

    found = corpus.build(paths_of(settings.related, settings.out))
    background = found.related(own, sources[0], settings.related_most)
    return replace(dossier, related=(*dossier.related, *(Dossier(a) for a in background)))
