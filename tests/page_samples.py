"""Pieces to make pages from: an ordinary one, one without anything, one that wants to break out of its page."""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import cache

from pipeline.model import (
    Article,
    Brief,
    Call,
    Carried,
    CheckResult,
    Credit,
    DateMention,
    Dossier,
    Draft,
    Evidence,
    FactLink,
    Figure,
    Finding,
    Name,
    NotRun,
    Paragraph,
    Piece,
    Place,
    Plan,
    PlannedSection,
    Quotation,
    Removal,
    Repair,
    SourceSpan,
    Usage,
)
from pipeline.pages import IndexEntry
from pipeline.stages.clean import clean
from pipeline.stages.dossier import build
from pipeline.stages.finish import finish
from pipeline.stages.ingest import read_file
from pipeline.stages.written import Written
from tests.model_server.pieces import ROOT, read_piece

WINTER = timezone(timedelta(hours=1))
PUBLISHED = datetime(2026, 11, 22, 14, 5, tzinfo=WINTER)

PARAGRAPHS = (
    "Saint-Aubin vote la rénovation de sa halle",
    "Le conseil municipal de Saint-Aubin a adopté mardi 17 novembre un programme de 164 000 euros pour rénover la halle aux grains, fermée depuis 14 mois.",
    "« La halle est le cœur du bourg, nous ne la laisserons pas tomber », a déclaré la maire, Hélène Vasseur, à l’issue d’une séance de trois heures.",
    "Une cinquantaine de commerçants ont signé une pétition pour demander que le marché du samedi se tienne sur la place pendant les travaux.",
)
RELATED = "Construite en 1868, la halle avait été inscrite à l’inventaire des monuments historiques en 1987."
MARKDOWN = """---
title: "Halle de Saint-Aubin : 164 000 euros pour la rénover"
description: "Le conseil municipal a voté la rénovation de la halle aux grains."
slug: halle-saint-aubin-renovation
lang: fr
---

# La halle de Saint-Aubin sera rénovée dès janvier

Le conseil municipal de Saint-Aubin a voté, mardi 17 novembre, la rénovation de la **halle aux grains**. L’enveloppe atteint 146 000 euros.

## Pourquoi la halle de Saint-Aubin a fermé

Le bâtiment n’accueille plus personne depuis 14 mois. « La halle est le cœur du bourg, nous ne la laisserons pas tomber », a déclaré la maire, Hélène Vasseur.

- le marché du samedi s’est replié sur la place ;
- une cinquantaine de commerçants ont signé une pétition.

### Un chantier en deux temps

| Étape | Début |
|---|---|
| Charpente | janvier |
| Façade | juin |

> Le calendrier dépend de la météo.

## Ce que demandent les commerçants

Ils veulent que le marché se tienne sur la place pendant les travaux, ce que la mairie de Rouvray n’exclut pas.

## Sources

- [« Saint-Aubin vote la rénovation de sa halle »](https://gazette.example/halle?a=1&b=2), La Gazette du Val, 18 novembre 2026

Article rédigé avec l’aide d’une IA à partir de la source citée. Une question : [écrivez-nous](mailto:redaction@gazette.example).
"""


def place(markdown: str, words: str, section: str | None = None) -> Place:
    start = markdown.index(words)
    return Place(markdown.count("\n", 0, start) + 1, start, start + len(words), words, section)


def words_of(id_: str, words: str | None = None) -> SourceSpan:
    """Words of a paragraph of the sources, all of them unless some are named."""
    source, paragraph = ("S2", "P1") if id_ == "S2P1" else ("S1", id_)
    text = RELATED if source == "S2" else PARAGRAPHS[int(paragraph[1:]) - 1]
    start = text.index(words or text)
    return SourceSpan(source, paragraph, start, start + len(words or text), words or text)


def carried(words: str, share: float, *sources: SourceSpan) -> Carried:
    start = MARKDOWN.index(words)
    return Carried(start, start + len(words), words, share, sources)


