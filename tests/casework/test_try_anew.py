"""A unit of work that met another's change is done anew, and not for ever."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casework.domain.errors import CaseworkError, Conflict, NotFound
from casework.use_cases.try_anew import ATTEMPTS, try_anew


def failing(tries: list[int], times: int, error: type[CaseworkError]) -> Callable[[], str]:
    def unit() -> str:
        tries.append(len(tries))
        if len(tries) <= times:
            raise error("r1")
        return "done"

    return unit


def test_it_is_done_once_somebody_else_is_out_of_the_way() -> None:
    tries: list[int] = []
    assert try_anew(failing(tries, ATTEMPTS - 1, Conflict)) == "done"
    assert len(tries) == ATTEMPTS


@pytest.mark.parametrize(("error", "times"), [(Conflict, ATTEMPTS), (NotFound, 1)])
def test_what_does_not_pass_is_raised(error: type[CaseworkError], times: int) -> None:
    tries: list[int] = []
    with pytest.raises(error):
        try_anew(failing(tries, ATTEMPTS, error))
    assert len(tries) == times
