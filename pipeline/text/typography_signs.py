"""Signs and the spaces about them: apostrophes, ellipses, dashes, commas, high marks, titles of persons."""

import re
from collections.abc import Iterator

from pipeline.text.sentences import sentences
from pipeline.text.typography_profiles import Profile
from pipeline.text.typography_sheet import Change

_H = r"[ \u00a0\u202f\u2009]"
_LETTER = r"[^\W\d_]"
_ELISION = r"(?<![\w'’‘])(?:[ldjmtsncç]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu)"
# Most patterns begin with the sign itself and look back from there: that is several times faster.
_SPACED_APOSTROPHE = re.compile(rf"['´‘’](?:(?<={_H}.)|{_H})")
_APOSTROPHES = (
    re.compile(rf"(['´‘])(?<={_LETTER}.)(?={_LETTER})"),
    re.compile(r"(['´‘])(?:(?<=[ldjmtnscç].)(?<![\w'’‘][ldjmtnscç].)|(?<=qu.))(?=[\d«“„\"{])", re.IGNORECASE),
    re.compile(rf"{_ELISION}({_H}?['´‘]{_H}|{_H}['´‘]|’{_H}|{_H}’)(?={_LETTER}{{2}}|«)", re.IGNORECASE),
)
_DOUBLED = re.compile(rf"{_H}{{2,}}")

_ETC = re.compile(rf"[eE](?<!\w.)[tT][cC]({_H}?…\.?|{_H}?\.{{2,5}}|\.…)(?![.…])")
_DOTS = re.compile(rf"(?<![./\\\d])(?:(?<={_LETTER}){_H}(?=\.{{3,5}}(?:[\s»”)\]]|\Z)))?\.{{3,5}}(?![./\\\d])")
_LOOSE_ELLIPSIS = re.compile(rf"(?<={_LETTER}){_H}…(?=[\s»”)\]]|\Z)")
_TIGHT_ELLIPSIS = re.compile(rf"…(?<={_LETTER}…)(?={_LETTER})")

_ANY_DASH = re.compile(rf"[–—]|-(?:-|{_H})")
_SINGLE_DASH = re.compile(rf"-(?<=[^\s-]{_H}-)-{{0,2}}(?={_H}\S)")
_GLUED_DASH = re.compile(rf"(?:--(?<={_LETTER}--)|—(?<={_LETTER}—))(?={_LETTER})")
_ONE_SIDED = re.compile(rf"[–—](?:(?<=\S{_H}.)(?={_LETTER})|(?<={_LETTER}.)(?={_H}\S))")
_SPACED_DASH = re.compile(rf"(?<=\S)({_H})[–—]({_H})(?=\S)")
_TOKEN_BEFORE = re.compile(r"\S{1,30}\Z")
_TOKEN_AFTER = re.compile(r"\S{1,30}")

_BEFORE_COMMA = re.compile(rf",(?<=[\w)»”\]%’\"…°€!?]{_H},)(?!\d)")
_BEFORE_POINT = re.compile(rf"\.(?<=[\w)»”\]%]{_H}\.)(?=[\s»”)\]]|\Z)")
_BEFORE_BRACKET = re.compile(rf"[)\]](?:(?<=[\w.!?…»”%’*]{_H}\))|(?<={_LETTER}{_H}\]))")
_AFTER_BRACKET = re.compile(rf"\((?<![:;=\]-]\(){_H}(?=[\w«“\"])")
_AFTER_COMMA = re.compile(
    rf",(?:(?<={_LETTER}{_LETTER},)(?=[\w«“(])|(?<=[\d»”)],)(?={_LETTER}{_LETTER}|[«“]))"
)
_AFTER_SEMICOLON = re.compile(rf";(?:(?<={_LETTER}{_LETTER};)|(?<=[\d»”)];))(?={_LETTER}{_LETTER}|[«“])")
_SENTENCE_WORDS = (
    r"(?:Il|Elle|Ils|Elles|On|Le|La|Les|Un|Une|Des|Ce|Cet|Cette|Ces|Mais|Et|En|Dans|Pour|Selon|Après|Avant|Nous|Vous|Je|"
    r"Son|Sa|Ses|Leur|Leurs|Au|Aux|Depuis|Avec|Car|Donc|Si|À|(?:L|D|C|S|N|J|Qu)['’][^\W\d_]+)"
)
_AFTER_POINT = re.compile(rf"\.(?<=[a-zà-ÿ]{{3}}\.)(?={_SENTENCE_WORDS}[ \u00a0,])")
_AFTER_COLON = re.compile(
    rf":(?<={_LETTER}{_LETTER}:)(?=(?:le|la|les|un|une|des|il|elle|ils|elles|on|ce|cette|ces|pour|dans|qui|que)[ \u00a0])"
)

