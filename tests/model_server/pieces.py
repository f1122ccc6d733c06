"""Pieces the scripted model knows by heart: one for each seed, and one made up for any other source."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from tests.model_server.filler import filler
from tests.model_server.markdown import HEADING, Piece
from tests.model_server.prompt import Prompt, words

ROOT = Path(__file__).parents[2]
LIKENESS = 0.5
"""Share of the long words two texts have in common (Dice). Measured on the five seeds, which all tell of
the same war: at most 0.26 between two of them, at least 0.93 when a fifth of the paragraphs is gone,
at least 0.73 when half of them are."""
_FRONT_MATTER = re.compile(r"\A---\r?\n(.*?)\r?\n---\r?\n", re.DOTALL)


def read_piece(path: Path) -> Piece:
    """A reference file: YAML front matter, then Markdown. Raises ValueError when it is not one."""
    return _piece(path, path.read_text(encoding="utf-8"))


@cache
def _piece(path: Path, text: str) -> Piece:
    """Reading YAML takes longer than all else that a test's server does as it starts."""
    match = _FRONT_MATTER.match(text)
    if not match:
        raise ValueError(f"{path} has no front matter")
    meta = yaml.safe_load(match[1])
    return Piece(
        name=path.stem,
        keyphrase=meta["keyphrase"],
        synonyms=tuple(meta.get("synonyms") or ()),
        title=meta["title"],
        description=meta["description"],
        slug=meta["slug"],
        body=text[match.end() :].strip(),
    )


@dataclass(frozen=True, slots=True)
class Library:
    """The seeds' words and the pieces written from them; a seed may lack its piece."""

    seeds: dict[str, frozenset[str]]
    pieces: dict[str, Piece]

    @classmethod
    def read(cls, references: Path, seeds: Path) -> "Library":
        texts = {p.stem: p.read_text(encoding="utf-8", errors="replace") for p in _files(seeds)}
        pieces = [read_piece(p) for p in _files(references) if p.suffix == ".md" and p.stem in texts]
        return cls({name: _long_words(text) for name, text in texts.items()}, {p.name: p for p in pieces})

    def find(self, prompt: Prompt) -> Piece | None:
        """The piece for the prompt's source, or for its section; None when nothing is asked for."""
        if prompt.source or prompt.goal in {"plan", "write"}:
            name = self._seed(prompt.source)
            return self.pieces.get(name or "") or filler(prompt, name)
        return self._piece_with(prompt.section) if prompt.goal == "repair" else None

    def _seed(self, source: str) -> str | None:
        theirs = _long_words(source)
        likeness = {
            name: 2 * len(ours & theirs) / (len(ours) + len(theirs) or 1) for name, ours in self.seeds.items()
        }
        best = max(likeness, key=lambda name: likeness[name], default=None)
        return best if best is not None and likeness[best] >= LIKENESS else None

    def _piece_with(self, section: str) -> Piece | None:
        match = HEADING.search(section)
        heading = words(match[2]) if match else None
        known = (
            piece
            for piece in self.pieces.values()
            if heading in {words(title) for _, title in HEADING.findall(piece.body)}
        )
        return next(known, None)


def _files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.glob("*") if p.is_file() and not p.name.startswith("."))


def _long_words(text: str) -> frozenset[str]:
    return frozenset(word for word in words(text) if len(word) >= 4)
