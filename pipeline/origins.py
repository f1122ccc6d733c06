"""What the sources of a piece said when it was written, as the ledger keeps it: read back when it is refreshed."""

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, cast

from pipeline.ledger import Ledger, PieceRow
from pipeline.ledger_rows import PIECE_FIELDS, piece_of_row, reading, text
from pipeline.model import Article, Brief, Credit, Paragraph, ParagraphKind
from pipeline.refresh import signs
from pipeline.refresh.signs import Sign
from pipeline.refresh.substance import of_article
from pipeline.text.markdown import Document

_LARGEST = 20_000_000


@dataclass(frozen=True, slots=True)
class Origin:
    """A source as the ledger knows it, its text left where it is."""

    number: int
    source: str
    sha256: str
    substance: str
    size: int | None = None
    mtime: int | None = None
    etag: str = ""
    last_modified: str = ""

    @property
    def label(self) -> str:
        return f"S{self.number}"

    @property
    def is_page(self) -> bool:
        return self.source.startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class About:
    """What deciding needs to know of a piece."""

    signs: tuple[Sign, ...] = ()
    prompts: tuple[str, ...] = ()
    flags: Mapping[str, Any] = field(default_factory=dict)
    """What was asked for on the command line."""
    matched: tuple[str, str] | None = None
    """The keyphrase that a file of queries gave it, and why."""
    by_folder: bool = False
    """Whether the user named the folder of its background: then that background decides the piece too."""
    looked: str = ""
    """ISO 8601: articles that came later have not been looked at for it."""
    tried: str = ""
    """The key of what was tried last and led to nothing."""
    silent: Mapping[str, str] = field(default_factory=dict)
    """Addresses in it at which nobody answered whenever they were asked, and since when (ISO 8601)."""

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "signs": signs.as_json(self.signs)}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "About":
        """Raises `ValueError`, `TypeError` or `AttributeError` for what `as_json` never made."""
        phrase, why = told.get("matched") or ("", "")
        looked, silent = told.get("looked") or "", dict(told.get("silent") or {})
        for moment in (*silent.values(), *((looked,) if looked else ())):
            datetime.fromisoformat(moment)
        return cls(
            signs.from_json(told.get("signs") or ()),
            tuple(text(name, "prompts") for name in told.get("prompts") or ()),
            dict(told.get("flags") or {}),
            (text(phrase, "matched"), text(why, "matched")) if phrase else None,
            bool(told.get("by_folder")),
            looked,
            text(told.get("tried") or "", "tried"),
            silent,
        )


@dataclass(frozen=True, slots=True)
class Known:
    """A written piece with its origins; none for one that an older version of the program wrote."""

    row: PieceRow
    origins: tuple[Origin, ...] = ()
    about: About = About()
    checks: str = ""


def blocking_checks() -> str:
    """The codes of the checks that may block, in order."""
    from pipeline.checks import CHECKS

    return " ".join(sorted(c.code for c in CHECKS if c.severity == "block"))


def about_of(
    document: Document, brief: Brief, prompts: Iterable[str], now: datetime, *, before: About
) -> About:
    """Of a piece as it was just written; `before` is what was known of its earlier version."""
    origin = dict(brief.origins)
    flags = {name: getattr(brief, name) for name, told in brief.origins if told == "flags"}
    told = origin.get("keyphrase", "")
    matched = (brief.keyphrase, told[len("keyphrases (") : -1]) if told.startswith("keyphrases (") else None
    latest = dict(p.rsplit("/", 1) for p in (*before.prompts, *prompts))
    return About(
        signs.signs(document, now.date(), before.signs),
        tuple(f"{name}/{version}" for name, version in sorted(latest.items())),
        flags,
        matched if matched and matched[0] else None,  # type: ignore[arg-type]
        before.by_folder,
        now.isoformat(timespec="seconds"),
        silent=before.silent,
    )


def rows_of(
    slug: str, key: str, articles: Sequence[Article], about: About, checks: str
) -> list[dict[str, Any]]:
    """Rows of the table, one for each source of a piece; the first is known as `key`."""
    rows = []
    for number, article in enumerate(articles, start=1):
        name = key if number == 1 else _name(article.ref)
        size, mtime = _stat(name, article.sha256)
        rows.append(
            {
                "slug": slug,
                "number": number,
                "source": name,
                "sha256": article.sha256,
                "substance": of_article(article),
                "size": size,
                "mtime": mtime,
                "etag": "",
                "last_modified": "",
                "piece": about.as_json() if number == 1 else {},
                "checks": checks if number == 1 else "",
                "said": packed(article),
            }
        )
    return rows


def _name(ref: str) -> str:
    from pipeline.files import name_of

    return ref if "://" in ref or ref == "-" else name_of(Path(ref).resolve())


def _stat(name: str, sha256: str) -> tuple[int | None, int | None]:
    """Size and time of a file that still holds those bytes: then it need not be read while both stay."""
    path = Path(name)
    try:
        if "://" in name or not path.is_file():
            return None, None
        found = path.stat()
        if found.st_size > _LARGEST or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            return None, None
    except (OSError, ValueError):
        return None, None
    return found.st_size, found.st_mtime_ns


