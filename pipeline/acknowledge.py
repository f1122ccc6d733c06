"""The file of acknowledgements beside a piece: `acknowledged.yaml`, a list that an editor can read and write.

    - code: FID004
      sentence: 1f3a5b7c9d0e2f4a
      words: 164 000 euros
      by: Anne Petit
      when: '2026-01-31T09:00:00+01:00'
      why: Le chiffre vient du communiqué de la mairie, reçu après la dépêche.

`words` may be left out: then every finding of that code in the sentence is covered. An entry that cannot be used
is told in one line and covers nothing; it never stops a check.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.checks.acknowledged import KEY_LENGTH, covers, refusal
from pipeline.errors import UsageError
from pipeline.model import Acknowledgement, Finding
from pipeline.text import plain_yaml

FILE = "acknowledged.yaml"
_LARGEST = 1_000_000
_FIELDS = tuple(field.name for field in fields(Acknowledgement))
_NEEDED = tuple(name for name in _FIELDS if name != "words")
_CODE = re.compile(r"[A-Z]{3}\d{3}")
_KEY = re.compile(rf"[0-9a-f]{{{KEY_LENGTH}}}")
_SHOWN = 40
_MOST_FAULTS = 20
_LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Acknowledgements:
    """What the file holds."""

    entries: tuple[Acknowledgement, ...] = ()
    faults: tuple[str, ...] = ()
    """What cannot be used, and why, a line each."""


def beside(piece: Path) -> Path:
    """Where the acknowledgements of a piece lie."""
    return piece.with_name(FILE)


def read(path: Path) -> Acknowledgements:
    """What the file holds; nothing where there is no file."""
    try:
        if not path.is_file():
            return Acknowledgements()
        if path.stat().st_size > _LARGEST:
            return _broken(path.name, f"it is larger than {_LARGEST} bytes")
        return parse(path.read_text(encoding="utf-8"), path.name)
    except UnicodeDecodeError:
        return _broken(path.name, "it is not UTF-8 text")
    except OSError as error:
        return _broken(path.name, f"{error.strerror}")


def parse(text: str, name: str = FILE) -> Acknowledgements:
    try:
        told = _yaml(text)
    except ValueError as error:
        return _broken(name, str(error))
    if told in (None, ""):
        return Acknowledgements()
    if not isinstance(told, list):
        return _broken(name, "it is not a list of entries")
    entries, faults = [], []
    for number, item in enumerate(told, start=1):
        fault = _fault(item)
        if fault:
            faults.append(f"{name}, entry {number} is not used: {fault}.")
        else:
            entries.append(Acknowledgement(**{key: _line(value) for key, value in item.items()}))
    if len(faults) > _MOST_FAULTS:
        faults[_MOST_FAULTS:] = [f"{name}: {len(faults) - _MOST_FAULTS} more entries are not used."]
    return Acknowledgements(tuple(dict.fromkeys(entries)), tuple(faults))


def _yaml(text: str) -> Any:
    """Raises `ValueError` that says what is wrong in one line."""
    import yaml

    try:
        # Every value stays the text it is: a key of sixteen digits is no number, a day no date.
        return plain_yaml.load(text)
    except yaml.MarkedYAMLError as error:
        line = f" (line {error.problem_mark.line + 1})" if error.problem_mark else ""
        raise ValueError(f"it is not valid YAML: {error.problem}{line}") from None
    except (yaml.YAMLError, RecursionError):
        raise ValueError("it is not valid YAML") from None


def _broken(name: str, why: str) -> Acknowledgements:
    return Acknowledgements(
        faults=(f"{name} cannot be used: {' '.join(why.split())}. Nothing is acknowledged.",)
    )


def _fault(item: Any) -> str | None:
    if not isinstance(item, dict):
        return "it has no fields"
    for key, value in item.items():
        if key not in _FIELDS:
            shown = key[:_SHOWN] if isinstance(key, str) else "?"
            return f"nobody knows its field {shown!r}; the fields are {', '.join(_FIELDS)}"
        if not isinstance(value, str):
            return f"{key} must be text"
    for key in _NEEDED:
        if not item.get(key, "").strip():
            return f"{key} is missing"
    if not _CODE.fullmatch(item["code"].strip()):
        return "code must be one of the codes that marbre explain lists"
    if not _KEY.fullmatch(item["sentence"].strip()):
        return f"sentence must be the {KEY_LENGTH} digits that marbre check shows"
    return None if _is_time(item["when"].strip()) else "when must be a date or a time, like 2026-01-31"


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def still_open(
    findings: Sequence[Finding], entries: Sequence[Acknowledgement], text: str
) -> tuple[Finding, ...]:
    """Of the findings of a report, those that no entry covers and whose words still stand in the text."""
    return tuple(
        f
        for f in findings
        if (f.where is None or f.where.text in text)
        and not any(e.code == f.code and e.sentence == f.sentence and covers(e, f) for e in entries)
    )


def chosen(findings: Sequence[Finding], which: str) -> list[Finding]:
    """The findings meant by `CODE`, `CODE@LINE` or `CODE@SENTENCE`, all in one sentence.

    Raises `UsageError` when there is none, when several sentences have one, or when no word can lift it.
    """
    code, _, place = which.partition("@")
    code = code.upper()
    if why := refusal(code):
        raise UsageError("acknowledge", f"{code} cannot be acknowledged: {why}.", "See marbre explain.")
    open_ones = [f for f in findings if f.code == code and f.acknowledged is None]
    found = [f for f in open_ones if not place or _is_at(f, place)]
    places = list(dict.fromkeys(f"{code}@{f.sentence}" for f in found))
    if not found:
        there = ", ".join(
            dict.fromkeys(f"{code}@{f.where.line if f.where else f.sentence}" for f in open_ones)
        )
        remedy = f"It stands at {there}." if there else "Give marbre check the same options and look there."
        raise UsageError("acknowledge", f"There is no open finding {which}.", remedy)
    if len(places) > 1:
        message = f"{which} stands in {len(places)} sentences."
        raise UsageError("acknowledge", message, f"Say which: {' or '.join(places)}.")
    return found


def _is_at(finding: Finding, place: str) -> bool:
    line = finding.where.line if finding.where else 1
    return place == str(line) or place.lower() == finding.sentence


def entries_for(findings: Sequence[Finding], by: str, why: str, when: str) -> tuple[Acknowledgement, ...]:
    """One entry for each finding, bound to its sentence and its words, each field on one line."""
    by, why = _line(by), _line(why)
    made = (Acknowledgement(f.code, f.sentence or "", by, when, why, _words(f)) for f in findings)
    return tuple(dict.fromkeys(made))


def _line(text: str) -> str:
    return " ".join(text.split())


def _words(finding: Finding) -> str | None:
    """The words at the finding; of a whole passage the sentence's key says enough."""
    words = _line(finding.where.text) if finding.where else ""
    return words if 0 < len(words) <= _LONGEST_WORDS else None


def add(path: Path, entries: Sequence[Acknowledgement]) -> None:
    """Write more entries into the file. What stands there stays as it is, comments included."""
    from pipeline.publish.folder import put_page

    there = read(path)
    if there.faults:
        raise UsageError("acknowledge", there.faults[0], f"Mend {path} first.")
    old = path.read_text(encoding="utf-8") if path.is_file() else ""
    more = dumped(entries)
    text = f"{old.rstrip()}\n{more}" if old.strip() else more
    wanted = tuple(dict.fromkeys((*there.entries, *entries)))
    # A list written on one line takes no further lines.
    put_page(path, text if parse(text).entries == wanted else dumped(wanted))


def entry_fields(entry: Acknowledgement) -> dict[str, str]:
    """As it stands in the file."""
    names = ("code", "sentence", "words", "by", "when", "why")
    return {name: value for name in names if (value := getattr(entry, name))}


def dumped(entries: Sequence[Acknowledgement]) -> str:
    import yaml

    shown = [entry_fields(entry) for entry in entries]
    return yaml.safe_dump(shown, allow_unicode=True, sort_keys=False, width=10_000)
