"""The verbs of a sentence: where each stands with its auxiliaries, its mood and its voice.

A verb is found by what stands before it (an auxiliary, a clitic, a modal) or by an ending that only verbs have;
a bare present only between a noun and a determiner. What is missed is not compared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.text.clause_words import FRAME_ROOTS, Word, is_adverb
from pipeline.text.grammar import ADVERBS, CLITICS, DETERMINERS, PREPOSITIONS, TIME_WORDS, looks_adjectival
from pipeline.text.verb_forms import ending_tense, looks_infinitive, looks_participle, root

POSSIBLE, EXPECTED, DUE, FUTURE, PRESENT, PAST = range(1, 7)
"""How far the sentence vouches for what a verb tells."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb with its auxiliaries."""

    root: str
    at: int
    """The word that tells what is done; `first` to `last` takes in auxiliaries and clitics."""
    first: int
    last: int
    mood: int | None
    denied: bool
    passive: bool = False
    reflexive: bool = False
    infinitive: bool = False
    """Bare: no modal before it."""
    pronoun: bool = False
    """A personal pronoun is its subject."""
    copula: bool = False


_AVOIR = {
    PAST: "a ont avait avaient ai as avons avez eut eurent ait aient ayant avoir",
    FUTURE: "aura auront",
    POSSIBLE: "aurait auraient",
}
_ETRE = {
    PRESENT: "est sont es suis sommes êtes soit soient",
    PAST: "était étaient fut furent étant été",
    FUTURE: "sera seront être",
    POSSIBLE: "serait seraient",
}
_MODALS = {
    POSSIBLE: "peut peuvent pouvait pouvaient pourra pourront pourrait pourraient pourrais",
    EXPECTED: "devrait devraient",
    DUE: "doit doivent devra devront devait devaient",
    FUTURE: "va vont allait allaient ira iront",
}
_PLANS = {
    POSSIBLE: "envisager risquer espérer souhaiter vouloir étudier menacer réfléchir tenter essayer chercher rêver",
    EXPECTED: "prévoir projeter",
    DUE: "promettre compter engager entendre décider jurer",
}
_AVOIR_OF = {form: mood for mood, forms in _AVOIR.items() for form in forms.split()}
_ETRE_OF = {form: mood for mood, forms in _ETRE.items() for form in forms.split()}
_MODAL_OF = {form: mood for mood, forms in _MODALS.items() for form in forms.split()}
_PLAN_OF = {root(verb): mood for mood, plans in _PLANS.items() for verb in plans.split()} | {
    root(form): POSSIBLE for form in ("veut", "veulent", "voulait", "voudrait")
}
# Denied, they leave it open: `n'exclut pas de fermer`.
_LITOTES = frozenset(map(root, ("exclure", "exclut", "excluent", "écarter")))
_WITH_ETRE = frozenset(
    root(v)
    for v in "aller venir partir arriver naître né née mourir mort entrer sortir rester tomber devenir revenir parvenir "
    "passer retourner monter descendre intervenir rentrer repartir remonter survenir décéder".split()
)
_TENSE = {"future": FUTURE, "conditional": POSSIBLE, "past": PAST}
_PERSONAL = frozenset("il elle ils elles on je j' nous vous tu ce c' cela ça".split())
_BETWEEN = (ADVERBS | CLITICS | {"pas", "plus", "jamais", "rien", "tous", "toutes", "tout"}) - {
    "oui",
    "merci",
    "or",
}
_SURE_BEFORE = frozenset("il elle ils elles on qui ne n' se s' y ce c'".split())
_AFTER_PRESENT = frozenset(
    "le la l' les un une son sa ses leur leurs ce cet cette ces que qu' pas plus aucun aucune presque toujours aussi encore également déjà".split()
)
_AFTER_PLURAL = _AFTER_PRESENT | {"des", "du", "de", "d'", "à", "aux", "au"}
_BEFORE_SUMMER = frozenset("l' d' cet en chaque avant après".split())
_BEFORE_INFINITIVE = frozenset("à de d' pour sans y lui leur pas en".split())
_PRESENT_ENDINGS = ("e", "ent", "t", "d", "nd", "c", "nent")


def mood_of(modal: str) -> int | None:
    """Of a form of `pouvoir`, `devoir` or `aller`."""
    return _MODAL_OF.get(modal)


def verbs(row: Sequence[Word]) -> Iterator[Verb]:
    at = 0
    while at < len(row):
        found = _verb_at(row, at)
        if found is not None:
            yield found
            at = max(at + 1, found.last)
        else:
            at += 1


