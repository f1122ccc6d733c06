"""Which language a text is in: whole articles by n-grams, single sentences only where it is sure."""

import re
from functools import cache
from typing import Any

from pipeline.text.kept import kept


def word_set(words: str) -> frozenset[str]:
    """Words with spaces between them, as a set: easier to read and to mend than a list."""
    return frozenset(words.split())


_OTHER_LANGUAGES = "en,fr,es,it,pt,de,nl,ca,ro,pl,ru,uk,tr,ar,sv,da,no"
# A sentence gives few n-grams: another language must lead French by this much to be believed. With it none
# of 620 sentences of French news, and all of 16 foreign ones, were called foreign.
_LEAD = 0.15

# Words that are frequent in English and are no French words (so no "on", "or", "as", "car", "me").
ENGLISH_WORDS = word_set(
    "the of and to in is are was were be been has have had with from by at that this these those which will "
    "would should could can not it its it's their his her he she they you we our your my for how what why "
    "when who where there here than then them into about after before between over under during while because "
    "also just more most some any all such only so i up out do does did don't doesn't says said say"
)
_FRENCH_WORDS = word_set(
    "le la les un une des du de au aux et est en que qui dans pour sur avec par il elle ils elles nous vous je "
    "on ce cette ces son sa ses leur leurs mais ou où donc ni car ne pas plus se si sont été être a ont avait "
    "deux trois quatre cinq six sept huit neuf dix à y comme tout tous toute toutes sans sous entre vers chez après avant depuis pendant selon très aussi "
    "moins encore même quand comment pourquoi quel quelle quels quelles fait faire peut doit votre notre nos"
)
# Also Spanish, Portuguese, Italian, Catalan or Dutch: no proof of French.
_SHARED_WORDS = word_set("la de en que se si a les un par on es le me te no des une ces il")

_ASIDE = re.compile(
    r"«[^«»]{0,2000}»|“[^“”]{0,2000}”|\"[^\"]{0,2000}\"|`[^`]{0,500}`|https?://\S+|www\.\S+|(?<!\S)(?=\S*[@\d])\S+"
)
# `The Lord of the Rings`: small words between capitals belong to the name.
_ENGLISH_NAME = re.compile(
    r"(?:(?<=[:,;–-] )|(?<=[(«“*_]))(?:The )?[A-Z][\w’']*(?: (?:of|and|in)(?: the)? [A-Z][\w’']*)+"
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_ELISION = re.compile(r"^(?:[ldjmtnsc]|qu|jusqu|lorsqu|puisqu|quoiqu|aujourd)[’']", re.IGNORECASE)
_FRENCH_LETTERS = re.compile(r"[éèêëàâîïôûùçœ]", re.IGNORECASE)


@cache
def _detector(languages: str | None, scores: int) -> Any:
    import eldc

    eldc.init()
    detector = eldc.instance()
    if languages:
        detector.set_languages(languages)
    detector.set_scores(scores)
    return detector


def language_of(text: str) -> str:
    """ISO 639-1 code of the language of a text, `und` when there is nothing to tell it by."""
    return str(_detector(None, 3).detect(text)) if _WORD.search(text) else "und"


def _own_words(text: str) -> list[str]:
    """The words by which a sentence can be judged, in lower case: no names, quotations, figures, addresses."""
    words = _WORD.findall(_ENGLISH_NAME.sub(" ", _ASIDE.sub(" ", text)))
    shouted = sum(word.isupper() for word in words) > len(words) / 2
    titled = sum(word[0].isupper() for word in words) > len(words) * 0.6
    # In an English headline Every Word Has a Capital: then capitals tell nothing about names.
    kept = [word for n, word in enumerate(words) if n == 0 or shouted or titled or word[0].islower()]
    kept = kept or words
    if titled and not shouted:
        kept = [word for word in kept if word.lower() in ENGLISH_WORDS | _FRENCH_WORDS or word[0].islower()]
    return [word.lower() for word in kept]


@kept
def is_foreign(text: str) -> bool:
    """True when a sentence or heading is surely not French; in doubt, and under three words, False."""
    words = _own_words(text)
    if len(words) < 3:
        return False
    english = sum(word.replace("’", "'") in ENGLISH_WORDS for word in words)
    french = sum(word in _FRENCH_WORDS or bool(_ELISION.match(word)) for word in words)
    if english >= 2 and english > 2 * french:
        return True
    proper = sum(
        (word in _FRENCH_WORDS and word not in _SHARED_WORDS)
        or bool(_ELISION.match(word))
        or bool(_FRENCH_LETTERS.search(word))
        for word in words
    )
    if proper > len(words) / 8 or (english < 1 and len(words) < 5):
        return False
    found = _detector(_OTHER_LANGUAGES, 17).detect_details(" ".join(words))
    scores = found.scores
    top = scores.get(found.language, 0.0)
    return found.language not in {"fr", "und"} and found.reliable and top - scores.get("fr", 0.0) >= _LEAD
