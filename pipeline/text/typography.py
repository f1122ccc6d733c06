"""Sets a French Markdown file as a printer would: a deterministic, idempotent pass.

Letters and digits stay, in their order, but for what French spells otherwise: the accent of a capital
(`Etat`), a ligature (`coeur`), an ordinal (`2ème`), `Mr` and `nd`. What can be read two ways is not touched;
`unclear_numbers` and `unpaired_quotes` name it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache, partial

from pipeline.text import capitals, typography_numbers, typography_signs
from pipeline.text.house_spelling import house_spelled
from pipeline.text.markdown import Document, parse
from pipeline.text.typography_frozen import frozen
from pipeline.text.typography_profiles import PROFILES, Profile, profile_of
from pipeline.text.typography_quotes import Quotes, quotes
from pipeline.text.typography_sheet import Change, Sheet, outermost
from pipeline.text.typography_view import View, view

__all__ = ["PROFILES", "Edit", "Profile", "Setting", "edits", "profile_of", "setting", "typeset"]

_DEFAULT = PROFILES["imprimerie"]
_COMBINING = re.compile(r"[\u0300-\u036f]")
_COMBINED = re.compile(r"[^\u0300-\u036f\s][\u0300-\u036f]+")
_BLANK = " \u00a0\u202f\u2009"
# A rule may make work for an earlier one (`... -- Etat`); more rounds than this were never needed.
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Edit:
    """`file[start:end]` becomes `replacement`; `rule` says why, in a few words."""

    start: int
    end: int
    replacement: str
    rule: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What the pass makes of a document, and what it cannot settle; places count the characters of the file."""

    edits: tuple[Edit, ...]
    unpaired_quotes: tuple[tuple[int, int, str], ...]
    unclear_numbers: tuple[tuple[int, int], ...]


@lru_cache(maxsize=2)  # a piece whose verdict is as it was guessed is composed twice, of the same words
def typeset(text: str, profile: Profile = _DEFAULT) -> str:
    """The Markdown file with all edits made, NFC."""
    text = unicodedata.normalize("NFC", text)
    parts: list[str] = []
    at = 0
    for edit in edits(parse(text), profile):
        parts += (text[at : edit.start], edit.replacement)
        at = edit.end
    return "".join((*parts, text[at:]))


def edits(document: Document, profile: Profile = _DEFAULT) -> tuple[Edit, ...]:
    """What must change for the file to be set as the profile asks: in order, apart."""
    return setting(document, profile).edits


def setting(document: Document, profile: Profile = _DEFAULT) -> Setting:
    """The edits, and what is left to a human. A text that was set just now, and is as it should be, is not read again."""
    return _kept(_Text(document.text, document), profile)


@dataclass(frozen=True, slots=True)
class _Text:
    """A document, told from others by its text alone: what is in its blocks follows from that."""

    text: str
    document: Document = field(compare=False)


@lru_cache(maxsize=2)
def _kept(told: _Text, profile: Profile) -> Setting:
    return _setting(told.document, profile)


def _setting(document: Document, profile: Profile) -> Setting:
    seen = view(document)
    fixed = bytearray(len(seen.text))
    for start, end in frozen(seen.text):
        fixed[start:end] = b"\1" * (end - start)
    for at in seen.fixed:
        fixed[at] = 1
    marks = quotes(seen.text, seen.units, fixed)
    blocks = ((u.start, u.end) for u in seen.units if u.kind == "quote")
    sheet = Sheet(seen, fixed, outermost(seen.text, marks.pairs, blocks))
    unclear = tuple(
        (seen.starts[start], seen.ends[end - 1])
        for start, end in sorted(typography_numbers.unclear(seen.text))
        if sheet.may_change(start, end)
    )
    _set(sheet, marks, profile)
    return Setting(
        tuple(_edits(sheet, document.text)),
        tuple((seen.starts[u.at], seen.ends[u.at], u.why) for u in marks.unpaired),
        unclear,
    )


def _set(sheet: Sheet, marks: Quotes, profile: Profile) -> None:
    """Apply every rule until none finds anything more to do."""
    sheet.apply("quotation marks", _glyphs(sheet.view.text, marks))
    for _ in range(_ROUNDS):
        changed = False
        for name, rule in _rules(profile):
            changed |= sheet.apply(name, rule(sheet.text))
        if profile.spellings:
            changed |= sheet.apply("the desk's spelling", _spelled(sheet, marks, profile))
        changed |= sheet.apply("space inside quotation marks", _inside(sheet, marks, profile))
        changed |= sheet.apply("space outside quotation marks", _outside(sheet, marks))
        if not changed:
            break


