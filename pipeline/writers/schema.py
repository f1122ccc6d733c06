"""The plan's JSON schema, for models that enforce one; the answer is validated again in any case."""

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
