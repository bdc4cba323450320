# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
# distutils: language = c++
"""The search for the likeliest sentence through a lattice of words; described in `_search.pyi`."""

from libc.math cimport exp, log
from libc.stdint cimport int32_t, uint8_t
from libcpp.algorithm cimport sort
from libcpp.vector cimport vector

import numpy as np

from pipeline.language._ngrams cimport State, Trie

cdef float NONE = -1e30
cdef int START = 0  # the class that stands at the beginning and the end of a sentence


cdef struct Hypothesis:
    State state
    State local
    float score
    double alpha
    double beta
    int32_t parent
    int32_t arc


cdef struct Extension:
    float score
    double alpha
    State state
    State local
    int32_t parent
    int32_t arc


cdef struct Edge:
    int32_t parent
    int32_t child
    int32_t arc
    float score


cdef bint _better(const Extension& a, const Extension& b) noexcept nogil:
    return a.score > b.score


cdef inline bint _same(const State* a, const State* b) noexcept nogil:
    return a.one == b.one and a.two == b.two and a.three == b.three


cdef inline double _log_add(double a, double b) noexcept nogil:
    if a < b:
        a, b = b, a
    if b < a - 30:
        return a
    return a + log(1 + exp(b - a))


cdef class _Search:
    cdef Trie trie, local
    cdef bint has_local
    cdef float weight, spread, share
    cdef int beam
    cdef const float[::1] bonus
    cdef vector[Hypothesis] hypotheses
    cdef vector[Edge] edges
    cdef vector[Extension] extensions

    cdef float run(
        self, int32_t first, int32_t last, const int32_t[::1] node_start, const int32_t[::1] arc_from,
        const int32_t[::1] arc_word, const float[::1] arc_score, int32_t[::1] hyp_start, uint8_t[::1] chosen,
        float[::1] posterior,
    ) noexcept nogil:
        """Decode the sentence whose nodes are first..last; returns the score of its best path."""
        cdef int32_t node, arc, origin, h, best, e
        cdef Hypothesis root, ending
        cdef Extension extension
        cdef State end_state, end_local
        cdef float score, gain, top
        cdef double total, mass
        self.hypotheses.clear()
        self.edges.clear()
        root.state.one, root.state.two, root.state.three = START, -1, -1
        root.local = root.state
        root.score, root.alpha, root.beta, root.parent, root.arc = 0, 0, NONE, -1, -1
        self.hypotheses.push_back(root)
        hyp_start[0] = 0
        hyp_start[1] = 1
        for node in range(first + 1, last + 1):
            self.extensions.clear()
            top = NONE
            for arc in range(node_start[node], node_start[node + 1]):
                origin = arc_from[arc] - first
                gain = arc_score[arc] + self.bonus[arc_word[arc]]
                for h in range(hyp_start[origin], hyp_start[origin + 1]):
                    if self.hypotheses[h].score + gain <= top - self.spread:
                        break  # hypotheses stand in the order of their scores, and no probability is above one
                    score = gain + self.weight * self.language(
                        &self.hypotheses[h], arc_word[arc], &extension.state, &extension.local
                    )
                    extension.score = self.hypotheses[h].score + score
                    extension.alpha = self.hypotheses[h].alpha + score
                    extension.parent, extension.arc = h, arc
                    if extension.score > top:
                        top = extension.score
                    if extension.score > top - self.spread:
                        self.extensions.push_back(extension)
            self._keep(top)
            hyp_start[node - first + 1] = <int32_t>self.hypotheses.size()
        best, total = -1, NONE
        top = NONE
        for h in range(hyp_start[last - first], hyp_start[last - first + 1]):
            score = self.weight * self.language(&self.hypotheses[h], START, &end_state, &end_local)
            self.hypotheses[h].beta = score
            total = _log_add(total, self.hypotheses[h].alpha + score)
            if self.hypotheses[h].score + score > top:
                best, top = h, self.hypotheses[h].score + score
        h = best
        while h > 0:
            chosen[self.hypotheses[h].arc] = 1
            h = self.hypotheses[h].parent
        for e in range(<int32_t>self.edges.size() - 1, -1, -1):
            mass = self.edges[e].score + self.hypotheses[self.edges[e].child].beta
            h = self.edges[e].parent
            self.hypotheses[h].beta = _log_add(self.hypotheses[h].beta, mass)
            posterior[self.edges[e].arc] += <float>exp(self.hypotheses[h].alpha + mass - total)
        return top

    cdef float language(
        self, const Hypothesis* before, int32_t word, State* state, State* local
    ) noexcept nogil:
        """Log P(word | what stands before it), the local model mixed in where there is one."""
        cdef float usual = self.trie.extend(&before.state, word, state), other
        if not self.has_local:
            return usual
        other = self.local.extend(&before.local, word, local)
        if local.two < 0 and before.local.two < 0:
            return usual  # the local model knows neither this phrase nor the one before
        return usual + log(1 - self.share + self.share * exp(other - usual))

    cdef void _keep(self, float top) noexcept nogil:
        """Keep the best extensions as hypotheses, those of one state as one; all that lead to them become edges."""
        cdef int32_t first = <int32_t>self.hypotheses.size(), h
        cdef size_t number
        cdef Hypothesis fresh
        cdef Edge edge
        cdef bint is_known
        cdef Extension* e
        sort(self.extensions.begin(), self.extensions.end(), &_better)
        for number in range(self.extensions.size()):
            e = &self.extensions[number]
            if e.score < top - self.spread:
                break
            is_known = False
            for h in range(first, <int32_t>self.hypotheses.size()):
                fresh = self.hypotheses[h]
                if _same(&fresh.state, &e.state) and (not self.has_local or _same(&fresh.local, &e.local)):
                    self.hypotheses[h].alpha = _log_add(fresh.alpha, e.alpha)
                    is_known = True
                    break
            if not is_known:
                if <int32_t>self.hypotheses.size() - first >= self.beam:
                    continue
                h = <int32_t>self.hypotheses.size()
                fresh.local = e.local
                fresh.state, fresh.score, fresh.alpha, fresh.beta = e.state, e.score, e.alpha, NONE
                fresh.parent, fresh.arc = e.parent, e.arc
                self.hypotheses.push_back(fresh)
            edge.parent, edge.child, edge.arc = e.parent, h, e.arc
            edge.score = e.score - self.hypotheses[e.parent].score
            self.edges.push_back(edge)


