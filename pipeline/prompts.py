"""Prompts are files: `prompts/*.md`, with front matter, filled by name.

What is the same for every article and every stage is one file, `house.md`, and comes first; then the article, then
what is wanted: so a provider's prompt cache holds the house rules, and the article from one stage to the next. A variable that nobody gives, or that the prompt does not know, is an error before any call is paid.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from pipeline.errors import PromptError

NAMES = ("plan", "write", "continue", "repair", "refresh", "again", "judge", "foreign")
_VARIABLE = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")


@dataclass(frozen=True, slots=True)
class Prompt:
    """`system` is the stable part that comes first (prompt caches), empty where the conversation has it already;
    `user` carries the article and what is wanted.
    """

    id: str
    version: int
    output: Literal["json", "markdown"]
    system: str
    user: str
    times: int
    """How often it may be asked for one and the same thing."""
    characters: int
    """The longest answer that is read; a model in a loop writes on for ever."""

    @property
    def name(self) -> str:
        return f"{self.id}/{self.version}"

    @property
    def texts(self) -> tuple[str, ...]:
        """Its words, the variables taken out: what must not stand in a piece."""
        return (self.system, *_VARIABLE.split(self.user)[::2])

    @property
    def variables(self) -> frozenset[str]:
        return frozenset(_VARIABLE.findall(self.user))

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
        asked = {"role": "user", "content": _fill(self.user, values)}
        return [{"role": "system", "content": self.system}, asked] if self.system else [asked]


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
        fields, user = _read(path)
        stable = _read(path.with_name(f"{fields['system']}.md"))[1] if "system" in fields else ""
        limits = {key: int(fields["limits"][key]) for key in ("times", "characters")}
        prompt = Prompt(str(fields["id"]), int(fields["version"]), fields["output"], stable, user, **limits)
    except FileNotFoundError as error:
        raise PromptError("prompt", f"The prompt file {error.filename} is missing.", "Put it back.") from None
    except (OSError, ValueError, TypeError, KeyError, yaml.YAMLError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise PromptError(
            "prompt",
            f"The prompt file {path} cannot be read ({reason}).",
            "It needs front matter: id, version, output, limits with times and characters.",
        ) from None
    if prompt.id != name or prompt.output not in ("json", "markdown"):
        raise PromptError(
            "prompt", f"{path}: id must be {name!r} and output json or markdown.", "Mend its front matter."
        )
    return prompt


def _read(path: Path) -> tuple[dict[str, Any], str]:
    import yaml

    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    fields = yaml.safe_load(head)
    if not isinstance(fields, dict):
        raise TypeError("the front matter is not a list of fields")
    return fields, body.strip()