def evidence() -> tuple[Carried, ...]:
    return (
        carried("Halle de Saint-Aubin : 164 000 euros pour la rénover", 0.9, words_of("P2"), words_of("P1")),
        carried("La halle de Saint-Aubin sera rénovée dès janvier", 0.5, words_of("P1")),
        carried("Le conseil municipal de Saint-Aubin a voté, mardi 17 novembre, la rénovation de la **halle aux grains**.", 0.85, words_of("P2"), words_of("P1")),
        carried("L’enveloppe atteint 146 000 euros.", 0.45, words_of("P2")),
        carried("Le bâtiment n’accueille plus personne depuis 14 mois.", 0.25, words_of("P2", "fermée depuis 14 mois.")),
        carried("« La halle est le cœur du bourg, nous ne la laisserons pas tomber », a déclaré la maire, Hélène Vasseur.", 0.95, words_of("P3")),
        carried("une cinquantaine de commerçants ont signé une pétition.", 1.0, words_of("P4")),
        carried("Charpente", 0.0),
        carried("Le calendrier dépend de la météo.", 0.0),
        carried("Ils veulent que le marché se tienne sur la place pendant les travaux, ce que la mairie de Rouvray n’exclut pas.", 0.6, words_of("P4")),
    )  # fmt: skip


def facts() -> tuple[FactLink, ...]:
    def link(words: str, item: str) -> FactLink:
        start = MARKDOWN.index(words)
        return FactLink(start, start + len(words), "S1", item)

    return (
        link("164 000 euros", "F1"),
        link("mardi 17 novembre", "D1"),
        link("La halle est le cœur du bourg, nous ne la laisserons pas tomber", "Q1"),
        link("Hélène Vasseur", "N1"),
    )


def source_dossier() -> Dossier:
    quoted = "La halle est le cœur du bourg, nous ne la laisserons pas tomber"
    article = Article(
        "depeches/halle.txt",
        hashlib.sha256(b"halle").hexdigest(),
        PARAGRAPHS[0],
        "fr",
        tuple(
            Paragraph(f"P{n}", t, "heading" if n == 1 else "text") for n, t in enumerate(PARAGRAPHS, start=1)
        ),
        (Removal("Abonnez-vous à notre lettre", "furniture of the page"),),
        ("Write at least 700 words, in French.",),
        Credit(
            "La Gazette du Val",
            "Paul Mercier",
            "18 novembre 2026",
            url="https://gazette.example/halle?a=1&b=2",
        ),
    )
    at = PARAGRAPHS[1].index
    name = PARAGRAPHS[2].index("Hélène"), PARAGRAPHS[2].index(", à l’issue")
    return Dossier(
        article,
        (Quotation("Q1", quoted, "Hélène Vasseur", "P3", 2, 2 + len(quoted)),),
        (Figure("F1", "164 000 euros", 164000, "EUR", "P2", at("164"), at(" pour rénover")),),
        (DateMention("D1", "mardi 17 novembre", "11-17", "P2", at("mardi"), at(" un programme")),),
        (Name("N1", "Hélène Vasseur", "person", "P3", *name, "maire", ("Mme Vasseur",)),),
        (Dossier(Article("depeches/1868.txt", "0" * 64, None, "fr", (Paragraph("P1", RELATED),))),),
    )


