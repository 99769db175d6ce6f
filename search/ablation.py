"""Settings to compare: each number of ranking and answering switched off in turn, or set to others worth a try.

Apart from the command that prints them, since `benchmarks` compares them too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import Any, Final

from search.settings import Number, Settings

_GROUPS: Final = ("quoting", "naming", "evidence", "spelling")


def ablations(settings: Settings) -> dict[str, Settings]:
    """Name the settings to compare: as they are, then with ``instead`` in the place of one number in each."""
    return {
        "as it is": settings,
        **{f"{name} {instead:g}": one for name, instead, one in _instead(settings) if name != "match"},
        "fusion only": fused(settings),
        "words only": replace(fused(settings), meaning=0.0),
        "meaning only": replace(fused(settings), words=0.0),
    }


def fused(settings: Settings) -> Settings:
    """Leave the order of what was found to the first stage."""
    return replace(settings, match=0.0, whole=0.0, kind=0.0, meeting=0.0, exact=0.0)


def trials(settings: Settings) -> dict[str, dict[str, Settings]]:
    """Give, for each number, the settings to choose from by the number's value, the one in use first."""
    return {
        name: {f"{value:g}": _with(settings, name, value) for value in dict.fromkeys((now, *others))}
        for name, now, others in _numbers(settings)
    }


def _instead(settings: Settings) -> Iterator[tuple[str, Number, Settings]]:
    for name, _, (instead, *_) in _numbers(settings):
        yield name, instead, _with(settings, name, instead)


def _numbers(settings: Settings) -> Iterator[tuple[str, Number, Sequence[Number]]]:
    """Yield each number's name (of quoting as ``quoting.near``), its value, and those to try, ``instead`` first."""
    for prefix, group in (("", settings), *((f"{name}.", getattr(settings, name)) for name in _GROUPS)):
        for one in fields(group):
            if one.metadata:
                values = (one.metadata["instead"], *one.metadata["trials"])
                yield prefix + one.name, getattr(group, one.name), values


def _with(settings: Settings, name: str, value: Number) -> Settings:
    group, _, own = name.rpartition(".")
    changed: dict[str, Any] = {own: value}
    return replace(settings, **({group: replace(getattr(settings, group), **changed)} if group else changed))
