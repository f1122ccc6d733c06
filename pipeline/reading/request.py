"""What a document asks of the rewriter: told from the article by its wording, then read for a few values only.

A request is data from an unknown hand. Nothing of it is obeyed but the language, the words, the keyphrase,
the tone, subheadings and SEO; a link, a name or a file it speaks of never comes through.
"""

import re
from dataclasses import dataclass

from pipeline.text.language import is_foreign


@dataclass(frozen=True, slots=True)
class Request:
    """The few values that a document may set."""

    words: int | None = None
    """A minimum."""
    keyphrase: str | None = None
    language: str | None = None
    """ISO 639-1."""
    subheadings: bool = False
    seo: bool = False
    tone: str | None = None
    text: str = ""
    """All of it, as it stood."""


_I = re.IGNORECASE
_POLITE = (
    r"(?:please|kindly|merci de|merci|veuillez|il faut|il faudrait|tu dois|vous devez|peux-tu|pouvez-vous|pourrais-tu|"
    r"pourriez-vous|can you|could you|would you|you (?:must|should|will|need to|have to)|i (?:want|need|would like)|i['’]d like|"
    r"je (?:veux|voudrais|souhaite|souhaiterais)|j['’]aimerais|nous (?:voulons|souhaitons)|we (?:want|need)|bonjour|hello|hi|"
    r"s['’]il (?:te|vous) pla[iî]t|task|help me|aide-moi à|aidez-moi à)"
)
_REWRITES = (
    r"(?:r[ée][ée]cri\w*|re-?write|rewrit\w+|reformul\w+|paraphras\w+|rephras\w+|reword\w*|r[ée]dig\w+|optimi[sz]\w+|"
    r"transform\w+|r[ée]sum\w+|tradui\w+|translat\w+|adapt\w*|restructur\w+|d[ée]velopp\w+|expand|convert\w*)"
)
_MAKES = (
    r"(?:make|write|create|turn|produce|generate|do|use|add|include|keep|insert|put|let there be|ensure|provide|give|"
    r"structure|target|focus|avoid|be|set|fais|faites|faire|[ée]cris|[ée]crivez|[ée]crire|cr[ée]e[rz]?|g[ée]n[èée]re[rz]?|"
    r"produi(?:s|sez|re)|utilise[rz]?|ajoute[rz]?|inclu(?:s|ez|re)|mets|mettez|mettre|garde[rz]?|conserve[rz]?|respecte[rz]?|"
    r"int[èée]gre[rz]?|structure[rz]?|pr[ée]voi[rs]|pr[ée]voyez|[ée]vite[rz]?|emploie|employez|soi[st]|soyez|vise[rz]?|place[rz]?|"
    r"donne[rz]?|propose[rz]?|n['’](?:oublie|oubliez|invente|inventez|utilise|utilisez)|ne \w+ pas)"
)
_LABEL = re.compile(
    r"(?:\W{0,3})(?:consignes?|brief|instructions?|prompt|demande|commande|t[âa]che|task|request|"
    r"note (?:au|pour le|à l['’]attention du) r[ée]dact\w+|pour le r[ée]dact\w+|[àa] (?:faire|r[ée][ée]crire))\W{0,2}[ \xa0]*[:\]]\W{0,3}",
    _I,
)
_OPENER = re.compile(
    rf"\W{{0,4}}(?:{_POLITE}[\s,!:;-]{{1,4}}){{0,3}}(?:(?:to|de|d['’]|me|que tu|que vous)\s+)?(?P<verb>{_REWRITES}|{_MAKES})\b",
    _I,
)
_POLITE_START = re.compile(rf"\W{{0,3}}{_POLITE}\b", _I)
_REWRITING = re.compile(_REWRITES, _I)

