"""LEG: may the sources' copy be used, are they credited, and is a reader told who wrote?

These checks know no contract. They tell what the documents say of themselves and what the settings do not answer;
whether a use is allowed is for a person to judge.
"""

import re
from collections.abc import Iterator

from pipeline.checks.check import Check, Example, House, Manuscript
from pipeline.model import Article, Finding
from pipeline.reading.furniture import AGENCIES
from pipeline.text.fold import fold, tokens

_SHORT = frozenset(a for a in AGENCIES if len(a) <= 3)
_NAMED = "|".join(re.escape(a) for a in sorted(AGENCIES, key=len, reverse=True))
# A dateline, a credit at the end, a claim of rights: what is said *to* an agency marks nobody's copy.
_MARK = re.compile(
    rf"(?:©|\(c\)|copyright)[ \u00a0]?(?:\d{{4}}[ \u00a0])?(?P<owner>{_NAMED})(?![\w-])"
    rf"|(?:\(|\bsource ?: ?|^)(?:avec )?(?P<agency>{_NAMED})(?![\w-])[ \u00a0]?(?:\)|[–—-]|\.?$|,|/)",
    re.IGNORECASE | re.MULTILINE,
)
_RIGHTS = re.compile(
    r"tous droits (?:de reproduction et de représentation )?réservés|all rights reserved|reproduction (?:même partielle )?(?:interdite|soumise)|"
    r"©[ \u00a0]?\w|copyright[ \u00a0]\w|droits réservés",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"creative commons|\bcc[ -]?(?:by|0)\b|cc0|licence ouverte|etalab|domaine public|public domain",
    re.IGNORECASE,
)
_SAME = (
    {"afp", "agence france presse", "afp relaxnews"},
    {"ap", "associated press"},
    {"ats", "keystone ats"},
)
_SAID = re.compile(
    r"\b(?:IA|intelligence artificielle|modèle de langage|généré automatiquement|automatiquement établi|établi automatiquement)\b"
)
_AI_ACT = "EU AI Act, art. 50(4) and (5); the Commission's guidelines of July 2026, §§ 133 to 138."


def agencies_in(article: Article) -> tuple[str, ...]:
    """The news agencies whose copy a source says it is or holds, each once."""
    credit = article.credit
    known = {fold(a): a for a in AGENCIES}
    by = [part.strip() for part in re.split(r"[,/&]| et | avec ", credit.publisher or "")]
    by += [part.strip() for part in re.split(r"[,/&()]| et | avec ", credit.author or "")]
    found = [known[fold(part)] for part in by if fold(part) in known]
    for text in (credit.licence or "", *(r.text for r in article.removed), *_edges(article)):
        for match in _MARK.finditer(text[:2000]):
            name = match["agency"] or match["owner"]
            if name.upper() not in _SHORT or name.isupper():  # `map`, `pa` are no agencies
                found.append(known.get(fold(name), name))
    return tuple(dict.fromkeys(found))


def _edges(article: Article) -> tuple[str, ...]:
    """Where a text tells whose it is: its first and last words."""
    texts = [p.text for p in article.paragraphs if p.kind == "text"]
    return (texts[0][:200], texts[-1][-200:]) if texts else ()


def find_agency(manuscript: Manuscript) -> Iterator[Finding]:
    for number, article in _articles(manuscript):
        for name in agencies_in(article):
            if licence_for(name, manuscript.desk.house) is None:
                message = (
                    f"S{number} is, or holds, copy of {name}, and the settings name no licence for it: its wording and "
                    f'its selection are protected, its facts are not. `[licences]` with `{name} = "…"` in the settings would settle it.'
                )
                yield Finding("LEG001", "warn", message)


def find_reserved(manuscript: Manuscript) -> Iterator[Finding]:
    house = manuscript.desk.house
    for number, article in _articles(manuscript):
        credit = article.credit
        if agencies_in(article) or _OPEN.search(credit.licence or ""):
            continue
        claims = (credit.licence or "", *(r.text for r in article.removed))
        claim = next((m[0] for text in claims if (m := _RIGHTS.search(text[:2000]))), None)
        publisher = credit.publisher
        if (claim or publisher) and (publisher is None or licence_for(publisher, house) is None):
            who = publisher or "an unnamed publisher"
            why = f" that reserves its rights (“{claim}”)" if claim else ""
            message = (
                f"S{number} was published by {who}{why}, and the settings name no licence: in the EU a press text may be "
                "reused beyond very short extracts only with the publisher's leave, for two years and under author's right after."
            )
            yield Finding("LEG002", "warn", message)


