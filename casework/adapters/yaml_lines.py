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
                f"{path}, line {line}: this is not YAML ({error.problem}); check quotes and indents"
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
    return error.message
