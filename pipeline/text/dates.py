"""Finds what says when: days, months, years, parts of the day, times, and words such as *hier*.

The value is a normal form that says no more than the words: `14 juillet` is `--07-14`, `juillet` is `--07`,
`lundi soir` is `monday/evening`, `il y a 14 mois` is `-14 months`. Nothing is resolved against a calendar.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.text import date_patterns as when
from pipeline.text.calendar import MONTHS
from pipeline.text.grammar import FUNCTION_WORDS, plain
from pipeline.text.kept import kept
from pipeline.text.numbers import numbers, read
from pipeline.text.rare import lowered


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A mention of time, in its normal form."""

    start: int
    end: int
    value: str


def dates(text: str) -> list[DateSpan]:
    """The mentions of time in reading order, without overlap; of two that overlap the longer one stays."""
    return [*_dates(text)]


@kept
def _dates(text: str) -> tuple[DateSpan, ...]:
    low = lowered(text)
    found = [
        span
        for signs, rule, value in _RULES
        if any(sign in low for sign in signs)
        for m in rule.finditer(text)
        if (span := value(m))
    ]
    found += _years(text)
    found.sort(key=lambda d: (d.start, -d.end))
    apart: list[DateSpan] = []
    for span in found:
        if not apart or span.start >= apart[-1].end:
            apart.append(span)
        elif span.end - span.start > apart[-1].end - apart[-1].start:
            apart[-1] = span
    return tuple(apart)


def _month_number(name: str) -> int:
    name = name.lower().rstrip(".")
    return MONTHS.index(name) + 1 if name in MONTHS else when.SHORT[name]


def _calendar(m: re.Match[str]) -> DateSpan | None:
    day = int(re.match(r"\d+", m["day"]).group())  # type: ignore[union-attr]
    year = m["year"] or "-"
    return DateSpan(*m.span(), f"{year}-{_month_number(m['month']):02d}-{day:02d}")


def _month_year(m: re.Match[str]) -> DateSpan | None:
    return DateSpan(*m.span(), f"{m['year']}-{_month_number(m['month']):02d}")


def _month_alone(m: re.Match[str]) -> DateSpan | None:
    return DateSpan(*m.span(), f"--{_month_number(m['month']):02d}")


def _month_relative(m: re.Match[str]) -> DateSpan | None:
    return DateSpan(*m.span(), f"{_direction(m['rel'])} --{_month_number(m['month']):02d}")


