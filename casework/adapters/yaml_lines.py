"""YAML with line numbers, checked against a schema, so that an editor is told where to look."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match
from yaml.reader import Reader

from casework.domain.errors import CouncilDataError

SCHEMAS = Path(__file__).parent / "council_schemas"


# The parser written in C, where PyYAML was built with it, is several times faster.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _UniqueKeys(_Loader):  # type: ignore[misc]
    """Refuses a key written twice, of which YAML would silently keep the second, and says where
    a value is that YAML itself stumbles over."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except (ValueError, OverflowError) as error:
            line = node.start_mark.line + 1
            raise CouncilDataError(
                f"{self.name}, line {line}: '{node.value}' is no date or number that there is "
                f"({error}); correct it, or put it in quotes"
            ) from None

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key_node, _ in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                continue
            if key_node.value in seen:
                line = key_node.start_mark.line + 1
                raise CouncilDataError(
                    f"{self.name}, line {line}: '{key_node.value}' is there twice; keep one of them"
                )
            seen.add(key_node.value)
        built: dict[Any, Any] = super().construct_mapping(node, deep)
        return built


class Source:
    """One YAML file, loaded and checked. `data` is its content."""

    def __init__(self, path: Path, schema: str) -> None:
        """Raises CouncilDataError naming file, line and what to write instead."""
        self.path = path
        try:
            text = _text(path)
            loader = _UniqueKeys(text)
            loader.name = str(path)
            self.root = yaml.compose(text, Loader=_Loader)
            self.data: Any = loader.get_single_data()
        except FileNotFoundError:
            raise CouncilDataError(
                f"{path}: there is no such file; every council has one"
            ) from None
        except OSError as error:
            raise CouncilDataError(f"{path}: it cannot be read ({error.strerror})") from None
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise CouncilDataError(
                f"{path}, line {line}: this is not YAML ({_plainly(error.problem)}); "
                "check quotes and indents"
            ) from None
        except (yaml.YAMLError, RecursionError) as error:
            raise CouncilDataError(
                f"{path}: this is not YAML ({type(error).__name__}); check quotes and indents"
            ) from None
        self.schema: dict[str, Any] = json.loads(
            (SCHEMAS / f"{schema}.json").read_text(encoding="utf-8")
        )
        self._check(self.schema)

    def _check(self, schema: dict[str, Any]) -> None:
        error = best_match(Draft202012Validator(schema).iter_errors(self.data))
        if error is not None:
            raise self.error(list(error.absolute_path), _advice(error))

    def error(self, place: Iterable[str | int], advice: str) -> CouncilDataError:
        """An error about the value at a place in the file (keys and list indexes)."""
        steps = list(place)
        where = ".".join(str(step) for step in steps) or "the file"
        return CouncilDataError(f"{self.path}, line {self.line(steps)}: {where}: {advice}")

    def line(self, steps: list[str | int]) -> int:
        """The line on which the value at a place begins, from 1."""
        node, line = self.root, 1
        for step in steps:
            found = _child(node, step)
            if found is None:
                break
            node, line = found
        return line


def _text(path: Path) -> str:
    """A file's text. Raises OSError, or CouncilDataError for what YAML does not take."""
    held = path.read_bytes()
    try:
        text = held.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = held.count(b"\n", 0, error.start) + 1
        raise CouncilDataError(
            f"{path}, line {line}: this is not UTF-8; save the file as UTF-8"
        ) from None
    if found := Reader.NON_PRINTABLE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise CouncilDataError(
            f"{path}, line {line}: there is a control character (U+{ord(found[0]):04X}); delete it"
        )
    return text


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return value, key.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        child = node.value[step]
        return child, child.start_mark.line + 1
    return None


def _advice(error: ValidationError) -> str:
    """What to write instead, in words an editor understands."""
    wanted: Any = error.validator_value
    schema: Any = error.schema
    held: Any = error.instance
    if error.validator == "required":
        missing = [name for name in wanted if name not in held]
        return f"write {', '.join(missing)} as well"
    if error.validator == "additionalProperties":
        known = ", ".join(sorted(schema.get("properties", {})))
        return f"{error.message}; write one of: {known}"
    if error.validator == "enum":
        return f"write one of: {', '.join(map(str, wanted))}"
    if "description" in schema:
        return f"write {schema['description']}"
    if error.validator in {"anyOf", "oneOf"} and (missing := _least_missing(error)):
        return f"write {', '.join(missing)} as well"
    return error.message


def _least_missing(error: ValidationError) -> list[str]:
    """Of several ways to write it, what the one that is nearly met still lacks."""
    best, least = list[str](), 1.0
    for one in error.context or ():
        if one.validator == "required" and not one.path:
            wanted: Any = one.validator_value
            held: Any = one.instance
            missing = [name for name in wanted if name not in held]
            if len(missing) / len(wanted) < least:
                best, least = missing, len(missing) / len(wanted)
    return best


_IN_PLAIN_WORDS = {
    "mapping values are not allowed": "a line with a colon stands where none can: set it in "
    "as far as the lines around it, or put the text in quotes",
    "found a tab character": "there is a tab; use spaces",
    "found character '\\t'": "there is a tab; use spaces",
    "did not find expected key": "a quote is missing or one too many near here, or a line "
    "is set in too far or not far enough",
    "could not find expected ':'": "a colon is missing after the first word, or a quote above",
    "found unexpected end of stream": "a quote is opened and never closed",
}


def _plainly(problem: str | None) -> str:
    """The reader's complaint as an editor would put it; its own words where there are no better."""
    said = problem or "it cannot be read"
    return next((ours for theirs, ours in _IN_PLAIN_WORDS.items() if theirs in said), said)
