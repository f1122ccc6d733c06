"""FID004: every figure of the piece is the sources' own: value, unit, sign, and how exact it claims to be."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.checks.fidelity.alignment import supports
from pipeline.checks.fidelity.comparison import (
    Comparison,
    Sources,
    Statement,
    compare,
    once_for_sources,
    text_of,
)
from pipeline.checks.fidelity.counted import ages, factors, numbered_names, shares
from pipeline.checks.fidelity.counted.derived import Absent, derivation, is_own_count
from pipeline.checks.fidelity.counted.quantities import (
    Quantity,
    fit,
    known,
    quantity,
    same_value,
    sharing_scale,
)
from pipeline.checks.fidelity.counted.rests import rest_of_ratio
from pipeline.checks.fidelity.counted.rounding import rounds
from pipeline.checks.fidelity.counted.shelf import shelves
from pipeline.checks.fidelity.counted.worlds import worlds_apart
from pipeline.checks.fidelity.refound import once_for_words
from pipeline.model import Evidence, Finding, Severity
from pipeline.text.cues import has
from pipeline.text.figures import FigureSpan
from pipeline.text.implied import ratios
from pipeline.text.moments import published

_FALLS = re.compile(
    r"(?<![\w-])(?:re)?(?:baiss|abaiss|recul|chut|dimin|réduc|rédui|repli|perd|pert|déclin|contract|effondr|dégring|plong"
    r"|cèd|céd|moins|défici|négat|fond|retrait|ralent|inférieur|rabais|remise|décr[ou]|tomb|amput|rogn|dépréci|dévalu"
    r"|régress|sous|froid|glac|gel|grignot|lâch|érod|affaiss|tass|coup|allég|divis|manqu)",
    re.IGNORECASE,
)
# A limit not passed, a threshold reached: `jamais plus de 300` says no more than `300`.
_LIMITS = re.compile(
    r"(?<!\w)(?:ne|n[’']|jamais|sans|plafon|limit|maxim|minim|franchi|barre|seuil|dépass|attei|jusqu|record|passe)",
    re.IGNORECASE,
)
_LOOKED_AT = 60
_FEW, _SMALL = 6, 12
_AT = re.compile(r"T(\d\d):\d\d")
# `deux heures plus tard` is no time of day.
_LASTS = re.compile(r"[ \u00a0](?:plus tard|plus tôt|auparavant)(?!\w)")
_PHRASES = re.compile(
    r"(?<!\w)(?:à deux (?:pas|doigts|vitesses|reprises)|d[’']une pierre deux coups|en deux mots|quatre coins|entre quatre yeux"
    r"|trente-six|mille et un|à mille lieues|mille feux|mille excuses|cent fois|en quatre|à quatre mains|deux poids"
    r"|un[’ ]?e? de ces quatre|(?:24|vingt-quatre) ?h(?:eures)? ?(?:sur|/) ?(?:24|vingt-quatre)|(?:7|sept) ?j(?:ours)? ?(?:sur|/) ?(?:7|sept)|jours? sur (?:7|sept)"
    r"|une fois pour toutes|à (?:cent pour cent|100 ?%)|deux à deux|l[’']un des deux|numéro deux|(?:à|contre) (?:dix|10|onze|11)(?= contre|[.,;])|(?:réduit\w*|jou\w+|termin\w+|fini\w*) à (?:dix|neuf|huit|10|9|8)|contre (?:onze|11))(?!\w)",
    re.IGNORECASE,
)


@once_for_words
def find_absent_figure(manuscript: Manuscript) -> Iterator[Finding]:
    comparison = compare(manuscript)
    if not comparison.sources or manuscript.dossier is None:
        return
    now = tuple(day.year for one in manuscript.dossier.all if (day := published(one.article.credit.date)))
    yield from numbered_names.findings(comparison)
    yield from factors.findings(comparison)
    yield from shares.findings(comparison)
    yield from ages.findings(comparison)
    for statement in comparison.statements:
        told_shares = ratios(statement.block.text)
        scores = numbered_names.told_scores(comparison, statement)
        of_day, before = -1, None
        for figure in comparison.figures(statement):
            if _speaks_for_itself(comparison, statement, figure) or figure.start in scores:
                continue
            lasts = _LASTS.match(statement.block.text, figure.end)
            if figure.unit == "hour" and not lasts and _is_a_time(comparison, figure.value):
                of_day = figure.end
                continue
            follows = of_day >= 0 and not statement.block.text[of_day : figure.start].strip()
            if follows and figure.unit is None:
                continue  # `dix-huit heures trente`
            told = _as_told(comparison, statement.block.text, before, quantity(statement.block.text, figure))
            before = told
            at = bisect_right(told_shares, figure.start, key=lambda r: r.start) - 1
            in_ratio = at >= 0 and figure.start < told_shares[at].end
            if in_ratio and _is_told_share(comparison, statement, told_shares[at]):
                continue
            fault = _fault(comparison, statement, told, now)
            if fault and not factors.follows(comparison, statement, figure.start):
                yield comparison.finding(
                    "FID004",
                    fault.severity,
                    fault.message,
                    statement,
                    (figure.start, figure.end),
                    fault.evidence,
                )


def _is_told_share(comparison: Comparison, statement: Statement, ratio: FigureSpan) -> bool:
    """A source has the share, or the one that it leaves over."""
    if _best(comparison, quantity(statement.block.text, ratio)):
        return True
    return rest_of_ratio(comparison, statement, ratio.start, ratio.end) is not None


def _as_told(comparison: Comparison, text: str, before: Quantity | None, told: Quantity) -> Quantity:
    """With the scale that is told once, where the sources have it so and not otherwise."""
    scaled = before and sharing_scale(text, before, told)
    return scaled if scaled and _best(comparison, told) is None and _best(comparison, scaled) else told


def tells_a_known_figure(comparison: Comparison, statement: Statement) -> bool:
    """One that a source has in another form, or rounded: of 18 %, `près d’un cinquième`. Small counts fit anything."""
    told = (quantity(statement.block.text, f) for f in islice(comparison.figures(statement), _FEW))
    return any(
        (abs(one.figure.value) > _SMALL or one.figure.kind == "fraction")
        and _best(comparison, one) is not None
        for one in told
    )


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is wrong with a figure."""

    severity: Severity
    message: str
    evidence: tuple[Evidence, ...] = ()