_NUMBER = r"\d{1,3}(?:[ \xa0\u202f,.]\d{3})|\d{2,5}"
_WORDS = rf"(?:{_NUMBER})\s*\+?\s*[- ]?(?:mots|words?)\b"
_KEYWORD = r"(?:mots?[- ]cl[ée]s?|keywords?|key ?phrases?|key phrase|expressions? cl[ée]s?|requ[êe]te (?:cible|principale|cl[ée]))"
_OBJECTS = tuple(
    re.compile(pattern, _I)
    for pattern in (
        _WORDS + r"|\b(?:words?|mots|word count|nombre de mots|longueur|length)\s*:\s*\d",
        r"\bseo\b|r[ée]f[ée]rencement|search engines?|moteurs? de recherche|m[ée]ta[- ]?descriptions?",
        r"sous-?titres?|intertitres?|sub-?headings?|sub-?heads?|\bheadings?\b|\bh[1-6]s?\b|balises?|bullet points",
        _KEYWORD,
        r"\b(?:in|be in|into|to) french\b|\ben fran[çc]ais\b|\b(?:langue|language)\s*:",
        r"\bton (?:neutre|\w+(?:el|ique|if|able|ant|eux|al))\b|\bton\s*:|\btone\b",
    )
)
_THIS = re.compile(
    r"\b(?:this|the following|following|the above|the below|my|the) (?:news )?(?:article|text|piece|story|post|document|content|copy)\b|"
    r"\b(?:article|text|story) below\b|\b(?:cet|ce|cette|mon|notre) (?:article|texte|papier|d[ée]p[êe]che|document|contenu|actualit[ée])\b"
    r"(?! de loi| \d)|\b(?:l['’]article|le texte|la d[ée]p[êe]che) (?:suivante?|ci-dessous|qui suit|ci-joint|ci-apr[èe]s)\b|"
    r"\b(?:article|texte|text|papier|piece)s? (?:de|of|en|in) (?:at least |au moins |minimum |environ |about )?\d",
    _I,
)
_TO_REWRITE = re.compile(
    r"\W{0,4}(?:voici |ci-dessous,? |here is |below is )?(?:l['’]|le |la |un |une |the |an? )?(?:article|texte?|d[ée]p[êe]che|papier|story|piece)s? "
    r"(?:suivante? |below )?(?:à|to|to be) (?:r[ée][ée]crire|reformuler|re-?writ\w+|paraphras\w+|reprendre|optimi\w+)\b",
    _I,
)
_LEAST = re.compile(r"\b(?:at least|minimum|au moins|au minimum|min\.)", _I)
# A sentence that tells, not asks: verbs of the third person beside a subject.
_TELLS = re.compile(
    r"(?<![’'\w-])(?:voil[àa]|a|ont|est|sont|[ée]tait|[ée]taient|avait|avaient|veut|veulent|sera|seront|doit|doivent|peut|peuvent|"
    r"annonce|d[ée]clare|pr[ée]voit|selon|has|have been|was|were|said)(?![’'\w-])|, l[ae]s? \w+ (?:d[eu’']|à)",
    _I,
)
_PARAMETER = re.compile(
    rf"\W{{0,4}}(?:(?:{_KEYWORD}|ton|tone|style|langue|language|longueur|length|nombre de mots|word count|words|mots|format|public|"
    r"audience|structure|seo|titres?|sous-?titres?|intertitres?|subheadings?)(?: \w+)?[ \xa0]*[:=]|"
    rf"(?:minimum|au moins|at least|environ|about|entre)\s+{_NUMBER}|{_WORDS}|(?:d['’]|sur |avec |dans |in )?(?:un |an? )?(?:ton [^\W\d_]+\W*$|[^\W\d_]+ tone)|avec (?:des |le |un )?(?:sous-titres|intertitres|{_KEYWORD}))",
    _I,
)
_BARE_PARAMETER = re.compile(
    r"\W{0,4}(?:avec |des |les |with |use )?(?:sous-?titres|intertitres|sub-?headings|headings|h[2-6]|seo|en fran[çc]ais|in french|"
    r"optimis\w+ (?:pour le )?seo)(?: [\w,/+()-]{1,15}){0,3}\W*",
    _I,
)

