"""The last resort for a sentence that stays false: taken out, or told in the source's own words.

After the rounds of repair, what the sources do not hold must not stay. A piece without the sentence is shorter and
true; where it would be too short, the source's sentence stands in its place, as a quotation of its publisher.
"""

from collections.abc import Iterator

from pipeline.model import Dossier, Finding
from pipeline.text.markdown import Block, parse
from pipeline.text.quotes import quotations
from pipeline.text.sentences import sentences
from pipeline.text.slots import escape
from pipeline.text.words import count_words

_SPACES = " \u00a0\u202f"
_LONGEST = 40  # words of a source one may lift as a quotation; more is no short quotation any longer


def without(body: str, finding: Finding, at: int, dossier: Dossier) -> Iterator[tuple[str, str]]:
    """(body, what was done) for each way to do without the sentence at offset `at` of the body, the best first.

    None for a heading: a section cannot do without.
    """
    block = next((b for b in parse(body).blocks if b.start <= at < b.end), None)
    if block is None or block.kind not in ("paragraph", "item", "quote"):
        return
    for start, end in sentences(block.text):
        first, last = block.span(start, end)
        if not first <= at < last:
            continue
        said = body[first:last]
        yield _cut(body, block, first, last), f"taken out: {said}"
        if told := _reported(finding, dossier):
            yield f"{body[:first]}{told}{body[last:]}", f"told in the source's words, instead of: {said}"
        return


def _cut(body: str, block: Block, first: int, last: int) -> str:
    """Without the sentence and the space that held it apart; without its block when nothing is left."""
    rest = body[last : block.end]
    if not (body[block.start : first] + rest).strip(" \t\r\n-*+>.0123456789"):
        return f"{body[: block.start].rstrip()}\n\n{body[block.end :].lstrip()}"
    before = body[:first].rstrip(_SPACES)
    after = rest.lstrip(_SPACES)
    return before + (" " if before != body[:first] and after.strip() else "") + after + body[block.end :]


def _reported(finding: Finding, dossier: Dossier) -> str | None:
    """The source sentence a finding points to, as its publisher's words."""
    for evidence in finding.evidence:
        article = dossier.all[int(evidence.source[1:]) - 1].article
        if article.language != "fr":
            continue
        passage = next((p.text for p in article.passages if p.id == evidence.paragraph), "")
        at = max(passage.find(evidence.text), 0)
        sentence = next((passage[a:b] for a, b in sentences(passage) if a <= at < b), "")
        publisher = article.credit.publisher
        if publisher and sentence and not quotations(sentence) and count_words(sentence) <= _LONGEST:
            return f"«\u00a0{escape(sentence.rstrip('. '))}\u00a0», rapporte {escape(publisher)}."
    return None
