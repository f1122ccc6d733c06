"""FID006: every name of the piece stands in a source: persons, organisations, works, brands.

A name may be told by its surname, its acronym or in another transliteration. Whatever else is not a source's, letter
by letter, is a name that the writer brought in, or a slip of the pen.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.checks.fidelity.comparison import Comparison, Statement, compare
from pipeline.checks.fidelity.named.grounding import LINKS, Grounds, evidence, grounds, readings, words_of
from pipeline.checks.fidelity.named.vacancies import Vacancies
from pipeline.checks.fidelity.refound import once_for_words
from pipeline.model import Finding, NameKind, Severity
from pipeline.text.fold import Token, fold, tokens
from pipeline.text.grammar import (
    CONTRACTED,
    DETERMINERS,
    FUNCTION_WORDS,
    ORDINALS_AND_COUNTS,
    PREPOSITIONS,
    TIME_WORDS,
    looks_adjectival,
)
from pipeline.text.name_kinds import is_acronym
from pipeline.text.numerals import roman
from pipeline.text.people import COLLECTIVES, FIRST_NAMES, ORGANISATION_HEADS, ORGANISATIONS, is_role
from pipeline.text.spelling import single, sound
from pipeline.text.stems import stem
from pipeline.text.toponyms import toponyms

# Nouns that French writes with a capital where they mean the one institution or thing.
_BY_RULE = frozenset(
    fold(w)
    for w in (
        "État États Église Bourse Histoire Internet Web Toile Net Terre Lune Soleil Dieu Constitution République Nation "
        "Union Nord Sud Est Ouest Ville Région Département Métropole Commune Canton Premier Première Haut Haute Grand "
        "Grande Petit Petite Nouveau Nouvelle Vieux Vieille Saint Sainte Justice Défense Intérieur Affaires Couronne Trône "
        "Chambre Cour Code Loi Plan Projet Jour Fête Journée Semaine Salon Prix Coupe Tour Ligue Championnat "
        "Mondial Euro Open Tournoi Jeux Finale Guerre Rue Avenue Boulevard Place Pont Quai Gare Hôtel Château Mairie Île "
        "Fleuve Mer Océan Lac Mont Col Vallée Forêt Port Parc Jardin Zone Espace Pays Alliance Organisation Groupe "
        "Madame Monsieur Mesdames Messieurs Bleu Noir Blanc Homme Hommes Femme Femmes Humanité Nature Univers "
        "Direction Conseil Ministère Ministre Président Présidente Maire Préfet Roi Reine Pape Empereur Prince Princesse"
    ).split()
)
# Institutions that need not be named where their members or their election are.
_IMPLIED = {
    "parlement": frozenset(
        map(
            stem,
            "depute deputee senateur senatrice parlementaire parlementaires legislatives assemblee sieges".split(),
        )
    ),
}
# Words written as acronyms that have become nouns of French; they name no one.
_NOUNS = frozenset(
    "pdg dg drh ceo ong pme tpe eti hlm tgv ter rer tv vtt ok ko dvd cd qg faq sms gps adn arn irm smic tva pib csg rsa "
    "cdi cdd bts cap bac rtt vip sdf led usb pc url seo html pdf ia co2 ht ttc kwh mwh gwh twh mw gw kw hz ghz mo go "
    "to km kg cm mm ml cl ha db av jc am pm cv vs nb ps qr wifi wi fi bd rh ag ca secu".split()
)
# Words that only end like an ordinary word's inflection where they begin a sentence.
_ORDINARY = (
    "ment",
    "tion",
    "tions",
    "ant",
    "ants",
    "ée",
    "és",
    "ées",
    "er",
    "ité",
    "ités",
    "age",
    "ance",
    "ence",
    "é",
)
# First words of bodies that only what follows tells apart.
_BODIES = frozenset(
    "parti mouvement front ligue federation ministere rassemblement banque agence cour tribunal ecole universite institut "
    "confederation union coordination".split()
)


_SHOWN = 80
_FEW = 6
_LONG_ACRONYM = 4


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is wrong with a name."""

    start: int
    end: int
    severity: Severity
    message: str
    known: str | None
    """A source's word that belongs in its stead."""