_QUOTED = re.compile(r"«[^«»]{0,200}»|“[^“”]{0,200}”|\"[^\"]{0,200}\"|\([^()]{0,300}\)")
_NAMES_IN_REQUESTS = "SEO|H[1-6]|French|Français|English|Google|Markdown|HTML|WordPress|Press|YouTube|Tube|LinkedIn|In|TikTok|Tok|Yoast|I"
_NEXT = re.compile(
    r"(?P<end>[.!?]+[»”\")]*)\s*(?=[A-ZÀ-ÞŒ«“\"])"  # a sentence ends, with or without a space
    rf"|(?<=[a-zà-ÿ)\d])(?P<glue>)(?=(?!(?:{_NAMES_IN_REQUESTS})\b)[A-ZÀ-ÞŒ«“])"  # words glued together: `wordsWashington`
    rf"|(?P<open>\s+)(?=(?!(?:{_NAMES_IN_REQUESTS})\b)(?:[A-ZÀ-ÞŒ]|« ?[A-ZÀ-ÞŒ]|“[A-ZÀ-ÞŒ]))"
)
_OPENS_A_SENTENCE = re.compile(
    r"(?:Le|La|Les|Un|Une|Des|Du|Au|Aux|Ce|Cette|Ces|Cet|Il|Elle|Ils|Elles|On|En|Dans|Selon|Après|Avant|Pour|Alors|Plus|"
    r"Depuis|Pendant|Lors|Malgré|Face|Sur|Sous|Avec|Sans|Deux|Trois|Quatre|Cinq|Dix|Si|Quand|Comme|À|A|Hier|Aujourd|"
    r"Lundi|Mardi|Mercredi|Jeudi|Vendredi|Samedi|Dimanche|Chaque|Plusieurs|Près|Son|Sa|Ses|Nous|Notre|Tout|Tous)\b|"
    r"(?:L|D|C|S|N|J|Qu|Jusqu|Aujourd)[’']|[«“]|[A-ZÀ-Þ][\w’' -]{1,40}(?:, [^()]{1,20})?\s*\([^()]{2,30}\)\s*[–—-]|"
    r"[A-ZÀ-Þ][A-ZÀ-Þ -]{2,30}(?:, [\w ]{1,15})?\s[–—-]\s"
)
_MAY_END = re.compile(
    r"(?:mots|words?|fran[çc]ais|french|seo|neutre|h[2-6]|headings?|sous-titres|intertitres|minimum|compatible|[).,;:]) *$",
    _I,
)


def split_request(text: str, *, following: bool = False) -> tuple[str, str]:
    """The request at the head of a block, and what is left of the block; either may be empty.

    With `following` True a request stood right before: then a parameter or an English sentence is part of it.
    """
    cut = 0
    for start, end in _segments(text[:3000]):
        if not _asks(text[start:end], following=following or cut > 0):
            break
        cut = end
    return text[:cut].strip(), text[cut:].strip()


def _takes(text: str) -> bool:
    return bool(split_request(text)[0]) or bool(_LABEL.fullmatch(text + " "))