def packed(article: Article) -> bytes:
    told = {
        "ref": article.ref, "sha256": article.sha256, "title": article.title, "language": article.language,
        "credit": asdict(article.credit), "paragraphs": [[p.kind, p.text] for p in article.paragraphs],
    }  # fmt: skip
    return zlib.compress(json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass"), 9)


def unpacked(said: bytes) -> Article:
    told = json.loads(zlib.decompress(said))
    paragraphs = tuple(
        Paragraph(f"P{n}", text, cast("ParagraphKind", kind))
        for n, (kind, text) in enumerate(told["paragraphs"], 1)
    )
    return Article(
        told["ref"],
        told["sha256"],
        told["title"],
        told["language"],
        paragraphs,
        credit=Credit(**told["credit"]),
    )


def all_known(ledger: Ledger) -> Iterator[Known]:
    """Every written piece with its origins, by slug. Streamed: of a hundred thousand a few are in memory."""
    from sqlalchemy import select

    from pipeline.ledger_schema import ORIGINS, PIECES

    columns = [c for c in ORIGINS.c if c.name not in ("said", "slug")]
    query = (
        select(PIECES, *columns)
        .outerjoin(ORIGINS, ORIGINS.c.slug == PIECES.c.slug)
        .where(PIECES.c.files_sha256 != "")
        .order_by(PIECES.c.slug, ORIGINS.c.number)
        .execution_options(yield_per=1_000)
    )
    width = len(PIECES.c)
    with ledger.connect() as connection:
        for _, rows in groupby(connection.execute(query), key=itemgetter(0)):
            found = [tuple(row) for row in rows]
            yield _known(found[0][:width], [row[width:] for row in found])


def known_of(ledger: Ledger, slug: str) -> Known | None:
    from sqlalchemy import select

    from pipeline.ledger_schema import ORIGINS, PIECES

    columns = [c for c in ORIGINS.c if c.name not in ("said", "slug")]
    with ledger.connect() as connection:
        piece = connection.execute(select(PIECES).where(PIECES.c.slug == slug)).first()
        mine = select(*columns).where(ORIGINS.c.slug == slug).order_by(ORIGINS.c.number)
        rows = [tuple(row) for row in connection.execute(mine)]
    return _known(tuple(piece), rows) if piece else None


def _known(piece: tuple[Any, ...], rows: Sequence[tuple[Any, ...]]) -> Known:
    told = [row for row in rows if row[0] is not None]
    own = piece_of_row(dict(zip(PIECE_FIELDS, piece, strict=True)))
    with reading("a source of a piece"):
        origins = tuple(map(_origin_of, told))
        about = About.from_json(told[0][8]) if told else About()
        return Known(own, origins, about, text(told[0][9], "checks") if told else "")


def _origin_of(row: Sequence[Any]) -> Origin:
    origin = Origin(*row[:8])
    for name in ("source", "sha256", "substance", "etag", "last_modified"):
        text(getattr(origin, name), name)
    return origin


def articles_of(ledger: Ledger, slug: str) -> dict[int, Article]:
    """Number -> what that source said; without those that were forgotten."""
    from sqlalchemy import select

    from pipeline.ledger_schema import ORIGINS

    query = select(ORIGINS.c.number, ORIGINS.c.said).where(
        ORIGINS.c.slug == slug, ORIGINS.c.said.is_not(None)
    )
    with ledger.connect() as connection:
        rows = [tuple(row) for row in connection.execute(query)]
    found = {}
    for number, said in rows:
        with suppress(zlib.error, ValueError, KeyError, TypeError):  # a damaged row is one that was forgotten
            found[number] = unpacked(said)
    return found


def note_all(ledger: Ledger, noted: Iterable[tuple[str, int, Mapping[str, Any]]]) -> None:
    """Write down what was seen of origins, by slug and number: a file's size and time, a page's validators, an attempt."""
    from pipeline.ledger_schema import ORIGINS

    told = sorted(noted, key=itemgetter(0, 1))  # in one order, so that no two wait for each other
    if not told:
        return
    with ledger.connect() as connection:
        for slug, number, values in told:
            mine = (ORIGINS.c.slug == slug, ORIGINS.c.number == number)
            connection.execute(ORIGINS.update().where(*mine).values(**values))


def oldest(ledger: Ledger) -> str | None:
    """When the oldest piece was first published, ISO 8601; None where there is no piece."""
    from sqlalchemy import func, select

    from pipeline.ledger_schema import PIECES

    with ledger.connect() as connection:
        written = select(func.min(PIECES.c.date_published)).where(PIECES.c.files_sha256 != "")
        return connection.execute(written).scalar()


def adopt(ledger: Ledger, known: Known, article: Article, document: Document) -> None:
    """Keep what the source of an older piece says: it has not changed since the piece was written."""
    from sqlalchemy.exc import IntegrityError

    from pipeline.ledger_schema import ORIGINS

    written = datetime.fromisoformat(known.row.date_modified)
    about = About(signs.signs(document, written.date()), looked=known.row.date_modified)
    rows = rows_of(known.row.slug, known.row.source, [article], about, blocking_checks())
    with suppress(IntegrityError), ledger.connect() as connection:  # another run may have been first
        connection.execute(ORIGINS.insert(), rows)
