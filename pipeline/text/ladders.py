"""Scales of which a text tells one rung: the stages of a cup, the colours of an alert, the kinds of a sentence.

On one scale two rungs exclude each other; the words of a rung need not be synonyms.
"""

import re
from dataclasses import dataclass

from pipeline.text.kept import kept
from pipeline.text.rare import lowered

_FINAL = r"(?: de finale)"
# Each scale with its signs: a text that has none of them, in lower case, tells none of its rungs.
_SCALES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (
        ("final", "quart", "demi"),
        (
            r"seizièmes?" + _FINAL,
            r"huitièmes?" + _FINAL,
            r"(?<=en )quarts?(?! d)|quarts?" + _FINAL,
            r"demi[- ]finales?|(?<=en )demies?",
            r"(?<!quart de )(?<!quarts de )(?<!huitième de )(?<!huitièmes de )(?<!seizième de )(?<!seizièmes de )(?<!demi-)(?<!demi )finales?",
        ),
    ),
    (("médaill",), (r"médaill\w+ d[’']or", r"médaill\w+ d[’']argent", r"médaill\w+ de bronze")),
    (
        ("vigilance", "alerte"),
        (
            r"(?:vigilance|alerte) jaune",
            r"(?:vigilance|alerte) orange",
            r"(?:vigilance|alerte) rouge",
        ),
    ),
    (
        ("sursis", "ferme"),
        (
            r"(?:avec|de) sursis|(?:mois|ans?|prison|peine)(?: de prison| d[’']emprisonnement)? avec sursis",
            r"(?:mois|ans?|prison|peines?|emprisonnement)(?: de prison| d[’']emprisonnement)? fermes?",
        ),
    ),
    (
        ("première instance", "tribunal", "cour d", "cassation"),
        (
            r"première instance|tribunal correctionnel|tribunal judiciaire",
            r"cour d[’']appel",
            r"(?:cour de )?cassation",
        ),
    ),
    ((" tour",), (r"premier tour", r"(?:second|deuxième) tour")),
    (
        (" trimestre",),
        (r"premier trimestre", r"deuxième trimestre", r"troisième trimestre", r"quatrième trimestre"),
    ),
    ((" semestre",), (r"premier semestre", r"(?:second|deuxième) semestre")),
    (
        (" mi-temps", " période"),
        (r"première (?:mi-temps|période)", r"(?:seconde|deuxième) (?:mi-temps|période)"),
    ),
    (
        ("garde à vue", "en examen", "renvoyé"),
        (r"garde à vue", r"mise? en examen|mis en examen", r"renvoyée? devant"),
    ),
    (("majorité ",), (r"majorité simple|majorité relative", r"majorité absolue")),
    (
        ("lecture", "définitivement"),
        (r"en première lecture", r"en (?:seconde|deuxième) lecture", r"définitivement adopt\w+"),
    ),
)
_RUNGS = tuple(
    (
        number,
        signs,
        tuple(re.compile(rf"(?<![\w-])(?:{pattern})(?![\w])", re.IGNORECASE) for pattern in scale),
    )
    for number, (signs, scale) in enumerate(_SCALES)
)


@dataclass(frozen=True, slots=True)
class Rung:
    """`text[start:end]` tells this rung, counted from the lowest, of a scale."""

    scale: int
    rung: int
    start: int
    end: int


@kept
def rungs(text: str) -> tuple[Rung, ...]:
    """By scale, then from the lowest."""
    low = lowered(text)
    return tuple(
        Rung(scale, rung, *match.span())
        for scale, signs, patterns in _RUNGS
        if any(sign in low for sign in signs)
        for rung, pattern in enumerate(patterns)
        for match in pattern.finditer(text)
    )
