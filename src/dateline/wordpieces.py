"""Words cut into the pieces that the trained encoders read.

Two of them do, that of events and that of cues, by one vocabulary.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

KEPT = 20_000
"""Words whose pieces are remembered."""


class WordPieces:
    """Gives the ids of the pieces of a word, as the ``tokenizers`` library cuts them.

    Attributes:
        ids: id of each piece of the vocabulary.
        of: the ids of a word, ``(str) -> tuple[int, ...]``; a text with blanks is cut at them as well.
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.ids = {piece: i for i, piece in enumerate(vocabulary)}
        from tokenizers import Tokenizer  # only who asks a model pays for it
        from tokenizers.models import WordPiece
        from tokenizers.normalizers import BertNormalizer
        from tokenizers.pre_tokenizers import BertPreTokenizer

        model = WordPiece(self.ids, unk_token="[UNK]", max_input_chars_per_word=64)
        self._tokenizer = Tokenizer(model)
        self._tokenizer.normalizer = BertNormalizer(lowercase=True)
        self._tokenizer.pre_tokenizer = BertPreTokenizer()
        self.of = lru_cache(maxsize=KEPT)(self._of)

    def _of(self, word: str) -> tuple[int, ...]:
        if word.isascii() and word.isalnum():
            known = self.ids.get(word.lower())
            if known is not None:  # what the library does with it, at a tenth of the cost
                return (known,)
        return tuple(self._tokenizer.encode(encodable(word), add_special_tokens=False).ids)


def encodable(text: str) -> str:
    """Replace lone surrogates, which UTF-8 cannot hold, one for one."""
    if text.isascii():
        return text
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