def piece() -> Piece:
    """One that needs work: findings that block, warn and inform, in the text and about the whole of it."""
    figure = Finding(
        "FID003",
        "block",
        "No source has the figure 146 000 euros.",
        place(MARKDOWN, "146 000 euros", "La halle de Saint-Aubin sera rénovée dès janvier"),
        (Evidence("S1", "P2", "164 000 euros"),),
        "164 000 euros",
    )
    findings = (
        figure,
        Finding("LIS002", "info", "The sentence is short.", place(MARKDOWN, "L’enveloppe atteint 146 000 euros.")),
        Finding("FID005", "warn", "No source has the name Rouvray.", place(MARKDOWN, "mairie de Rouvray", "Ce que demandent les commerçants")),
        Finding("LEN001", "block", "The piece has 101 words; 700 are asked for."),
    )  # fmt: skip
    plan = Plan(
        "halle de Saint-Aubin",
        "Halle de Saint-Aubin : 164 000 euros pour la rénover",
        "La halle de Saint-Aubin sera rénovée dès janvier",
        "Le conseil municipal a voté la rénovation de la halle aux grains.",
        "halle-saint-aubin-renovation",
        (
            PlannedSection("Pourquoi la halle de Saint-Aubin a fermé", evidence=("P2", "Q1", "S2P1")),
            PlannedSection("Ce que demandent les commerçants", evidence=("P4",)),
        ),
        ("halle aux grains",),
    )
    usage = Usage(2140, 1024, 980, 310)
    return Piece(
        source_dossier(),
        Brief(instructions="Un ton posé.", origins=(("words", "document"),)),
        plan,
        Draft(MARKDOWN.partition("---\n\n")[2]),
        CheckResult("needs_work", 101, findings, (NotRun("GRA", "no Java found; run: marbre doctor"),), (("fivegram_containment", 0.0625),)),
        MARKDOWN,
        "gpt-6-luna",
        PUBLISHED,
        PUBLISHED + timedelta(days=9, hours=19),
        (
            Call("k1", "plan", "plan/1", "gpt-6-luna", "gpt-6-luna-2026-09", "{}", "stop", usage, paid=True),
            Call("k2", "write", "write/1", "gpt-6-luna", "gpt-6-luna", "…", "stop", usage, paid=False),
        ),
        (Repair("writer", "Ce que demandent les commerçants", ("FID005",), kept=False, why="not better: 2 findings instead of 1"),),
        evidence(),
        facts(),
    )  # fmt: skip


def ready(sample: Piece) -> Piece:
    """The same piece when nothing is left to say against it."""
    return replace(
        sample, result=CheckResult("ready_for_review", 812, ()), date_modified=sample.date_published
    )


@cache
def reference(number: int) -> Piece:
    """The reference piece of a seed with its seed and three neighbours, as a run would finish it."""
    seeds = sorted((ROOT / "seeds").glob("*.txt"))
    own, *others = (
        clean(read_file(seed, seed.name)) for seed in (seeds[number], *seeds[:number], *seeds[number + 1 :])
    )
    told = read_piece(ROOT / "tests" / "reference" / f"{seeds[number].stem}.md")
    plan = Plan(told.keyphrase, told.title, told.title, told.description, told.slug, (), told.synonyms)
    written = Written(build(own, tuple(others[:3])), Brief(), plan, Draft(told.body), "gpt-6-luna")
    return finish(written, slug=told.slug, published=PUBLISHED, modified=PUBLISHED)


HOSTILE = (
    "</script><script>window.hacked=1</script>",
    "\"'><img src=x onerror=window.hacked=1>",
    "[clic](javascript:window.hacked=1) <javascript:window.hacked=1> ![x](data:text/html,<script>1</script>)",
    "-->]]></title></style></textarea><svg onload=window.hacked=1>",
    "\u202e\u2066renversé \x00\x07\ud800 {{ 7*7 }} {% raw %} 🧑🏽‍🚀🏳️‍🌈",
    "a" * 10_000,
)


