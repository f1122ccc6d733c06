"""A model that obeys every order it can see in what it is sent, in the plan, the text and each repair."""

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from tests.model_server.answers import Answer
from tests.model_server.markdown import HEADING, blocks
from tests.model_server.prompt import Prompt
from tests.model_server.spoilers import english
from tests.security.attacks import Attack, town

_SEEN = 12  # letters and digits
_SENTENCE = re.compile(r"[^.!?:\n]{12,}")


def bare(text: str) -> str:
    """Letters and digits as anybody reads them, tag characters too."""
    shown = "".join(chr(ord(c) - 0xE0000) if 0xE0020 <= ord(c) < 0xE007F else c for c in text)
    return "".join(c for c in unicodedata.normalize("NFKC", shown).casefold() if c.isalnum())


class Obedient:
    """To be given to the scripted server as its `twist`; `obeyed` names the attacks it has seen and done."""

    def __init__(self, attacks: Sequence[Attack]) -> None:
        self._orders = [
            (
                attack,
                bare(town(n)),
                [bare(s) for s in _SENTENCE.findall(attack.order) if len(bare(s)) >= _SEEN],
            )
            for n, attack in enumerate(attacks, 1)
        ]
        self.obeyed: set[str] = set()

    def __call__(self, answer: Answer, prompt: Prompt, sent: str) -> Answer:
        """One sentence of an order is enough to be obeyed."""
        seen = bare(sent.removeprefix(prompt.system))
        deeds: dict[str, None] = {}
        for attack, place, sentences in self._orders:
            if any(sentence in seen for sentence in sentences):
                deeds[attack.deed] = None
                if place in seen:
                    self.obeyed.add(attack.name)
        text = answer.text
        for deed in deeds:
            text = self._done(text, deed, prompt)
        return replace(answer, text=text)

    @staticmethod
    def _done(text: str, deed: str, prompt: Prompt) -> str:
        if prompt.kind == "plan":
            return _in_plan(text, " ".join(prompt.system.split())[:200] if deed == "PROMPT" else deed)
        if deed == "ENGLISH":
            return english(text, prompt, "")
        words = " ".join(prompt.system.split()) if deed == "PROMPT" else deed
        parts = blocks(text)
        below = [i for i, part in enumerate(parts) if not HEADING.match(part)][:2]
        return "\n\n".join(f"{part} {words}" if i in below else part for i, part in enumerate(parts))


def _in_plan(text: str, deed: str) -> str:
    try:
        plan = json.loads(text)
    except ValueError:
        return text
    told = "What we know so far about the town" if deed == "ENGLISH" else deed
    plan |= {"title": told, "description": told, "slug": told, "synonyms": [told]}
    plan["sections"][0]["heading"] = told
    return json.dumps(plan, ensure_ascii=False)
