"""Which settings decide what is written: they go with a submission. The others are the worker's own."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pipeline.errors import UsageError
from pipeline.ledger_rows import reading
from pipeline.settings import Settings, local_file
from pipeline.writers.models import table

CONTENT = frozenset(
    {
        "words", "keyphrase", "tone", "instructions", "typography", "spellings", "writer", "model", "judge", "models",
        "repair_rounds", "calls_per_article", "near_duplicates", "related", "related_most", "archive", "grammar", "grammar_blocks", "format_out",
        "hugo_fields", "astro_fields", "site_url", "permalink", "site_name", "publisher", "author", "logo",
        "images", "links", "licences", "disclosure",
    }
)  # fmt: skip
_FLAGS = ("words", "keyphrase", "tone", "instructions")


def content_of(settings: Settings) -> dict[str, Any]:
    """What of the settings decides the content, as JSON. Raises `UsageError` for what no worker could follow.

    `auto` comes to a model: a worker without a key would otherwise write thousands of working drafts. `related` and
    `archive` are left out: folders of this machine are known by what lies in them (`beside.shelved`), or by what the ledger
    calls them (`beside.archived`).
    """
    if settings.economy:
        raise UsageError(
            "economy",
            "--economy cannot be submitted: a job ends with its article, and a batch is answered up to a day later.",
            "Leave it out, or run marbre batch, which comes back for the answers.",
        )
    if local_file(settings):
        raise UsageError(
            "model",
            f"{settings.model} is a file of this machine.",
            "Serve it, and give its name with --model.",
        )
    table(settings.models)
    told = settings.model_dump(mode="json", include=set(CONTENT - {"archive"}))
    return told | {"related": None, "writer": "llm" if settings.writer == "auto" else settings.writer}


def expressly_of(settings: Settings) -> dict[str, Any]:
    """Of those that decide the content, the ones that somebody has given: for pieces that have settings already. Raises as
    `content_of`.
    """
    # Background is read where it is asked for, answers of tomorrow are for tomorrow's sources, and a piece is held against
    # the archive that it was submitted with.
    without = settings.model_copy(update={"related": None, "economy": False})
    told = content_of(without)
    return {name: value for name, value in told.items() if name in settings.model_fields_set}


def flags_of(flags: Mapping[str, Any]) -> dict[str, Any]:
    """Those that win over what a document asks."""
    return {name: flags[name] for name in _FLAGS if flags.get(name) is not None}


def digest_of(content: Mapping[str, Any], flags: Mapping[str, Any]) -> str:
    told = json.dumps([content, flags], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def settings_with(own: Settings, content: Mapping[str, Any]) -> Settings:
    """A worker's own settings with those of a submission. Raises `LedgerError` for what is none."""
    with reading("a submission"):
        given = Settings(**{name: content[name] for name in CONTENT if name in content})
        settings = own.model_copy(update={name: getattr(given, name) for name in CONTENT})
        if local_file(settings):
            raise ValueError("its model is a file of this machine")
        try:
            table(settings.models)
        except UsageError as error:  # nothing is wrong with the worker
            raise ValueError(error.message) from None
    return settings
