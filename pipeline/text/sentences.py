"""Sentences of French running text.

A sentence ends at `.`, `!`, `?` or `…`, with the quotation marks, brackets, note numbers and emoji that close it,
where a new beginning follows; a blank line ends it always. It does not end after an abbreviation or an initial,
inside a number, a name or an address, after the number of a step, nor before a lower-case word (`« Jamais ! »
a-t-il lancé`). A quotation that holds several sentences is cut at each of them. `[…]` ends none.

Many abbreviations are also words (`mer.`, `art.`, `vol.`, `sept.`), and others may stand at the end of a sentence
(`U.S.A.`, `hab.`): what stands around them decides. Every look around is bounded: hostile text stays linear.
"""

import re

from pipeline.text.grammar import (
    ARTICLES,
    CONJUNCTIONS,
    FUNCTION_WORDS,
    MONTHS,
    PREPOSITIONS,
    TIME_WORDS,
    plain,
)
from pipeline.text.kept import kept

# A name or a figure always follows those; titles with the capital they are written with (`M.`, but `1,80 m.`).
_TITLES = frozenset(
    "M MM Mr Mrs Ms Mme Mmes Mlle Mlles Mgr Me Dr Drs Pr Prs Prof St Ste Sts Stes Vve Ph Ch Th Chr Fr".split()
)
_BEFORE_NAMES = frozenset("dr drs pr mgr cf st ste av bd bld boul fbg vs".split())
_AMBIGUOUS = frozenset(
    "hab env tél réf dép éd ed édit trad coll alin arr ap apr inc ltd corp jr sr bros gén adj sgt lt cdt "
    "janv févr avr juil oct nov déc op cit ibid id loc anon app bibl cass civ crim soc ill introd ms obs "
    "pl préf rens rev suppl trim univ var resp prés dir assoc dpt bât esc rés".split()
)
_BEFORE_FIGURES = frozenset(
    "art arts al vol t tome p pp n no nos num sect chap ch fig figs tab h l col v vers ann lot tit".split()
)
_UNITS = frozenset("h l t".split())
_WEEKDAYS = frozenset("lun mar mer jeu ven sam dim".split())
# Nouns that take a letter as their name: `un plan B.`, `la vitamine C.`
_LETTERED = frozenset(
    "plan vitamine vitamines hépatite catégorie groupe classe ligue série zone ligne rer terminal division point "
    "lettre type niveau variante option quai hall bâtiment escalier tableau note rang formule permis poule bloc".split()
)
# Nothing that ends a clause: an ellipsis after these holds the reader up in mid-sentence.
_HANGING = ARTICLES | PREPOSITIONS | CONJUNCTIONS | frozenset("est sont était étaient sera c'est".split())
_BEGINNERS = FUNCTION_WORDS | TIME_WORDS | frozenset(
    "bref autrement finalement d'abord résultat interrogé interrogée franchement heureusement malheureusement "
    "évidemment visiblement manifestement concrètement globalement".split()
)  # fmt: skip
# Particles of names before a capital (`J. Le Goff`), articles before a lower-case word.
_PARTICLES = frozenset("le la les de du des d' l' el al".split())

_BLANKS = " \t\n\r\u00a0\u202f\u2009"
_S = f"[{_BLANKS}]"
_SKIPPED = frozenset("«“\"„»”([–—-*_’'" + _BLANKS)
_AHEAD = 16
_BACK = 24
# A bracket opened further back than this is taken for one that was never closed.
_BRACKET = 400