def _speaks_for_itself(comparison: Comparison, statement: Statement, figure: FigureSpan) -> bool:
    """One, a quoted figure (the quotation is checked as such), a name (`les Vingt-Sept`), a set phrase."""
    text = statement.block.text
    if abs(figure.value) == 1 or comparison.is_quoted(statement.paragraph, figure.start):
        return True
    if (
        text[figure.start : figure.start + 2].istitle()
        and text[max(0, figure.start - 5) : figure.start].rstrip()[-1:].islower()
    ):
        return True
    window = text[max(0, figure.start - 24) : figure.end + 24]
    return any(
        m.start() < min(24, figure.start) + figure.end - figure.start and min(24, figure.start) < m.end()
        for m in _PHRASES.finditer(window)
    )


def _is_a_time(comparison: Comparison, hour: float) -> bool:
    """`à dix-huit heures`, `à deux heures de l’après-midi`: what a source tells as a time of day."""
    return bool({hour, hour + 12} & _times(comparison.sources))


@once_for_sources
def _times(sources: Sources) -> frozenset[float]:
    """The hours at which something happens in the sources."""
    found = (_AT.fullmatch(d.value) for s in sources for row in s.facts.dates for d in row)
    return frozenset(float(m[1]) for m in found if m)


def _fault(
    comparison: Comparison, statement: Statement, told: Quantity, now: tuple[int, ...]
) -> _Fault | None:
    found = _best(comparison, told)
    if found is None:
        return _absent(_case(comparison, statement, told, now))
    source = found[0]
    how = _fit(told, source)
    if how == "unit":
        counts = _absent(_case(comparison, statement, told, now))
        if counts is None or counts.severity != "block":
            return counts
        return _Fault("block", _difference("Another unit than the source's", told, source), source.evidence)
    if how == "noun":
        return _Fault("warn", _difference("The source counts something else", told, source), source.evidence)
    if not same_value(told, source):
        return _Fault("info", _difference("Rounded", told, source), source.evidence)
    return (
        _sign_fault(comparison, statement, told, found)
        or _rate_fault(told, found)
        or _hedge_fault(text_of(comparison, statement.index), told, found)
    )


def _case(comparison: Comparison, statement: Statement, told: Quantity, now: tuple[int, ...]) -> Absent:
    return Absent(comparison, statement, told, supports(comparison)[statement.index], now)


