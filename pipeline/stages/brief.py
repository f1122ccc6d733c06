"""Settings, the document's own wishes and the flags become one brief."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pipeline.model import Brief
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.reading.request import Request

FLAGS = ("words", "keyphrase", "tone", "instructions")


def make_brief(
    settings: Settings,
    asked: "Request | None",
    flags: Mapping[str, Any],
    matched: tuple[str, str] | None = None,
) -> Brief:
    """Defaults < settings < what the document itself asks < flags (those given are not None).

    `matched` is the keyphrase that a file of queries gives this article, and why: only `--keyphrase` wins over it.
    """
    values: dict[str, Any] = {}
    origins: list[tuple[str, str]] = []
    for name in FLAGS:
        if flags.get(name) is not None:
            values[name], origin = flags[name], "flags"
        elif name == "keyphrase" and matched:
            values[name], origin = matched[0], f"keyphrases ({matched[1]})"
        elif getattr(asked, name, None) is not None:
            values[name], origin = getattr(asked, name), "document"
        elif getattr(settings, name) != type(settings).model_fields[name].default:
            values[name], origin = getattr(settings, name), "settings"
        else:
            continue
        origins.append((name, origin))
    return Brief(
        **values,
        typography=settings.typography,
        spellings=settings.spellings,
        grammar_blocks=settings.grammar_blocks,
        origins=tuple(origins),
    )
