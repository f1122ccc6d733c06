"""Mentions of time in English, in the normal form that French ones have (pipeline/text/dates.py).

`June 12` and `12 June` are `--06-12`, `Thursday evening` is `thursday/evening`, `3.30 p.m.` is `T15:30`, `last week`
is `last week`, `two years ago` is `-2 years`. All-figure dates are left alone: 03/04 is April or March.
"""

import re
from collections.abc import Callable, Iterator

from pipeline.text.dates import DateSpan
from pipeline.text.english.numbers import numbers

_MONTHS = "january february march april may june july august september october november december".split()
_SHORT = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sept": 9, "sep": 9, "oct": 10, "nov": 11, "dec": 12}  # fmt: skip
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_SEASONS = {"spring": "spring", "summer": "summer", "autumn": "autumn", "fall": "autumn", "winter": "winter"}
_PARTS = {"morning": "morning", "afternoon": "afternoon", "evening": "evening", "night": "night", "noon": "noon", "lunchtime": "noon"}  # fmt: skip
_UNITS = "year month week day hour minute decade century weekend quarter".split()
_S = r"[ \u00a0\u202f]"
_MONTH = rf"(?:{'|'.join(m.title() for m in _MONTHS)}|(?:{'|'.join(s.title() for s in _SHORT)})\.?)"
_YEAR = r"(?:1\d{3}|20\d{2})(?![\d,.]\d|\d)"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_WEEKDAY = rf"(?:{'|'.join(d.title() for d in _DAYS)})"
_PART = "(?:morning|afternoon|evening|night|lunchtime)"
_UNIT = rf"(?:{'|'.join(_UNITS)})"
_B = r"(?<![\w-])"
_COUNT = r"(?:\d{1,4}|an?|[a-z]{3,9}(?:-[a-z]{3,5})?)"