@once_for_words
def find_absent_name(manuscript: Manuscript) -> Iterator[Finding]:
    comparison = compare(manuscript)
    if not comparison.sources:
        return
    known, vacant = grounds(manuscript), Vacancies(comparison)
    for statement, reading in zip(comparison.statements, readings(comparison), strict=True):
        text = statement.block.text
        titled = _is_title_case(text, reading.words)
        placed = [(p.start, p.end) for p in reading.toponyms]
        for start, end, entity in comparison.mentions(statement):
            if comparison.is_quoted(statement.paragraph, start):
                continue
            if titled and not _is_certain(text, start, end):
                continue
            begins = titled or _begins(text, start, statement)
            whole = _whole_body(text, start, end)
            if entity.kind != "person" and _spells_acronym(text, start, end, known):
                continue
            for fault in _faults(text, start, whole, entity.kind, placed, known, begins=begins):
                yield _finding(comparison, statement, _excused(fault, statement, entity.kind, vacant))


def _excused(fault: _Fault, statement: Statement, kind: NameKind, vacant: Vacancies) -> _Fault:
    """Where the source leaves open what the name fills, it is to be looked up."""
    if fault.severity != "block" or fault.known is not None:
        return fault
    shown = statement.block.text[fault.start : fault.end]
    person = kind in ("person", "other") and not is_acronym(shown)
    what = vacant.takes(statement, fault.start, fault.end, person=person)
    if what is None:
        return fault
    message = f"No source names “{shown}”; it does not say {what}: check."
    return replace(fault, severity="warn", message=message)


def _finding(comparison: Comparison, statement: Statement, fault: _Fault) -> Finding:
    span = (fault.start, fault.end)
    shown = evidence(comparison, fault.known)
    return comparison.finding("FID006", fault.severity, fault.message, statement, span, shown)


_NEXT_WORD = re.compile(r"[ \u00a0]([a-zà-ÿœ-]{3,40})(?![\w’'])")


def _whole_body(text: str, start: int, end: int) -> int:
    """The end of `Parti démocrate`, of which only the first word has a capital."""
    following = _NEXT_WORD.match(text, end) if fold(text[start:end]) in _BODIES else None
    return following.end() if following and following[1] not in FUNCTION_WORDS else end


def _begins(text: str, start: int, statement: Statement) -> bool:
    before = text[max(statement.start, start - 3) : start].rstrip()
    return start == statement.start or before[-1:] in tuple('«“"„:–—•')


def _is_title_case(text: str, words: Sequence[Token]) -> bool:
    """`Les Cinq Clés Du Succès`: capitals that tell nothing."""
    long = [t for t in words if t.end - t.start > 3]
    return len(long) > 3 and all(text[t.start].isupper() for t in long)


def _faults(
    text: str,
    start: int,
    end: int,
    kind: NameKind,
    placed: list[tuple[int, int]],
    known: Grounds,
    *,
    begins: bool,
) -> Iterator[_Fault]:
    words = words_of(text, start, end)
    capital = [t for t in words if text[t.start].isupper() or (kind == "person" and text[t.start - 1] == "-")]
    if not capital or known.knows([t.text for t in words]) or _is_short_for(text, words, known):
        return
    if _is_placed(placed, start, end):
        return
    if known.is_other_name([t.text for t in words]):
        yield _Fault(start, end, "block", f"No source names “{text[start:end]}”.", None)
        return
    capital = [t for t in capital if kind == "person" or not _is_placed(placed, t.start, t.end)]
    if begins and capital and _may_be_ordinary(text, capital[0], known, alone=len(capital) == 1):
        capital = _without_first(text, capital)
    absent = [t for t in capital if not _is_grounded(text, t, kind, known, begins=begins)]
    if absent and _is_first_name(text, absent, capital, known):
        shown, bearer = text[absent[0].start : absent[0].end], text[capital[1].start : capital[1].end]
        message = f"No source says that “{bearer}” is called “{shown}”."
        yield _Fault(absent[0].start, absent[0].end, "warn", message, capital[1].text)
    elif absent:
        yield _absent(text, absent, known)
    else:
        yield from _strangers(text, start, end, capital, kind, known)
        yield from _another_body(text, words, known)