_CLOSES = r"(?=[\s)\]»”\"’…,.*_–—!?;:]|\Z|[\u2190-\U0010ffff])"
_HIGH = re.compile(rf"[;!?]+{_CLOSES}")
_COLON = re.compile(r":(?=[\s»”]|\Z)")
# After these a mark stands alone: `(!)`, `« ? »`, `:!`.
_ALONE = re.compile(rf"[\n\r\u2029(\[{{«“„!?;:¡¿<>=&/]{_H}?\Z|\A{_H}?\Z")

_ABBREVIATION = re.compile(
    rf"[MDP](?<![\w.-].)(?:(?<=M)(?:\.|M\.|mes?\.?|lles?\.?|gr\.?|e)|(?<=[DP])r\.?)(?P<gap>{_H})(?=[A-ZÀ-Þ])(?!Too\b)"
)
_GLUED_ABBREVIATION = re.compile(r"M\.(?<![\w.-]M\.)(?=[A-ZÀ-Þ][a-zà-ÿ]{2})")
_MISTER = re.compile(
    rf"Mr(?<![\w.-]Mr)\.?(?={_H}[A-ZÀ-Þ])(?!{_H}(?:Bean|Robot|Propre|Freeze|Nobody|Fox|Hyde|Spock|Burns|President|Big)\b)"
)
_REFERENCE = re.compile(
    rf"[nNpacfv§](?<![\w.].)(?:[°º](?P<number>{_H}?)|p?\.(?<=p\.)(?P<page>{_H}?)"
    rf"|(?:rt|hap|ig|ol|l)\.?(?P<part>{_H})|(?<=§)(?P<paragraph>{_H}?))(?=\d)"
)


def doubled(text: str) -> Iterator[Change]:
    """One space instead of several; a no-break one where one of them is."""
    for match in _DOUBLED.finditer(text):
        kept = next((c for c in match.group() if c in "\u00a0\u202f"), match.group()[0])
        yield Change(match.start(), match.end(), kept)


def apostrophes(text: str) -> Iterator[Change]:
    """`l'Otan`, `l' Otan` → `l’Otan`."""
    found: dict[int, Change] = {}
    for pattern in _APOSTROPHES if _SPACED_APOSTROPHE.search(text) else _APOSTROPHES[:2]:
        for match in pattern.finditer(text):
            found.setdefault(match.start(pattern.groups), Change(*match.span(pattern.groups), "’"))
    return iter(sorted(found.values(), key=lambda c: c.start))


def ellipses(text: str) -> Iterator[Change]:
    """`...` → `…`, `etc...` → `etc.`."""
    if "…" not in text and ".." not in text:
        return iter(())
    spans = {m.span(1): "." for m in _ETC.finditer(text)}
    for sign, pattern, put in (
        ("..", _DOTS, "…"),
        ("…", _LOOSE_ELLIPSIS, "…"),
        ("…", _TIGHT_ELLIPSIS, "… "),
    ):
        if sign in text:
            spans |= {m.span(): put for m in pattern.finditer(text) if not _overlaps(m, spans)}
    return iter(Change(*span, put) for span, put in sorted(spans.items()))


def _overlaps(match: re.Match[str], spans: dict[tuple[int, int], str]) -> bool:
    return any((match.end() - back, match.end()) in spans for back in range(1, 7))


def dashes(text: str) -> Iterator[Change]:
    """`--`, ` - ` and glued or one-sided dashes, where they set an incise apart."""
    if not _ANY_DASH.search(text):
        return iter(())
    found = [
        Change(m.start(), m.end(), " – " if m.group() == "--" else " — ") for m in _GLUED_DASH.finditer(text)
    ]
    for match in _ONE_SIDED.finditer(text):
        spaced = text[match.start() - 1] in " \u00a0\u202f\u2009"
        found.append(Change(*match.span(), f"{match.group()} " if spaced else f" {match.group()}"))
    found += [Change(*m.span(), "–") for m in _SINGLE_DASH.finditer(text) if _is_incise(text, m)]
    return iter(sorted(found, key=lambda c: c.start))