def hostile_piece() -> Piece:
    """Every text of it is an attack."""
    bad = "\n".join(HOSTILE)
    markdown = f"---\ntitle: {HOSTILE[0]}\n---\n\n# {HOSTILE[1]}\n\n" + "\n\n".join(
        f"## {text}\n\n{text}\n\n- {text}\n\n| {text} | b |\n|---|---|\n| {text} | b |" for text in HOSTILE
    )
    sentence = Finding(
        "SAF001", "block", bad, place(markdown, HOSTILE[1], bad), (Evidence(bad, bad, bad),), bad
    )
    everything = Finding(bad, "warn", bad, Place(1, -5, 10**9, bad, bad), (Evidence("S1", "P1", bad),))
    article = Article(bad, bad, bad, "fr", (Paragraph("P1", bad),), (Removal(bad, bad),), (bad,))
    credit = Credit(bad, bad, bad, bad, "javascript:window.hacked=1", bad)
    dossier = Dossier(
        replace(article, credit=credit),
        (Quotation("Q1", bad, bad, "P1", 0, 1),),
        (Figure("F1", bad, 1e300, bad, "P1", 0, 1),),
        (DateMention("D1", bad, bad, "P1", 0, 1),),
        (Name("N1", bad, "person", "P1", 0, 1, bad, (bad,)),),
    )
    return replace(
        piece(),
        dossier=dossier,
        brief=Brief(tone=bad, instructions=bad, origins=((bad, bad),)),
        plan=Plan(bad, bad, bad, bad, bad, (PlannedSection(bad, evidence=(bad,)),), (bad,)),
        draft=Draft(bad, working=True, notes=(bad,)),
        result=CheckResult("needs_work", 3, (sentence, everything), (NotRun(bad, bad),), ((bad, 1.0),)),
        markdown=markdown,
        writer=bad,
        calls=(Call(bad, bad, bad, bad, "b", bad, bad, Usage(), paid=True),),
        repairs=(Repair("writer", bad, (bad,), kept=True, why=bad),),
        evidence=hostile_evidence(markdown, bad),
        facts=(FactLink(0, 9, "S1", "Q1"), FactLink(40, 60, bad, bad), FactLink(-9, 10**9, "S1", "N1")),
    )


def hostile_evidence(markdown: str, bad: str) -> tuple[Carried, ...]:
    """Sentences over several blocks, outside the file and within one another; words that no source has."""
    whole, beyond = SourceSpan("S1", "P1", -3, 10**9, bad), SourceSpan(bad, bad, 5, 2, bad)
    halves = len(markdown) // 2
    return (
        Carried(-5, 4, bad, 1.0, (whole, beyond)),
        Carried(20, halves, bad, 0.1, (whole,)),
        Carried(30, 40, bad, 0.0, (beyond,)),
        Carried(halves, 10**9, bad, 0.5, (beyond, whole)),
    )


def entries() -> list[IndexEntry]:
    later = PUBLISHED + timedelta(days=2)
    return [
        IndexEntry("halle-saint-aubin-renovation", "Halle de Saint-Aubin : 164 000 euros pour la rénover", "Le conseil municipal a voté la rénovation de la halle aux grains.", "halle de Saint-Aubin", "needs_work", 101, 2, 1, 1, ("GRA",), "depeches/halle.txt", "gpt-6-luna", PUBLISHED, readability=54.2, shared=0.08, cost=(0.0042, "USD", True), spots=((120, 480), (700,), (900,))),
        IndexEntry("pont-des-forges", "Élargir le pont des Forges prendra deux ans", "Le département a présenté le calendrier des travaux aux riverains.", "pont des Forges", "ready_for_review", 812, 0, 3, 2, (), "depeches/pont.docx", "gpt-6-luna", later, readability=61.0, shared=0.021, cost=(0.0117, "USD", False), spots=((), (100, 333, 820), (5, 995))),
        IndexEntry("source-vide", "Sans titre", "", "", "rejected", 0, 1, 0, 0, (), "depeches/vide.html", "offline", later),
    ]  # fmt: skip


def many_entries(number: int) -> list[IndexEntry]:
    """Pieces of a large desk, each with two dozen findings."""
    first, second, _ = entries()
    spots = tuple(tuple(range(n, 1000, 1000 // n)) for n in (2, 9, 13))
    return [
        replace(first if n % 3 else second, slug=f"piece-{n}", words=600 + n * 7 % 900, spots=spots)
        for n in range(number)
    ]


def hostile_entries() -> list[IndexEntry]:
    bad = "\n".join(HOSTILE)
    return [
        IndexEntry(
            'javascript:window.hacked=1//"><img src=x onerror=window.hacked=1>',
            bad,
            bad,
            bad,
            "rejected",
            1,
            1,
            1,
            1,
            (bad,),
            bad,
            bad,
            PUBLISHED,
        ),
        *entries(),
    ]
