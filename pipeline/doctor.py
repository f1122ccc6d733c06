"""`marbre doctor`: what is installed, reachable and missing, and the command that mends it."""

import os
import platform
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pipeline import __version__, languagetool, prompts
from pipeline.errors import MarbreError
from pipeline.languagetool import java
from pipeline.languagetool.match import GrammarUnavailable
from pipeline.settings import Settings, chosen_writer, local_file
from pipeline.text.web_address import without_secrets

_PATIENCE = 5  # seconds


@dataclass(frozen=True, slots=True)
class Symptom:
    what: str
    ok: bool
    found: str
    remedy: str = ""
    needed: bool = True
    """False for what a run can do without."""


def examine(settings: Settings) -> tuple[Symptom, ...]:
    return tuple(_symptoms(settings))


def _symptoms(settings: Settings) -> Iterator[Symptom]:
    version = platform.python_version()
    yield Symptom("Python", sys.version_info >= (3, 11), version, "Install Python 3.11 or newer.")
    yield Symptom("Marbre", ok=True, found=__version__)
    yield _prompts()
    yield _outputs(settings)
    yield from _shared_ledger(settings)
    yield _writer(settings)
    if file := local_file(settings):
        yield _local_model(file)
    elif chosen_writer(settings) == "llm":
        yield _server(settings)
    if settings.languagetool_url is None:
        yield _java()
    yield _languagetool(settings)


def _prompts() -> Symptom:
    try:
        names = ", ".join(prompts.load(name).name for name in prompts.NAMES)
    except MarbreError as error:
        return Symptom("Prompts", ok=False, found=error.message, remedy=error.remedy)
    return Symptom("Prompts", ok=True, found=names)


def _outputs(settings: Settings) -> Symptom:
    out = settings.out
    there = out if out.exists() else out.absolute().parent
    writable = there.is_dir() and os.access(there, os.W_OK)
    found = f"{out} ({'writable' if writable else 'not writable'})"
    if not _is_shared(settings):
        return Symptom("Outputs", writable, found, "Mend its rights or give another with --out.")
    remedy = "Workers need none; others: mend its rights or give another with --out."
    return Symptom("Outputs", writable, found, remedy, needed=False)


def _is_shared(settings: Settings) -> bool:
    return (settings.ledger or "").startswith("postgres")


def _shared_ledger(settings: Settings) -> Iterator[Symptom]:
    """Looked at and left as it is: opened like any other it would be brought up to date, and older programs shut out."""
    if not _is_shared(settings):
        return
    from sqlalchemy.exc import SQLAlchemyError

    from pipeline.dialects import address_of, engine_of, unopened, without_password
    from pipeline.ledger_schema import VERSION, version_of

    try:
        address = address_of(str(settings.ledger))
        engine = engine_of(address, _PATIENCE)
        try:
            with engine.connect() as connection:
                version = version_of(connection)
        except SQLAlchemyError as error:
            raise unopened(error, address, "") from None
        finally:
            engine.dispose()
    except MarbreError as error:
        yield Symptom("Ledger", ok=False, found=error.message.rstrip("."), remedy=error.remedy)
        return
    state = "no tables yet: the first command makes them" if version is None else f"version {version}"
    if version and version < VERSION:
        state += f"; the next command makes it {VERSION}, and older programs can no more use it"
    found, known = f"{without_password(address)}, {state}", version is None or version <= VERSION
    yield Symptom("Ledger", known, found, f"This program knows version {VERSION}: upgrade Marbre.")


def _writer(settings: Settings) -> Symptom:
    if chosen_writer(settings) == "offline":
        remedy = "Set OPENAI_API_KEY, or give --base-url URL --model NAME, for finished pieces."
        return Symptom("Writer", ok=False, found="offline: working drafts only", remedy=remedy, needed=False)
    where = "on this machine" if local_file(settings) else f"at {settings.server}"
    return Symptom("Writer", ok=True, found=f"{settings.model} {where}")


