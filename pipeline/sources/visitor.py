"""Visits to the web with manners: robots.txt, TDM reservations, one request at a time to a host, and pauses."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal
from urllib.parse import urljoin, urlsplit

from pipeline.errors import SourceError
from pipeline.model import Source, Visit
from pipeline.reading.addresses import Private
from pipeline.reading.fetch import Fetched, ask, fetch
from pipeline.settings import Settings
from pipeline.sources import robots, tdm
from pipeline.stages import ingest

LONGEST_DELAY = 30.0
"""Seconds; a site that asks for longer pauses gets these."""
_PAGE = 60.0  # seconds a page may take; a model may take longer
_SMALL = 20.0  # seconds that robots.txt and the like may take
_REMEMBERED = 86_400.0  # seconds; RFC 9309, 2.4: no longer than a day
_NO_ANSWER = 599
_UNREACHABLE = 500  # RFC 9309, 2.3.1.4: as long as rules cannot be had, everything is forbidden


@dataclass(frozen=True, slots=True)
class Manners:
    """What the settings say of visits."""

    private: Private = False
    tdm: Literal["respect", "record"] = "respect"
    pause: float = 1.0
    """Seconds between two requests to one host."""
    timeout: float = _PAGE


@dataclass
class _Host:
    """Whose turn it is at a host, and when the next may be."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    free: float = 0.0
    pause: float = 0.0


@dataclass
class _Site:
    """What was asked once of a scheme, host and port, and when."""

    since: float = 0.0
    asking: threading.Lock = field(default_factory=threading.Lock)
    rules: robots.Rules | None = None
    status: int = 0
    reserved: tdm.SiteFile | None = None


class Visitor:
    """Articles share it, and with it what was asked and the pauses. Threads may share it."""

    def __init__(
        self,
        manners: Manners,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._manners, self._clock, self._sleep = manners, clock, sleep
        self._lock = threading.Lock()
        self._hosts: dict[str, _Host] = {}
        self._sites: dict[str, _Site] = {}

    def read(self, url: str) -> Source:
        """A page as a source. Raises `SourceError` robots, tdm_reserved, or as `fetch` and `ingest.read_bytes`."""
        return self.source_of(self.fetch(url), url)

    def fetch(
        self, url: str, *, limit: int = ingest.MAX_BYTES, etag: str = "", last_modified: str = ""
    ) -> Fetched:
        """What lies at an address, or that it is as it was (`fetch`); robots.txt is asked at each redirect."""
        return fetch(
            url,
            timeout=self._manners.timeout,
            allow_private=self._manners.private,
            limit=limit,
            etag=etag,
            last_modified=last_modified,
            gate=self._gate,
        )

    def source_of(self, answer: Fetched, url: str) -> Source:
        source = ingest.read_fetched(answer, url)
        return replace(
            source, visit=self.visit_of(answer, source.text if source.media == "text/html" else "", url)
        )

    def visit_of(self, answer: Fetched, html: str, url: str) -> Visit:
        """What is to be recorded of a visit. Raises `SourceError` tdm_reserved unless that is only to be recorded."""
        signs = tdm.signs(answer, html, self._reserved(answer.url))
        if signs and self._manners.tdm == "respect":
            raise SourceError(
                "tdm_reserved",
                f"The publisher reserves text and data mining ({', '.join(signs)}).",
                'Ask for a licence; with one, set tdm = "record" in marbre.toml.',
                about=url,
            )
        rules = self._site(answer.url).rules
        known: Literal["allowed", "missing"] = "allowed" if rules and rules.text.strip() else "missing"
        return Visit(answer.url, known, signs, etag=answer.etag, last_modified=answer.last_modified)

    def reserved(self, url: str, failed: SourceError) -> tuple[str, ...]:
        """The signs by which a page is reserved that could not be read, as far as its site and the answer tell.

        Raises as `visit_of`: the reservation is about the work, wherever it is taken from.
        """
        return self.visit_of(failed.answer or Fetched(b"", None, url), "", url).reserved

    # --- whose turn it is, and what a site allows ------------------------------------------------------------

    @contextmanager
    def _gate(self, url: str) -> Iterator[None]:
        site = self._site(url)
        rules = self._rules(site, url)
        if rules is None:
            status = f"status {site.status}" if site.status != _NO_ANSWER else "no answer"
            unread = SourceError(
                "robots",
                f"The robots.txt of {urlsplit(url).netloc} cannot be read ({status}), so its pages are left alone.",
                "Run it again later, or save the page as a file and give that.",
                about=url,
            )
            unread.lost = "silent" if site.status == _NO_ANSWER else ""
            raise unread
        if not rules.allows(url):
            raise SourceError(
                "robots",
                f"The robots.txt of {urlsplit(url).netloc} does not allow this page.",
                "Ask the publisher, or save the page as a file and give that.",
                about=url,
            )
        with self._turn(url, min(rules.delay, LONGEST_DELAY)):
            yield

    @contextmanager
    def _turn(self, url: str, delay: float = 0.0) -> Iterator[None]:
        """One request at a time, and a pause from the end of one to the start of the next."""
        host = self._host(url)
        with host.turn:
            host.pause = max(host.pause, delay, self._manners.pause)
            if (wait := host.free - self._clock()) > 0:
                self._sleep(wait)
            try:
                yield
            finally:
                host.free = self._clock() + host.pause

    @contextmanager
    def _at_once(self, url: str) -> Iterator[None]:
        """The few small files of a site go without a pause, not without their turn."""
        with self._host(url).turn:
            yield

    def _host(self, url: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault((urlsplit(url).hostname or "").lower(), _Host())

    def _site(self, url: str) -> _Site:
        parts, now = urlsplit(url), self._clock()
        name = f"{parts.scheme}://{parts.netloc.lower()}"
        with self._lock:
            site = self._sites.get(name)
            if site is None or now - site.since > _REMEMBERED:
                site = self._sites[name] = _Site(now)
            return site

    def _rules(self, site: _Site, url: str) -> robots.Rules | None:
        """None where they cannot be had: then nothing may be asked."""
        with site.asking:
            if site.rules is None and not site.status:
                site.status, text = self._small(url, "/robots.txt", robots.LARGEST)
                if site.status < _UNREACHABLE:
                    site.rules = robots.Rules(text[: robots.READ])
            return site.rules

    def _reserved(self, url: str) -> tdm.SiteFile:
        site = self._site(url)
        with site.asking:
            if site.reserved is None:
                site.reserved = tdm.site_file(self._small(url, tdm.WELL_KNOWN, tdm.LARGEST)[1])
            return site.reserved

    def _small(self, url: str, path: str, limit: int) -> tuple[int, str]:
        """Status and text of a file of the site; `_NO_ANSWER` where none came, or far too much."""
        try:
            answer = ask(
                urljoin(url, path),
                timeout=min(self._manners.timeout, _SMALL),
                allow_private=self._manners.private,
                limit=limit,
                gate=self._at_once,
            )
        except SourceError as error:
            if error.code == "private_address":
                raise
            return _NO_ANSWER, ""
        return answer.status, answer.data.decode("utf-8", "replace").lstrip("\ufeff")


def visitor_of(settings: Settings) -> Visitor:
    """The one visitor of this program, so that all who read the web keep the same pauses."""
    return _visitor(
        Manners(settings.allow_private_urls, settings.tdm, settings.host_pause, min(settings.timeout, _PAGE))
    )


@cache
def _visitor(manners: Manners) -> Visitor:
    return Visitor(manners)