def search(
    Trie trie, Trie local, float share, float weight, const float[::1] bonus, sentences, node_start, arc_from, arc_word, arc_score, int beam,
    float spread,
):
    """Described in `_search.pyi`."""
    cdef _Search s = _Search()
    cdef const int32_t[:, ::1] bounds = sentences
    cdef const int32_t[::1] starts = node_start, origins = arc_from, words = arc_word
    cdef const float[::1] scores = arc_score
    cdef int32_t longest = 2, number
    chosen_array = np.zeros(len(arc_word), dtype=np.uint8)
    posterior_array = np.zeros(len(arc_word), dtype=np.float32)
    best_array = np.zeros(len(sentences), dtype=np.float32)
    cdef uint8_t[::1] chosen = chosen_array
    cdef float[::1] best = best_array
    cdef float[::1] posterior = posterior_array
    for number in range(bounds.shape[0]):
        longest = max(longest, bounds[number, 1] - bounds[number, 0] + 2)
    cdef int32_t[::1] hyp_start = np.zeros(longest + 1, dtype=np.int32)
    s.trie, s.weight, s.bonus, s.beam, s.spread = trie, weight, bonus, beam, spread
    s.has_local = local is not None
    s.local, s.share = local if s.has_local else trie, share
    with nogil:
        for number in range(bounds.shape[0]):
            best[number] = s.run(
                bounds[number, 0], bounds[number, 1], starts, origins, words, scores, hyp_start, chosen, posterior
            )
    return chosen_array.view(bool), posterior_array, best_array
