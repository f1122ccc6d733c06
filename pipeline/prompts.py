"""Prompts are files: `prompts/*.md`, with front matter, filled by name.

A variable that nobody gives, or that the prompt does not know, is an error before any call is paid.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pipeline.errors import PromptError

NAMES = ("plan", "write", "continue", "repair")
_VARIABLE = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
_PARTS = "\n<!-- user -->\n"


@dataclass(frozen=True, slots=True)
class Prompt:
    """`system` is the stable part that comes first (prompt caches); `user` carries the article."""

    id: str
    version: int
    output: Literal["json", "markdown"]
    system: str
    user: str

    @property
    def name(self) -> str:
        return f"{self.id}/{self.version}"

    @property
    def variables(self) -> frozenset[str]:
        return frozenset(_VARIABLE.findall(self.system + self.user))

    def fill(self, **values: str) -> list[dict[str, str]]:
        """The chat messages. Raises `PromptError` for a variable missing or unknown."""
        missing, unknown = self.variables - values.keys(), values.keys() - self.variables
        if missing:
            raise PromptError(
                "prompt",
                f"The prompt {self.id!r} asks for {_list(missing)}, which nothing gives.",
                f"Take it out of prompts/{self.id}.md, or give it in pipeline/writers/llm.py.",
            )
        if unknown:
            raise PromptError(
                "prompt",
                f"The prompt {self.id!r} does not use {_list(unknown)}.",
                f"Put {{{{ {min(unknown)} }}}} into prompts/{self.id}.md.",
            )
        return [
            {"role": "system", "content": _fill(self.system, values)},
            {"role": "user", "content": _fill(self.user, values)},
        ]


def _fill(template: str, values: dict[str, str]) -> str:
    # One pass: what a value holds is never filled again, so a source cannot smuggle a variable in.
    return _VARIABLE.sub(lambda match: values[match.group(1)], template).strip()


def _list(names: "frozenset[str] | set[str]") -> str:
    return ", ".join(f"{{{{ {n} }}}}" for n in sorted(names))


def folder() -> Path:
    """Where the prompts are: inside an installed wheel, or at the top of the repository."""
    packaged = Path(str(files("pipeline"))) / "prompt_files"
    return packaged if packaged.is_dir() else Path(str(files("pipeline"))).parent / "prompts"


@lru_cache
def load(name: str, where: Path | None = None) -> Prompt:
    """Read one prompt file. Raises `PromptError` with the field at fault."""
    import yaml

    path = (where or folder()) / f"{name}.md"
    try:
        _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
        fields = yaml.safe_load(head)
        system, user = body.split(_PARTS, 1)
        prompt = Prompt(str(fields["id"]), int(fields["version"]), fields["output"], system, user)
    except FileNotFoundError:
        raise PromptError("prompt", f"The prompt file {path} is missing.", "Put it back.") from None
    except (OSError, ValueError, TypeError, KeyError, yaml.YAMLError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise PromptError(
            "prompt",
            f"The prompt file {path} cannot be read ({reason}).",
            "It needs front matter (id, version, output) and a line <!-- user -->.",
        ) from None
    if prompt.id != name or prompt.output not in ("json", "markdown"):
        raise PromptError(
            "prompt", f"{path}: id must be {name!r} and output json or markdown.", "Mend its front matter."
        )
    return prompt