def _is_first_name(text: str, absent: list[Token], capital: list[Token], known: Grounds) -> bool:
    """A first name put before a surname that the sources give alone: known to many, and told by none of them."""
    if len(absent) != 1 or len(capital) != 2 or absent[0] is not capital[0]:
        return False
    bearer = capital[1].text
    return (
        text[absent[0].start : absent[0].end] in FIRST_NAMES
        and bearer in known.capitals
        and known.is_bare(bearer)
    )


def _without_first(text: str, words: list[Token]) -> list[Token]:
    """Without the first word and what hyphens join to it."""
    at = 1
    while at < len(words) and text[words[at - 1].end : words[at].start] == "-":
        at += 1
    return words[at:]


def _is_certain(text: str, start: int, end: int) -> bool:
    """A name even where every word has a capital."""
    shown = text[start:end]
    return is_acronym(shown) or shown.split(" ")[0] in FIRST_NAMES


def _is_placed(placed: list[tuple[int, int]], start: int, end: int) -> bool:
    """Part of a place that FID007 looks at."""
    at = bisect_right(placed, start, key=lambda place: place[0]) - 1
    return at >= 0 and end <= placed[at][1]


def _is_short_for(text: str, words: Sequence[Token], known: Grounds) -> bool:
    """An acronym of the sources' words, or the words of their acronym."""
    if is_acronym(text[words[0].start : words[-1].end]):
        return "".join(t.text for t in words) in known.initials
    whole = "".join(t.text[0] for t in words if t.text not in LINKS or text[t.start].isupper())
    # `Insee` is written as a word: four letters fit no phrase by chance.
    return len(whole) > 1 and (
        whole in known.acronyms or (len(whole) >= _LONG_ACRONYM and whole in known.capitals)
    )


_SPELT = re.compile(r"(?:[ \u00a0][a-zà-ÿœ]{1,20}){1,6}(?![\w’'-])")


def _spells_acronym(text: str, start: int, end: int, known: Grounds) -> bool:
    """`Force ouvrière` of a source's `FO`: only the first word of a body has a capital."""
    if text[start:end] in FIRST_NAMES or " " in text[start:end] or not text[start].isupper():
        return False
    following = _SPELT.match(text, end)
    letters = fold(text[start])
    for word in following.group().split() if following else ():
        if fold(word) in LINKS:
            continue
        letters += fold(word)[0]
        if letters in known.acronyms:
            return True
    return False


def _may_be_ordinary(text: str, token: Token, known: Grounds, *, alone: bool) -> bool:
    """The first word of a sentence, when nothing says that it is a name."""
    shown = text[token.start : token.end]
    if is_acronym(shown) or shown in FIRST_NAMES:
        return False
    if text[token.end : token.end + 1] == "-" and text[token.end + 1 : token.end + 2].islower():
        return True
    low = shown.lower()
    if low in FUNCTION_WORDS or low in TIME_WORDS or is_role(low) or low in COLLECTIVES:
        return True
    if not alone and (low.endswith(_ORDINARY) or looks_adjectival(low)):
        return True
    return alone and shown in ORGANISATIONS and shown.istitle() and token.text not in known.capitals


def _is_grounded(text: str, token: Token, kind: NameKind, known: Grounds, *, begins: bool) -> bool:
    shown = text[token.start : token.end]
    word = token.text
    low = shown.lower()
    if len(word) == 1 or word in known.aliases or roman(shown.rstrip("e")) > 0 or low in _UNNAMED:
        return True
    if kind == "person" or shown in FIRST_NAMES:
        return word in known.capitals or sound(word) in known.sounds
    if known.forms(word) or is_role(low) or word in _NOUNS:
        return True
    if is_acronym(shown):
        return word in known.initials
    if not known.stems.isdisjoint(_IMPLIED.get(word, ())):
        return True
    generic = (
        word in _BY_RULE or low in COLLECTIVES or (shown in ORGANISATION_HEADS and shown not in ORGANISATIONS)
    )
    return generic and (begins or _is_determined(text, token))


