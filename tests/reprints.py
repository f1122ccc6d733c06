"""The seeds as other sites might print them, and as they might be updated."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from pipeline.stages import clean, ingest

SEEDS = {p.stem: p for p in sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))}
LEDES = {
    "000_7fd1b95d1a6cabb8": (
        "Au Pentagone, Stoltenberg défend l’aide à l’Ukraine comme un investissement",
        (
            "Le secrétaire général de l’OTAN était reçu lundi à Washington par Lloyd Austin. Au menu des discussions : le "
            "soutien des alliés à l’Ukraine."
        ),
    ),
    "001_7107e614131a75cb": (
        "Guerre en Ukraine : à Kiev, le chef de l’Otan assure que l’alliance ne lâchera pas",
        (
            "Pour la première fois depuis le début du conflit, voici 14 mois, Jens Stoltenberg s’est rendu à Kiev. Il y a promis "
            "un soutien sans limite de temps face à la Russie."
        ),
    ),
    "002_44b7f2dba8646b0b": (
        "Contre-offensive : pour le patron de l’Otan, Kiev progresse",
        (
            "Reçu mardi dans le bureau ovale, Jens Stoltenberg s’est montré optimiste sur l’offensive ukrainienne devant Joe "
            "Biden."
        ),
    ),
    "003_31e25e82d465c41c": (
        "Livraisons d’armes : l’Otan reconnaît avoir déçu l’Ukraine",
        "Les retards ont « détruit » la confiance de Kiev. C’est l’aveu de Jens Stoltenberg, lundi, de retour d’Ukraine.",
    ),
    "004_1ac56a06fa62bc08": (
        "Ramstein : le chef de l’Otan croit à une reconquête ukrainienne",
        (
            "Jens Stoltenberg n’en doute pas : l’Ukraine peut reprendre des territoires à la Russie. Il l’a dit vendredi en marge "
            "de la réunion de ses soutiens."
        ),
    ),
}
MORE = "La rédaction suit ce dossier depuis plusieurs mois et reviendra sur ses suites."


@lru_cache
def _read(seed: str) -> tuple[str, ...]:
    return tuple(p.text for p in clean.clean(ingest.read_file(SEEDS[seed], seed)).passages)


def paragraphs(seed: str) -> list[str]:
    """Title, where there is one, and text."""
    return list(_read(seed))


def reprinted(text: Sequence[str], lede: tuple[str, str]) -> list[str]:
    """Another title and lede, the last paragraph cut, one more in its place."""
    first = 1 if len(text[0].split()) < 25 else 0
    return [*lede, *text[first + 1 : -1], MORE]


def other_space(text: Sequence[str]) -> list[str]:
    return [re.sub(" ", "  ", p).replace("’", "'").replace("\u00a0", " ") for p in text]


def figures_changed(text: Sequence[str]) -> Iterator[list[str]]:
    """The text once for each figure in it, with that figure changed."""
    for n, paragraph in enumerate(text):
        for found in re.finditer(r"(?<![\d.,])\d+(?![\d.,])", paragraph):
            changed = paragraph[: found.start()] + str(int(found.group()) + 2) + paragraph[found.end() :]
            yield [*text[:n], changed, *text[n + 1 :]]