def take_requests(texts: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """The requests at the top of a document, and its blocks with them taken off (then perhaps empty)."""
    requests: list[str] = []
    rest = list(texts)
    if len(texts) > 2 and not _takes(texts[0]) and len(texts[0]) <= 200 and _takes(texts[1]):
        # Some write the title first, and what they want below it.
        below, behind = take_requests(texts[1:])
        return below, [texts[0], *behind]
    for n, text in enumerate(texts[:12]):
        label = _LABEL.fullmatch(text + " ") if not requests else None
        if label and n + 1 < len(texts) and _asks(texts[n + 1], following=True):
            requests.append(text)
            rest[n] = ""
            continue
        request, rest[n] = split_request(text, following=bool(requests))
        if request:
            requests.append(request)
        if rest[n]:
            break
    return tuple(requests), rest


def _segments(text: str) -> list[tuple[int, int]]:
    """Sentences, and the pieces of a sentence before a capital that begins another."""
    held = [found.span() for found in _QUOTED.finditer(text)]
    bounds = [0]
    for found in _NEXT.finditer(text):
        at = found.end()
        if any(start < at < end for start, end in held):
            continue
        if found["open"] is not None and not (
            _OPENS_A_SENTENCE.match(text, at)
            or _MAY_END.search(text, max(0, found.start() - 20), found.start())
        ):
            continue
        if at > bounds[-1]:
            bounds.append(at)
    return list(zip(bounds, [*bounds[1:], len(text)], strict=True))


def _asks(sentence: str, *, following: bool) -> bool:
    labelled = _LABEL.match(sentence)
    body = sentence[labelled.end() :] if labelled else sentence
    objects = sum(bool(pattern.search(body)) for pattern in _OBJECTS)
    this = bool(_THIS.search(body if labelled else _first_clause(body)))
    tells = bool(_TELLS.search(_QUOTED.sub(" ", body))) and not is_foreign(body)
    if labelled and objects + this and not tells:
        return True
    opener = _OPENER.match(body)
    if opener and _is_order(opener, body, objects, this=this, tells=tells):
        return True
    if not tells and _is_note(body, objects, this=this):
        return True
    return following and _goes_on(body, told=bool(opener and (objects or this)), tells=tells)


def _is_order(opener: re.Match[str], body: str, objects: int, *, this: bool, tells: bool) -> bool:
    """Whether a sentence that begins with a verb of making asks for a rewriting."""
    rewrites = bool(_REWRITING.match(opener["verb"]))
    near = this or _has_object(_first_clause(body))
    if _is_infinitive(opener):
        # Headlines begin like this too (`Réécrire l’histoire, …`): more is wanted of it.
        return (this + objects >= 2 and near and not tells) or (this and rewrites and len(body.split()) <= 6)
    score = objects + this + rewrites + bool(_LEAST.search(body))
    return near and score >= 2 and (not tells or objects + this >= 2)


def _is_note(body: str, objects: int, *, this: bool) -> bool:
    """A request without an order: `Article à réécrire (800 mots)`, `SEO article, 900 words, in French`."""
    if len(body.split()) > 40:
        return False
    named = bool(_TO_REWRITE.match(body)) and (objects > 0 or body.rstrip().endswith(":"))
    wished = bool(_POLITE_START.match(body)) and this and objects > 0
    return named or wished or objects >= 3


def _goes_on(body: str, *, told: bool, tells: bool) -> bool:
    """Whether a sentence right after a request is still part of it."""
    size = len(body.split())
    if tells:
        return is_foreign(body)
    opens = told or (size <= 12 and bool(_OPENER.match(body)))
    parameter = _PARAMETER.match(body) or _BARE_PARAMETER.fullmatch(body) or _POLITE_START.match(body)
    return opens or (size <= 25 and bool(parameter)) or is_foreign(body)


def _is_infinitive(opener: re.Match[str]) -> bool:
    politely = opener.group()[: -len(opener["verb"])].strip().lower()
    french = re.fullmatch(r"[^\W\d_]+(?:er|re)", opener["verb"], _I) and opener["verb"].lower() != "rewrite"
    return bool(french) and (not politely or politely.startswith("il fau"))


def _has_object(clause: str) -> bool:
    return any(pattern.search(clause) for pattern in _OBJECTS)


def _first_clause(sentence: str) -> str:
    """Up to the first colon, full stop or second comma: where the verb and what it asks for must meet."""
    end = re.search(r"[:.!?;]", sentence)
    return sentence[: end.start()] if end else sentence


_BETWEEN = re.compile(
    rf"(?:entre|between|de|from)?\s*(?P<low>{_NUMBER})\s*(?:et|and|à|to|[-–—])\s*(?:{_NUMBER})\s*[- ]?(?:mots|words?)\b",
    _I,
)
_COUNT = re.compile(
    rf"(?P<before>(?:[^\s\d]{{1,12}}[ \xa0]+){{0,3}})(?P<count>{_NUMBER})\s*\+?\s*[- ]?(?:mots|words?)\b(?P<after>(?: +\w{{1,10}}){{0,2}})|"
    rf"(?:words?(?: count)?|nombre de mots|longueur|length)[ \xa0]*[:=]\s*(?P<told>{_NUMBER})",
    _I,
)
_AT_MOST = re.compile(r"maxim|max\b|at most|no more|pas plus|moins de|less than|under|fewer|up to|jusqu", _I)
_PHRASE = re.compile(
    rf"{_KEYWORD}(?P<second>s? (?:secondaires?|secondary))?(?: (?:principale?|main|cible|principaux))?(?: \w{{2,4}})?[ \xa0]*"
    r"(?:[«“\"][ \xa0\u202f]*(?P<quoted>[^«»“”\"]{2,80}?)[ \xa0\u202f]*[»”\"]|"
    r"[:=][ \xa0]*[«“\"']?[ \xa0\u202f]*(?P<told>[^\n,.;:()<>«»“”\"]{2,80}))",
    _I,
)
_TONE = re.compile(
    r"\b(?:ton|tone)(?: of voice)?[ \xa0]*(?:[:=][ \xa0]*|\b(?:is |should be |must be |plutôt |très )?)(?P<after>[^\W\d_]+(?:-[^\W\d_]+)?"
    r"(?:,? (?:et|and|mais) [^\W\d_]+|, [^\W\d_]+(?=\.|$))?)|\b(?:an? )(?P<before>[^\W\d_]+) tone\b|(?P<bare>[^\W\d_]+) tone\b",
    _I,
)
_NO_TONE = re.compile(
    r"(?:article|texte|titre|travail|de|du|des|pour|dans|and|for|the|of|in|to|that|this|et|à|un|une|qui|que|a|style|lecteur|réponse|use|keep)\b",
    _I,
)
_LANGUAGES = (
    ("fr", r"\bfrench\b|\bfran[çc]ais\b"),
    ("en", r"\b(?:in|into) english\b|\ben anglais\b"),
    ("es", r"\b(?:in|into) spanish\b|\ben espagnol\b"),
    ("de", r"\b(?:in|into) german\b|\ben allemand\b"),
    ("it", r"\b(?:in|into) italian\b|\ben italien\b"),
)
_NO_HEADINGS = re.compile(
    r"\b(?:sans|pas de|aucune?|no|without|not? use|ne mets? pas de)\s+(?:des? )?(?:sous-?titres?|intertitres?|sub-?head|heading)",
    _I,
)


def read_request(instructions: tuple[str, ...]) -> Request:
    """The few values that a request may set; a word count under 50 or over 5,000 is not believed."""
    text = "\n".join(instructions)
    return Request(
        words=_words(text),
        keyphrase=_keyphrase(text),
        language=next((code for code, pattern in _LANGUAGES if re.search(pattern, text, _I)), None),
        subheadings=bool(_OBJECTS[2].search(text)) and not _NO_HEADINGS.search(text),
        seo=bool(_OBJECTS[1].search(text)),
        tone=_tone(text),
        text=text,
    )


def _words(text: str) -> int | None:
    if (between := _BETWEEN.search(text)) and (low := _believed(between["low"])):
        return low
    counts = [
        count
        for found in _COUNT.finditer(text)
        if not _AT_MOST.search(found["before"] or "") and not _AT_MOST.search(found["after"] or "")
        and (count := _believed(found["count"] or found["told"]))
    ]  # fmt: skip
    # `900 words, with an introduction of 100 words`: the whole is the larger.
    return max(counts, default=None)


def _believed(number: str) -> int | None:
    value = int(re.sub(r"\D", "", number))
    return value if 50 <= value <= 5000 else None


def _keyphrase(text: str) -> str | None:
    text = re.sub(r"(?:https?://|www\.)\S*", ",", text)  # no address is ever a keyphrase
    for found in _PHRASE.finditer(text):
        phrase = re.sub(r"\s+", " ", found["quoted"] or found["told"] or "").strip(" '’-–*_`")
        phrase = phrase.split(",")[0].strip()
        clean = re.fullmatch(r"[\w][\w’' &%+-]{1,79}", phrase)
        address = re.match(r"https?$|www$", phrase, _I)
        if not found["second"] and clean and not address and len(phrase.split()) <= 8:
            return phrase
    return None


def _tone(text: str) -> str | None:
    for found in _TONE.finditer(text):
        tone = (found["after"] or found["before"] or found["bare"] or "").strip(" ,")
        if tone and not _NO_TONE.match(tone):
            return tone
    return None