_CALENDAR = re.compile(
    rf"{_B}(?:(?P<weekday>{_WEEKDAY}),?{_S}(?:the{_S})?)?(?:(?P<day>{_DAY}){_S}(?:of{_S})?(?P<month>{_MONTH})(?!\w)(?:,?{_S}(?P<year>{_YEAR}))?"
    rf"|(?P<month2>{_MONTH}){_S}(?P<day2>{_DAY})(?![\w:]|,\d|{_S}(?:per{_S}?cent|%|million|billion))(?:,?{_S}(?P<year2>{_YEAR}))?)"
)
_MONTH_YEAR = re.compile(rf"(?:{_B}|(?<=mid-))(?P<month>{_MONTH}),?{_S}(?:of{_S})?(?P<year>{_YEAR})")
_MONTH_ALONE = re.compile(rf"(?:{_B}|(?<=[Mm]id-))(?:(?P<rel>[Ll]ast|[Nn]ext){_S})?(?P<month>{'|'.join(m.title() for m in _MONTHS if m not in ('may', 'march'))})(?![\w-])")  # fmt: skip
_MAY = re.compile(r"(?:(?<=[Ii]n )|(?<=[Ss]ince )|(?<=[Bb]y )|(?<=[Uu]ntil )|(?<=[Ll]ast )|(?<=[Nn]ext )|(?<=[Oo]f )|(?<=from )|(?<=late )|(?<=early )|(?<=mid-))(?P<month>May|March)(?![\w-])")  # fmt: skip
_ISO = re.compile(r"(?<![\w/-])(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?![\w-])")
_WEEK_DAY = re.compile(
    rf"{_B}(?:(?P<rel>[Ll]ast|[Nn]ext|[Tt]his){_S})?(?P<weekday>{_WEEKDAY})(?:s|’s|'s)?(?:{_S}(?P<part>{_PART})(?!\w))?(?!\w)"
)
_RELATED = re.compile(
    rf"{_B}(?P<rel>[Tt]his|[Ll]ast|[Nn]ext|[Pp]revious|[Ff]ollowing|[Cc]oming){_S}(?P<what>{_UNIT}|{_PART}|spring|summer|autumn|fall|winter)(?!\w)"
)
_AGO = re.compile(
    rf"{_B}(?P<count>{_COUNT}){_S}(?P<unit>{_UNIT})s?{_S}(?P<rel>ago|earlier|before|later|after|from now)(?!\w)"
)
_IN = re.compile(
    rf"{_B}(?P<cue>[Ii]n|[Ww]ithin){_S}(?P<count>{_COUNT}){_S}(?P<unit>{_UNIT})s?(?:[’']{_S}time)?(?!\w)"
)
_FOR = re.compile(rf"{_B}[Ss]ince{_S}(?P<count>{_COUNT}){_S}(?P<unit>{_UNIT})s?(?!\w)")
_RECENT = re.compile(
    rf"{_B}(?<!would )(?<!will )(?<!could )(?<!to )(?P<rel>[Ll]ast|[Pp]ast|[Nn]ext|[Cc]oming|[Rr]ecent|[Pp]revious|[Ff]ollowing){_S}(?:(?P<count>{_COUNT}){_S})?(?P<unit>{_UNIT})s(?!\w)"
)
_SEASON = re.compile(rf"{_B}(?:(?P<season>spring|summer|autumn|winter)(?:{_S}(?:of{_S})?(?P<year>{_YEAR}))?|(?:in(?:{_S}the)?|the|that){_S}(?P<fall>fall)(?:{_S}of{_S}(?P<year2>{_YEAR}))?(?!{_S}(?:of|in)(?!{_S}\d)))(?!\w)", re.IGNORECASE)  # fmt: skip
_DECADE = re.compile(r"(?<![\w])(?:the )?(?P<year>(?:1[89]|20)\d0)s(?!\w)")
_CLOCK = re.compile(
    rf"(?<![\w:.,$£€])(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?{_S}?(?:(?P<half>[ap])\.?m(?:\.|(?!\w))|(?P<zone>GMT|UTC|BST|CET|CEST|EST|EDT))"
    rf"|(?<![\w:.,$£€])(?P<h24>[01]?\d|2[0-3]):(?P<m24>[0-5]\d)(?![\d:])|{_B}(?P<oclock>\d{{1,2}}|[a-z]{{3,6}}){_S}o[’']clock"
)
_NOON = re.compile(rf"{_B}(?P<noon>noon|midday|midnight)(?!\w)", re.IGNORECASE)
_FIXED = {
    "today": "today", "yesterday": "yesterday", "tomorrow": "tomorrow", "tonight": "today/evening",
    "the day before yesterday": "-2 days", "the day after tomorrow": "+2 days", "the day before": "the day before",
    "on the eve": "the day before", "the eve": "the day before", "the previous day": "the day before",
    "the day after": "the day after", "the next day": "the day after", "the following day": "the day after",
    "overnight": "/night",
}  # fmt: skip
_FIXED_RULE = re.compile(
    rf"{_B}(?P<fixed>{'|'.join(sorted(_FIXED, key=len, reverse=True))})(?:{_S}(?P<part>{_PART}))?(?!\w)",
    re.IGNORECASE,
)
_PART_ALONE = re.compile(
    rf"{_B}(?:in{_S}the|during{_S}the|late{_S}in{_S}the|early{_S}in{_S}the|that|at|spend\w*{_S}the|all|for{_S}the|through{_S}the){_S}(?P<part>morning|afternoon|evening|night|lunchtime)(?!\w)", re.IGNORECASE
)  # fmt: skip
_YEAR_ALONE = re.compile(rf"(?<![\w.,$£€-])(?P<year>{_YEAR})(?![\w%-]|{_S}?%|{_S}(?:per{_S}cent|million|billion|people|euros|dollars|pounds|metres|meters|jobs|homes|visitors))")  # fmt: skip
_YEAR_CUE = re.compile(
    r"(?:\b(?:in|since|by|until|of|from|for|during|before|after|through|year|mid|early|late|around|to|and|between|season|the)|[(–—/-])"
    rf"{_S}?\Z",
    re.IGNORECASE,
)
_DIRECTION = {"last": "last", "past": "last", "recent": "last", "next": "next", "coming": "next", "this": "this", "previous": "previous", "following": "following"}  # fmt: skip
_MATCH = re.Match[str]


def dates(text: str) -> list[DateSpan]:
    """The mentions of time in reading order, without overlap; of two that overlap the longer one stays."""
    found = [span for rule, value in _RULES for m in rule.finditer(text) if (span := value(m))]
    found += _years(text)
    found.sort(key=lambda d: (d.start, -d.end))
    apart: list[DateSpan] = []
    for span in found:
        if not apart or span.start >= apart[-1].end:
            apart.append(span)
        elif span.end - span.start > apart[-1].end - apart[-1].start:
            apart[-1] = span
    return apart


def month_number(name: str) -> int:
    """1 to 12 of a month's name or its short form."""
    low = name.lower().rstrip(".")
    return _MONTHS.index(low) + 1 if low in _MONTHS else _SHORT[low]


def _calendar(m: _MATCH) -> DateSpan:
    day = int(re.sub(r"\D", "", m["day"] or m["day2"]))
    return DateSpan(
        *m.span(), f"{m['year'] or m['year2'] or '-'}-{month_number(m['month'] or m['month2']):02d}-{day:02d}"
    )


def _month_year(m: _MATCH) -> DateSpan:
    return DateSpan(*m.span(), f"{m['year']}-{month_number(m['month']):02d}")


def _month_alone(m: _MATCH) -> DateSpan:
    way = f"{_DIRECTION[m['rel'].lower()]} " if m.groupdict().get("rel") else ""
    return DateSpan(*m.span(), f"{way}--{month_number(m['month']):02d}")