def _best(comparison: Comparison, told: Quantity) -> list[Quantity] | None:
    """The source's figures that stand for this one, all of the best fit there is."""
    plain, hints = shelves(comparison.sources)
    near = [q for q in plain.near(told) if same_value(told, q) and fit(told, q) != "none"]
    for wanted in ("same", "noun"):
        fitting = [q for q in near if _fit(told, q) == wanted]
        if fitting:
            return fitting
        if wanted == "same":
            rounded = [q for q in plain.near(told) if rounds(told, q)]
            rounded += [
                q
                for q in hints.near(told)
                if (q.dimension == "time" or q.figure.kind == "fraction") and rounds(told, q)
            ]
            hinting = [q for q in hints.near(told) if same_value(told, q) and fit(told, q) == "same"]
            if rounded or hinting:
                return hinting or rounded
    return near or None


def _fit(told: Quantity, source: Quantity) -> str:
    a, b = told.dimension, source.dimension
    how = fit(told, source)
    if how == "same" and a and b and a != b and not told.is_measure and not source.is_measure:
        return "noun" if worlds_apart(a, b) or worlds_apart(b, a) else "same"
    return how


def _sign_fault(
    comparison: Comparison, statement: Statement, told: Quantity, found: list[Quantity]
) -> _Fault | None:
    if any((q.magnitude < 0) == (told.magnitude < 0) for q in found):
        return None
    source = found[0]
    where = text_of(comparison, statement.index) if source.magnitude < 0 else source.evidence[0].text
    plus = statement.block.text[max(0, told.figure.start - 2) : told.figure.start].strip() == "+"
    if has(_FALLS, where) and not plus:
        return None
    return _Fault("block", _difference("The sign is lost", told, source), source.evidence)


def _rate_fault(told: Quantity, found: list[Quantity]) -> _Fault | None:
    rates = {q.per for q in found}
    if told.per is None or None in rates or told.per in rates:
        return None
    return _Fault(
        "block", _difference("The source says it per something else", told, found[0]), found[0].evidence
    )


def _hedge_fault(said: str, told: Quantity, found: list[Quantity]) -> _Fault | None:
    hedges = {q.hedge for q in found}
    if told.hedge in hedges or told.hedge == "about" or told.is_ordinal:
        return None
    source = found[0]
    if {told.hedge, *hedges} == {"above", "below"}:
        return _Fault("block", _difference("More than is not less than", told, source), source.evidence)
    if not told.hedge:
        return _Fault("warn", _difference("The source is less exact", told, source), source.evidence)
    if hedges == {""} and (has(_LIMITS, said) or has(_LIMITS, source.evidence[0].text)):
        return None
    return _Fault("warn", _difference("The source does not say it so", told, source), source.evidence)


def _absent(case: Absent) -> _Fault | None:
    if is_own_count(case):
        return None
    told, shown = case.told, tuple(c.evidence for c in case.support.carriers[:1])
    if found := derivation(case):
        how, reckons = found
        return _Fault("info" if reckons else "warn", f"No source gives “{told.text}”; it {how}.", shown)
    nearest = (
        case.of_same_noun
        or _nearest(told, case.around)
        or _nearest(told, known(case.comparison.sources)[:_LOOKED_AT])
    )
    if nearest is None:
        return _Fault("block", f"No source gives “{told.text}”.", shown)
    return _Fault("block", _difference("No source gives this figure", told, nearest), nearest.evidence)


def _nearest(told: Quantity, sources: tuple[Quantity, ...]) -> Quantity | None:
    """The figure that this one most likely was: of the same dimension and kind, with the most digits in common."""
    alike = [q for q in sources if q.dimension == told.dimension and q.is_ordinal == told.is_ordinal]
    alike = alike or [q for q in sources if q.figure.value == told.figure.value]
    return max(alike, key=lambda q: len(set(q.text) & set(told.text)), default=None)


def _difference(what: str, told: Quantity, source: Quantity) -> str:
    return f"{what} (source: {source.text}; piece: {told.text})."


CHECKS = (
    Check(
        code="FID004",
        name="figure absent from the sources",
        severity="block",
        why="A figure that no source gives, or gives in another unit, is an invented fact, and the easiest to prove.",
        source="House rule; measured on changed figures: a look-up of value and unit finds what a reader overlooks.",
        bad=Example(
            "# La piscine\n\nLes travaux ont coûté 146 000 euros à la commune.",
            source="La rénovation du bassin a coûté 164 000 euros à la commune, soit 12 % de plus que prévu.",
        ),
        good=Example(
            "# La piscine\n\nLa commune a déboursé 164 000 euros, un dépassement de 12 %.",
            source="La rénovation du bassin a coûté 164 000 euros à la commune, soit 12 % de plus que prévu.",
        ),
        find=find_absent_figure,
        needs_source=True,
    ),
)