def licence_for(publisher: str, house: House) -> str | None:
    """What the settings say allows the use of a publisher's copy."""
    wanted = _names(publisher)
    return next((licence for name, licence in house.licences if licence and _names(name) & wanted), None)


def _names(name: str) -> set[str]:
    plain = " ".join(t.text for t in tokens(name))
    return next((same for same in _SAME if plain in same), {plain})


def _articles(manuscript: Manuscript) -> Iterator[tuple[int, Article]]:
    """The source, and those related articles that the piece says it used."""
    if manuscript.dossier is None:
        return
    told = manuscript.document.front.get("sources")
    used = {s.get("sha256") for s in (told if isinstance(told, list) else ()) if isinstance(s, dict)}
    for number, dossier in enumerate(manuscript.dossier.all, start=1):
        if number == 1 or dossier.article.sha256 in used:
            yield number, dossier.article


def find_no_credit(manuscript: Manuscript) -> Iterator[Finding]:
    document, house = manuscript.document, manuscript.desk.house
    if not house.whole:
        return
    disclosed = str(document.front.get("disclosure", "")).split()
    told = [b for b in document.blocks if b.apparatus and b.kind != "heading" and b.text.split() != disclosed]
    if not any(not _SAID.search(b.text) for b in told):
        message = (
            "The piece names no source at its end: short quotation is lawful only with author and source."
        )
        yield Finding("LEG003", "warn", message)


def find_no_disclosure(manuscript: Manuscript) -> Iterator[Finding]:
    document, house = manuscript.document, manuscript.desk.house
    if not house.whole:
        return
    always = house.disclosure == "always"
    if any(_SAID.search(b.text) for b in document.blocks if b.apparatus) or (house.reviewed and not always):
        return
    message = "No line tells the reader that a model helped to write this, and no person's review of this very text is recorded."
    remedy = "Add the line." if always else "Add it, or record the review: marbre review PIECE --by NAME."
    yield Finding("LEG004", "block" if always else "warn", f"{message} {remedy}")


_TEXT = "# La piscine\n\nLa piscine de Valmont rouvre au printemps."
_CREDITED = f"{_TEXT}\n\n## Sources\n\n- Mairie de Valmont, 12 mars 2024\n\n"
_LINE = "Article rédigé avec l’aide d’une intelligence artificielle à partir des sources citées ci-dessus."
_DISPATCH = "Valmont (AFP) – La piscine de Valmont rouvre au printemps, a annoncé la mairie."
_WHOLE = House(whole=True)
CHECKS = (
    Check(
        code="LEG001",
        name="agency copy without a licence",
        severity="warn",
        why="A dispatch is an author's work and part of a protected database; facts may be told by anybody, its copy may not.",
        source="TC Paris, 5 February 2010, AFP v. Topix; directive 96/9/EC.",
        bad=Example(_TEXT, source=_DISPATCH),
        good=Example(_TEXT, source=_DISPATCH, house=House(licences=(("AFP", "contrat 2026"),))),
        find=find_agency,
        needs_source=True,
    ),
    Check(
        code="LEG002",
        name="press copy without a licence",
        severity="warn",
        why="A publisher's leave is needed for any reuse of a press text online but hyperlinks, isolated words and very short extracts.",
        source="CPI L218-1 and following, L122-5; directive (EU) 2019/790, art. 15.",
        bad=Example(_TEXT, source=_DISPATCH.replace(" (AFP)", ""), publisher="Le Courrier du Val"),
        good=Example(_TEXT, source=_DISPATCH.replace(" (AFP)", "")),
        find=find_reserved,
        needs_source=True,
    ),
    Check(
        code="LEG003",
        name="no source named",
        severity="warn",
        why="Short quotation is lawful on condition that author and source are clearly named.",
        source="CPI L122-5 3°.",
        bad=Example(f"{_TEXT}\n\n{_LINE}", house=_WHOLE),
        good=Example(_CREDITED + _LINE, house=_WHOLE),
        find=find_no_credit,
    ),
    Check(
        code="LEG004",
        name="no disclosure of a model's help",
        severity="block",
        why="Text on matters of public interest that a model wrote says so, unless a person has reviewed it and answers for it.",
        source=_AI_ACT,
        bad=Example(_CREDITED, house=House(whole=True, disclosure="always")),
        good=Example(_CREDITED + _LINE, house=_WHOLE),
        find=find_no_disclosure,
    ),
)  # fmt: skip
