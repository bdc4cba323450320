# cython: language_level=3
from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t


cdef struct State:
    int32_t one  # id of the last word
    int32_t two  # index of the bigram of the last two words, -1 for none
    int32_t three  # index of the trigram of the last three words, -1 for none


cdef class Trie:
    cdef const float[::1] unigram, unigram_backoff
    cdef const uint32_t[::1] unigram_child, bigram_child, trigram_child
    cdef const uint16_t[::1] bigram_word, trigram_word, fourgram_word
    cdef const uint8_t[::1] bigram, bigram_backoff, trigram, trigram_backoff, fourgram
    cdef float step
    cdef int order

    cdef float extend(self, const State* state, int32_t word, State* reached) noexcept nogil
