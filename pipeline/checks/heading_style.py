"""HEA, continued: are headings written as French headings are, and do they say something?

French capitalises the first word and names. Whether a capitalised word is a name is read from the dossier and from
the piece: a word that keeps its capital in mid-sentence is one, a word that stands in small letters is none. Where
neither tells, the words around it decide.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.model import Finding
from pipeline.text.fold import fold
from pipeline.text.front import front_block
from pipeline.text.gazetteer import PLACES
from pipeline.text.grammar import FUNCTION_WORDS, MONTHS, WEEKDAYS
from pipeline.text.markdown import Block, Document
from pipeline.text.name_kinds import is_acronym, is_group
from pipeline.text.people import CIVIL, FIRST_NAMES, ORGANISATION_HEADS, ORGANISATIONS
from pipeline.text.sentences import sentences
from pipeline.text.tokens import Token, tokens

_ARTICLES = frozenset("le la les l'".split())
_OF = frozenset("de du des d'".split())
_ORDINALS = frozenset("premier première premiers premières second seconde".split())
_COMMON_ENDING = re.compile(
    r"(?:[st]ion|ment|ité|[ae]nce|age|isme|iste|ique|able|ible|aire|el|elle|eux|euse|if|ive|ure|eur|erie|oire)s?\Z"
)
_OPENERS = frozenset('«“"„')
_CLOSERS = frozenset('»”"')
_NEW_START = frozenset(":.?!…–—(/;")
_KNOWN = FIRST_NAMES | ORGANISATIONS | ORGANISATION_HEADS | PLACES
_KNOWN |= {part for place in PLACES for part in re.split(r"[ ’'-]", place)}
_ABBREVIATED = re.compile(r"(?:\.-?\w{1,3}|\b(?:etc|inc|ltd|cie|jr|co|av|apr|M))\.\Z", re.IGNORECASE)

# Words that say which part of a text stands here, not what it tells.
_LABELS = frozenset(
    "introduction conclusion conclusions contexte resume synthese presentation preambule avant-propos prologue "
    "epilogue sommaire developpement analyse bilan bref essentiel retenir conclure resumer finir commencer "
    "generalites definition definitions historique rappel rappels remarque remarques precisions details perspectives "
    "enjeux chapitre partie section paragraphe suite faq questions points fin debut plan informations information "
    "infos divers annexe annexes titre sous-titre corps texte article intro chapo recapitulatif recap apercu "
    "propos loin savoir methode methodologie commentaire commentaires reactions faits".split()
)
# What may stand beside a label without saying more.
_EMPTY = frozenset(
    "general generale generaux generales bref breve rapide court courte final finale principal principale principaux "
    "principales cle cles autre autres frequent frequents frequente frequentes complementaire complementaires "
    "utile utiles aller faut plus premier premiere deuxieme troisieme "
    "dernier derniere grand grands grandes lignes sujet chose choses important importants importante importantes "
    "foire mot mots".split()
)
# So many headings that are names make a list of names, which is its own reason.
_CATALOGUE = 3
_LONGEST_NAME = 6
_NUMBER = re.compile(r"[0-9]+|[ivx]{1,4}|[a-d]|un|deux|trois|quatre|cinq")
_FOLDED_FUNCTION_WORDS = frozenset(fold(w) for w in FUNCTION_WORDS) | {"l", "d", "qu", "s", "n", "c", "j"}


@dataclass(frozen=True, slots=True)
class _Usage:
    """How the piece and the dossier write words: lower-case forms of names, and of words that are none."""

    names: frozenset[str]
    common: frozenset[str]


_NO_USAGE = _Usage(frozenset(), frozenset())


@lru_cache(maxsize=2)
def _usage(manuscript: Manuscript) -> _Usage:
    common: set[str] = set()
    names = {t.low for form in _name_forms(manuscript) for t in tokens(form) if t.is_capital}
    for block in manuscript.document.prose:
        starts = {start for start, _ in sentences(block.text)}
        opens = True
        for token in tokens(block.text):
            opens = opens or token.start in starts
            if not token.is_word:
                opens = opens or token.text in _NEW_START or token.text in _OPENERS
            elif token.text[0].islower():
                common.add(token.low)
                opens = False
            else:
                if not opens and not token.text.endswith(("’", "'")):
                    names.add(token.low)
                opens = False
    return _Usage(frozenset(names), frozenset(common) - names)


def _name_forms(manuscript: Manuscript) -> Iterator[str]:
    for dossier in manuscript.dossier.all if manuscript.dossier else ():
        for name in dossier.names:
            yield name.text
            yield from name.aliases


class _Capitals:
    """The capitalised words inside a heading: which cannot be names (`sure`), which may be none (`doubtful`)."""

    def __init__(self, text: str, usage: _Usage) -> None:
        self.stream = tokens(text)
        self.usage = usage
        self.sure: list[Token] = []
        self.doubtful: list[Token] = []
        self.look_common = 0
        """How many of the doubtful look like common words."""
        self.titles: list[tuple[Token, Token]] = []
        """An article and the word after it, both with a capital: `Le Figaro`."""
        self.small = 0
        """Words with a meaning of their own in small letters."""
        for at in self._inside():
            self._sort(at)

    def _inside(self) -> Iterator[int]:
        """The words that neither open the heading or a part of it nor stand in a quotation."""
        opens, quoted = True, False
        for at, token in enumerate(self.stream):
            if not token.is_word:
                quoted = (quoted and token.text not in _CLOSERS) or (not quoted and token.text in _OPENERS)
                opens = opens or token.text in _NEW_START
            elif not quoted and not opens:
                yield at
            else:
                opens = opens and not token.text[0].isalpha()

    def _sort(self, at: int) -> None:
        token = self.stream[at]
        bare = token.text.rstrip("’'")
        if not bare.replace("-", "").replace("’", "").isalpha():
            return
        if bare[0].islower():
            self.small += token.low not in FUNCTION_WORDS and len(bare) > 2
        elif token.low in FUNCTION_WORDS:
            self._sort_function_word(at)
        elif self._is_name(at) or (self.titles and self.titles[-1][1] is token):
            return
        elif token.low in WEEKDAYS | MONTHS or self._is_common(token.low):
            self.sure.append(token)
        else:
            self.doubtful.append(token)
            self.look_common += self._looks_common(at)

    def _sort_function_word(self, at: int) -> None:
        token, before = self.stream[at], self.stream[at - 1]
        after = self.stream[at + 1] if at + 1 < len(self.stream) else None
        small_next = after is None or after.text[0].islower()
        letter = len(token.text) == 1 and token.text != "À"
        if letter or token.low in self.usage.names or token.low in _ORDINALS:
            return
        goes_on = bool(self.sure) and self.sure[-1] is before and before.low in FUNCTION_WORDS  # `De La`
        if token.low in _ARTICLES and not small_next and not goes_on:
            self.titles.append((token, self.stream[at + 1]))
        elif token.low not in _OF or small_next or not self._is_name(at - 1):
            self.sure.append(token)

    def _is_name(self, at: int) -> bool:
        token = self.stream[at]
        parts = token.text.split("-")
        inner = any(c.isupper() for part in parts for c in part[1:])
        if inner or is_acronym(token.text) or token.low in self.usage.names or token.text in _KNOWN:
            return True
        if is_group(self.stream, at, at):
            return True
        before = self.stream[at - 1] if at else None
        follows_name = before is not None and (before.text in FIRST_NAMES or before.low in CIVIL)
        return follows_name and not self._is_common(token.low)

    def _is_common(self, low: str) -> bool:
        return any(form in self.usage.common for form in (low, low + "s", low.removesuffix("s")))

    def is_title_case(self) -> bool:
        sure, all_of_them = len(self.sure), len(self.sure) + len(self.doubtful)
        most = sure >= 2 and 2 * sure > all_of_them + self.small
        nearly_all = sure >= 1 and all_of_them >= 3 and 3 * self.small <= all_of_them
        by_form = all_of_them >= 3 and 4 * self.small <= all_of_them and self.look_common >= 2
        return sure >= 3 or most or nearly_all or by_form

    def _looks_common(self, at: int) -> bool:
        """Has the ending of a common word, or is a plural after a plural article."""
        low = self.stream[at].low
        plural = low.endswith(("s", "x")) and self.stream[at - 1].low in ("les", "des", "aux")
        return plural or (len(low) > 5 and _COMMON_ENDING.search(low) is not None)

    def lowered(self, text: str) -> str | None:
        """The heading in sentence case, when it is certain what every capital stands for."""
        titles = [t for pair in self.titles for t in pair if self._is_common(pair[1].low)]
        if self.doubtful or len(titles) < 2 * len(self.titles):
            return None
        letters = list(text)
        for token in (*self.sure, *titles):
            letters[token.start] = letters[token.start].lower()
        return "".join(letters)


def _headings(document: Document) -> Iterator[Block]:
    """What a reader sees as a heading: the page title of the front matter too."""
    if title := front_block(document, "title"):
        yield title
    yield from document.headings


def find_title_case(manuscript: Manuscript) -> Iterator[Finding]:
    document = manuscript.document
    for heading in _headings(document):
        unknown = _Capitals(heading.text, _NO_USAGE)
        if len(unknown.sure) + len(unknown.doubtful) < 2 or _is_shouting(heading.text):
            continue  # no need to look through the piece
        found = _Capitals(heading.text, _usage(manuscript))
        if found.is_title_case():
            words = ", ".join(t.text for t in sorted((*found.sure, *found.doubtful), key=lambda t: t.start))
            place = document.place_in(heading, 0, len(heading.text))
            fix = found.lowered(heading.text) if place.text == heading.text else None
            message = (
                f"English capitals in “{heading.text}”: {words}. French capitalises the first word and names."
            )
            yield Finding("HEA007", "warn", message, place, fix=fix)


def find_all_capitals(manuscript: Manuscript) -> Iterator[Finding]:
    document = manuscript.document
    for heading in _headings(document):
        if _is_shouting(heading.text):
            message = f"“{heading.text}” is all in capitals: hard to read, and some screen readers spell it."
            yield Finding("HEA008", "warn", message, document.place_in(heading, 0, len(heading.text)))


def _is_shouting(text: str) -> bool:
    """Nothing but capitals, and not only sigles: `SNCF : LA GRÈVE`, not `SNCF, RATP`."""
    if any(c.islower() for c in text):
        return False
    words = [t for t in tokens(text) if len(t.text) > 1 and t.text.rstrip("’'").isalpha()]
    said = [t for t in words if t.low in FUNCTION_WORDS or len(t.text) > 7]
    return bool(said) and (len(words) > 1 or len(words[0].text) > 9)


def find_full_stop(manuscript: Manuscript) -> Iterator[Finding]:
    document = manuscript.document
    for heading in _headings(document):
        text = heading.text.rstrip()
        if text.endswith(".") and not text.endswith("..") and not _ABBREVIATED.search(text):
            place = document.place_in(heading, len(text) - 1, len(text))
            message = f"The heading “{text}” ends with a full stop."
            yield Finding("HEA009", "warn", message, place, fix="" if place.text == "." else None)


def find_label(manuscript: Manuscript) -> Iterator[Finding]:
    document = manuscript.document
    for heading in _headings(document):
        if _is_label(heading.text):
            message = f"“{heading.text}” names a part of the text and says nothing of what it tells."
            yield Finding("HEA010", "warn", message, document.place_in(heading, 0, len(heading.text)))


def _is_label(text: str) -> bool:
    words = re.findall(r"[^\W_]+(?:-[^\W_]+)*", fold(text))
    told = [w for w in words if w not in _FOLDED_FUNCTION_WORDS and not _NUMBER.fullmatch(w)]
    return any(w in _LABELS for w in words) and all(w in _LABELS or w in _EMPTY for w in told)


def find_bare_name(manuscript: Manuscript) -> Iterator[Finding]:
    """A title may be a name alone, as of a portrait; and so may the entries of a list of names."""
    document = manuscript.document
    below = [h for h in document.headings if h.level > 1]
    bare = [h for h in below if _is_bare_name(h, manuscript)]
    alike = Counter(h.level for h in bare)
    for heading in bare:
        if alike[heading.level] < _CATALOGUE:
            message = f"“{heading.text}” is only a name: what of it?"
            yield Finding("HEA011", "warn", message, document.place_in(heading, 0, len(heading.text)))


def _is_bare_name(heading: Block, manuscript: Manuscript) -> bool:
    stream = [t for t in tokens(heading.text) if t.is_word]
    stream = stream[1:] if stream and stream[0].low in _ARTICLES else stream
    form = " ".join(t.text for t in stream[:_LONGEST_NAME])
    if form in PLACES or form in ORGANISATIONS or _folded_words(heading.text) in _dossier_forms(manuscript):
        return True
    person = 1 < len(stream) <= _LONGEST_NAME and stream[0].text in FIRST_NAMES
    capitals = [t for t in stream if t.low not in FUNCTION_WORDS]
    return person and all(t.is_capital and t.low not in _usage(manuscript).common for t in capitals)


def _folded_words(text: str) -> tuple[str, ...]:
    words = re.findall(r"[^\W_]+", fold(text))
    return tuple(words[1:] if words and words[0] in ("le", "la", "les", "l") else words)


@lru_cache(maxsize=2)
def _dossier_forms(manuscript: Manuscript) -> frozenset[tuple[str, ...]]:
    return frozenset(map(_folded_words, _name_forms(manuscript)))


_WELL_MADE = (
    "# La Banque centrale européenne relève ses taux\n\nFrancfort agit.\n\n## Le Monde diplomatique et Le Figaro "
    "s’opposent\n\nLe premier critique.\n\n## Jens Stoltenberg attendu à Kiev\n\nIl arrive mardi."
)

CHECKS = (
    Check(
        code="HEA007",
        name="English capitals",
        severity="warn",
        why="French capitalises the first word and names. Capitals on every word are the habit models betray most.",
        source="Usage of the French press (code typo of Le Monde diplomatique); the threshold is a house rule.",
        bad=Example("# Otan\n\nUn sommet.\n\n## Les Enjeux De La Réforme Des Retraites\n\nLe vote."),
        good=Example(_WELL_MADE),
        find=find_title_case,
    ),
    Check(
        code="HEA008",
        name="heading all in capitals",
        severity="warn",
        why="Capitals are slow to read, lose their accents in many hands, and some screen readers spell them.",
        source="Accessibility practice; house rule. Sigles are no fault.",
        bad=Example("# Otan\n\nUn sommet.\n\n## LE CALENDRIER DU SOMMET\n\nMardi."),
        good=Example("# Otan\n\nUn sommet.\n\n## SNCF, RATP : la grève\n\nMardi."),
        find=find_all_capitals,
    ),
    Check(
        code="HEA009",
        name="full stop after a heading",
        severity="warn",
        why="French headings take no full stop; a question mark, an exclamation mark or an ellipsis may stand.",
        source="Usage of the French press (code typo of Le Monde diplomatique).",
        bad=Example("# Otan\n\nUn sommet.\n\n## Le sommet s’ouvre mardi.\n\nÀ Vilnius."),
        good=Example("# Otan\n\nUn sommet.\n\n## Qui vient au sommet ?\n\nTrente pays."),
        find=find_full_stop,
    ),
    Check(
        code="HEA010",
        name="heading that is a label",
        severity="warn",
        why="“Introduction” tells a reader who scans, and a search engine, nothing of what follows.",
        source="House rule, as most web editors have it.",
        bad=Example("# Otan\n\nUn sommet.\n\n## En résumé\n\nMardi."),
        good=Example("# Otan\n\nUn sommet.\n\n## Le contexte d’un sommet sous tension\n\nMardi."),
        find=find_label,
    ),
    Check(
        code="HEA011",
        name="subheading that is only a name",
        severity="warn",
        why="A name alone does not say what the section tells of it. Three and more make a list, which may be.",
        source="House rule.",
        bad=Example("# Otan\n\nUn sommet.\n\n## Jens Stoltenberg\n\nIl arrive mardi."),
        good=Example(_WELL_MADE),
        find=find_bare_name,
    ),
)
