"""LNK: do the links of a piece lead somewhere, and do their words say where?"""

import re
from collections.abc import Iterator

from pipeline.checks.check import Check, Example, House, Manuscript
from pipeline.model import Finding
from pipeline.text.addresses import key_of
from pipeline.text.fold import fold
from pipeline.text.web_address import piece_named
from pipeline.text.words import count_words

_LONGEST = 12
_EMPTY = frozenset(
    "ici|la|cliquez ici|cliquer ici|cliquez|lire|lire ici|lire la suite|la suite|suite|voir|voir ici|en savoir plus|savoir plus|"
    "plus d'infos|plus|lien|ce lien|ce site|site|article|cet article|notre article|l'article|page|cette page|a lire|a lire aussi|"
    "lire aussi|source|read more|here|click here|more".split("|")
)


def find_dead(manuscript: Manuscript) -> Iterator[Finding]:
    document, pieces = manuscript.document, manuscript.desk.house.pieces
    for block in document.blocks if pieces is not None else ():
        for start, end, target in block.anchors:
            slug = piece_named(target)
            if slug is not None and pieces is not None and slug not in pieces:
                message = f"This link leads to a piece that is not there: {slug[:100]}."
                yield Finding("LNK001", "warn", message, document.place_in(block, start, end))


def find_unknown(manuscript: Manuscript) -> Iterator[Finding]:
    """With a source SAF004 judges every address; here only the lists of the desk can vouch for one."""
    document, house = manuscript.document, manuscript.desk.house
    if manuscript.dossier is not None or house.addresses is None:
        return
    own = document.front.get("sources")
    told = {
        key_of(str(s.get("url", "")), "link")
        for s in (own if isinstance(own, list) else ())
        if isinstance(s, dict)
    }
    for block in document.blocks:
        for start, end, target in block.anchors:
            known = piece_named(target) is not None or key_of(target, "link") in house.addresses | told
            if not known and not target.startswith(("#", "mailto:")):
                message = (
                    f"Nobody knows this address: {target[:200]}. It is in no list of pages and no source."
                )
                yield Finding("LNK002", "warn", message, document.place_in(block, start, end))


def find_empty_words(manuscript: Manuscript) -> Iterator[Finding]:
    document = manuscript.document
    for block in document.blocks:
        for start, end, _ in block.anchors if not block.apparatus else ():
            words = block.text[start:end]
            plain = " ".join(re.sub(r"[^\w' ]", " ", fold(words).replace("’", "'")).split())
            if plain in _EMPTY:
                message = "These words say nothing of where the link leads."
            elif words.startswith(("http://", "https://", "www.")):
                message = "An address is no text: name what it leads to."
            elif count_words(words) > _LONGEST:
                message = (
                    f"The words of this link are more than {_LONGEST}: two to seven are read as one thing."
                )
            else:
                continue
            yield Finding("LNK003", "warn", message, document.place_in(block, start, end))


_PIECE = "# La piscine\n\nLe bassin rouvre mardi. Les [travaux de la piscine](../{}/article.md) sont finis."
_WEB = "# La piscine\n\nLe bassin rouvre mardi, dit [la mairie de Valmont](https://{}.example/)."
_DESK = House(pieces=frozenset(("travaux",)), addresses=frozenset(("valmont.example",)))
CHECKS = (
    Check(
        code="LNK001",
        name="link to a piece that is not there",
        severity="warn",
        why="A dead link costs the reader's trust and leads no search engine anywhere.",
        source="House rule.",
        bad=Example(_PIECE.format("autre"), house=_DESK),
        good=Example(_PIECE.format("travaux"), house=_DESK),
        find=find_dead,
    ),
    Check(
        code="LNK002",
        name="link to an address nobody knows",
        severity="warn",
        why="An address that neither a source nor the desk gave may have been made up.",
        source="House rule; OWASP Top 10 for LLM applications, improper output handling.",
        bad=Example(_WEB.format("autre"), house=_DESK),
        good=Example(_WEB.format("valmont"), house=_DESK),
        find=find_unknown,
    ),
    Check(
        code="LNK003",
        name="link whose words say nothing",
        severity="warn",
        why="Readers who go from link to link, and search engines, read the words of a link without the rest.",
        source="WCAG 2.2, 2.4.4; Google Search Central, link best practices.",
        bad=Example("# La piscine\n\nPour les horaires, [cliquez ici](../travaux/article.md)."),
        good=Example("# La piscine\n\nVoici les [horaires de la piscine](../travaux/article.md)."),
        find=find_empty_words,
    ),
)  # fmt: skip
