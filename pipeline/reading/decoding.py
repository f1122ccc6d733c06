"""Bytes to text: which encoding it is, and what is mended on the way.

French gives the measure: of several encodings that would fit, the one is taken under which the
characters beyond ASCII stand where French has them (`é` in a word, `’` between letters, `€` after a figure).
"""

import codecs
import re
import unicodedata
from dataclasses import dataclass

from pipeline.model import Removal

_GUESSES = ("cp1252", "iso8859_15", "mac_roman", "cp850")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# https://encoding.spec.whatwg.org/#names-and-labels: these labels mean their Windows sisters.
_AS_BROWSERS_READ = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874"}
_DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,5}=\s{0,5}["']?\s{0,5}([A-Za-z0-9._:-]{2,40})""")
_SAMPLE = 200_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """A document as text."""

    text: str
    encoding: str
    mended: tuple[Removal, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Text of some bytes; `declared` is the charset HTTP names. Characters are tidied, mojibake is mended."""
    text, encoding, notes = _decoded(data, declared or declared_in(data))
    text, mojibake = _unscramble(text)
    text, tidied = tidy(text)
    return Decoded(text, encoding, (*notes, *mojibake, *tidied))


def declared_in(data: bytes) -> str | None:
    """The charset that the head of an HTML or XML document names."""
    head = data[:4096]
    found = _DECLARED.search(head) if b"<" in head else None
    return found.group(1).decode("ascii") if found else None


def looks_like_utf16(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: every second byte of Latin text is zero."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    if len(sample) < 8:
        return None
    low, high = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if high > half * 0.7 and low < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if low > half * 0.7 and high < half * 0.1 else None


def _decoded(data: bytes, declared: str | None) -> tuple[str, str, tuple[Removal, ...]]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace"), encoding, ()
    if wide := looks_like_utf16(data):
        return data.decode(wide, "replace"), wide, ()
    label = _codec(declared)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(data, label)
    wrong = declared and label not in {None, "utf-8"} and not text.isascii()
    why = "the document declares this encoding, but its bytes are UTF-8"
    return text, "utf-8", (Removal(str(declared), why),) if wrong else ()


def _codec(label: str | None) -> str | None:
    try:
        name = codecs.lookup(label.strip()).name if label else None
    except LookupError:
        return None
    return _AS_BROWSERS_READ.get(name, name) if name else None


def _legacy(data: bytes, label: str | None) -> tuple[str, str, tuple[Removal, ...]]:
    if (mixed := _mixed_utf8(data)) is not None:
        return mixed, "utf-8", (Removal("bytes that are no UTF-8", "read as windows-1252"),)
    sample = data[:_SAMPLE]
    ranked = sorted(_GUESSES, key=lambda codec: -_plausible(sample.decode(codec, "replace")))
    best = ranked[0]
    score = _plausible(sample.decode(best, "replace"))
    if label and not label.startswith(("utf", "base64", "hex", "rot")):
        try:
            own = _plausible(sample.decode(label, "replace"))
            if own >= 0 or own >= score:
                return data.decode(label, "replace"), label, ()
        except LookupError:
            pass
    if score < 0 and (other := _not_french(data)):
        best = other
    notes = (
        (Removal(label, f"the document declares this encoding, but its bytes are {best}"),) if label else ()
    )
    return data.decode(best, "replace"), best, notes


def _mixed_utf8(data: bytes) -> str | None:
    """UTF-8 with some foreign bytes in it (a file pasted together): None when it is another encoding."""
    text = data.decode("utf-8", "surrogateescape")
    odd = sum("\udc80" <= char <= "\udcff" for char in text)
    good = sum(char > "\x7f" for char in text) - odd
    if good < 5 or good < 3 * odd:
        return None
    return re.sub(
        "[\udc80-\udcff]+",
        lambda run: bytes(ord(char) - 0xDC00 for char in run.group()).decode("cp1252", "replace"),
        text,
    )


def _not_french(data: bytes) -> str | None:
    """What charset-normalizer makes of bytes that are French under none of our guesses."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    return best.encoding if best else None


_LOWER = "éèêëàâîïôùûüçœæ"
_UPPER = "ÉÈÊËÀÂÎÏÔÙÛÜÇŒÆ"
# (weight, where in French a character beyond ASCII stands); what fits nowhere counts against the encoding.
_PLACES = tuple(
    (weight, re.compile(pattern))
    for weight, pattern in (
        (2, rf"(?<=[^\W\d_])[{_LOWER}]|[{_LOWER}](?=[^\W\d_])"),
        (2, r"(?<![^\s(«“\"’'-])à(?=\s)"),
        (1, rf"(?<![^\W\d_])[{_UPPER}](?=[^\W\d_’'-])|(?<=[A-Z{_UPPER}])[{_UPPER}]|(?<![^\s«“\"])[À](?=\s)"),
        (2, r"(?<=[^\W\d_])’(?=[^\W\d_«“])"),
        (
            2,
            r"(?<![^\W_])«(?=[\s\w\[(])|(?<=[\s\w.!?…,)\]])»(?![^\W_])|(?<![^\W_])“(?=[\w])|(?<=[\w.!?,…])”(?![^\W_])",
        ),
        (2, r"(?<=\d)\s?€|€(?=[\s.,;)/]|$)"),
        (1, r"(?<=\s)[–—](?=\s)|^[–—](?=\s)|(?<=\w)…|(?<=\d)°"),
        (1, r"(?<=«)\xa0|\xa0(?=[»:;!?%€])|(?<=\d)\xa0(?=\w)"),
        (1, r"[ñáíóúöäåøãõßìòšžčćńłÁÖÄÅØŠŽ](?=[^\W\d_])"),
    )
)


def _plausible(text: str) -> float:
    """How French the characters beyond ASCII look: their weight where they fit, minus the misfits."""
    beyond = sum(char > "\x7f" for char in text)
    fits = 0
    total = 0.0
    for weight, pattern in _PLACES:
        count = sum(any(char > "\x7f" for char in found.group()) for found in pattern.finditer(text))
        fits += count
        total += weight * count
    controls = sum("\x7f" < char < "\xa0" or char == "\ufffd" for char in text)
    return total - 2 * max(0, beyond - fits) - 2 * controls


_SUSPECT = re.compile(r"[\x80-\x9fÂÃâÅÐÑð‚Ãƒ¬�]")


def _unscramble(text: str) -> tuple[str, tuple[Removal, ...]]:
    """UTF-8 that somebody read as another encoding (`Ã©`) put right, line by line, nothing else touched."""
    if not _SUSPECT.search(text):
        return text, ()
    import ftfy

    lines, mended = [], []
    for line in text.split("\n"):
        new = ftfy.fix_encoding(line) if _SUSPECT.search(line) else line
        if new != line:
            mended.append(
                Removal(f"{_excerpt(line, new)} → {_excerpt(new, line)}", "UTF-8 read as another encoding")
            )
        lines.append(new)
    return "\n".join(lines), tuple(mended)


def _excerpt(line: str, other: str) -> str:
    """The words around the first difference."""
    at = next((n for n, (one, two) in enumerate(zip(line, other, strict=False)) if one != two), 0)
    start = line.rfind(" ", 0, at) + 1
    return line[start : start + 60].strip()


_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = (
    ("control characters", re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]+")),
    ("soft hyphens", re.compile("\xad+")),
    (
        "zero-width characters",
        re.compile(
            "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2064\u3164\ufeff\uffa0]+"
        ),
    ),
    (
        "characters that turn the direction of writing",
        re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f]+"),
    ),
    ("invisible tag characters", re.compile("[\ufe00-\ufe0f\ufff9-\ufffb\U000e0000-\U000e01ef]+")),
)


def tidy(text: str) -> tuple[str, tuple[Removal, ...]]:
    r"""NFC, line ends `\n`, no invisible characters; no-break spaces stay. What was taken out is listed."""
    text = _LINE_ENDS.sub("\n", text)
    removed = []
    for what, pattern in _INVISIBLE:
        found = pattern.findall(text)
        if found:
            text = pattern.sub("", text)
            removed.append(Removal(_spelled("".join(found)), f"{what}, {sum(map(len, found))} in all"))
    return unicodedata.normalize("NFC", text), tuple(removed)


def _spelled(chars: str) -> str:
    """Invisible characters made visible: the text hidden in tag characters, otherwise code points."""
    hidden = "".join(chr(ord(char) - 0xE0000) for char in chars if 0xE0020 <= ord(char) < 0xE007F)
    return hidden[:500] or " ".join(dict.fromkeys(f"U+{ord(char):04X}" for char in chars[:500]))