def _is_incise(text: str, match: re.Match[str]) -> bool:
    """No score, no sum, no `Paris - Lyon`: those may keep their hyphen."""
    blank = match.start() - 1
    before = _TOKEN_BEFORE.search(text, max(0, blank - 30), blank)
    after = _TOKEN_AFTER.match(text, match.end() + 1)
    if before is None or after is None:
        return False
    left, right = before.group(), after.group()
    if len(left) == 1 == len(right) or (left[-1].isdigit() and right[0].isdigit()) or right[0] in "-–—":
        return False
    return len(match.group()) > 1 or not (left[0].isupper() and right[0].isupper())


def incises(text: str) -> Iterator[Change]:
    """Two dashes in one sentence hold what is between them: no line breaks off there."""
    if text.count("–") + text.count("—") < 2:
        return
    base = 0
    for unit in text.split("\u2029"):
        if unit.count("–") + unit.count("—") > 1:
            for start, end in sentences(unit):
                pair = list(_SPACED_DASH.finditer(unit, start, end))
                if len(pair) == 2 and pair[0].end() <= pair[1].start():
                    (first, second) = pair[0].span(2), pair[1].span(1)
                    yield Change(first[0] + base, first[1] + base, "\u00a0")
                    yield Change(second[0] + base, second[1] + base, "\u00a0")
        base += len(unit) + 1


def incise_dashes(text: str) -> Iterator[int]:
    """Where dashes set words apart from a sentence; one that opens a line of dialogue does not."""
    found = {m.start() for m in _GLUED_DASH.finditer(text)}
    found |= {m.start() for m in _SINGLE_DASH.finditer(text) if _is_incise(text, m)}
    found |= {m.end(1) for m in _SPACED_DASH.finditer(text)}
    return iter(sorted(found))


def low_marks(text: str) -> Iterator[Change]:
    """No space before a comma, a full stop or a closing bracket; one after a comma or semicolon."""
    found = [
        Change(m.start() - 1, m.start(), "")
        for pattern in (_BEFORE_COMMA, _BEFORE_POINT, _BEFORE_BRACKET)
        for m in pattern.finditer(text)
    ]
    found += [Change(m.start() + 1, m.end(), "") for m in _AFTER_BRACKET.finditer(text)]
    found += [
        Change(m.end(), m.end(), " ", "previous")
        for pattern in (_AFTER_COMMA, _AFTER_SEMICOLON, _AFTER_POINT, _AFTER_COLON)
        for m in pattern.finditer(text)
    ]
    return iter(sorted(found, key=lambda c: (c.start, c.end)))


def high_marks(text: str, profile: Profile) -> Iterator[Change]:
    """The space before `;`, `!`, `?`."""
    return _before(text, _HIGH, profile.high)


def colons(text: str, profile: Profile) -> Iterator[Change]:
    return _before(text, _COLON, profile.colon)


def _before(text: str, mark: re.Pattern[str], space: str) -> Iterator[Change]:
    for match in mark.finditer(text):
        at = match.start()
        if not _ALONE.search(text, max(0, at - 2), at):
            yield Change(at - (text[at - 1] in " \u00a0\u202f\u2009"), at, space, sign=at)


def titles(text: str) -> Iterator[Change]:
    """`Mr Dupont` → `M. Dupont`."""
    for match in _MISTER.finditer(text):
        yield Change(match.start(), match.end(), "M.")


def references(text: str, profile: Profile) -> Iterator[Change]:
    """`M. Dupont`, `n° 5`, `p. 3`."""
    found = [Change(*m.span("gap"), profile.unit) for m in _ABBREVIATION.finditer(text)]
    found += [Change(m.end(), m.end(), profile.unit, "previous") for m in _GLUED_ABBREVIATION.finditer(text)]
    for match in _REFERENCE.finditer(text):
        name = match.lastgroup
        if name:
            found.append(Change(*match.span(name), profile.unit, "previous"))
    return iter(sorted(found, key=lambda c: c.start))