def _verb_at(row: Sequence[Word], at: int) -> Verb | None:
    low = row[at].low
    if low in TIME_WORDS or (low == "été" and at and row[at - 1].low in _BEFORE_SUMMER):
        return None
    if low in _AVOIR_OF and not _is_article_like(row, at):
        return _compound(row, at, _AVOIR_OF[low], etre=False)
    if low in _ETRE_OF:
        return _compound(row, at, _ETRE_OF[low], etre=True) or _copula(row, at)
    if low in _MODAL_OF:
        return _governing(row, at, _MODAL_OF[low])
    if (
        row[at].root in _PLAN_OF
        and _finite(row, at)
        and (plan := _governing(row, at, _PLAN_OF[row[at].root]))
    ):
        return plan
    if row[at].denied and row[at].root in _LITOTES and (open_ := _governing(row, at, POSSIBLE)):
        return open_
    return _plain_verb(row, at) if row[at].root else None


def _plain_verb(row: Sequence[Word], at: int) -> Verb | None:
    """A verb without auxiliary: an infinitive, a participle with its agent, a simple tense."""
    low = row[at].low
    if looks_infinitive(low) and at and row[at - 1].low in _BEFORE_INFINITIVE:
        return Verb(row[at].root, at, at, at + 1, _planned(row, at), row[at].denied, infinitive=True)
    if _agent_follows(row, at):
        return Verb(row[at].root, at, at, at + 1, None, row[at].denied, passive=True)
    return _simple(row, at) if _finite(row, at) else None


def _planned(row: Sequence[Word], at: int) -> int | None:
    """The mood of an infinitive that a plan governs: `s'est engagé à maintenir`."""
    moods = (_PLAN_OF[w.root] for w in row[max(0, at - 6) : at] if w.root in _PLAN_OF and w.text not in ",;:")
    return next(moods, None)


def _agent_follows(row: Sequence[Word], at: int) -> bool:
    """A participle without auxiliary but with its agent: `un penalty transformé par le capitaine`."""
    if not looks_participle(row[at].low) or (at and row[at - 1].low in DETERMINERS | PREPOSITIONS):
        return False
    for word in row[at + 1 : at + 7]:
        if word.low == "par":
            return True
        if not (word.text[0].isalnum() or word.text == "%") or word.low in _AVOIR_OF or word.low in _ETRE_OF:
            return False
    return False


def _is_article_like(row: Sequence[Word], at: int) -> bool:
    """`as` of `un as`; `avoir` after a determiner."""
    return at > 0 and row[at - 1].low in ("un", "l'", "son") and row[at].low in ("as", "avoir", "aient")


def _first(row: Sequence[Word], at: int) -> tuple[int, bool, bool]:
    """(where clitics begin, is there a reflexive one, is the subject a pronoun)"""
    first = at
    reflexive = False
    while (
        first
        and row[first - 1].low in CLITICS | {"ne", "n'"}
        and row[first - 1].low not in ("leur", "nous", "vous")
    ):
        first -= 1
        reflexive |= row[first].low in ("se", "s'")
    inverted = at + 2 < len(row) and row[at + 1].text == "-" and row[at + 2].low in _PERSONAL
    pronoun = inverted or (first > 0 and row[first - 1].low in _PERSONAL)
    return first, reflexive, pronoun


def _compound(row: Sequence[Word], at: int, mood: int, *, etre: bool) -> Verb | None:
    """An auxiliary and its participle, `été` perhaps between."""
    place = at + 1
    passive = etre
    while (
        place < len(row) and place < at + 6 and (_stands_between(row[place].low) or row[place].low == "été")
    ):
        if row[place].low == "été":
            passive, etre, mood = True, True, PAST if mood in (PAST, PRESENT) else mood
        place += 1
    if place < len(row) and row[place].low in ("pu", "dû"):
        return _governing(row, place, PAST)
    if place >= len(row) or not row[place].root or not looks_participle(row[place].low):
        return None
    first, reflexive, pronoun = _first(row, at)
    moves = row[place].root in _WITH_ETRE
    told = PAST if etre and (moves or reflexive) and mood == PRESENT else mood
    if mood == POSSIBLE and _reported(row, at):
        told = FUTURE
    return Verb(
        row[place].root, place, first, place + 1, told, row[place].denied,
        passive=passive and not reflexive and not moves, reflexive=reflexive, pronoun=pronoun,
    )  # fmt: skip


