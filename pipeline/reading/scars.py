"""Scars that machine translation leaves in a text: marks, never a French word of a quotation."""

import re
from collections.abc import Callable

from pipeline.model import Removal
from pipeline.text.language import ENGLISH_WORDS, language_of, word_set

_QUOTED = re.compile(r"«[^«»]{0,3000}»|“[^“”«»]{0,3000}[”»]|\"[^\"]{0,3000}\"")

# English words of the news that French does not write like this; missile, alliance, budget are left out.
_NEWS_WORDS = word_set(
    """defense defence war weapons weapon troops army government official officials company companies people
    country countries security support military trade health white house state states united against minister
    president's administration court law laws bill lawmakers senator congress republican democrat republicans
    democrats money tax taxes years year week month day days today tomorrow yesterday world children child
    women men man woman school schools city town police officer officers climate energy oil gas market markets
    prices growth workers worker jobs job team teams game games season player players coach sic's them him her
    russian ukrainian russians ukrainians american americans british german chinese european europeans israeli
    palestinian french english spanish italian japanese korean iranian new old next last first former young
    industry's leadership's allies ally partners members member leaders leader supply aid help need want think
    going getting making doing being having know knew see seen make made take taken given get got"""
)
_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_FRENCH_FUNCTION = word_set(
    "le la les un une des du de au aux et est en que qui dans pour sur avec par il elle ils elles ce cette "
    "son sa ses leur leurs ne pas sont ont été note ndlr sic"
)

_BRACKET = re.compile(
    r"(?P<stop>\.?)(?P<space>(?:(?<![ \xa0])[ \xa0]++)?)\[(?P<words>[^\[\]\n]{1,80})\](?P<after>[ \xa0]*)(?=(?P<next>\w?))"
)
_SUFFIX = re.compile(
    r"(?:(?<!\w)(?P<before>[^\W\d_]{1,20} ))?(?<!\w)(?P<word>[^\W\d_]{2,40})\[(?:s|es|ed|d|ing)\](?!\w)"
)
_PLURAL = word_set("les des ces ses mes tes nos vos leurs aux quelques plusieurs certains certaines")
_DOUBLED = re.compile(r"(?<!\d)(?:''|’’|‘‘|``)(?!['’‘`])")
_SPACE_RUN = re.compile(r"(?<=\S) {2,}")
_SPACE_BEFORE = re.compile(r"(?<=\w|[»”\")%\]])[ \xa0\u202f]+(?P<mark>[.,])(?=[ \xa0\n]|$)")
_STOP = re.compile(
    r"(?<![\w.@/-])(?P<word>[a-zà-ÿœ]{3,})\. "
    r"(?P<next>à|de|du|des|en|pour|dans|sur|avec|par|au|aux|vers|sans) (?=[a-zà-ÿ])"
)
_ABBREVIATED = word_set("etc art env vol fig hab cap éd dir dép coll fasc chap min max sec hrs tél réf")

_VOWEL = "aeiouàâéèêëîïôœ"
_ELISION = re.compile(
    rf"(?<![\w’'-])(?P<short>le|la|de|que|ne|je|se|me|te) (?P<next>[{_VOWEL}{_VOWEL.upper()}][\w’'-]+)",
    re.IGNORECASE,
)
_NO_ELISION = re.compile(
    r"(?:onz|oui\b|ouistiti|ouï|ouat|ouolof|uhlan|ulul|énième|iod|ouf\b|e-|i-|u-|a-|o-|ok\b|ou$|et$|un$|une$|iowa)",
    re.IGNORECASE,
)
# After le, la: only these capitalised names are surely French.
_NAMES = re.compile(
    r"(?:Ukraine|Allemagne|Italie|Espagne|Europe|Angleterre|Amérique|Afrique|Asie|Inde|Iran|Irak|Autriche|Australie|"
    r"Algérie|Argentine|Arménie|Albanie|Estonie|Éthiopie|Égypte|Équateur|Écosse|Irlande|Islande|Indonésie|Ouganda|"
    r"Union|État|Église|Assemblée|Organisation|Alliance|Élysée|Intérieur|Éducation|Économie|Otan|Unesco|Unicef|"
    r"Alsace|Auvergne|Aquitaine|Occitanie|Ardèche|Isère|Aisne|Orne|Oise|Essonne|Eure|Ain|Aude|Aveyron|Allier)\b"
)


_Mended = tuple[str, list[Removal]]


