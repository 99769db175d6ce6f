"""What is worked out of a whole archive, kept while it does not change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

_Of = TypeVar("_Of")
_Value = TypeVar("_Value")


class Kept(Generic[_Of, _Value]):
    """One value, of the last state that it was asked of. Two threads that ask at once may both make it."""

    def __init__(self) -> None:
        self._kept: tuple[_Of, _Value] | None = None

    def once(self, of: _Of, make: Callable[[], _Value]) -> _Value:
        """Return the value of a state, made if what is kept is of another."""
        kept = self._kept
        if kept is None or kept[0] != of:
            self._kept = kept = (of, make())
        return kept[1]