def _stands_between(low: str) -> bool:
    return low in _BETWEEN or is_adverb(low)


# What stands between a modal and its infinitive: `pourrait à son tour fermer`.
_SET_PHRASES = frozenset(
    tuple(phrase.split())
    for phrase in (
        "à son tour", "à leur tour", "à terme", "à nouveau", "de nouveau", "d' ici là", "en effet", "par ailleurs",
        "du coup", "le cas échéant", "à l' avenir", "dès lors", "en outre", "en revanche", "au contraire", "d' ailleurs",
        "en partie", "à court terme", "à moyen terme", "à long terme", "d' abord", "en fin de compte", "un jour",
    )
)  # fmt: skip


def _set_phrase(row: Sequence[Word], at: int) -> int:
    """How many words the set phrase has that begins here; 0 where none does."""
    lows = tuple(w.low for w in row[at : at + 5])
    return next((n for n in range(len(lows), 1, -1) if lows[:n] in _SET_PHRASES), 0)


def _reported(row: Sequence[Word], at: int) -> bool:
    """In a clause after `que`, a conditional tells the future seen from the past."""
    return any(w.low in ("que", "qu'") for w in row[max(0, at - 12) : at])


def _copula(row: Sequence[Word], at: int) -> Verb:
    first, reflexive, pronoun = _first(row, at)
    return Verb(
        "être", at, first, at + 1, None, denied=False, reflexive=reflexive, pronoun=pronoun, copula=True
    )


def _governing(row: Sequence[Word], at: int, mood: int) -> Verb | None:
    """A modal or a plan with the infinitive it governs, `à` or `de` between."""
    place = at + 1
    while place < len(row) and place < at + 8:
        if (phrase := _set_phrase(row, place)) or row[place].low in ("de", "d'", "à", ","):
            place += phrase or 1
        elif _stands_between(row[place].low):
            place += 1
        else:
            break
    if place >= len(row) or row[place].text == ",":
        return None
    first, reflexive, pronoun = _first(row, at)
    passive = (
        row[place].low == "être"
        and place + 1 < len(row)
        and looks_participle(row[place + 1].low)
        and bool(row[place + 1].root)
    )
    if passive:
        place += 1
    elif not (looks_infinitive(row[place].low) and row[place].root):
        return None
    reflexive |= row[place - 1].low in ("se", "s'")
    return Verb(row[place].root, place, first, place + 1, mood, row[place].denied,
                passive=passive, reflexive=reflexive, pronoun=pronoun)  # fmt: skip


def _finite(row: Sequence[Word], at: int) -> bool:
    low = row[at].low
    before = row[at - 1] if at else None
    after = row[at + 1] if at + 1 < len(row) else None
    if before is not None and before.low in _SURE_BEFORE:
        return not looks_infinitive(low)
    if (
        before is not None
        and (before.low in DETERMINERS or before.low in PREPOSITIONS)
        and before.low not in CLITICS
    ):
        return False
    if row[at].text[0].isupper() and at:
        return False
    if ending_tense(low) is not None and not (before is not None and before.low in ("le", "la", "l'", "les")):
        return True
    plural = low.endswith("ent") and not low.endswith("ment")
    follows = _AFTER_PLURAL if plural else _AFTER_PRESENT
    if after is None or before is None or not low.endswith(_PRESENT_ENDINGS):
        return False
    governs = (
        after.low in ("de", "d'", "à") and (row[at].root in _PLAN_OF or row[at].root in FRAME_ROOTS)
    ) or (row[at].root in _PLAN_OF and looks_infinitive(after.low))
    receives = after.low in ("à", "au", "aux") and low.endswith(("e", "ent")) and bool(before.root)
    # An adjective would take the plural's s: `des prix récents`, `les prix baissent`.
    agrees = plural and bool(before.root) and before.low.endswith(("s", "x"))
    if agrees:
        return True
    if not governs and not receives and after.low not in follows and not after.low[0].isdigit():
        return False
    subject = bool(before.root) or before.text in "»," or before.low in TIME_WORDS
    return subject and (receives or not looks_adjectival(low))


def _simple(row: Sequence[Word], at: int) -> Verb:
    first, reflexive, pronoun = _first(row, at)
    tense = ending_tense(row[at].low)
    mood = _TENSE[tense] if tense else PRESENT
    if tense == "conditional" and _reported(row, at):
        mood = FUTURE
    return Verb(row[at].root, at, first, at + 1, mood, row[at].denied, reflexive=reflexive, pronoun=pronoun)