def mend(text: str) -> tuple[str, tuple[Removal, ...]]:
    """A paragraph without its scars, and each of them as `before → after` with the reason."""
    removed: list[Removal] = []
    for step in (_doubled_apostrophes, _suffixes, _brackets, _stray_stops, _elisions, _spaces):
        text, found = step(text)
        removed += found
    return text, tuple(removed)


def _replace(
    text: str,
    pattern: re.Pattern[str],
    change: Callable[[re.Match[str]], str | None],
    why: str,
    *,
    quotations: bool,
) -> _Mended:
    """Each match changed unless `change` gives None; with `quotations` False only outside of them."""
    kept = [] if quotations else [found.span() for found in _QUOTED.finditer(text)]
    removed: list[Removal] = []
    parts: list[str] = []
    done = quote = 0
    for found in pattern.finditer(text):
        start, end = found.span()
        while quote < len(kept) and kept[quote][1] <= start:
            quote += 1
        inside = quote < len(kept) and kept[quote][0] < end
        new = None if inside else change(found)
        if new is None:
            continue
        parts += (text[done:start], new)
        done = end
        removed.append(Removal(f"{found.group().strip()} → {new.strip()}".strip(), why))
    return "".join((*parts, text[done:])), removed


def _doubled_apostrophes(text: str) -> _Mended:
    if len(_DOUBLED.findall(text)) % 2:
        return text, []
    why = "two apostrophes in place of a quotation mark"
    return _replace(text, _DOUBLED, lambda _: '"', why, quotations=True)


def _suffixes(text: str) -> _Mended:
    def bare(found: re.Match[str]) -> str | None:
        before = found["before"] or ""
        return None if before.strip().lower() in _PLURAL else before + found["word"]

    return _replace(text, _SUFFIX, bare, "an English ending in brackets", quotations=True)


def _brackets(text: str) -> _Mended:
    def without(found: re.Match[str]) -> str | None:
        if not is_english_aside(found["words"]):
            return None
        going_on = found["next"].islower()
        stop = "" if going_on else found["stop"]
        gap = " " if (found["space"] or found["after"]) and found["next"] else ""
        return stop + gap

    return _replace(text, _BRACKET, without, "English words in brackets", quotations=True)


def is_english_aside(words: str) -> bool:
    """True when the words between square brackets are surely English, not an editor's French."""
    found = [word.lower().replace("’", "'") for word in _LETTERS.findall(words)]
    if not found or not words.isascii() or any(word in _FRENCH_FUNCTION for word in found):
        return False
    known = [word in ENGLISH_WORDS or word in _NEWS_WORDS for word in found]
    if all(known):
        return True
    return len(found) > 1 and any(word in ENGLISH_WORDS for word in found) and language_of(words) == "en"


def _stray_stops(text: str) -> _Mended:
    def joined(found: re.Match[str]) -> str | None:
        return None if found["word"] in _ABBREVIATED else f"{found['word']} {found['next']} "

    return _replace(text, _STOP, joined, "a full stop in the middle of a sentence", quotations=False)


def _elisions(text: str) -> _Mended:
    apostrophe = "'" if "'" in text and "’" not in text else "’"

    def elided(found: re.Match[str]) -> str | None:
        short, word = found["short"], found["next"]
        if _NO_ELISION.match(word) or word[1].isupper() or not _is_sure(text, found.start(), short, word):
            return None
        return short[:-1] + apostrophe + word

    return _replace(text, _ELISION, elided, "a missing elision", quotations=False)


def _is_sure(text: str, start: int, short: str, word: str) -> bool:
    if short.isupper() or (short[0].isupper() and word[0].isupper()):
        return False
    if not word[0].isupper():
        return True
    if short.lower() in {"le", "la"}:
        return bool(_NAMES.match(word))
    before = text[max(0, start - 40) : start].split()
    # `João de Almeida`: a particle between names belongs to the name.
    return short.lower() != "de" or not before or not before[-1][0].isupper() or bool(_NAMES.match(word))


def _spaces(text: str) -> _Mended:
    text, runs = _replace(text, _SPACE_RUN, lambda _: " ", "", quotations=True)
    text, marks = _replace(text, _SPACE_BEFORE, lambda found: found["mark"], "", quotations=True)
    listed = (
        [Removal("two or more spaces → one", f"doubled spaces, {len(runs)} in the paragraph")] if runs else []
    )
    why = f"a space before a comma or full stop, {len(marks)} in the paragraph"
    return text, listed + ([Removal("space before the mark → none", why)] if marks else [])
