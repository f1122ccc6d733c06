"""`la majorité des onze` where the source has three of eleven: a share told by a word, against the figures for it."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from pipeline.checks.fidelity.alignment import Carrier, supports
from pipeline.checks.fidelity.comparison import Comparison, Statement
from pipeline.model import Finding
from pipeline.text.fold import tokens
from pipeline.text.implied import ratios
from pipeline.text.stems import stem

# The least and the most of a whole that each word can mean; `près de la moitié` is told of 46 and of 55 %.
_WORDS: tuple[tuple[str, float, float], ...] = (
    (r"(?:la (?:grande |large )?majorité|majoritaire(?:s|ment)?|la plupart|plus de la moitié)", 0.5, 1.0),
    (r"(?:la quasi-totalité|la presque totalité|presque tou(?:s|te|tes))", 0.85, 1.0),
    (r"(?:une (?:petite |faible )?minorité|minoritaires?|moins de la moitié)", 0.0, 0.5),
)
_SHARE = re.compile(
    r"(?<![\w-])(?:" + "|".join(f"(?P<w{n}>{words})" for n, (words, _, _) in enumerate(_WORDS)) + r")(?!\w)"
    r"(?: (?:des|de (?:la|ses|leurs|nos|ces)|d[’']entre|du|les) (?P<of>[\w’' -]{2,60}))?",
    re.IGNORECASE,
)
_ITSELF = re.compile(r"(?<!\w)(?:major|plupart|minorit|quasi-total|presque tou|moitié)", re.IGNORECASE)
_LONG = 4
# No sentence tells so many; it keeps hostile text linear.
_MOST = 20


class _Told(NamedTuple):
    share: float
    words: str
    stems: frozenset[str]
    """Of the words around it."""


def findings(comparison: Comparison) -> Iterator[Finding]:
    """Warns: the word may be said of another whole than the figures."""
    for statement in comparison.statements:
        found = _SHARE.finditer(statement.block.text, statement.start, statement.end)
        for match in islice(found, _MOST):
            if not comparison.is_quoted(statement.paragraph, match.start()):
                yield from _fault(comparison, statement, match)


def _fault(comparison: Comparison, statement: Statement, match: re.Match[str]) -> Iterator[Finding]:
    low, high = next(_WORDS[n][1:] for n in range(len(_WORDS)) if match[f"w{n}"])
    of = _stems(match["of"] or "")
    for carrier in supports(comparison)[statement.index].carriers:
        if _ITSELF.search(carrier.text):
            return
        told = [one for one in _shares(carrier) if of & one.stems]
        if told and not any(low < one.share <= high for one in told):
            shown = statement.block.text[
                match.start() : match.start("of") if match["of"] else match.end()
            ].strip()
            message = f"The source's figures say another share (source: {told[0].words}; piece: {shown})."
            span = (match.start(), match.end())
            yield comparison.finding("FID004", "warn", message, statement, span, (carrier.evidence,))
            return


def _shares(carrier: Carrier) -> Iterator[_Told]:
    """Those of the source sentence: ratios (`trois sur neuf`), and percentages."""
    text = carrier.text
    for one in ratios(text):
        yield _Told(one.value, text[one.start : one.end], _stems(text[max(0, one.start - 40) : one.end + 40]))
    for figure in carrier.source.facts.figures[carrier.paragraph]:
        if figure.unit == "%" and carrier.start <= figure.start < carrier.end and 0 < figure.value < 100:
            around = carrier.whole[max(carrier.start, figure.start - 40) : figure.end + 40]
            yield _Told(figure.value / 100, carrier.whole[figure.start : figure.end], _stems(around))


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(t.text) for t in tokens(text) if len(t.text) > _LONG or t.text.isdigit())