def _local_model(file: Path) -> Symptom:
    from pipeline.writers.local import INSTALL, name_of

    try:
        found = name_of(file)
    except MarbreError as error:
        return Symptom("Model", ok=False, found=error.message, remedy=error.remedy)
    if find_spec("xllamacpp") is None:
        return Symptom("Model", ok=False, found=f"{found}; llama.cpp is not installed", remedy=f"{INSTALL}.")
    return Symptom("Model", ok=True, found=found)


def _server(settings: Settings) -> Symptom:
    """Ask the server for its models: free of charge everywhere, and it shows that the key is good."""
    import openai

    from pipeline.writers.client import addressed
    from pipeline.writers.refusals import printable

    try:
        with openai.OpenAI(
            api_key=os.environ.get("OPENAI_API_KEY") or "none",
            timeout=_PATIENCE,
            max_retries=0,
            **addressed(settings),
        ) as client:
            models = [str(m.id) for m in client.models.list().data]
    except openai.APIStatusError as error:
        remedy = "Look at OPENAI_API_KEY." if error.status_code in (401, 403) else "Look at --base-url."
        needed = error.status_code not in (404, 405, 501)  # some servers list no models and still answer
        return Symptom("Server", ok=False, found=f"status {error.status_code}", remedy=remedy, needed=needed)
    except openai.OpenAIError as error:
        found = f"{settings.server} does not answer: {printable(str(error.__cause__ or error))}"
        return Symptom("Server", ok=False, found=found, remedy="Look at --base-url, and whether it runs.")
    except (AttributeError, TypeError, ValueError, RecursionError):
        return Symptom(
            "Server",
            ok=False,
            found=f"what answers at {settings.server} is no OpenAI-compatible server",
            remedy="Look at --base-url: most servers want it to end in /v1.",
        )
    if models and settings.model not in models:
        remedy = f"Give --model with one of: {', '.join(map(printable, models[:8]))}."
        return Symptom(
            "Server", ok=False, found=f"does not list {settings.model}", remedy=remedy, needed=False
        )
    return Symptom("Server", ok=True, found=f"answers; models listed: {len(models)}")


def _java() -> Symptom:
    path = java.find()
    found = f"{java.version(path)} at {path}" if path else f"none of {java.OLDEST} or newer"
    return Symptom("Java", path is not None, found, java.REMEDY, needed=False)


def _languagetool(settings: Settings) -> Symptom:
    """Ask it, with a sentence that is wrong: it takes some ten seconds, and shows that the check can run."""
    from pipeline.languagetool.server import Grammar

    wrong = "Les élu ont voter."
    try:
        with Grammar(settings.languagetool_url) as grammar:
            address = grammar.ready()
            rules = sorted({m.rule for part in grammar.check([wrong]) for m in part})
    except GrammarUnavailable as error:
        return Symptom(
            "LanguageTool", ok=False, found=error.why.rstrip("."), remedy=error.remedy, needed=False
        )
    where = settings.languagetool_url and without_secrets(settings.languagetool_url)
    where = where or f"{languagetool.VERSION} in {languagetool.home()}"
    found = (
        f"{where}, answers at {without_secrets(address)}; “{wrong}”: {', '.join(rules) or 'nothing found'}"
    )
    return Symptom("LanguageTool", bool(rules), found, "Look at languagetool_url.", needed=False)


def as_json(symptoms: Sequence[Symptom]) -> dict[str, Any]:
    """`marbre.doctor/1`."""
    return {
        "schema": "marbre.doctor/1",
        "ok": all(s.ok or not s.needed for s in symptoms),
        "parts": [
            {
                "what": s.what,
                "ok": s.ok,
                "found": s.found,
                "needed": s.needed,
                "remedy": None if s.ok else s.remedy,
            }
            for s in symptoms
        ],
    }


def as_text(symptoms: Sequence[Symptom]) -> str:
    lines = []
    for s in symptoms:
        mark = "ok  " if s.ok else ("MISS" if s.needed else "no  ")
        lines.append(f"{mark}  {s.what}: {s.found}" + ("" if s.ok else f". {s.remedy}"))
    return "\n".join(lines)
