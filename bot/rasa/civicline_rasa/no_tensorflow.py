"""Stands in for TensorFlow, which Rasa imports at start and nothing of ours uses.

With it the assistant takes twice as long to start and its environment is four times the size.
Rasa's modules need its names only to define classes and annotations that are never used here. Any
real use raises TensorFlowMissing, so that nothing that needs it can be added by accident.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from types import ModuleType
from typing import Any, ClassVar

STOOD_IN_FOR = ("tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras")


class TensorFlowMissing(RuntimeError):
    """Something asked TensorFlow to do work; the assistant runs without it."""


class _AnyClass(type):
    """The type of stand-ins: any attribute is another stand-in class, any call decorates."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        found = _AnyClass(name, (), {"__module__": cls.__module__})
        setattr(cls, name, found)
        return found

    def __call__(cls, *arguments: Any, **options: Any) -> Any:
        if len(arguments) == 1 and not options and callable(arguments[0]):
            return arguments[0]
        if cls.__name__ in ("function", "register_keras_serializable", "TensorSpec"):
            return lambda function: function
        raise TensorFlowMissing(f"{cls.__name__} of TensorFlow was called; there is none here.")


class _Module(ModuleType):
    __path__: ClassVar[list[str]] = []
    __version__ = "0"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        found = _AnyClass(name, (), {"__module__": self.__name__})
        setattr(self, name, found)
        return found


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if name.split(".")[0] in STOOD_IN_FOR:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        return None


def stand_in() -> None:
    """From here on imports of TensorFlow give the stand-in, unless it is imported already."""
    if "tensorflow" not in sys.modules:
        sys.meta_path.insert(0, _Finder())
