"""Where packages come from is said to uv as it was said to pip."""

from __future__ import annotations

from docs import install


def test_what_pip_was_told_is_handed_on_to_uv() -> None:
    listed = (
        ":env:.extra-index-url='https://one.example/simple https://two.example/simple'\n"
        "global.find-links='/wheels'\nglobal.index-url='https://packages.example/simple'\nglobal.timeout='60'\n"
    )
    assert install.handed_on(list(install.configured(listed))) == [
        "--index",
        "https://one.example/simple",
        "--index",
        "https://two.example/simple",
        "--find-links",
        "/wheels",
        "--default-index",
        "https://packages.example/simple",
    ]


def test_nothing_is_handed_on_where_pip_was_told_nothing() -> None:
    assert install.handed_on(list(install.configured(""))) == []