_UNNAMED = DETERMINERS | PREPOSITIONS | TIME_WORDS | ORDINALS_AND_COUNTS
_ARTICLE = re.compile(r"[Ll](?:e|a|es)[ \u00a0]\Z|[Ll][’']\Z")


def _is_determined(text: str, token: Token) -> bool:
    """A noun with its capital by rule takes an article; a title has its own: `L’Équipe`, `dans Nature`."""
    if token.text in ("internet", "bourse", "terre"):
        return True
    article = _ARTICLE.search(text, max(0, token.start - 4), token.start)
    if article is not None:
        return article.group()[0].islower() or _after_stop(text, article.start())
    before = tokens(text[max(0, token.start - 24) : token.start])[-1:]
    return not before or before[0].text not in PREPOSITIONS - CONTRACTED


def _after_stop(text: str, at: int) -> bool:
    return text[max(0, at - 3) : at].rstrip()[-1:] in ("", ".", "!", "?", ":", "«", "…", "–", "—", "(", "“")


def _absent(text: str, words: Sequence[Token], known: Grounds) -> _Fault:
    """One fault for the words of one name that no source has."""
    start, end = words[0].start, words[-1].end
    shown = text[start : min(end, start + _SHOWN)]
    twins = [known.singles.get(single(sound(t.text))) for t in words[:_FEW]]
    meant = next(iter(twins)) or known.closest(words[0].text)
    if all(twins) and meant:
        return _Fault(start, end, "warn", f"Spelt otherwise: source: {meant}; piece: {shown}.", meant)
    hint = f": source: {meant}; piece: {fold(text[words[0].start : words[0].end])}." if meant else "."
    return _Fault(start, end, "block", f"No source names “{shown}”{hint}", meant)


def _strangers(
    text: str, start: int, end: int, capital: list[Token], kind: NameKind, known: Grounds
) -> Iterator[_Fault]:
    """A first name and a surname that no source puts together."""
    if len(capital) < 2:
        return
    first, second = capital[0], capital[1]
    shown = text[first.start : first.end]
    named = shown in FIRST_NAMES or (kind == "person" and len(capital) == 2 and not _is_title(shown))
    if not named or text[first.end : second.start] == "-":
        return
    if not known.near(first.text, second.text):
        message = f"No source calls “{text[second.start : end]}” “{shown}”."
        yield _Fault(start, end, "block", message, second.text)


def _is_title(shown: str) -> bool:
    return (
        shown in ORGANISATION_HEADS or is_role(shown.lower()) or fold(shown) in _BY_RULE or is_acronym(shown)
    )


def _another_body(text: str, words: Sequence[Token], known: Grounds) -> Iterator[_Fault]:
    """`Parti démocrate` where the source has the `Parti républicain`."""
    if len(words) < 2 or words[0].text not in _BODIES or known.has([words[0].text, words[1].text]):
        return
    placed = [(p.start, p.end) for p in toponyms(text, words)]
    for word in words[1:]:
        plain = word.text not in FUNCTION_WORDS and len(word.text) > 3
        if plain and stem(word.text) not in known.stems and not _is_placed(placed, word.start, word.end):
            shown = text[words[0].start : words[-1].end]
            message = f"No source names “{shown}”."
            yield _Fault(words[0].start, words[-1].end, "block", message, words[0].text)
            return


_SOURCE = (
    "Le préfet Armand Kessler a visité mardi l’usine Ferrolux. Le Parti radical, dont il est issu, n’a rien dit ; "
    "la députée Oksana Bielska a salué le geste."
)

CHECKS = (
    Check(
        code="FID006",
        name="name that no source has",
        severity="block",
        why="A person or a firm that the source does not name was invented, or is misspelt: the paper’s first shame.",
        source="House rule; variants are those of transliteration, acronyms and surnames.",
        bad=Example(
            "# La visite\n\nLe préfet Armand Kesler a vu l’usine Ferrolux avec Denis Morel.", source=_SOURCE
        ),
        good=Example(
            "# La visite\n\nKessler s’est rendu chez Ferrolux, a noté Oksana Byelska, députée.",
            source=_SOURCE,
        ),
        find=find_absent_name,
        needs_source=True,
    ),
)
