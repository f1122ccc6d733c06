"""The checks, told to an editor: for `marbre explain` and docs/checks.md, from the checks themselves."""

from collections.abc import Iterable
from typing import Any

from pipeline.checks.check import Check, Example

FAMILIES = {
    "LEN": "length",
    "HEA": "headings",
    "LNG": "language",
    "GRA": "grammar",
    "FID": "fidelity",
    "JUG": "a second opinion",
    "ORI": "originality",
    "SAF": "safety",
    "TYP": "typography",
    "LIS": "readability",
    "SEO": "search engine optimisation",
    "LNK": "links",
    "LEG": "law and provenance",
    "ACK": "an editor's word",
}


def check_fields(check: Check) -> dict[str, Any]:
    return {
        "code": check.code,
        "family": check.family,
        "name": check.name,
        "severity": check.severity,
        "why": check.why,
        "source": check.source,
        "bad": check.bad.text,
        "good": check.good.text,
    }


def listing(checks: Iterable[Check]) -> str:
    return "\n".join(f"{c.code}  {c.severity:5}  {c.name}" for c in checks)


def pages(checks: Iterable[Check]) -> str:
    return "\n\n".join(_page(c) for c in checks)


def _page(check: Check) -> str:
    return "\n".join(
        (
            f"{check.code} {check.name} ({FAMILIES[check.family]}, {check.severity})",
            "",
            f"Why:    {check.why}",
            f"Source: {check.source}",
            "",
            f"Bad:{_asked(check.bad)}",
            _indented(check.bad),
            "",
            f"Good:{_asked(check.good)}",
            _indented(check.good),
        )
    )


def _asked(example: Example) -> str:
    source = f" against the source “{example.source}”" if example.source else ""
    words = f" ({example.words} words asked for)" if example.words > 3 else ""
    return words + source


def _indented(example: Example) -> str:
    text = example.text if len(example.text) < 500 else example.text[:200] + " …"
    return "\n".join(f"    {line}" if line else "" for line in text.splitlines())


def markdown(checks: Iterable[Check]) -> str:
    """docs/checks.md, whole."""
    parts = [
        "# The checks",
        "",
        "Made from the checks themselves by `make docs`; a test says when it is stale.",
        "",
    ]
    for check in checks:
        parts += [f"## {check.code} {check.name}", "", f"*{FAMILIES[check.family]}, {check.severity}*", ""]
        parts += [check.why, "", f"Source of the rule: {check.source}", ""]
        for word, example in (("Bad", check.bad), ("Good", check.good)):
            parts += [f"{word}{_asked(example)}:", "", "```markdown", _short(example), "```", ""]
    return "\n".join(parts)


def _short(example: Example) -> str:
    return example.text if len(example.text) < 500 else example.text[:200] + " …"