def _rules(profile: Profile) -> Iterator[tuple[str, Callable[[str], Iterator[Change]]]]:
    signs, numbers = typography_signs, typography_numbers
    yield "composed letters", _composed
    yield "doubled spaces", signs.doubled
    yield "apostrophe", signs.apostrophes
    yield "ellipsis", signs.ellipses
    yield "dash", signs.dashes
    yield "ordinal", numbers.ordinals
    yield "title of a person", signs.titles
    yield "ligature", capitals.ligatures
    yield "accented capital", capitals.capitals
    yield "accented capital", capitals.set_phrases
    yield "accented capital", capitals.beginnings
    yield "decimal comma", numbers.decimals
    yield "spaces about , . ( )", signs.low_marks
    yield "space before ; ! ?", partial(signs.high_marks, profile=profile)
    yield "space before a colon", partial(signs.colons, profile=profile)
    yield "hours", partial(numbers.hours, profile=profile)
    yield "thousands", partial(numbers.thousands, profile=profile)
    yield "space before a unit", partial(numbers.units, profile=profile)
    yield "space within a date", partial(numbers.days, profile=profile)
    yield "space after an abbreviation", partial(signs.references, profile=profile)
    yield "space inside dashes", signs.incises


def _composed(text: str) -> Iterator[Change]:
    for match in _COMBINED.finditer(text) if _COMBINING.search(text) else ():
        yield Change(match.start(), match.end(), unicodedata.normalize("NFC", match.group()))


def _spelled(sheet: Sheet, marks: Quotes, profile: Profile) -> Iterator[Change]:
    blocks = [(u.start, u.end) for u in sheet.view.units if u.kind == "quote"]
    cells = sorted([*blocks, *((p.opening, p.closing) for p in marks.pairs if p.depth == 0)])
    quoted = [(sheet.position(start), sheet.position(end)) for start, end in cells]
    return house_spelled(sheet.text, profile.spellings, quoted)


def _glyphs(text: str, marks: Quotes) -> Iterator[Change]:
    """« » for outer marks, “ ” for those inside; deeper ones and « inside « stay, as they may."""
    found = []
    for pair in marks.pairs:
        if pair.depth < 2 and text[pair.opening] != "«" and pair.opening not in marks.unsettled:
            opening, closing = ("«", "»") if pair.depth == 0 else ("“", "”")
            found.append(Change(pair.opening, pair.opening + 1, opening))
            found.append(Change(pair.closing, pair.closing + 1, closing))
    return iter(sorted(found, key=lambda c: c.start))


def _inside(sheet: Sheet, marks: Quotes, profile: Profile) -> Iterator[Change]:
    """The profile's space after « and before », none inside “ ”."""
    cells = [c for p in marks.pairs if p.depth < 2 for c in (p.opening, p.closing)]
    found = []
    for cell in (*cells, *marks.lone):
        glyph = sheet.cells[cell].strip()
        if glyph not in ("«", "»", "“", "”"):
            continue
        space = profile.guillemet if glyph in "«»" else ""
        at = sheet.position(cell) + sheet.cells[cell].index(glyph)
        found.append(
            _space_after(sheet.text, at + 1, space) if glyph in "«“" else _space_before(sheet.text, at, space)
        )
    return iter(sorted((c for c in found if c), key=lambda c: c.start))


def _space_after(text: str, at: int, space: str) -> Change | None:
    end = at
    while text[end] in _BLANK:
        end += 1
    return None if text[end].isspace() or text[end] in "»”" else Change(at, end, space, "previous")


def _space_before(text: str, at: int, space: str) -> Change | None:
    start = at
    while start and text[start - 1] in _BLANK:
        start -= 1
    return None if text[start - 1].isspace() or text[start - 1] in "«“" else Change(start, at, space)


def _outside(sheet: Sheet, marks: Quotes) -> Iterator[Change]:
    """A word does not touch the outside of « »."""
    found = []
    for pair in marks.pairs:
        if sheet.cells[pair.opening].strip() == "«":
            at = sheet.position(pair.opening)
            if at and sheet.text[at] == "«" and sheet.text[at - 1].isalnum():
                found.append(Change(at, at, " "))
            after = sheet.position(pair.closing) + len(sheet.cells[pair.closing])
            if sheet.text[after - 1] == "»" and sheet.text[after].isalnum():
                found.append(Change(after, after, " ", "previous"))
    return iter(sorted(found, key=lambda c: c.start))


def _edits(sheet: Sheet, file: str) -> Iterator[Edit]:
    """Changed cells that stand side by side in the file make one edit."""
    seen = sheet.view
    group: list[int] = []
    for cell in sorted(c for c in sheet.rules if sheet.cells[c] != seen.text[c]):
        if group and (cell != group[-1] + 1 or seen.starts[cell] != seen.ends[group[-1]]):
            yield _edit(sheet, seen, file, group)
            group = []
        group.append(cell)
    if group:
        yield _edit(sheet, seen, file, group)


def _edit(sheet: Sheet, seen: View, file: str, group: list[int]) -> Edit:
    parts = []
    for cell in group:
        raw = file[seen.starts[cell] : seen.ends[cell]]
        # A sign that stays keeps the escape it has in the file.
        parts.append(sheet.cells[cell].replace(seen.text[cell], raw, 1))
    return Edit(seen.starts[group[0]], seen.ends[group[-1]], "".join(parts), sheet.rules[group[0]])
