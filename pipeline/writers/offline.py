"""The writer without a model. It does not pretend to write: it arranges.

What it makes is a working draft for an editor: the essential sentences, the facts by topic, who said what,
when, how much, who is who, and background from related articles, attributed. It never spins sentences by
synonyms: search engines punish that, and it is a fraud on the reader. Sentences that are still the source's
own are meant to be found by the originality check.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.errors import WriterError
from pipeline.model import Brief, Dossier, Draft, Figure, Finding, Name, Plan, PlannedSection
from pipeline.text.first_person import first_person
from pipeline.text.fold import fold, tokens
from pipeline.text.grammar import FUNCTION_WORDS
from pipeline.text.quotes import quotations
from pipeline.text.sentences import sentences
from pipeline.text.shouting import calmed
from pipeline.text.slots import escape, label, quoted
from pipeline.text.stopwords import STOP_WORDS
from pipeline.text.translated import foreign
from pipeline.text.words import count_words
from pipeline.writers.outline import plan_by_code

_ESSENTIAL = 4  # sentences in the opening list
_TOPIC_WORDS = 160  # words before a new topic heading, where the source has no subheads
_FROM_EACH = 4  # sentences of background taken from one related article
_SHORTEST = 6  # words; shorter sentences say nothing by themselves
_NOUN_BEFORE = re.compile(r"(?<![\w-])([^\W\d_]{3,})[ \u00a0\u202f]\Z")
_POINTING_BACK = frozenset(
    "il elle ils elles on ce cet cette ces celui celle ceux celles cela ceci lui leur son sa ses mais et or car "
    "donc aussi ainsi puis ensuite enfin cependant toutefois pourtant neanmoins".split()
)


@dataclass(frozen=True, slots=True)
class Sentence:
    paragraph: str
    text: str


@dataclass(frozen=True, slots=True)
class OfflineWriter:
    name: str = "offline"

    async def plan(self, dossier: Dossier, brief: Brief) -> Plan:
        if foreign(dossier) is not None:
            raise WriterError(
                "needs_a_model",
                "A source is in English, and the offline writer only arranges a source's own sentences.",
                "Give --writer llm with a model that translates, or a French source.",
            )
        plan = plan_by_code(dossier, brief)
        headings = [line[3:] for line in _body(dossier, plan).splitlines() if line.startswith("## ")]
        evidence = tuple(label(n, "P1") for n, _ in enumerate(dossier.related, start=2))
        sections = [PlannedSection(h) for h in headings]
        if evidence and sections:
            sections[-1] = PlannedSection(sections[-1].heading, 2, evidence)
        return Plan(
            keyphrase=plan.keyphrase,
            title=plan.title,
            headline=plan.headline,
            description=plan.description,
            slug=plan.slug,
            sections=tuple(sections),
        )

    async def write(self, dossier: Dossier, brief: Brief, plan: Plan) -> Draft:
        return Draft(_body(dossier, plan), working=True)

    async def mend(
        self,
        dossier: Dossier,
        brief: Brief,
        section: str,
        findings: Sequence[Finding],
        outline: Sequence[str],
    ) -> str | None:
        """Nothing: what is missing is an editor’s work."""
        return None

    async def refresh(
        self,
        dossier: Dossier,
        brief: Brief,
        section: str,
        changes: Sequence[str],
        outline: Sequence[str],
    ) -> str | None:
        """Nothing: a working draft is arranged as a whole, which costs no call."""
        return None


def _body(dossier: Dossier, plan: Plan) -> str:
    told = list(_narration(dossier))
    essential = _essential(told)
    rest = [s for s in told if s not in essential]
    parts = [
        f"# {escape(plan.headline)}",
        _lede(dossier),
        _section(f"L’essentiel : {plan.keyphrase}", _list(s.text for s in essential)),
        *_topics(dossier, rest),
        _section("Les déclarations, mot pour mot", _declarations(dossier)),
        _section("Les chiffres à vérifier et à reprendre", _figures(dossier)),
        _section("La chronologie, telle que la source la donne", _dates(dossier)),
        _section("Qui est qui", _people(dossier)),
        _section("Le contexte, d’après les articles liés", _background(dossier)),
    ]
    return "\n\n".join(p for p in parts if p)


def _lede(dossier: Dossier) -> str:
    counted = (
        (len(dossier.quotations), "citation"),
        (len(dossier.figures), "chiffre"),
        (len(dossier.names), "nom"),
    )
    holds = ", ".join(f"{n} {word}{'s' if n > 1 else ''}" for n, word in counted if n)
    publisher = dossier.article.credit.publisher
    whose = f" ({escape(publisher)})" if publisher else ""
    return f"Matière tirée telle quelle de l’article source{whose} : {holds or 'quelques phrases'}."


def _section(heading: str, content: str) -> str:
    return f"## {escape(heading)}\n\n{content}" if content else ""


def _list(lines: "Iterator[str] | Sequence[str]") -> str:
    return "\n".join(f"- {escape(line)}" for line in lines)


def _table(left: str, right: str, rows: Sequence[tuple[str, str]]) -> str:
    """Two columns; a table's words are no running text and are not counted."""
    if not rows:
        return ""
    lines = [f"| {left} | {right} |", "| --- | --- |"]
    lines += [f"| {_cell(a)} | {_cell(b)} |" for a, b in rows]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return escape(" ".join(text.split())).replace("|", "\\|")


