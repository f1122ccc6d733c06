"""Which parts of a piece rest on what changed. A part is the lede with the title, or a second-level section."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.model import Carried
from pipeline.refresh.signs import Sign
from pipeline.refresh.substance import Difference, key_of, shortened, words
from pipeline.text.mentions import Ear, Phrase
from pipeline.text.stopwords import STOP_WORDS

_LONGEST = 600  # characters of a sentence that a prompt shows


@dataclass(frozen=True, slots=True)
class Touched:
    """A part that must be written again, by its index in `sections.cut`, and what changed for it, in French."""

    index: int
    changes: tuple[str, ...]


def touched(
    parts: Sequence[str],
    carried: Sequence[tuple[int, Carried]],
    differences: Mapping[str, Difference],
    stale: Iterable[Sign] = (),
    keyphrase: str = "",
    dead: Iterable[str] = (),
) -> tuple[Touched, ...]:
    """In reading order. `carried` tells of each sentence which part it stands in and what carried it when it was
    written; `differences` has an entry for each source that changed, by its label (`S1`). Of background only what speaks
    of the keyphrase is news.
    """
    found: dict[int, dict[str, None]] = {}

    def note(index: int, line: str) -> None:
        found.setdefault(index, {})[line] = None

    for label, change in differences.items():
        new = _counterparts(change)
        gone = {key_of(sentence): sentence for _, sentence in change.gone}
        for index, statement in carried:
            for key in _rests_on(statement, label, gone, new):
                note(index, _told(label, gone[key], new.get(key)))
        followed = set(new.values())
        for sentence in _news(change, keyphrase if label != "S1" else ""):
            if sentence not in followed and (nearest := _nearest(parts, sentence)) is not None:
                note(nearest, f"{label} ajoute : « {shortened(sentence, _LONGEST)} »")
    for index, line in _aged(parts, stale, dead):
        note(index, line)
    return tuple(Touched(index, tuple(lines)) for index, lines in sorted(found.items()))


def _aged(parts: Sequence[str], stale: Iterable[Sign], dead: Iterable[str]) -> Iterator[tuple[int, str]]:
    for sign in stale:
        for index in _holding(parts, sign):
            yield index, _stale(sign)
    for address in dead:
        for index, part in enumerate(parts):
            if address in part:
                yield index, f"L’adresse {address} ne mène plus nulle part : dites-le sans elle."


def _news(change: Difference, keyphrase: str) -> Iterable[str]:
    phrase = Phrase.of(keyphrase)
    ear = Ear.of((phrase,))
    for _, sentence in change.come:
        if not phrase.can_be_found or phrase.among(ear.hear(sentence)):
            yield sentence


def _rests_on(
    sentence: Carried, label: str, gone: Mapping[str, str], new: Mapping[str, str]
) -> Iterable[str]:
    """The sentences that are gone and that this one of the piece told: its strongest carrier, or one of which it has
    a word that went with it.
    """
    told = _telling(sentence.text)
    for rank, source in enumerate(sentence.sources):
        key = key_of(source.text)
        if source.source == label and key in gone:
            lost = _telling(gone[key]) - _telling(new.get(key, ""))
            if told & lost or (rank == 0 and not _only_values(lost)):
                yield key


def _only_values(lost: set[str]) -> bool:
    """Whether nothing but figures went: a sentence without them told none of it."""
    return bool(lost) and all(word[0].isdigit() or word[0] == "-" for word in lost)


def _counterparts(change: Difference) -> dict[str, str]:
    """Key of a sentence that is gone -> the new one that says most of the same, where there is one."""
    pairs = {c.before.id: c.after.id for c in change.changes if c.before and c.after}
    there: dict[str, list[str]] = {}
    for paragraph, sentence in change.come:
        there.setdefault(paragraph, []).append(sentence)
    found: dict[str, str] = {}
    for paragraph, sentence in change.gone:
        mine = Counter(words(sentence))
        ranked = [
            (sum((mine & Counter(words(s))).values()) / (len(mine) or 1), s)
            for s in there.get(pairs.get(paragraph, ""), ())
        ]
        best = max(ranked, default=(0.0, ""))
        if best[0] >= 0.5:
            found[key_of(sentence)] = best[1]
    return found


def _telling(text: str) -> set[str]:
    return {w for w in words(text) if w not in STOP_WORDS}


def _nearest(parts: Sequence[str], sentence: str) -> int | None:
    """The section that speaks most of the same; the lede only where there is no section."""
    wanted = _telling(sentence)
    first = min(1, len(parts) - 1)
    shares = [(len(wanted & _telling(part)), -i) for i, part in enumerate(parts[first:], start=first)]
    return -max(shares)[1] if shares else None


def _holding(parts: Sequence[str], sign: Sign) -> list[int]:
    from pipeline.checks.acknowledged import key_of as sentence_key
    from pipeline.text.markdown import parse
    from pipeline.text.sentences import sentences

    found = []
    for index, part in enumerate(parts):
        blocks = parse(part).blocks
        keys = {sentence_key(b.text[a:c]) for b in blocks for a, c in sentences(b.text)}
        if sign.sentence in keys or (index == 0 and sign.sentence == "title"):
            found.append(index)
    return found


def _told(label: str, before: str, after: str | None) -> str:
    old = shortened(before, _LONGEST)
    if after is None:
        return f"{label} ne dit plus : « {old} »"
    return f"{label} disait : « {old} » ; maintenant : « {shortened(after, _LONGEST)} »"


def _stale(sign: Sign) -> str:
    if sign.code == "event_passed":
        return (
            f"« {sign.words} » est passé : ce qui était annoncé pour cette date se raconte comme ayant été annoncé, "
            "sans dire que cela a eu lieu."
        )
    return (
        f"« {sign.words} » ne se comprend plus à la date d’aujourd’hui : dites-le sans repère qui vieillit."
    )