_EMOJI = r"\U0001F000-\U0001FAFF\u2600-\u27BF\u2B50\u2B55\uFE0F\u200D"
# What may stand between the mark and the end of its sentence. A straight `"` after a space closes only
# where another space follows: before a word it opens the next sentence.
_CLOSERS = (
    rf"(?:[»”’\")\]*_¹²³⁴-⁹{_EMOJI}]|\[\d{{1,3}}\]"
    rf"|{_S}(?:[»”)\]{_EMOJI}]|\[\d{{1,3}}\]|\"(?![^{_BLANKS},;:.!?…])|[:;]-?[)(D](?!\w)))*"
)
_END = re.compile(
    rf"(?P<omission>[\[(](?:…|\.\.\.)[\])])|(?P<mark>[.!?…]++)(?P<closers>{_CLOSERS})"
    rf"|(?P<emoji>(?<![{_EMOJI}])[{_EMOJI}]++)(?={_S})|(?P<blank>\n[ \t\r]*+\n)"
)
_BLANK_LINE = re.compile(r"[ \t\r]*+\n[ \t\r]*+\n")
# `1.`, `II.`, `Étape 2.`, `Art. 3.` at the start of a sentence number what follows.
_STEP = re.compile(
    r"[\W_]{0,6}(?:(?:article|art\.?|étape|point|chapitre|chap\.?|titre|section|partie|annexe|phase|acte|règle|conseil"
    rf"|question|astuce|leçon|idée|fig\.?|figure|tableau|n°){_S}?)?(?:\d{{1,3}}(?:\.\d{{1,3}}){{0,3}}|[ivx]{{1,5}}|1er)",
    re.IGNORECASE,
)
_LONGEST_STEP = 30
_FIRST_WORD = re.compile(rf"([^\W\d_]{{1,20}}[’']?)(?:{_S}?([^\W\d_]))?")
_LAST_WORD = re.compile(r"((?:(?<![^\W_])[^\W\d_]\.-?)*)(?<![^\W_])([^\W\d_]+)\Z")
_BEFORE = re.compile(rf"([^{_BLANKS}«“(\"’']+)[’']?{_S}*\Z")
_FIGURE = re.compile(rf"{_S}*(?:\d|[IVXLC]+(?![\w’'])|[LRDA]\.)")
_DAY = re.compile(rf"{_S}*\d{{1,2}}(?:er)?{_S}(?:{'|'.join(sorted(m[:3] for m in MONTHS))})")
_YEAR = re.compile(rf"{_S}*(?:1\d|20)\d\d\b")
_FIRST_ITEM = re.compile(rf"[:;]{_S}*1\Z")
_ADDRESS = re.compile(r"[/@.\\]|www")
_ERA = re.compile(rf"(?:av|apr|ap|avant|après)\.?{_S}?J\.-C\Z")


def sentences(text: str) -> list[tuple[int, int]]:
    """The (start, end) of each sentence of a paragraph, without the white space around it."""
    return [*_sentences(text)]


@kept
def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    spans = []
    start = 0
    for match in _END.finditer(text):
        if _ends(text, start, match):
            spans.append(_trim(text, start, match.end()))
            start = match.end()
    spans.append(_trim(text, start, len(text)))
    return tuple((a, b) for a, b in spans if a < b)


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """True when what was matched ends the sentence begun at `start`: what follows decides, then what stands before."""
    if not match["mark"]:
        return match["blank"] is not None or (match["emoji"] is not None and _begins(text, match.end()))
    stop, end = match.start(), match.end()
    follows = _first_letter(text, end)
    if follows is None or _BLANK_LINE.match(text, end):
        return True
    at, letter = follows
    if not text[end].isspace() and not _glued(text, stop, end):
        return False
    if (letter.islower() and not text[at + 1 : at + 2].isupper()) or letter in ",;:.!?…)]%":
        return False
    if ")" in match["closers"] and _inside_brackets(text, start, stop):
        return False
    if match["mark"] == ".":
        return not _numbers_a_step(text, start, stop) and not _belongs_to_word(text, start, stop, end)
    held_up = match["mark"] in ("…", "...") and not _begins(text, end) and _hangs(text, start, stop)
    return not held_up


def _numbers_a_step(text: str, start: int, stop: int) -> bool:
    if stop - start <= _LONGEST_STEP and _STEP.fullmatch(text, start, stop):
        return True
    return _FIRST_ITEM.search(text, max(start, stop - 4), stop) is not None


