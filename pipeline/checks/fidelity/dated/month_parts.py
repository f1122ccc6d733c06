"""`fin mars` where the source has the 12th: the part of a month, against the days of it that the sources tell."""

import re

from pipeline.checks.fidelity.comparison import Sources, once_for_sources
from pipeline.checks.fidelity.dated.date_case import Case, Fault
from pipeline.text.moments import moment

_PART = re.compile(
    r"(?<![\w-])(?:(?P<early>début|premiers jours)|(?P<middle>mi|milieu)|(?P<late>fin|derniers jours))"
    r"(?:[-‑ \u00a0](?:du mois )?(?:d[eu] |d[’'])?)\Z",
    re.IGNORECASE,
)
# With what is still called so: `début mars` of the 12th, `fin mars` of the 19th.
_DAYS = {"early": (1, 12), "middle": (9, 21), "late": (19, 31)}


def part_of_month(case: Case) -> Fault | None:
    """Vaguer than a day is fine; a part in which no day of that month lies is not."""
    month = case.said.month
    part = _part_before(case.before) if month is not None and case.said.day is None else None
    if part is None or month is None:
        return None
    days, parts, bare = _told(case.comparison.sources).get(month, (frozenset(), frozenset(), False))
    low, high = _DAYS[part]
    if part in parts or any(low <= day <= high for day in days) or not (days or parts):
        return None
    if bare:
        return Fault("warn", "No source gives this part of the month")
    return Fault("block", "The source has another part of that month")


def _part_before(text: str) -> str | None:
    found = _PART.search(text)
    return found.lastgroup if found else None


@once_for_sources
def _told(sources: Sources) -> dict[int, tuple[frozenset[int], frozenset[str], bool]]:
    """By month: the days told of it, the parts, and whether it is also told with neither."""
    days: dict[int, set[int]] = {}
    parts: dict[int, set[str]] = {}
    bare: set[int] = set()
    for source in sources:
        for passage, row in zip(source.facts.passages, source.facts.dates, strict=True):
            for span in row:
                said = moment(span, passage.text)
                part = _part_before(passage.text[max(0, span.start - 20) : span.start])
                if said.month is None:
                    continue
                days.setdefault(said.month, set()).update({said.day} - {None})  # type: ignore[arg-type]
                parts.setdefault(said.month, set()).update({part} - {None})  # type: ignore[arg-type]
                if said.day is None and part is None:
                    bare.add(said.month)
    return {m: (frozenset(days[m]), frozenset(parts[m]), m in bare) for m in days}
