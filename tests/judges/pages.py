"""What the judges look at, written into the folder that is named: `python -m tests.judges.pages FOLDER`."""

import shutil
import sys
from dataclasses import replace
from pathlib import Path

from pipeline import formats, pages
from pipeline.model import Image, Site
from pipeline.pages.edition import edition_of
from tests import page_samples as samples

GOLDEN = Path(__file__).parents[1] / "golden" / "pages"
SITE = Site(
    url="https://gazette.example/actu",
    name="La Gazette du Val",
    publisher="La Gazette du Val",
    author="Anne Petit",
    logo="https://gazette.example/logo.png",
    formats=("wordpress", "html"),
)
EVERY_BLOCK = """---
title: x
---

# Tout ce qu’un texte peut tenir

1. un
2. deux
   - a
   - b `code "x"`

     suite

        code

3. trois

5) cinq
6) six

> cite
>
> - liste
>
> > dedans

## Un

```py
if a < b and "c": [x]
```

## Deux

***

### Trois

#### Quatre

| a | b | un mot fort long | c | d | e |
|:--|--:|---|---|---|---|
| **c** | 1 | anticonstitutionnellement | 2 | 3 | 4 |

## Cinq

https://a.example/x

*x* \\[gallery] [y](https://b.example "ti\\"tre") ![v\\[u](https://a.example/v.png "t")
fin
suite "guillemets" & <b>

## Six

Fin.
"""


def editions():
    yield "sample", edition_of(samples.ready(samples.piece()))
    yield "draft", edition_of(samples.piece())
    yield "hostile", edition_of(samples.hostile_piece())
    image = Image("https://a.example/i.png?a=1&b=2", 'une "vue" [x]', "© AFP & Cie", "Légende.")
    yield "every", replace(edition_of(samples.ready(samples.piece())), markdown=EVERY_BLOCK, image=image)
    for number in range(5):
        yield f"reference-{number}", edition_of(samples.ready(samples.reference(number)))


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, edition in editions():
        (folder / f"{name}.html").write_text(pages.published(edition, SITE), encoding="utf-8")
        written = formats.files(edition, SITE)
        (folder / f"{name}.blocks").write_text(written["wordpress.html"], encoding="utf-8")
        fragment = f"<!doctype html><html lang=fr><title>x</title><h1>x</h1>{written['fragment.html']}</html>"
        (folder / f"{name}-fragment.html").write_text(fragment, encoding="utf-8")
    for name in ("index", "index-empty", "report", "report-ready"):
        shutil.copyfile(GOLDEN / f"{name}.html", folder / f"desk-{name}.html")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
