"""What looks like French text and is not: addresses, paths, times, ratios, shortcodes, slots, emoticons."""

import re
from collections.abc import Iterator

# Each pattern with a string that must stand in the text for it to match at all: most texts have none of them.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("www.", re.compile(r"\bwww\.[^\s<>«»“”\"]+")),
    ("{", re.compile(r"\{\{[^{}\n\u2029]{0,300}\}\}|\{%[^{}\n\u2029]{0,300}%\}|\{[^{}\n\u2029]{0,300}\}")),
    (
        "](",
        re.compile(r"\]\([^()\n\u2029]{0,300}\)?"),
    ),  # words with a space less could become a link's target
    ("[[", re.compile(r"\[\[[^\[\]\n\u2029]{0,300}\]\]")),
    (
        "[",
        re.compile(
            r"\[/?[A-Za-z][\w-]*(?:[ ]+[\w-]+=(?:\"[^\"\n\u2029]{0,200}\"|'[^'\n\u2029]{0,200}'|[^\s\]\"']+))*[ ]?/?\]:?"
            r"|\[\^[^\]\s]{1,60}\]:?|\[[ xX]?\](?::|(?=\())?"
        ),
    ),
    ("<", re.compile(r"</?[A-Za-z!?%][^<>\n\u2029]{0,300}>|<3(?!\w)")),
    ("&", re.compile(r"&(?:#\w{1,8}|[A-Za-z]\w{1,30});")),
    ("#", re.compile(r"#(?<![\w&]#)\w+")),
    ("@", re.compile(r"@(?<![\w@]@)\w[\w.]*\w")),
    ("-", re.compile(r"-(?<![\w-]-)-?[A-Za-z][\w-]*(?:=\S+)?")),
    ("/", re.compile(r"[~./](?<![\w./)»”\"].)(?:(?<=~)/|\.?/|(?<=/))[\w.@-]+(?:/[\w.@-]+)*/?")),
    ("=", re.compile(r"=(?<![^\s(«“]=)[-'^o]?[)(DP]+(?![\w/])")),
    (";", re.compile(r";(?<![^\s(«“];)[-'^o]?[)(DPp]+(?![\w/])")),
    (
        "",
        re.compile(
            r"[+0](?<![\d+].)(?:(?<=\+)\d{1,3}[ .\u00a0\u202f]?\(?0?\)?|(?<=0))[1-9](?:[ .\u00a0\u202f-]?\d\d){4}(?!\d)"
        ),
    ),
    ("0", re.compile(r"0(?<!\d0)[ .\u00a0]?8\d\d(?:[ .\u00a0]\d{3}){2}(?!\d)")),
    (
        "",
        re.compile(
            r"\d(?<![\w.].)\d{0,4}\.\d{1,5}\.\d{1,5}(?:\.\d{1,5}){0,3}(?![\w,])|v\d(?<!\wv\d)\d*(?:\.\d+)+"
        ),
    ),
    ("!", re.compile(r"\b(?:Yahoo|Jeopardy|Kahoot|Wham|Joomla)!(?=[\s,.;:)»”])")),
)
_TOUCHING = re.compile(r":(?=\S)")
# What a colon that touches the next character may be part of.
_COLON_PATTERNS = (
    re.compile(r"\b(?:[A-Za-z][A-Za-z0-9+.-]{1,40}://|(?:data|mailto|tel|javascript):)[^\s<>«»“”\"]+"),
    re.compile(r"(?<![\w:])\d{1,6}(?::\d{1,6})+(?![\w:])"),
    re.compile(r"\b[A-Za-z]:\\[^\s<>«»“”\"]*"),
    re.compile(r"\]:\S+\s?"),  # beside a closed bracket, words can become the target of a link
    re.compile(r"\blocalhost:\d+[^\s<>«»“”\"]*"),
    re.compile(r"(?<![\w:]):[a-z0-9_+-]{2,40}:(?![\w:])"),
    re.compile(r"(?<![\w:])\w{1,60}(?:::\w{1,60})+(?:\(\))?"),
    re.compile(r"(?<![^\s(«“]):[-'^o]?[)(DdPpOo3|/*\]\[]+(?![\w/])"),
)
_TRAILING = ".,;:!?…)]'’*_"
# `Node.js`, `lemonde.fr`, `rapport-2026.pdf`, `a.b@example.org`: a dot or an @ with letters on both sides.
_JOINT = re.compile(r"\.[a-z]{2}|@[\w-]+\.\w")
_LABEL_BEFORE = re.compile(r"[\w.+-]*\w\Z")
_LABEL_AFTER = re.compile(r"[\w-]+(?:\.[\w-]+)*(?::\d+)?(?:/[^\s<>«»“”\"]*)?")
_LONGEST_LABEL = 120


def frozen(text: str) -> Iterator[tuple[int, int]]:
    """Spans that no rule may change; they may overlap."""
    touching = _TOUCHING.search(text) is not None
    patterns = [pattern for trigger, pattern in _PATTERNS if trigger in text]
    for pattern in (*patterns, *(_COLON_PATTERNS if touching else ())):
        for match in pattern.finditer(text):
            yield match.start(), _trimmed(text, *match.span()) if "://" in match.group() else match.end()
    yield from _dotted(text)


def _trimmed(text: str, start: int, end: int) -> int:
    """An address does not hold the sentence's own punctuation; a bracket it opened belongs to it."""
    while end > start and text[end - 1] in _TRAILING:
        if text[end - 1] == ")" and text.count("(", max(start, end - 500), end) >= text.count(
            ")", max(start, end - 500), end
        ):
            break
        end -= 1
    return end


def _dotted(text: str) -> Iterator[tuple[int, int]]:
    done = 0
    for match in _JOINT.finditer(text):
        if match.start() < done:
            continue
        before = _LABEL_BEFORE.search(text, max(done, match.start() - _LONGEST_LABEL), match.start())
        after = _LABEL_AFTER.match(text, match.start() + 1)
        if before and after:
            done = _trimmed(text, match.start(), after.end())
            yield before.start(), done
