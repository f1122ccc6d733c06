"""The JSON schemas of the plan and of a judge's verdicts, for models that enforce one; the answer is validated again in any case."""

from typing import Any

_SECTION: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["heading", "level", "evidence"],
    "properties": {
        "heading": {"type": "string"},
        "level": {"type": "integer", "enum": [2, 3]},
        "evidence": {"type": "array", "items": {"type": "string"}},
    },
}
_FIELDS = ("keyphrase", "title", "headline", "description", "slug")

_JUDGED: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["number", "verdict", "why"],
    "properties": {
        "number": {"type": "integer"},
        "verdict": {"type": "string", "enum": ["supported", "contradicted", "not_found"]},
        "why": {"type": "string"},
    },
}

VERDICTS_SCHEMA: dict[str, Any] = {
    "type": "json_schema",
    "json_schema": {
        "name": "verdicts",
        "strict": True,
        "schema": {
            "type": "object",
            "additionalProperties": False,
            "required": ["verdicts"],
            "properties": {"verdicts": {"type": "array", "items": _JUDGED}},
        },
    },
}

PLAN_SCHEMA: dict[str, Any] = {
    "type": "json_schema",
    "json_schema": {
        "name": "plan",
        "strict": True,
        "schema": {
            "type": "object",
            "additionalProperties": False,
            "required": [*_FIELDS, "synonyms", "sections"],
            "properties": {
                **{name: {"type": "string"} for name in _FIELDS},
                "synonyms": {"type": "array", "items": {"type": "string"}},
                "sections": {"type": "array", "items": _SECTION},
            },
        },
    },
}