def _numeric(m: re.Match[str]) -> DateSpan | None:
    year, month, day = (int(m[k] or m[k + "2"]) for k in ("y", "m", "d"))
    if not (1000 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    return DateSpan(*m.span(), f"{year}-{month:02d}-{day:02d}")


def _weekday(m: re.Match[str]) -> DateSpan | None:
    value = when.WEEKDAYS[m["weekday"].lower()]
    if m["number"]:
        value = f"{value} {int(re.sub(r'[^0-9]', '', m['number']))}"
    if m["part"]:
        value += f"/{when.PARTS[m['part'].lower()]}"
    return DateSpan(*m.span(), f"{_direction(m['rel'])} {value}" if m["rel"] else value)


def _direction(word: str) -> str:
    word = word.lower()
    if word.startswith(("proch",)):
        return "next"
    if word.startswith(("derni", "pass")):
        return "last"
    return "following" if word.startswith("suiv") else "previous"


def _what(word: str) -> str:
    word = word.lower()
    unit = word if word in ("mois", "printemps") else word.removesuffix("s")
    return when.UNITS.get(unit) or when.SEASONS.get(unit) or when.PARTS.get(unit) or unit


def _this(m: re.Match[str]) -> DateSpan | None:
    return DateSpan(*m.span(), f"this {_what(m['what'])}")


def _last(m: re.Match[str]) -> DateSpan | None:
    return DateSpan(*m.span(), f"{_direction(m['rel'])} {_what(m['what'])}")


def _count(words: str) -> int | None:
    if words.lower() in ("un", "une"):
        return 1
    if spelt := read(words):
        return spelt  # `neuf ans plus tard`: before a unit it is no adjective
    whole = [n for n in numbers(words) if n.end - n.start == len(words)]
    return int(whole[0].value) if whole and whole[0].value == int(whole[0].value) else None


def _amount(m: re.Match[str], sign: str) -> DateSpan | None:
    """Without a cue before it, the count may have caught words before its own: `intervient un jour avant`."""
    words = m["count"]
    while (count := _count(words)) is None and " " in words:
        words = words.split(" ", 1)[1]
    if count is None:
        return None
    start = m.start() if m.start() < m.start("count") else m.end("count") - len(words)
    unit = _what(m["unit"])
    return DateSpan(start, m.end(), f"{sign}{count} {unit}{'s' if count != 1 else ''}")


def _ago(m: re.Match[str]) -> DateSpan | None:
    cue = plain(m["cue"])
    sign = "-" if cue.startswith(("il", "voi")) else "since -" if cue == "depuis" else "+"
    return _amount(m, sign)


def _later(m: re.Match[str]) -> DateSpan | None:
    return _amount(m, "+" if m["rel"].lower().endswith(("tard", "après")) else "-")


def _recent(m: re.Match[str]) -> DateSpan | None:
    direction = _direction(m["rel"])
    if not m["count"]:
        return DateSpan(*m.span(), f"{direction} {_what(m['unit'])}s")
    return _amount(m, f"{direction} ")


def _since(m: re.Match[str]) -> DateSpan | None:
    return DateSpan(*m.span(), f"{'since ' if m['cue'].lower() == 'depuis' else '-'}{_what(m['unit'])}s")


def _season(m: re.Match[str]) -> DateSpan | None:
    return DateSpan(m.start("season"), m.end(), f"{m['year']}/{when.SEASONS[m['season'].lower()]}")


def _season_alone(m: re.Match[str]) -> DateSpan | None:
    words = m.group().replace("’", "'")
    season = re.split(r"[' \u00a0\u202f]", words)[-1].lower()
    return DateSpan(m.end() - len(season), m.end(), when.SEASONS[season])


def _part_alone(m: re.Match[str]) -> DateSpan | None:
    part = m["part"] or m["noon"] or m["day"]
    return DateSpan(*m.span(), f"/{when.PARTS[part.lower()]}")


def _day_part(m: re.Match[str]) -> DateSpan | None:
    return DateSpan(*m.span(), f"{when.FIXED[plain(m['day'])]}/{when.PARTS[m['part'].lower()]}")


def _decade(m: re.Match[str]) -> DateSpan | None:
    year = m["year"] if len(m["year"]) == 4 else ("19" if m["year"] >= "20" else "20") + m["year"]
    return DateSpan(*m.span(), f"{year}s")


def _clock(m: re.Match[str]) -> DateSpan | None:
    if m["whole"]:
        return DateSpan(m.start("whole"), m.end(), f"T{int(m['whole']):02d}:00")
    return DateSpan(*m.span(), f"T{int(m['hour']):02d}:{m['minute']}")


def _noon(m: re.Match[str]) -> DateSpan | None:
    return DateSpan(*m.span(), "T12:00" if m["noon"].lower() == "midi" else "T00:00")


def _fixed(m: re.Match[str]) -> DateSpan | None:
    return DateSpan(*m.span(), when.FIXED[re.sub(when.SPACE, " ", plain(m.group()))])


def _years(text: str) -> Iterator[DateSpan]:
    """Bare years: after a cue (`en 2022`, `(2022)`), or a noun (`budget 2024`), not before a counted noun."""
    for m in when.YEAR_RULE.finditer(text):
        window = text[max(0, m.start() - 24) : m.start()]
        if when.CUE_BEFORE.search(window) or _reads_as_year(window, m["year"], text, m.end()):
            yield DateSpan(*m.span(), m["year"])
    for m in when.YEAR_PAIR.finditer(text):
        yield DateSpan(*m.span(), m["year"])


def _reads_as_year(window: str, year: str, text: str, end: int) -> bool:
    word = when.WORD_BEFORE.search(window)
    if word is None or not "1800" <= year <= "2100" or word.group(1).lower() in when.NO_YEAR_BEFORE:
        return False
    after = when.WORD_AFTER.match(text, end)
    counts = after is not None and plain(after.group(1)) not in FUNCTION_WORDS and after.group(1)[0].islower()
    return not counts or (word.group(1).lower() not in FUNCTION_WORDS and not after.group(1).endswith("s"))  # type: ignore[union-attr]


_SPACES = (" ", "\u00a0", "\u202f")
_MONTHS = (*MONTHS, *when.SHORT)
_AGO = ("depuis", *(f"y{space}a" for space in _SPACES))
# Each with the signs of which any match bears one, in lower case: most paragraphs bear few of them.
_RULES: tuple[tuple[tuple[str, ...], re.Pattern[str], Callable[[re.Match[str]], DateSpan | None]], ...] = (
    (_MONTHS, when.CALENDAR, _calendar),
    (_MONTHS, when.DAYS_OF_MONTH, _calendar),
    (_MONTHS, when.MONTH_YEAR, _month_year),
    (_MONTHS, when.MONTH_ALONE, _month_alone),
    (("dernier", "prochain"), when.MONTH_REL, _month_relative),
    (("/", ".", "-"), when.NUMERIC, _numeric),
    (tuple(when.WEEKDAYS), when.WEEK_DAY, _weekday),
    (tuple(f"{this}{space}" for this in ("ce", "cet", "cette") for space in _SPACES), when.THIS, _this),
    (("derni", "prochain", "passé", "suivant", "précédent"), when.LAST, _last),
    ((*_AGO, "voici", "voilà", "dans", "ici"), when.AGO, _ago),
    (("tard", "tôt", "avant", "après"), when.LATER, _later),
    (("derniers", "dernières", "prochains", "prochaines"), when.RECENT, _recent),
    (_AGO, when.SINCE, _since),
    (tuple(when.SEASONS), when.SEASON, _season),
    (tuple(when.SEASONS), when.SEASON_ALONE, _season_alone),
    (("matin", "soir", "nuit", "après-midi"), when.PART_ALONE, _part_alone),
    (("hier", "demain"), when.DAY_PART, _day_part),
    (("années",), when.DECADE, _decade),
    (("h", ":"), when.CLOCK, _clock),
    (("midi", "minuit"), when.NOON, _noon),
    (("aujourd", "hier", "demain", "veille", "lendemain"), when.FIXED_RULE, _fixed),
)
