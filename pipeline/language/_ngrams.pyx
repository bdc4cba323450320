# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The n-gram model's arrays, looked up one state at a time; described in `_ngrams.pyi`."""

from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t

import numpy as np

cdef float NONE = -1e30


cdef class Trie:
    """Described in `_ngrams.pyi`."""

    def __init__(self, model):
        self.unigram, self.unigram_backoff = model.unigram, model.unigram_backoff
        self.unigram_child, self.bigram_child = model.unigram_child, model.bigram_child
        self.trigram_child = model.trigram_child
        self.bigram_word, self.trigram_word = model.bigram_word, model.trigram_word
        self.fourgram_word = model.fourgram_word
        self.bigram, self.bigram_backoff = model.bigram, model.bigram_backoff
        self.trigram, self.trigram_backoff, self.fourgram = model.trigram, model.trigram_backoff, model.fourgram
        self.step = model.step
        self.order = model.order

    cdef float extend(self, const State* state, int32_t word, State* reached) noexcept nogil:
        """Log P(word | state), and the state that is reached."""
        cdef int32_t found = -1
        cdef float missed = 0, answer = NONE
        reached.one, reached.two, reached.three = word, -1, -1
        if state.three >= 0:
            found = _find(self.fourgram_word, self.trigram_child[state.three], self.trigram_child[state.three + 1], word)
            if found >= 0:
                answer = -self.step * self.fourgram[found]
            else:
                missed -= self.step * self.trigram_backoff[state.three]
        if state.two >= 0:
            found = _find(self.trigram_word, self.bigram_child[state.two], self.bigram_child[state.two + 1], word)
            if self.order > 3:
                reached.three = found
            if answer == NONE:
                if found >= 0:
                    answer = missed - self.step * self.trigram[found]
                else:
                    missed -= self.step * self.bigram_backoff[state.two]
        found = _find(self.bigram_word, self.unigram_child[state.one], self.unigram_child[state.one + 1], word)
        reached.two = found
        if answer == NONE:
            if found >= 0:
                answer = missed - self.step * self.bigram[found]
            else:
                answer = missed + self.unigram_backoff[state.one] + self.unigram[word]
        return answer


    def score(self, const int32_t[::1] words):
        """Described in `_ngrams.pyi`."""
        cdef State state
        cdef State reached
        cdef Py_ssize_t number
        out = np.empty(len(words) - 1, dtype=np.float32)
        cdef float[::1] scores = out
        state.one, state.two, state.three = words[0], -1, -1
        for number in range(1, words.shape[0]):
            scores[number - 1] = self.extend(&state, words[number], &reached)
            state = reached
        return out


    def likelihood(self, const int32_t[:, ::1] lines, int known):
        """Described in `_ngrams.pyi`."""
        cdef State state
        cdef State reached
        cdef Py_ssize_t number, place
        cdef float score
        out = np.zeros(lines.shape[0], dtype=np.float32)
        cdef float[::1] totals = out
        for number in range(lines.shape[0]):
            state.one, state.two, state.three = lines[number, 0], -1, -1
            for place in range(1, lines.shape[1]):
                score = self.extend(&state, lines[number, place], &reached)
                if place >= known:
                    totals[number] += score
                state = reached
        return out


cdef inline int32_t _find(const uint16_t[::1] words, uint32_t low, uint32_t high, int32_t word) noexcept nogil:
    cdef uint32_t middle, end = high
    while low < high:
        middle = (low + high) >> 1
        if words[middle] < word:
            low = middle + 1
        else:
            high = middle
    return <int32_t>low if low < end and words[low] == word else -1
