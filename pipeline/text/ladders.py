"""Scales of which a text tells one rung: the stages of a cup, the colours of an alert, the kinds of a sentence.

On one scale two rungs exclude each other; the words of a rung need not be synonyms.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FINAL = r"(?: de finale)"
_SCALES: tuple[tuple[str, ...], ...] = (
    (
        r"seizièmes?" + _FINAL,
        r"huitièmes?" + _FINAL,
        r"(?<=en )quarts?(?! d)|quarts?" + _FINAL,
        r"demi[- ]finales?|(?<=en )demies?",
        r"(?<!quart de )(?<!quarts de )(?<!huitième de )(?<!huitièmes de )(?<!seizième de )(?<!seizièmes de )(?<!demi-)(?<!demi )finales?",
    ),
    (r"médaill\w+ d[’']or", r"médaill\w+ d[’']argent", r"médaill\w+ de bronze"),
    (r"(?:vigilance|alerte) jaune", r"(?:vigilance|alerte) orange", r"(?:vigilance|alerte) rouge"),
    (
        r"(?:avec|de) sursis|(?:mois|ans?|prison|peine)(?: de prison| d[’']emprisonnement)? avec sursis",
        r"(?:mois|ans?|prison|peines?|emprisonnement)(?: de prison| d[’']emprisonnement)? fermes?",
    ),
    (
        r"première instance|tribunal correctionnel|tribunal judiciaire",
        r"cour d[’']appel",
        r"(?:cour de )?cassation",
    ),
    (r"premier tour", r"(?:second|deuxième) tour"),
    (r"premier trimestre", r"deuxième trimestre", r"troisième trimestre", r"quatrième trimestre"),
    (r"premier semestre", r"(?:second|deuxième) semestre"),
    (r"première (?:mi-temps|période)", r"(?:seconde|deuxième) (?:mi-temps|période)"),
    (r"garde à vue", r"mise? en examen|mis en examen", r"renvoyée? devant"),
    (r"majorité simple|majorité relative", r"majorité absolue"),
    (r"en première lecture", r"en (?:seconde|deuxième) lecture", r"définitivement adopt\w+"),
)
_RUNGS = tuple(
    (number, rung, re.compile(rf"(?<![\w-])(?:{pattern})(?![\w])", re.IGNORECASE))
    for number, scale in enumerate(_SCALES)
    for rung, pattern in enumerate(scale)
)


@dataclass(frozen=True, slots=True)
class Rung:
    """`text[start:end]` tells this rung, counted from the lowest, of a scale."""

    scale: int
    rung: int
    start: int
    end: int


def rungs(text: str) -> Iterator[Rung]:
    for scale, rung, pattern in _RUNGS:
        for match in pattern.finditer(text):
            yield Rung(scale, rung, *match.span())
