"""What a good model would answer: the plan, the text, one section of it, or the rest of it."""

import json
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from tests.model_server.markdown import HEADING, SLOT, Piece, section_of, slotted
from tests.model_server.prompt import Prompt

_STALE = re.compile(r"^- « (.*) » ne se comprend plus", re.MULTILINE)
_EXCHANGED = re.compile(r"disait : « (.*) » ; maintenant : « (.*) »")
Finish = Literal["stop", "length"]


@dataclass(frozen=True, slots=True)
class Answer:
    text: str
    finish: Finish = "stop"
    refusal: str | None = None


def answer(prompt: Prompt, piece: Piece | None) -> Answer:
    """The flawless answer; `piece` is the one for the prompt's source."""
    text = _whole(prompt, piece)
    return Answer(rest_of(text, prompt.said) if prompt.kind == "continue" else text)


def _whole(prompt: Prompt, piece: Piece | None) -> str:
    if prompt.goal == "repair":
        section = section_of(piece.body, prompt.section) if piece else None
        return slotted(section, prompt.quotations) if section else prompt.section
    if prompt.goal == "refresh":
        return refreshed(prompt.section, prompt.changes)
    if prompt.goal == "judge":
        verdicts = [{"number": n, "verdict": "supported", "why": ""} for n in prompt.doubts]
        return json.dumps({"verdicts": verdicts})
    if piece is None:
        return "Bonjour."
    if prompt.goal == "write":
        return slotted(piece.body, prompt.quotations)
    return json.dumps(plan(prompt, piece), ensure_ascii=False, indent=1)


def refreshed(section: str, changes: str) -> str:
    """The section with the words that were exchanged in the source exchanged in it too, and words that are stale taken out; all else as it
    was sent.
    """
    for before, after in _EXCHANGED.findall(changes):
        old, new = before.split(), after.split()
        for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
            if kind == "replace":
                was, now = (" ".join(part).strip(".,;:«» ") for part in (old[a:b], new[c:d]))
                section = re.sub(rf"(?<!\w){re.escape(was)}(?!\w)", now, section)
    for stale in _STALE.findall(changes):
        section = re.sub(rf"{re.escape(stale)},? ?", "", section)
    return section


def plan(prompt: Prompt, piece: Piece) -> dict[str, object]:
    """Every section may use every paragraph, and the quotations that stand in it."""
    text = slotted(piece.body, prompt.quotations)
    headings = list(HEADING.finditer(text))
    ends = [*(h.start() for h in headings[1:]), len(text)]
    sections = [
        {
            "heading": heading[2].strip(),
            "level": min(len(heading[1]), 3),
            "evidence": [*prompt.paragraphs, *_slots(text[heading.end() : end])],
        }
        for heading, end in zip(headings, ends, strict=True)
        if len(heading[1]) > 1
    ]
    return {
        "keyphrase": piece.keyphrase,
        "synonyms": list(piece.synonyms),
        "title": piece.title,
        "headline": headings[0][2].strip() if headings else piece.title,
        "description": piece.description,
        "slug": piece.slug,
        "sections": sections,
    }


def _slots(text: str) -> list[str]:
    return list(dict.fromkeys(slot.strip("{}") for slot in SLOT.findall(text)))


def rest_of(text: str, said: str) -> str:
    """What of `text` comes after `said`, whose white space may differ. All of it when `said` is foreign."""
    if text.startswith(said):
        return text[len(said) :]
    places = [i for i, char in enumerate(text) if not char.isspace()]
    dense = "".join(text[i] for i in places)
    beginning = "".join(said.split())
    if dense.startswith(beginning):
        told = len(beginning)
    else:
        tail = beginning[-60:]
        found = dense.rfind(tail)
        told = found + len(tail) if found >= 0 else 0
    if told >= len(places):
        return ""
    after = places[told]
    # The white space between both parts goes with the rest, unless the first part has it already.
    begin = after if said[-1:].isspace() or not told else places[told - 1] + 1
    return text[begin:]


def cut(text: str, share: float) -> str:
    """About that share of the text, ended between two words of one sentence, outside slots and headings."""
    goal = int(len(text) * share)
    for match in re.compile(r"(?<=[^\W\d_]) (?=[^\W\d_])").finditer(text, goal):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        if not line.startswith("#"):
            return text[: match.start()]
    return text[:goal]


def limited(answer: Answer, tokens: int | None) -> Answer:
    """As a server does with `max_completion_tokens`, at four characters a token."""
    if tokens is None or len(answer.text) <= 4 * tokens:
        return answer
    return Answer(answer.text[: 4 * tokens], "length", answer.refusal)
