"""What a prompt shows of a dossier. All of it is data: no tag inside it can close ours."""

from collections.abc import Iterator

from pipeline.model import Article, Brief, Dossier, Finding, Plan
from pipeline.text import slots


def inert(text: str) -> str:
    """Text that cannot be taken for a tag of the prompt."""
    return text.replace("<", "‹").replace(">", "›")


def source(dossier: Dossier) -> str:
    """The article as lines `P1 …`, its title first."""
    return inert("\n".join(_article(1, dossier.article)))


def related(dossier: Dossier) -> str:
    """The related articles as lines `S2P1 …`, each under its title."""
    lines = [line for n, each in enumerate(dossier.related, start=2) for line in _article(n, each.article)]
    return inert("\n".join(lines)) or "(aucun)"


def _article(number: int, article: Article) -> Iterator[str]:
    credit = article.credit
    told = [article.title, credit.publisher, credit.author, credit.date]
    head = ", ".join(part for part in told if part)
    if number > 1 or head:
        yield f"S{number} {head or 'sans titre'}"
    for paragraph in article.paragraphs:
        yield f"{slots.label(number, paragraph.id)} {paragraph.text}"


def dossier(dossier: Dossier) -> str:
    """Quotations as `Q1 « … » (speaker)`, then figures, dates and names, a line each."""
    lines = [
        f"{name} « {' '.join(quotation.text.split())} » ({quotation.speaker or 'auteur à vérifier'})"
        for name, quotation in slots.quotations(dossier)
    ]
    for number, each in enumerate(dossier.all, start=1):
        items = [(i.id, i.text, i.paragraph) for i in each.figures]
        items += [(i.id, i.text, i.paragraph) for i in each.dates]
        for item, text, paragraph in items:
            lines.append(f"{slots.label(number, item)} {text} ({slots.label(number, paragraph)})")
        for name in each.names:
            role = f", {name.role}" if name.role else ""
            lines.append(f"{slots.label(number, name.id)} {name.text}{role}")
    return inert("\n".join(lines)) or "(vide)"


def plan(plan: Plan) -> str:
    lines = [f"expression : {plan.keyphrase}", f"titre : {plan.headline}"]
    lines += [f"{'#' * s.level} {s.heading} [{', '.join(s.evidence)}]" for s in plan.sections]
    return inert("\n".join(lines))


def wishes(brief: Brief) -> str:
    """What the user asks beyond the length; empty when nothing."""
    lines = []
    if brief.keyphrase:
        lines.append(f"Expression à employer : {brief.keyphrase}")
    if brief.tone:
        lines.append(f"Ton : {brief.tone}")
    if brief.instructions:
        lines.append(f"Consigne de la rédaction : {brief.instructions}")
    return inert("\n".join(lines))


def findings(findings: "tuple[Finding, ...]") -> str:
    lines = []
    for finding in findings:
        where = f" Passage : « {finding.where.text[:400]} »" if finding.where else ""
        evidence = "".join(f" Source {e.source} {e.paragraph} : « {e.text[:400]} »" for e in finding.evidence)
        lines.append(f"- {finding.code} : {finding.message}{where}{evidence}")
    return inert("\n".join(lines))
