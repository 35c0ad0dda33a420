"""Words for the values of the policy: how one is written, and what would have been allowed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from difflib import get_close_matches
from enum import Enum
from typing import Any, cast

from pydantic import BaseModel

from ordersdesk.foundation.texts.language import _, word_list

Schema = Mapping[str, Any]


def written(value: object) -> str:
    """Write a value the way the policy file would, without its quotes."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        table = cast("Mapping[object, object]", value)
        return ", ".join(f"{written(key)} = {written(entry)}" for key, entry in table.items())
    if isinstance(value, BaseModel):
        return written(value.model_dump(by_alias=True))
    if type(value) in (list, tuple):  # a Window is a tuple too, and writes itself
        return ", ".join(written(entry) for entry in cast("list[object]", value))
    return str(value.value if isinstance(value, Enum) else value)


def allowed(section: type[BaseModel], key: str) -> str:
    """Describe what a value may be: `a whole number from 1 to 100`."""
    schema = section.model_json_schema()
    value = schema["properties"].get(key) or schema["additionalProperties"]
    return _described(value, schema.get("$defs", {}))


def nearest(key: str, known: list[str]) -> str:
    """Name the keys that were probably meant, or all of them."""
    return word_list(get_close_matches(key, known, n=3, cutoff=0.5) or known)


def _described(schema: Schema, shared: Schema) -> str:
    if "$ref" in schema:
        fields = shared[schema["$ref"].rsplit("/", 1)[-1]]["properties"]
        values = {name: _described(field, shared) for name, field in fields.items()}
        if len(set(values.values())) > 1:
            each = (_("{field}: {values}").format(field=name, values=said) for name, said in values.items())
            return " + ".join(each)
        return _("{fields}, each {values}").format(fields=" + ".join(fields), values=next(iter(values.values())))
    if "anyOf" in schema:
        return _described(schema["anyOf"][0], shared)
    if "const" in schema or "enum" in schema:
        return " | ".join(str(choice) for choice in schema.get("enum", [schema.get("const")]))
    return _by_type(schema, shared)


def _by_type(schema: Schema, shared: Schema) -> str:
    kind = schema.get("type")
    if kind == "array":
        return _("a list, in order and without repetition, of {entries}").format(
            entries=_described(schema["items"], shared)
        )
    if kind == "object":
        return _("a table of {entries}").format(entries=_described(schema["additionalProperties"], shared))
    if kind in ("integer", "number"):
        return _number(schema)
    if kind == "boolean":
        return "true | false"
    return _text(schema)


def _number(schema: Schema) -> str:
    lowest = schema.get("minimum", schema.get("exclusiveMinimum"))
    highest = schema.get("maximum")
    sentence = _("a whole number from {lowest} to {highest}")
    if schema["type"] == "number":
        sentence = _("a number from {lowest} to {highest}")
        if "exclusiveMinimum" in schema:
            sentence = _("a number above {lowest} and up to {highest}")
    return sentence.format(lowest=_bare(lowest), highest=_bare(highest))


def _bare(bound: float | None) -> str:
    return "" if bound is None else f"{bound:.2f}".rstrip("0").rstrip(".")


def _text(schema: Schema) -> str:
    if schema.get("format") == "date":
        return _("a day like {example}").format(example="2027-02-17")
    if "examples" in schema:
        return _("text like {example}").format(example=schema["examples"][0])
    return _("text of at most {longest} characters").format(longest=schema.get("maxLength", 200))
