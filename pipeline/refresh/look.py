"""The sources as they are now. A file whose size and time are as they were is not read, a page says itself whether it is
as it was; what is read is held against what it said.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline import origins
from pipeline.errors import MarbreError
from pipeline.ledger import Ledger
from pipeline.model import Article
from pipeline.origins import Known, Origin
from pipeline.refresh.due import Sight
from pipeline.refresh.substance import difference, of_article
from pipeline.refresh.visits import by_host, host_of
from pipeline.refresh.where import Read, Where
from pipeline.settings import Settings
from pipeline.sources.visitor import visitor_of
from pipeline.stages import clean

_OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class Look:
    """`noted` gathers what the ledger is to be told of sources that are the same: (slug, number, values)."""

    ledger: Ledger
    settings: Settings
    where: Where
    noted: list[tuple[str, int, dict[str, Any]]] = field(default_factory=list)
    pages: dict[Origin, Read | None] = field(default_factory=dict)
    """Those that were asked ahead, as they were asked for: an answer for all pieces that know as much of a page."""

    def ahead(self, pieces: Iterable[Known], stop: Callable[[], bool]) -> None:
        """Ask for the pages of these, several hosts at a time."""
        origins_ = (asked_for(o) for known in pieces for o in origins_of(known) if o.is_page)
        self.pages.clear()
        self.pages.update(
            by_host(origins_, lambda o: host_of(o.source), lambda o: page_now(o, self.settings), stop)
        )

    def page(self, origin: Origin) -> Read | None:
        asked = asked_for(origin)
        return self.pages[asked] if asked in self.pages else page_now(asked, self.settings)

    def at(self, known: Known) -> tuple[Sight, ...]:
        """Every source of a piece."""
        return tuple(self._sight(known, origin) for origin in known.origins)

    def _sight(self, known: Known, origin: Origin) -> Sight:
        if origin.is_page:
            read = self.page(origin)
        elif origin.source.startswith("-:") or origin.source == "-":
            return Sight(origin.label)  # standard input lies nowhere
        else:
            read = self.where.file(origin)
        if read is None:
            return Sight(origin.label)
        if read.article is None:
            return Sight(origin.label, "gone", read.trouble)
        return self._held(known, origin, read, read.article)

    def _held(self, known: Known, origin: Origin, read: Read, article: Article) -> Sight:
        substance = of_article(article)
        values: dict[str, Any] = {
            "size": read.size,
            "mtime": read.mtime,
            "etag": read.etag,
            "last_modified": read.last_modified,
        }
        if origin.number > 1 and not origin.is_page:
            values["sha256"] = article.sha256
        if substance != origin.substance:
            old = origins.articles_of(self.ledger, known.row.slug)
            if origin.number == 1 or origin.number not in old or self._matters(known, old, origin, article):
                return Sight(origin.label, "changed", _told(old.get(origin.number), article), substance)
            # Under its name as it was given: a page that is written again tells it so.
            named = replace(article, ref=old[origin.number].ref)
            values |= {"substance": substance, "said": origins.packed(named)}
            self.noted.append((known.row.slug, origin.number, values))
            return Sight(origin.label)
        if any(getattr(origin, name) != value for name, value in values.items()):
            self.noted.append((known.row.slug, origin.number, values))
        return Sight(origin.label)

    def _matters(self, known: Known, old: Mapping[int, Article], origin: Origin, now: Article) -> bool:
        """Whether the piece rests on what its background says no longer; most of it a piece does not tell."""
        from pipeline.refresh.work import rests_on

        if known.row.entry.get("writer") == _OFFLINE or 1 not in old:
            return True
        return rests_on(self.where.text(known.row.slug), old, origin.number, now)


def _told(old: Article | None, article: Article) -> str:
    if old is None:
        return "texte modifié ; ce qu’il disait n’est plus en mémoire"
    return difference(old.passages, article.passages).told or "ordre du texte modifié"


def page_now(origin: Origin, settings: Settings) -> Read | None:
    """A page as it is; None when its server says that it has not changed."""
    url = origin.source
    try:
        visitor = visitor_of(settings)
        fetched = visitor.fetch(url, etag=origin.etag, last_modified=origin.last_modified)
        if fetched.unchanged:
            return None
        article = clean.clean(visitor.source_of(fetched, url))
    except MarbreError as error:
        return Read(trouble=error.message)
    except Exception as error:  # noqa: BLE001 - as above
        return Read(trouble=f"{type(error).__name__}: {error}.")
    return Read(article, etag=fetched.etag, last_modified=fetched.last_modified)


def asked_for(origin: Origin) -> Origin:
    """What of an origin decides the answer."""
    return Origin(1, origin.source, "", "", etag=origin.etag, last_modified=origin.last_modified)


def origins_of(known: Known) -> tuple[Origin, ...]:
    """Of a piece of an older program the ledger knows the hash of the source alone."""
    return known.origins or (Origin(1, known.row.source, known.row.source_sha256, ""),)
