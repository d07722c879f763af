"""Prometheus's text format, version 0.0.4
(https://prometheus.io/docs/instrumenting/exposition_formats/)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from threading import Lock

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Labels = Mapping[str, str]


def gauge(name: str, about: str, values: Iterable[tuple[Labels, float]]) -> list[str]:
    """The lines of a number that goes up and down."""
    return [*_head(name, about, "gauge"), *(_line(name, labels, n) for labels, n in values)]


class Histogram:
    """Counts observations by how large they are, in this process since it started.

    `bounds` are upper bounds in ascending order; `labels` the names of what observations differ
    in, each with few values and none of them a person's.
    """

    def __init__(self, name: str, about: str, labels: Sequence[str], bounds: Sequence[float]):
        self._name, self._about = name, about
        self._labels, self._bounds = tuple(labels), tuple(bounds)
        self._counts: dict[tuple[str, ...], list[int]] = {}
        self._sums: dict[tuple[str, ...], float] = {}
        self._lock = Lock()

    def observe(self, value: float, *labels: str) -> None:
        """Counts one."""
        place = bisect_left(self._bounds, value)
        with self._lock:
            counts = self._counts.setdefault(labels, [0] * (len(self._bounds) + 1))
            counts[place] += 1
            self._sums[labels] = self._sums.get(labels, 0.0) + value

    def lines(self) -> list[str]:
        """Its lines; each bucket holds those below it as well."""
        written = _head(self._name, self._about, "histogram")
        with self._lock:
            counted = {labels: list(counts) for labels, counts in self._counts.items()}
            sums = dict(self._sums)
        for values, counts in sorted(counted.items()):
            labels = dict(zip(self._labels, values, strict=True))
            total = 0
            for bound, count in zip((*self._bounds, None), counts, strict=True):
                total += count
                le = "+Inf" if bound is None else _number(bound)
                written.append(_line(f"{self._name}_bucket", {**labels, "le": le}, total))
            written.append(_line(f"{self._name}_sum", labels, sums[values]))
            written.append(_line(f"{self._name}_count", labels, total))
        return written


def _head(name: str, about: str, kind: str) -> list[str]:
    return [f"# HELP {name} {about}", f"# TYPE {name} {kind}"]


def _line(name: str, labels: Labels, value: float) -> str:
    inside = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
    return f"{name}{{{inside}}} {_number(value)}" if inside else f"{name} {_number(value)}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(float(value))