def _narration(dossier: Dossier) -> Iterator[Sentence]:
    """The sentences of the source that tell more than they quote."""
    for paragraph in dossier.article.paragraphs:
        if paragraph.kind == "heading":
            continue
        quoted_spans = [(q.outer_start, q.outer_end) for q in quotations(paragraph.text)]
        for start, end in sentences(paragraph.text):
            quoted_part = sum(max(0, min(b, end) - max(a, start)) for a, b in quoted_spans)
            text = " ".join(paragraph.text[start:end].split())
            if text and quoted_part < (end - start) / 2:
                yield Sentence(paragraph.id, _closed(text))


def _closed(text: str) -> str:
    """A quotation may go on before or behind the sentence: what of it stands here has both its marks."""
    missing = text.count("«") - text.count("»")
    if missing > 0:
        return text + "\u00a0»" * missing
    return "«\u00a0" * -missing + text


def _essential(told: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that say most of what the article says often, in reading order."""
    weight: dict[str, int] = {}
    for sentence in told:
        for token in tokens(sentence.text):
            if token.text not in STOP_WORDS and len(token.text) > 3:
                weight[token.text] = weight.get(token.text, 0) + 1

    def worth(position: int) -> float:
        words = {t.text for t in tokens(told[position].text)}
        return sum(weight.get(w, 0) for w in words) / (8 + len(words)) + (2 if position == 0 else 0)

    whole = [i for i, s in enumerate(told) if _stands_alone(s.text)]
    best = sorted(whole, key=lambda i: (-worth(i), i))[:_ESSENTIAL]
    return [told[i] for i in sorted(best)]


def _stands_alone(sentence: str) -> bool:
    """False for a sentence whose first word points back to the one before, and for one that somebody speaks."""
    spoken = [(q.outer_start, q.outer_end) for q in quotations(sentence)]
    if any(not any(a <= start < b for a, b in spoken) for start, _ in first_person(sentence)):
        return False
    first = tokens(sentence)[:1]
    return count_words(sentence) >= _SHORTEST and not (first and first[0].text in _POINTING_BACK)


def _topics(dossier: Dossier, rest: Sequence[Sentence]) -> Iterator[str]:
    """The other sentences by topic: under the source's own subheads, else in stretches named after their actors."""
    taken: set[str] = set()
    texts = [p.text for p in dossier.article.paragraphs]
    for heading, group in _groups(dossier, rest):
        name = calmed(heading, texts) if heading else _named_after(dossier, group, taken)
        while fold(name) in taken:
            name += " (suite)"
        taken.add(fold(name))
        by_paragraph: dict[str, list[str]] = {}
        for sentence in group:
            by_paragraph.setdefault(sentence.paragraph, []).append(sentence.text)
        yield _section(name, "\n\n".join(escape(" ".join(texts)) for texts in by_paragraph.values()))


def _groups(dossier: Dossier, rest: Sequence[Sentence]) -> Iterator[tuple[str | None, list[Sentence]]]:
    left = list(rest)
    heading: str | None = None
    group: list[Sentence] = []
    for paragraph in dossier.article.paragraphs:
        words = sum(count_words(s.text) for s in group)
        if paragraph.kind == "heading" or words > _TOPIC_WORDS:
            if group:
                yield heading, group
            heading, group = (paragraph.text if paragraph.kind == "heading" else None), []
        group += [s for s in left if s.paragraph == paragraph.id]
    if group:
        yield heading, group


def _named_after(dossier: Dossier, group: Sequence[Sentence], taken: set[str]) -> str:
    """A heading from the two names a stretch says most, those no other heading has used first.

    What is said once is named in passing: it stands there only where no name is said twice.
    """
    text, used = " ".join(s.text for s in group), " ".join(taken)
    said = {n.text: _times(n, text) for n in dossier.names}
    least = min(2, max(said.values(), default=0))
    names = [name for name, times in said.items() if times >= max(1, least)]
    names.sort(key=lambda name: (fold(name) in used, -said[name]))
    return f"{' et '.join(names[:2])} : les faits rapportés" if names else "Les autres faits rapportés"


def _times(name: Name, text: str) -> int:
    """How often a text says it in any of its forms; a form within another is counted once."""
    forms = {name.text, *name.aliases}
    shortest = [f for f in forms if not any(other != f and other in f for other in forms)]
    return sum(len(re.findall(rf"(?<!\w){re.escape(f)}(?!\w)", text)) for f in shortest)


def _declarations(dossier: Dossier) -> str:
    """Every quotation under its speaker, in the order of the source."""
    by_speaker: dict[str, list[str]] = {}
    for quotation in dossier.quotations:
        said = by_speaker.setdefault(quotation.speaker or "", [])
        if fold(quotation.text) not in map(fold, said):
            said.append(quotation.text)
    blocks = []
    for speaker, texts in by_speaker.items():
        lines = "\n".join(f"- {quoted(' '.join(t.split()))}" for t in texts)
        blocks.append(f"### {escape(_whose(speaker))}\n\n{lines}")
    return "\n\n".join(blocks)


def _whose(speaker: str) -> str:
    if not speaker:
        return "Auteur à vérifier"
    several = speaker.split(maxsplit=1)[0].lower() in ("les", "des", "plusieurs", "certains", "certaines")
    return f"Ce que {'disent' if several else 'dit'} {speaker}"


def _around(dossier: Dossier, paragraph_id: str, start: int, end: int) -> str:
    """The sentence of the source an item stands in."""
    text = next(p.text for p in dossier.article.passages if p.id == paragraph_id)
    for a, b in sentences(text):
        if a <= start and end <= b:
            return text[a:b]
    return text


def _figures(dossier: Dossier) -> str:
    rows = [(_numbered(dossier, f), _around(dossier, f.paragraph, f.start, f.end)) for f in dossier.figures]
    return _table("Chiffre", "Dans la source", rows)


def _numbered(dossier: Dossier, figure: Figure) -> str:
    """A number that counts nothing, with the noun before it that it numbers: `article V`, `chapitre 3`."""
    if figure.unit is not None:
        return figure.text
    text = next(p.text for p in dossier.article.passages if p.id == figure.paragraph)
    noun = _NOUN_BEFORE.search(text, max(0, figure.start - 40), figure.start)
    named = noun is not None and fold(noun[1]) not in STOP_WORDS and noun[1] not in FUNCTION_WORDS
    return f"{noun[1]} {figure.text}" if noun and named else figure.text


def _dates(dossier: Dossier) -> str:
    rows = [(d.text, _around(dossier, d.paragraph, d.start, d.end)) for d in dossier.dates]
    return _table("Repère", "Dans la source", rows)


def _people(dossier: Dossier) -> str:
    people = [n for n in dossier.names if n.role or n.kind == "person"]
    return _list(f"{n.text} : {n.role}" if n.role else n.text for n in people)


def _background(dossier: Dossier) -> str:
    """Sentences of related articles that speak of the same names, each article named."""
    own = {fold(n.text) for n in dossier.names}
    blocks = []
    for related in dossier.related:
        told = list(_narration(related))
        whole = [i for i, s in enumerate(told) if _stands_alone(s.text)]
        shared = sorted(whole, key=lambda i: (-_common(told[i].text, own), i))[:_FROM_EACH]
        lines = _list(told[i].text for i in sorted(shared))
        if lines:
            publisher = related.article.credit.publisher
            title = related.article.title or " ".join(told[0].text.split()[:9]) + "…"
            name = f"{quoted(title)}, {escape(publisher)}" if publisher else quoted(title)
            blocks.append(f"### D’après {name}\n\n{lines}")
    return "\n\n".join(blocks)


def _common(text: str, names: set[str]) -> int:
    folded = fold(text)
    return sum(name in folded for name in names)
