"""The JSON Schema of the rule language, for editors: made from the same shapes that the loader reads with."""

from collections.abc import Mapping

from pydantic.json_schema import models_json_schema

from rules.load.described import KEYS, Said
from rules.load.documents import KINDS
from rules.wording import Language, Wording

Json = dict[str, object]

_TITLE = Wording("Một văn bản trong tệp quy tắc của dondoc", "A document of a dondoc rule file")


def json_schema(language: Language = "vi") -> Json:
    """Return the schema of one document of a rule file (draft 2020-12), its keys described in that language."""
    _, generated = models_json_schema([(shape, "validation") for shape in KINDS.values()])
    by_key = _by_key()
    definitions = {name: _editable(schema) for name, schema in generated["$defs"].items()}
    used = _reached(by_key, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": _TITLE.say(language),
        "$defs": {name: _described(name, definitions[name], language) for name in definitions if name in used},
        **by_key,
    }


def _reached(start: object, definitions: Mapping[str, object]) -> set[str]:
    """Return the definitions that are referred to: values which a parser of ours reads have some that nothing is."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        here = waiting.pop()
        if isinstance(here, list):
            waiting += here
        elif isinstance(here, dict):
            name = str(here.get("$ref", "")).removeprefix("#/$defs/")
            if name and name not in found:
                found.add(name)
                waiting.append(definitions[name])
            waiting += here.values()
    return found


def _described(name: str, schema: object, language: Language) -> object:
    """Return a definition with what it means and what its keys mean, as editors show it."""
    said = KEYS.get(name)
    if said is None or not isinstance(schema, dict):
        return schema
    properties = schema.get("properties", {})
    described = {
        key: {**value, **_words(said[key], language)} if key in said else value for key, value in properties.items()
    }
    return {**schema, **_words(said[""], language), "properties": described}


def _words(said: Said, language: Language) -> Json:
    return {"description": said.meaning.say(language), "examples": list(said.examples)}


def _by_key() -> Json:
    """Return the choice of the kind by the keys of a document: a programme has those of other kinds too, a scenario
    that of a programme."""
    chosen: Json = {"type": "object", "required": ["calendar"], "$ref": "#/$defs/CalendarShape"}
    for kind in ("ladder", "directory", "programme", "scenario"):
        then = {"$ref": f"#/$defs/{KINDS[kind].__name__}"}
        chosen = {"if": {"required": [kind]}, "then": then, "else": chosen}
    return {"type": "object", **chosen}


def _editable(schema: object) -> object:
    """Return the schema without what the language does not know (null) and with what it takes as text (numbers)."""
    if isinstance(schema, list):
        return [_editable(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: _inner(key, value) for key, value in schema.items() if not _is_noise(key, value)}
    if kept.get("type") == "string" and not kept.keys() & {"enum", "const", "pattern"}:
        kept["type"] = ["string", "number"]
    return _without_null(kept)


def _inner(key: str, value: object) -> object:
    if key in ("properties", "$defs") and isinstance(value, dict):
        return {name: _editable(schema) for name, schema in value.items()}
    return _editable(value)


def _is_noise(key: str, value: object) -> bool:
    # Titles repeat the names of the keys; names of properties are always text, years too.
    return (key == "title" and isinstance(value, str)) or (key == "default" and value is None) or key == "propertyNames"


def _without_null(schema: Json) -> Json:
    choices = schema.get("anyOf")
    if not isinstance(choices, list) or {"type": "null"} not in choices:
        return schema
    left = [choice for choice in choices if choice != {"type": "null"}]
    rest = {key: value for key, value in schema.items() if key != "anyOf"}
    return {**left[0], **rest} if len(left) == 1 else {**rest, "anyOf": left}
