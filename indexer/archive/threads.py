"""How many threads matrix products of the archive take: one."""

from __future__ import annotations

from functools import cache


@cache
def use_one_thread() -> None:
    """From now on this process multiplies in one thread.

    Codes and places of words are small matrices: waiting for the other cores costs more than they give, when several
    people ask at once and when the encoder needs them.
    """
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1, user_api="blas")
