"""What a request asks for, read from the tags in its messages as the product writes them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args

Stage = Literal["plan", "write", "repair", "refresh", "continue", "judge", "other"]
STAGES: tuple[Stage, ...] = get_args(Stage)

_QUOTATION = re.compile(r"^[ \t]{0,8}(?:[-*] )?\[?((?:S\d{1,3})?Q\d{1,4})\]?[ :.\t\u00a0]{1,4}(?=«)")
_PARAGRAPH = re.compile(r"^[ \t]{0,8}(?:[-*] )?\[?(P\d{1,5})\]?[ :.\t\u00a0]{1,4}", re.MULTILINE)
_DOUBT = re.compile(r"^(\d{1,3})\. phrase : ", re.MULTILINE)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation the prompt lists: `Q1 « exact words » (speaker)`."""

    id: str
    text: str
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Prompt:
    kind: Stage
    """What the call is for."""
    goal: Stage
    """The same, but for a `continue`: what is to be continued."""
    system: str
    source: str
    """The words of `<source>`, without the ids of its paragraphs."""
    paragraphs: tuple[str, ...]
    """Ids, in their order."""
    quotations: tuple[Quoted, ...]
    section: str
    changes: str
    """What a refresh is told: `S1 disait : « … » ; maintenant : « … »`, a line each."""
    doubts: tuple[int, ...]
    """The numbers of the sentences a judge is asked about."""
    said: str
    """What the assistant has answered so far, for a `continue`."""


def words(text: str) -> tuple[str, ...]:
    """Words without regard to case, apostrophes, spaces and punctuation."""
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def content(message: dict[str, Any]) -> str:
    """A message's text, given as a string or as a list of parts."""
    value = message.get("content") or ""
    if isinstance(value, str):
        return value
    return "\n".join(str(part.get("text", "")) for part in value)


def read_prompt(messages: list[dict[str, Any]]) -> Prompt:
    """Raises KeyError, TypeError or AttributeError for messages that are none."""
    said = "".join(content(m) for m in messages if m["role"] == "assistant")
    given = [content(m) for m in messages if m["role"] != "assistant"]
    goal = _goal(given)
    source = _inside(given, "source") or ""
    return Prompt(
        kind="continue" if said and goal in {"write", "repair", "refresh"} else goal,
        goal=goal,
        system="\n".join(content(m) for m in messages if m["role"] in {"system", "developer"}) or given[0],
        source=_PARAGRAPH.sub("", source).strip(),
        paragraphs=tuple(dict.fromkeys(_PARAGRAPH.findall(source))),
        quotations=tuple({q.id: q for q in _quotations(given)}.values()),
        doubts=tuple(map(int, _DOUBT.findall(_inside(given, "phrases") or ""))),
        section=(_inside(given, "section") or "").strip(),
        changes=(_inside(given, "changes") or "").strip(),
        said=said,
    )


def _goal(given: list[str]) -> Stage:
    if _inside(given, "section") is not None and _inside(given, "findings") is not None:
        return "repair"
    if _inside(given, "section") is not None and _inside(given, "changes") is not None:
        return "refresh"
    if _inside(given, "plan") is not None:
        return "write"
    if _inside(given, "phrases") is not None:
        return "judge"
    return "other" if _inside(given, "source") is None else "plan"


def _inside(given: list[str], tag: str) -> str | None:
    """The longest block of that tag. Its opening begins a line: prompts also speak *about* their tags."""
    opening = re.compile(rf"^[ \t]{{0,8}}<{tag}(?: [^<>\n]{{0,200}})?>", re.MULTILINE)
    blocks = [block for text in given for block in _blocks(text, opening, f"</{tag}>")]
    return max(blocks, key=len, default=None)


def _blocks(text: str, opening: re.Pattern[str], closing: str) -> Iterator[str]:
    position = 0
    while match := opening.search(text, position):
        end = text.find(closing, match.end())
        if end < 0:
            return
        yield text[match.end() : end]
        position = end


def _quotations(given: list[str]) -> Iterator[Quoted]:
    for line in (line for text in given for line in text.splitlines()):
        match = _QUOTATION.match(line)
        if match and "»" in line:
            text, _, rest = line[match.end() + 1 :].rpartition("»")
            _, _, speaker = rest.partition("(")
            yield Quoted(match[1], text.strip(), speaker.partition(")")[0].strip())
