"""Keyphrases a source suggests: the phrases it says itself, weighed by how much of it they stand for.

A candidate is a noun with what belongs to it (`aide militaire à l’Ukraine`, `réunion de Ramstein`), or two names
that the source says together. Nouns are known by the determiner before them, names by the dossier.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.model import Article, Dossier, Name
from pipeline.text.fold import fold, tokens
from pipeline.text.generic import is_generic
from pipeline.text.grammar import FUNCTION_WORDS, TIME_WORDS, looks_adjectival
from pipeline.text.mentions import Ear, Phrase
from pipeline.text.sentences import sentences
from pipeline.text.stopwords import STOP_WORDS
from pipeline.text.tokens import Token
from pipeline.text.tokens import tokens as stream_of
from pipeline.text.verb_forms import looks_infinitive

_MOST = 8
_LOOKED_AT = 60
_HEAD = 3  # the title and the first paragraphs say what an article is about
_NOUN_AFTER = frozenset(
    "l' le la les un une des du de d' au aux ce cet cette ces son sa ses leur leurs".split()
)
_BARE = frozenset(("de", "d'"))
_LINKS = frozenset("de d' du des à au aux en l' la le les".split())
_MOST_LINKS = 2
# What a sentence counts for: the title is written to be found by.
TITLE, _OPENING, _BODY = 6.0, 2.0, 1.0
# Words that are there, but apart, are half a mention.
_APART = 0.5
_NEVER_SAID = 0.6
_ONCE = 0.6
# A sentence that says half of the phrase stands on its ground.
_PART, _HALF = 0.15, 0.5
# Names say who and where, not what.
_NAMES_ALONE = 0.4
# One word is too broad a search, a general one tells little.
_LENGTHS = {1: 0.25, 2: 1.0, 3: 1.15}
_LONG = 0.8
_GENERIC = 0.4
# Nouns of locutions (`aux côtés de`, `en marge de`): what follows them is meant.
_LOCUTIONS = frozenset(
    "cote cotes marge tete sein milieu cours face lieu fin debut partir raison cause part titre propos suite regard "
    "egard profit faveur cadre vue terme termes base fois avis issue moyen ensemble plupart nombre".split()
)


@dataclass(frozen=True, slots=True)
class Candidate:
    text: str
    score: float
    """Compared with the others of its source only."""
    reasons: tuple[str, ...]


def candidates(dossier: Dossier, most: int = _MOST) -> tuple[Candidate, ...]:
    """At least one, the best first."""
    found: dict[tuple[str, ...], Phrase] = {}
    for text in _suggested(dossier):
        phrase = Phrase.of(text)
        if phrase.can_be_found:
            found.setdefault(tuple(sorted(phrase.stems)), phrase)
    phrases = list(found.values())[:_LOOKED_AT]
    ear = Ear.of(phrases)
    heard = [(weight, ear.hear(text)) for weight, text in weighed(dossier.article)]
    known = _words_of_names(dossier)
    ranked = [_candidate(phrase, heard, dossier, known) for phrase in phrases]
    ranked = [c for c in ranked if c.score > 0]
    ranked.sort(key=lambda c: -c.score)
    return tuple(ranked[:most]) or (
        Candidate(_fallback(dossier), 0.0, ("the first words that tell something",)),
    )


def best(dossier: Dossier) -> str:
    return candidates(dossier, 1)[0].text


def _candidate(
    phrase: Phrase, heard: Sequence[tuple[float, list[str]]], dossier: Dossier, known: set[str]
) -> Candidate:
    """A sentence counts for a phrase when it says all of it, in any form."""
    said, close = heard_in(phrase, heard)
    named = [n.text for n in dossier.names if not {t.text for t in tokens(n.text)}.isdisjoint(phrase.words)]
    score = standing(phrase, said, close) * (1.2 if named else 1.0) * (1.0 if close else _NEVER_SAID)
    score += _PART * sum(weight for weight, words in heard if _HALF <= phrase.share(words) < 1)
    score *= _ONCE if len(said) == 1 and TITLE not in said else 1.0
    score *= _NAMES_ALONE if known.issuperset(phrase.words) else 1.0
    names = (f"with the name {named[0]}",) if named else ()
    return Candidate(phrase.text.replace("'", "’"), round(score, 1), (*where(said), *names))


def heard_in(phrase: Phrase, heard: Sequence[tuple[float, list[str]]]) -> tuple[list[float], float]:
    """The weights of the sentences that say all of a phrase, and how much of their sum says it as it stands."""
    said, close = [], 0.0
    for weight, words in heard:
        if phrase.among(words):
            said.append(weight)
            close += weight if phrase.in_a_row(words) else 0.0
    return said, close


def standing(phrase: Phrase, said: Sequence[float], close: float) -> float:
    """How much of an article a phrase stands for."""
    telling = sum(1.0 if not is_generic(w) else _GENERIC for w in phrase.words) / len(phrase.words)
    return (close + _APART * (sum(said) - close)) * _LENGTHS.get(len(phrase.words), _LONG) * telling


def where(said: Sequence[float]) -> tuple[str, ...]:
    """In words, where an article says a phrase: `the title`, `2 sentences of the opening`."""
    opening, body = said.count(_OPENING), said.count(_BODY)
    counted = ((opening, "of the opening"), (body, "of the body"))
    told = [f"{count} sentence{'s' if count > 1 else ''} {part}" for count, part in counted if count]
    return ("the title", *told) if TITLE in said else tuple(told)


def weighed(article: Article) -> Iterator[tuple[float, str]]:
    """The title and every sentence with what a phrase in it counts for."""
    if article.title:
        yield TITLE, article.title
    for number, paragraph in enumerate(article.paragraphs):
        for start, end in sentences(paragraph.text):
            yield (_OPENING if number < _HEAD else _BODY), paragraph.text[start:end]


def _suggested(dossier: Dossier) -> Iterator[str]:
    """Phrases of the source in reading order, then pairs of a frequent topic and a frequent name."""
    names = _frequent_names(dossier)
    # Offices are in every article of a beat: they say nothing of what this one tells.
    roles = [set(Phrase.of(n.role).stems) for n in dossier.names if n.role]
    known = _words_of_names(dossier)
    for passage in dossier.article.passages:
        for text in noun_phrases(passage.text, known):
            if not any(role.issuperset(Phrase.of(text).stems) for role in roles):
                yield text
    yield from (f"{a} {b}" for a, b in pairwise(names))
    yield from names


def _words_of_names(dossier: Dossier) -> set[str]:
    return {t.text for n in dossier.names for form in (n.text, *n.aliases) for t in tokens(form)}


def noun_phrases(text: str, names: set[str]) -> Iterator[str]:
    """The phrases of a text that name a thing, as it writes them; `names` holds the folded words of its names."""
    stream = stream_of(text)
    for at in range(1, len(stream)):
        before = stream[at - 1].low
        infinitive = before in _BARE and looks_infinitive(stream[at].low)
        if before in _NOUN_AFTER and _is_noun(stream[at]) and not infinitive:
            yield from _grown(text, stream, at, names)


def _grown(text: str, stream: Sequence[Token], at: int, names: set[str]) -> Iterator[str]:
    """A noun with its adjective, then with what hangs on it by a preposition, if that is a noun or a name."""
    end = at + 1
    # After a bare `de` the adjective may belong to the noun before it: `fabricants d’armes ukrainiens`.
    bare = stream[at - 1].low in _BARE
    if not bare and end < len(stream) and stream[end].text.islower() and looks_adjectival(stream[end].low):
        end += 1
        yield text[stream[at].start : stream[end - 1].end]
    after = end
    while after < len(stream) and after - end < _MOST_LINKS and stream[after].low in _LINKS:
        after += 1
    if end < after < len(stream) and _is_complement(stream[after], names):
        yield text[stream[at].start : stream[after].end]


def _is_noun(token: Token) -> bool:
    low = token.low
    return token.text.islower() and len(low) > 3 and low.replace("-", "").isalpha() and _tells(low)


def _is_complement(token: Token, names: set[str]) -> bool:
    if token.is_capital:
        return fold(token.text) in names
    return _is_noun(token) and not looks_adjectival(token.low)


def _tells(low: str) -> bool:
    folded = fold(low)
    return not (low in FUNCTION_WORDS or low in TIME_WORDS or folded in STOP_WORDS or folded in _LOCUTIONS)


def _frequent_names(dossier: Dossier) -> list[str]:
    """Names by how often the article says them, its head counting double, places and bodies before persons."""
    article = dossier.article
    text = fold(" ".join((article.title or "", *(p.text for p in article.paragraphs))))
    head = fold(" ".join((article.title or "", *(p.text for p in article.paragraphs[:_HEAD]))))

    def weight(name: Name) -> float:
        forms = {fold(form) for form in (name.text, *name.aliases)}
        said = sum(text.count(form) + 2 * head.count(form) for form in forms)
        return said * (0.6 if name.kind == "person" else 1.0)

    ranked = sorted(dossier.names[:_LOOKED_AT], key=lambda n: (-weight(n), n.paragraph, n.start))
    return list(dict.fromkeys(_short(n) for n in ranked))[:4]


def _short(name: Name) -> str:
    """A person by surname, an organisation by its shortest form: what a reader types."""
    if name.kind == "person":
        return name.text.split()[-1]
    return min((name.text, *name.aliases), key=len)


def _fallback(dossier: Dossier) -> str:
    """The words of the title from the first telling one to the second, as they stand."""
    text = dossier.article.title or dossier.article.text
    telling = [t for t in stream_of(text) if t.is_word and _tells(t.low) and len(t.low) > 1][:2]
    if not telling:
        return content_words(text, 1) or "article"
    phrase = text[telling[0].start : telling[-1].end]
    named = any(n.text.startswith(telling[0].text) for n in dossier.names)
    return phrase if named or not telling[0].text.istitle() else phrase[0].lower() + phrase[1:]


def content_words(text: str, most: int) -> str:
    """The first words of a text that tell something, each once, as it writes them."""
    words: dict[str, str] = {}
    for token in tokens(text):
        if token.text not in STOP_WORDS:
            words.setdefault(token.text, text[token.start : token.end])
    return " ".join(list(words.values())[:most])