def _iso(m: _MATCH) -> DateSpan | None:
    good = 1 <= int(m["m"]) <= 12 and 1 <= int(m["d"]) <= 31
    return DateSpan(*m.span(), f"{m['y']}-{m['m']}-{m['d']}") if good else None


def _weekday(m: _MATCH) -> DateSpan:
    part = (
        "evening" if m["part"] == "night" else _PARTS.get(m["part"] or "")
    )  # `Saturday night` is samedi soir
    value = m["weekday"].lower() + (f"/{part}" if part else "")
    way = m["rel"].lower() if m["rel"] else ""
    return DateSpan(*m.span(), f"{way} {value}" if way in ("last", "next") else value)


def _related(m: _MATCH) -> DateSpan:
    what = m["what"]
    return DateSpan(
        *m.span(), f"{_DIRECTION[m['rel'].lower()]} {_SEASONS.get(what) or _PARTS.get(what) or what}"
    )


def _count(words: str) -> int | None:
    if words in ("a", "an", "one"):
        return 1
    whole = [n for n in numbers(words) if n.end - n.start == len(words)]
    return int(whole[0].value) if whole and whole[0].kind == "cardinal" else None


def _amount(m: _MATCH, sign: str) -> DateSpan | None:
    count = _count(m["count"].lower())
    if count is None:
        return None
    return DateSpan(*m.span(), f"{sign}{count} {m['unit']}{'s' if count != 1 else ''}")


def _ago(m: _MATCH) -> DateSpan | None:
    return _amount(m, "-" if m["rel"] in ("ago", "earlier", "before") else "+")


def _in(m: _MATCH) -> DateSpan | None:
    return _amount(m, "+")


def _since(m: _MATCH) -> DateSpan | None:
    return _amount(m, "since -")


def _recent(m: _MATCH) -> DateSpan | None:
    way = _DIRECTION[m["rel"].lower()]
    return _amount(m, f"{way} ") if m["count"] else DateSpan(*m.span(), f"{way} {m['unit']}s")


def _season(m: _MATCH) -> DateSpan:
    season, year = _SEASONS[(m["season"] or m["fall"]).lower()], m["year"] or m["year2"]
    return DateSpan(*m.span(), f"{year}/{season}" if year else season)


def _decade(m: _MATCH) -> DateSpan:
    return DateSpan(*m.span(), f"{m['year']}s")


def _clock(m: _MATCH) -> DateSpan | None:
    if m["h24"]:
        return DateSpan(*m.span(), f"T{int(m['h24']):02d}:{m['m24']}")
    if m["oclock"]:
        hour = int(m["oclock"]) if m["oclock"].isdigit() else _count(m["oclock"].lower())
        return DateSpan(*m.span(), f"T{hour:02d}:00") if hour is not None and hour < 24 else None
    hour = int(m["hour"])
    if m["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if m["half"] == "p" else 0)
    return DateSpan(*m.span(), f"T{hour:02d}:{m['minute'] or '00'}")


def _noon(m: _MATCH) -> DateSpan:
    return DateSpan(*m.span(), "T00:00" if m["noon"].lower() == "midnight" else "T12:00")


def _fixed(m: _MATCH) -> DateSpan:
    value = _FIXED[re.sub(_S, " ", m["fixed"]).lower()]
    return DateSpan(*m.span(), f"{value}/{_PARTS[m['part'].lower()]}" if m["part"] else value)


def _part(m: _MATCH) -> DateSpan:
    return DateSpan(*m.span(), f"/{_PARTS[m['part'].lower()]}")


def _years(text: str) -> Iterator[DateSpan]:
    """Bare years: after a cue (`in 2022`, `(2022)`), or beside another one."""
    for m in _YEAR_ALONE.finditer(text):
        before = text[max(0, m.start() - 12) : m.start()]
        after = text[m.end() : m.end() + 2]
        if (
            _YEAR_CUE.search(before)
            or re.search(r"\d{4}[-–/]\Z", before)
            or after[:1] in ",.;)"
            or not after.strip()
        ):
            yield DateSpan(*m.span(), m["year"])


_RULES: tuple[tuple[re.Pattern[str], Callable[[_MATCH], DateSpan | None]], ...] = (
    (_CALENDAR, _calendar),
    (_MONTH_YEAR, _month_year),
    (_MONTH_ALONE, _month_alone),
    (_MAY, _month_alone),
    (_ISO, _iso),
    (_WEEK_DAY, _weekday),
    (_RELATED, _related),
    (_AGO, _ago),
    (_IN, _in),
    (_FOR, _since),
    (_RECENT, _recent),
    (_SEASON, _season),
    (_DECADE, _decade),
    (_CLOCK, _clock),
    (_NOON, _noon),
    (_FIXED_RULE, _fixed),
    (_PART_ALONE, _part),
)
