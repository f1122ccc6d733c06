"""Our keyphrase density and transition share beside those of an independent implementation, on the reference pieces.

    npm install --prefix DIR yoastseo@3.6.0
    python -m tests.judges.yoast DIR/node_modules

The package (GPL-3) is used by this script alone. What the figures say: docs/seo.md.
"""

import html
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.checks.check import Manuscript
from pipeline.checks.readability import measured
from pipeline.checks.seo.mentions import mentions
from pipeline.model import Brief
from pipeline.text.markdown import Document, parse

HERE = Path(__file__).parent
PIECES = sorted((HERE.parent / "reference").glob("*.md"))
# Words that name whose word it is, or compare, and tie no sentence to the one before; yoastseo counts them.
OTHERS = frozenset(
    (
        "selon",
        "d'après",
        "face à",
        "davantage",
        "en plus",
        "à propos de",
        "plus de",
        "moins de",
        "tout",
        "que",
    )
)


def as_html(document: Document) -> str:
    """What a page shows of the article below its title."""
    blocks = [b for b in document.blocks if not b.apparatus and not (b.kind == "heading" and b.level == 1)]
    tags = [(f"h{b.level}" if b.kind == "heading" else "p", html.escape(b.text, quote=False)) for b in blocks]
    return "\n".join(f"<{tag}>{text}</{tag}>" for tag, text in tags)


def theirs(documents: dict[str, Document], modules: str) -> dict[str, dict[str, Any]]:
    lines = [
        json.dumps({"name": name, "html": as_html(d), "keyphrase": d.front["keyphrase"]})
        for name, d in documents.items()
    ]
    done = subprocess.run(
        ["node", str(HERE / "yoast.cjs")],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"NODE_PATH": modules},
    )
    return {row["name"]: row for row in map(json.loads, done.stdout.splitlines())}


@dataclass(frozen=True)
class Row:
    name: str
    density: tuple[float, float]
    """Ours, theirs."""
    mentions: tuple[int, int]
    transitions: tuple[float, float]
    attributions: float
    """The share of their sentences in which a transition is nothing but one of `OTHERS`."""


def compared(name: str, document: Document, other: dict[str, Any]) -> Row:
    found = mentions(Manuscript(document, Brief()))
    assert found is not None
    many = other["sentences"]
    return Row(
        name,
        (found.density, other["density"]),
        (sum(s.whole for s in found.said), other["mentions"]),
        (measured(document).transition_share, len(other["transitions"]) / many),
        sum(OTHERS.issuperset(words) for words in other["transitions"]) / many,
    )


def order(rows: list[Row], key: Callable[[Row], float]) -> str:
    return " > ".join(row.name for row in sorted(rows, key=key, reverse=True))


def main(modules: str) -> None:
    documents = {p.stem[:3]: parse(p.read_text(encoding="utf-8")) for p in PIECES}
    other = theirs(documents, modules)
    rows = [compared(name, document, other[name]) for name, document in documents.items()]
    print("piece  mentions  density      transitions  of theirs attributions alone   (ours / theirs)")
    for r in rows:
        print(
            f"{r.name}    {r.mentions[0]} / {r.mentions[1]}     {r.density[0]:.2f} / {r.density[1]:.2f}  "
            f"{r.transitions[0]:.2f} / {r.transitions[1]:.2f}  {r.attributions:.2f}"
        )
    print("density:    ", order(rows, lambda r: r.density[0]), "|", order(rows, lambda r: r.density[1]))
    print(
        "transitions:", order(rows, lambda r: r.transitions[0]), "|", order(rows, lambda r: r.transitions[1])
    )


if __name__ == "__main__":
    main(sys.argv[1])
