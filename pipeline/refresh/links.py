"""The links of the pieces: which of them lead nowhere any more, and for how long nobody has answered at others.

A page that its server says is gone is dead at once. Where nobody answers, or a server is ill, the link is dead when it was so
a day before too: a host that is down for an hour is none, and a resolver that is down knows no name. What robots.txt keeps from us,
or a server refuses to robots, says nothing.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from pipeline.errors import SourceError
from pipeline.origins import Known
from pipeline.refresh.visits import by_host, host_of
from pipeline.refresh.where import Where
from pipeline.settings import Settings
from pipeline.shelf import LINKS
from pipeline.sources.visitor import visitor_of

State = Literal["there", "gone", "silent", "unknown"]
_PATIENCE = timedelta(days=1)
_OURS = 3
"""Hosts: where so many were asked and none answered, it is our own line that is down."""


@dataclass(slots=True)
class Links:
    """Each address is asked once, whoever links it."""

    settings: Settings
    where: Where
    now: datetime
    states: dict[str, State] = field(default_factory=dict)
    cut_off: bool = False
    """Whether it seems to be us whom nobody can hear."""

    def ahead(self, pieces: Iterable[Known], stop: Callable[[], bool]) -> None:
        """Ask for the links of these, several hosts at a time."""
        asked = (a for known in pieces for a in self._on_the_web(known) if a not in self.states)
        self.hear(by_host(asked, host_of, lambda a: link_now(a, self.settings), stop))

    def hear(self, states: Mapping[str, State]) -> None:
        """What came of asking."""
        self.states.update(states)
        hosts = {host_of(address) for address in self.states}
        self.cut_off = len(hosts) >= _OURS and set(self.states.values()) == {"silent"}

    def of(self, known: Known, noted: list[tuple[str, int, dict[str, Any]]]) -> tuple[tuple[str, ...], Known]:
        """The dead links of a piece, as `Shelf.without` takes them, and what is known of it now; `noted` hears of that."""
        beside = [f"../{slug}/article.md" for slug in _beside(known) if not self.where.holds(slug)]
        states = {} if self.cut_off else self.states
        found, silent = dead(self._on_the_web(known), states, known.about.silent, self.now)
        if silent != known.about.silent:
            known = replace(known, about=replace(known.about, silent=silent))
            noted.append((known.row.slug, 1, {"piece": known.about.as_json()}))
        return (*beside, *found), known

    def _on_the_web(self, known: Known) -> list[str]:
        from pipeline.pages.render import links

        told = dict.fromkeys(links(self.where.text(known.row.slug)))
        return [a for a in told if a is not None and a.startswith(("http://", "https://"))]


def _beside(known: Known) -> list[str]:
    """The pieces that it leads to."""
    targets = [str(target) for *_, target in known.row.entry.get(LINKS, ())]
    return list(dict.fromkeys(t for t in targets if "://" not in t))


def dead(
    addresses: Collection[str], states: Mapping[str, State], silent: Mapping[str, str], now: datetime
) -> tuple[tuple[str, ...], dict[str, str]]:
    """Those that lead nowhere, and since when others were silent whenever they were asked (ISO 8601).

    `silent` is what was known of that.
    """
    found, since = [], {}
    for address in addresses:
        state = states.get(address, "unknown")
        if state == "silent":
            since[address] = silent.get(address, now.isoformat(timespec="seconds"))
        elif state == "unknown" and address in silent:
            since[address] = silent[address]
        patient = state == "silent" and now - datetime.fromisoformat(since[address]) >= _PATIENCE
        if state == "gone" or patient:
            found.append(address)
    return tuple(found), since


def link_now(address: str, settings: Settings) -> State:
    """What a reader meets who follows a link."""
    try:
        visitor_of(settings).fetch(address)
    except SourceError as error:
        return error.lost or "unknown"
    except Exception:  # noqa: BLE001 - a fault of ours about one address says nothing of it
        return "unknown"
    return "there"
