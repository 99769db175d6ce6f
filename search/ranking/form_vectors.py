"""Token vectors of the other forms of words (long forms of acronyms, synonyms), kept from one question to the next."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

from indexer.encoding.encoder import Encoder, TokenVectors

_KEPT = 2048  # of a few words, so a kilobyte or two a word


class Forms:
    """The tokens of other forms of words, those used last. Safe to use from several threads.

    Each is embedded by itself, not in the question: so it is done once, and was measured to rank no worse.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._kept: OrderedDict[str, TokenVectors] = OrderedDict()
        self._lock = threading.Lock()

    def tokens(self, forms: Sequence[str]) -> list[TokenVectors]:
        """Give the tokens of each form, embedding those that are new."""
        with self._lock:
            found = {form: self._kept[form] for form in forms if form in self._kept}
        new = [form for form in dict.fromkeys(forms) if form not in found]
        found.update(zip(new, self._encoder.encode_tokens(new), strict=True))
        with self._lock:
            for form in forms:
                self._kept[form] = found[form]
                self._kept.move_to_end(form)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return [found[form] for form in forms]

    def clear(self) -> None:
        """Forget everything, so that nothing of a withdrawn paper stays in memory."""
        with self._lock:
            self._kept.clear()