def _first_letter(text: str, at: int) -> tuple[int, str] | None:
    """The next character that is no space, quotation mark, bracket or dash, and its place; None if none is near,
    or a blank line stands before it.
    """
    for index in range(at, min(len(text), at + _AHEAD)):
        if text[index] == "\n" and _BLANK_LINE.match(text, index):
            return None
        if text[index] not in _SKIPPED:
            return index, text[index]
    return None


def _begins(text: str, at: int) -> bool:
    """What follows begins sentences and no name: `Il`, `Puis`, `C’est`, a quotation; not `Le` of `Le Goff`."""
    follows = _first_letter(text, at)
    if follows is None:
        return False
    place, letter = follows
    if "«" in text[at:place] or "“" in text[at:place]:
        return True
    word = _FIRST_WORD.match(text, place)
    if word is None or not letter.isupper() or text[place + 1 : place + 2] == ".":
        return False
    low = plain(word[1])
    named = low in _PARTICLES and word[2] is not None and word[2].isupper()
    return low in _BEGINNERS and not named


def _glued(text: str, stop: int, end: int) -> bool:
    """A space is missing after the mark: an opening quotation mark or a word that begins sentences follows."""
    if text[end] in "«“":
        return True
    word = _FIRST_WORD.match(text, end)
    if word is None or not (word[1][-1] in "’'" or text[word.end(1) : word.end(1) + 1].isspace()):
        return False
    run = text[max(0, stop - _BACK) : stop]
    run = run[max(map(run.rfind, _BLANKS)) + 1 :]
    return len(run) != 1 and not _ADDRESS.search(run) and _begins(text, end)


def _inside_brackets(text: str, start: int, stop: int) -> bool:
    """The bracket that closes here was opened within the sentence: `Sa rivale (quel saut !) Maria Lopez`."""
    opened = text.rfind("(", max(start, stop - _BRACKET), stop)
    return opened > 0 and any(c.isalnum() for c in text[max(start, opened - 40) : opened])


def _belongs_to_word(text: str, start: int, stop: int, end: int) -> bool:
    """The full stop at `stop` is part of the word before it, though a capital or a figure follows at `end`."""
    edge = max(start, stop - _BACK)
    match = _LAST_WORD.search(text, edge, stop)
    if match is None:
        return False
    dotted, word = match.groups()
    before = _BEFORE.search(text, edge, match.start())
    previous = before[1] if before else ""
    if dotted:
        return _dotted_goes_on(text, stop, end)
    if text[match.start() - 1 : match.start()] == "-" and len(word) == 1:
        return not _begins(text, end)
    if len(word) == 1 and word.isupper() and word not in "MÀÔ":
        lettered = plain(previous) in _LETTERED
        return not lettered and (_FIGURE.match(text, end) is not None or not _begins(text, end))
    return _abbreviation_goes_on(text, word, previous, end)


def _dotted_goes_on(text: str, stop: int, end: int) -> bool:
    """`U.S.A.`, `J.-C.`, `R.C.S.`, `c.-à-d.`, `i.e.`"""
    if _ERA.search(text, max(0, stop - _BACK), stop):
        return False
    return not _begins(text, end)


def _abbreviation_goes_on(text: str, word: str, previous: str, end: int) -> bool:
    low = plain(word)
    counted = previous[-1:].isdigit()
    if word in _TITLES:
        return not counted or not _begins(text, end)
    if word.isupper() and len(word) > 1:
        return False
    if low in _BEFORE_NAMES or (low == "ex" and previous in ("p.", "par", "Par")):
        return True
    if low in _BEFORE_FIGURES:
        return not (counted and low in _UNITS) and _FIGURE.match(text, end) is not None
    if low in _WEEKDAYS:
        return _DAY.match(text, end) is not None
    if low == "sept":
        return counted or _YEAR.match(text, end) is not None
    return previous.endswith("-à-") or (low in _AMBIGUOUS and not _begins(text, end))


def _hangs(text: str, start: int, stop: int) -> bool:
    """The word before an ellipsis cannot end a clause: `Le vainqueur est… Paul !`"""
    words = re.findall(r"[^\W\d_]+[’']?", text[max(start, stop - _BACK) : stop])
    return bool(words) and plain(words[-1]) in _HANGING


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
