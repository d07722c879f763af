"""Which wording the code asks for, and what it fills in, read from its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.office import TOP

KEY_PLACE = {"speak": 2, "say_words": 3, "word": 2, "say": 0, "note": 0}
"""Where the functions that speak take the key."""

NOT_FILLED_IN = frozenset({"service", "asks", "kind", "choices"})


@dataclass(frozen=True)
class Use:
    """One place that speaks. A part of the key that is computed stands as `*`."""

    key: str
    values: frozenset[str]
    where: str


@cache
def uses() -> list[Use]:
    """Every place in the use cases and the gateway that speaks."""
    files = [*(TOP / "casework" / "use_cases").glob("*.py"), *(TOP / "bot").glob("*.py")]
    return [use for file in sorted(files) for use in _uses_in(file)]


@cache
def reasons() -> set[str]:
    """Every reason for which the reader refuses a value."""
    found: set[str] = set()
    for file in (TOP / "casework" / "adapters" / "reading").glob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        takers = {"Refused": 0}
        for function in _functions(tree):
            names = [argument.arg for argument in function.args.args]
            if "reason" in names:
                takers[function.name] = names.index("reason")
        for call in _calls(tree):
            place = takers.get(_name(call.func))
            if place is not None and place < len(call.args):
                found |= _texts(call.args[place], tree, None)
    return found


def _uses_in(file: Path) -> Iterator[Use]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for function in _functions(tree):
        for call in _calls(function):
            place = KEY_PLACE.get(_name(call.func))
            if place is None or place >= len(call.args):
                continue
            values = frozenset(k.arg for k in call.keywords if k.arg) - NOT_FILLED_IN
            for key in _texts(call.args[place], tree, function):
                yield Use(key, values, f"{file.name}:{call.lineno}")


def _functions(tree: ast.AST) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def _calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _texts(node: ast.expr, tree: ast.Module, function: ast.FunctionDef | None) -> set[str]:
    """What a key may be: a text, either of two, a pattern, or what a name was given."""
    if isinstance(node, ast.Constant):
        return {str(node.value)}
    if isinstance(node, ast.IfExp):
        return _texts(node.body, tree, function) | _texts(node.orelse, tree, function)
    if isinstance(node, ast.JoinedStr):
        parts = [str(p.value) if isinstance(p, ast.Constant) else "*" for p in node.values]
        return {"".join(parts)}
    if isinstance(node, ast.Name) and function is not None:
        return _given(node.id, tree, function)
    return set()


def _given(name: str, tree: ast.Module, function: ast.FunctionDef) -> set[str]:
    """The texts that a local name is set to, or that callers in this module pass for it."""
    found: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and _name(node.targets[0]) == name:
            found |= _texts(node.value, tree, None)
    names = [argument.arg for argument in function.args.args]
    if name not in names:
        return found
    place = names.index(name)
    for caller in _functions(tree):
        for call in _calls(caller):
            if _name(call.func) != function.name:
                continue
            passed = [k.value for k in call.keywords if k.arg == name]
            passed += call.args[place : place + 1] if not passed else []
            for value in passed:
                found |= _texts(value, tree, caller if caller is not function else None)
    return found
