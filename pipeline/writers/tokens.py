"""How many tokens a text is, as far as its length tells: no tokenizer fits every server, and some need a download."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

# French prose has 3 (vocabularies of 32,000 words) to 4.5 characters a token (200,000 words), English up to 5.
_A_TOKEN = 3.5
_LONGEST = 6.0
_FRAME = 16  # tokens around a message, at most: its role and the marks of the chat template
_RUNS = re.compile(r"([^\w\n])\1+|\s+")


def text_of(message: Mapping[str, Any]) -> str:
    """What a message says, whether its content is a string or a list of parts."""
    content = message["content"]
    return content if isinstance(content, str) else "\n".join(part["text"] for part in content)


def of(text: str) -> int:
    return int(len(text) / _A_TOKEN) + 1


def estimate(messages: Sequence[Mapping[str, Any]]) -> int:
    """About how many tokens a prompt has; rather more than fewer."""
    return sum(of(text_of(m)) for m in messages)


def fewest(messages: Sequence[Mapping[str, Any]]) -> int:
    """So many tokens a prompt has at least: a run of spaces or dashes may be one token, words are not so long."""
    return int(sum(len(_RUNS.sub(" ", text_of(m))) for m in messages) / _LONGEST)


def are_too_few(read: int, messages: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a server that read so many tokens cannot have read the whole prompt."""
    # Runs only make a prompt shorter, and looking for them takes longer than sending it.
    return read < sum(len(text_of(m)) for m in messages) / _LONGEST and read < fewest(messages)


def most(messages: Sequence[Mapping[str, Any]], parameters: Mapping[str, Any]) -> int:
    """More tokens than that a request cannot have: a token holds a byte at least."""
    said = sum(len(text_of(m).encode()) + _FRAME for m in messages)
    return said + len(json.dumps(parameters, ensure_ascii=False).encode())
