# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
# distutils: language = c++
"""The inner loops of the channel; described in `_channel.pyi`."""

from libc.stdint cimport int32_t, int64_t, int8_t, uint8_t
from libcpp.algorithm cimport sort
from libcpp.vector cimport vector

import numpy as np

cdef float IMPOSSIBLE = -60
cdef int MOST_SEEN = 3
cdef enum:
    GUESSES = 3
cdef float[GUESSES] HOPED = [-1.5, -6, -14]
cdef float NEAR = 2.5
cdef enum:
    LONGEST = 40  # letters of a word, characters of a token: what is longer is not looked at


cdef struct Found:
    float rank
    float score
    float bare  # the score without the prior
    int32_t form


cdef bint _better(const Found& a, const Found& b) noexcept nogil:
    return a.rank > b.rank


# Cells of a column that cannot lie on a way to a good reading are dead; the living ones stand together, and around
# them `PAD` dead cells let the moves be read without asking where the column ends.
cdef enum:
    PAD = 6


cdef struct Column:
    float[LONGEST + 1 + 2 * PAD] cell  # cell[PAD + j]: best score of the first j characters
    int low
    int high  # first and last living cell


cdef void surround(Column* column) noexcept nogil:
    """Put dead cells around the living ones."""
    cdef int j
    for j in range(PAD):
        column.cell[PAD + column.high + 1 + j] = IMPOSSIBLE
        column.cell[column.low + j] = IMPOSSIBLE


ctypedef const float* Row


cdef struct Token:
    int length
    Row row[LONGEST + 1][4]  # row[j][n]: what the n characters from j on are read from, by true chunk
    float hope[LONGEST + 1]  # the best that the characters from j on can add


cdef class Walk:
    """Described in `_channel.pyi`."""

    cdef const int32_t[::1] child, single, double, form, parent, leaf
    cdef int32_t[::1] wanted  # of each node: the last of the tokens whose forms it leads to, for walks among few forms
    cdef int32_t token_number  # -1: walk everywhere
    cdef const float[::1] prior, gain
    cdef const float[:, ::1] table  # seen chunk by true chunk: a token has few of the first
    cdef const float[::1] best_of_seen
    cdef int32_t speck

    def __init__(self, tree, table, int speck, prior, gain):
        self.child, self.single, self.double, self.form = tree.child, tree.single, tree.double, tree.form
        self.parent, self.leaf = tree.parent, tree.leaf
        self.wanted = np.full(len(tree.form), -1, dtype=np.int32)
        self.token_number = -1
        self.prior, self.gain, self.speck = prior, gain, speck
        self.table = np.ascontiguousarray(table.T)
        self.best_of_seen = np.ascontiguousarray(table.max(axis=0))

    cdef void fill(
        self, const Token* token, float least, int32_t node, Column* before, Column* two_before, Column* out,
    ) noexcept nogil:
        """Fill the column of a node from its parent's and, where there is one, its grandparent's."""
        cdef int j, low = before.low, high = before.high + MOST_SEEN
        cdef int32_t one = self.single[node], two = self.double[node]
        cdef float* b = before.cell
        cdef float* t = NULL
        cdef float* o = out.cell
        cdef float best, other
        if two_before != NULL:
            t = two_before.cell
            low = min(low, two_before.low + 1)
            high = max(high, two_before.high + MOST_SEEN)
        high = min(high, token.length)
        o[PAD + low - 1] = IMPOSSIBLE
        out.low, out.high = token.length + 1, -1
        for j in range(low, high + 1):
            best = b[PAD + j] + token.row[j][0][one]
            if j >= 1:
                best = max(best, b[PAD + j - 1] + token.row[j - 1][1][one])
                best = max(best, o[PAD + j - 1] + token.row[j - 1][1][self.speck])
                if t != NULL:
                    best = max(best, t[PAD + j - 1] + token.row[j - 1][1][two])
            if j >= 2:
                best = max(best, b[PAD + j - 2] + token.row[j - 2][2][one])
                if t != NULL:
                    best = max(best, t[PAD + j - 2] + token.row[j - 2][2][two])
            if j >= 3:
                best = max(best, b[PAD + j - 3] + token.row[j - 3][3][one])
                if t != NULL:
                    best = max(best, t[PAD + j - 3] + token.row[j - 3][3][two])
            if best + token.hope[j] < least:
                best = IMPOSSIBLE
            else:
                out.low = min(out.low, j)
                out.high = j
            o[PAD + j] = best
        surround(out)

    cdef void visit(
        self, const Token* token, int32_t node, Column* before, Column* two_before, int depth, float behind,
        float* best, vector[Found]* found,
    ) noexcept nogil:
        cdef Column here
        cdef int32_t child
        cdef Found new_form
        self.fill(token, best[0] - behind, node, before, two_before, &here)
        if here.high < 0:
            return
        if self.form[node] >= 0 and here.high == token.length:
            new_form.form = self.form[node]
            new_form.bare = here.cell[PAD + token.length]
            new_form.score = new_form.bare + self.prior[self.form[node]]
            new_form.rank = new_form.score + self.gain[self.form[node]]
            found.push_back(new_form)
            best[0] = max(best[0], new_form.bare)
        if depth < LONGEST:
            for child in range(self.child[node], self.child[node + 1]):
                if self.token_number >= 0 and self.wanted[child] != self.token_number:
                    continue
                self.visit(token, child, &here, before, depth + 1, behind, best, found)

    cdef void begin(self, const int32_t[:, ::1] seen, int length, Token* token, Column* first) noexcept nogil:
        """Look up everything that the token alone decides, and fill the column before the first letter."""
        cdef int j, k
        token.length = min(length, LONGEST)
        token.hope[token.length] = 0
        for j in range(token.length, -1, -1):
            for k in range(min(MOST_SEEN, token.length - j) + 1):
                token.row[j][k] = &self.table[seen[j, k], 0]
            if j < token.length:
                token.hope[j] = IMPOSSIBLE
                for k in range(1, min(MOST_SEEN, token.length - j) + 1):
                    token.hope[j] = max(token.hope[j], self.best_of_seen[seen[j, k]] + token.hope[j + k])
        first.low, first.high = 0, token.length
        first.cell[PAD] = 0
        for j in range(1, token.length + 1):
            first.cell[PAD + j] = first.cell[PAD + j - 1] + token.row[j - 1][1][self.speck]
        surround(first)

    cdef void descend(
        self, const Token* token, Column* first, int modes, const int32_t[::1] roots, float behind, float* best,
        vector[Found]* found,
    ) noexcept nogil:
        """Visit the trees that fit, those forms left out that are `behind` the best or the score hoped for."""
        cdef int mode
        cdef int32_t child
        found.clear()
        for mode in range(roots.shape[0]):
            if modes >> mode & 1:
                for child in range(self.child[roots[mode]], self.child[roots[mode] + 1]):
                    if self.token_number >= 0 and self.wanted[child] != self.token_number:
                        continue
                    self.visit(token, child, first, NULL, 1, behind, best, found)

    cdef float search(
        self, const Token* token, Column* first, int modes, const int32_t[::1] roots, float behind, int guesses,
        vector[Found]* found,
    ) noexcept nogil:
        """Find the forms, the best ones first; returns the score of the best one.

        Most tokens have a good reading: to hope for one first leaves most branches unvisited.
        """
        cdef int guess, j
        cdef float best = IMPOSSIBLE, top
        for guess in range(min(guesses, GUESSES)):
            best = HOPED[guess]
            self.descend(token, first, modes, roots, behind, &best, found)
            top = IMPOSSIBLE
            for j in range(<int>found.size()):
                if found[0][j].bare > top:
                    top = found[0][j].bare
            if top >= HOPED[guess] - NEAR:
                break
            if top > IMPOSSIBLE:
                best = top
                self.descend(token, first, modes, roots, behind, &best, found)
                break
        sort(found.begin(), found.end(), &_better)
        return best

    def candidates(
        self, const int32_t[:, :, ::1] seen, const int32_t[::1] lengths, const uint8_t[::1] modes,
        const int32_t[::1] roots, int most, float behind, int guesses,
    ):
        """Described in `_channel.pyi`."""
        cdef int number, j, k
        cdef float best
        cdef Column first
        cdef Token token
        cdef vector[Found] found
        cdef int count = len(lengths)
        forms_array = np.full((count, most), -1, dtype=np.int32)
        scores_array = np.full((count, most), -np.inf, dtype=np.float32)
        cdef int32_t[:, ::1] forms = forms_array
        cdef float[:, ::1] scores = scores_array
        with nogil:
            self.token_number = -1
            for number in range(count):
                self.begin(seen[number], lengths[number], &token, &first)
                best = self.search(&token, &first, modes[number], roots, behind, guesses, &found)
                k = 0
                for j in range(<int>found.size()):
                    if k < most and found[j].score > best - behind:
                        forms[number, k], scores[number, k] = found[j].form, found[j].score
                        k += 1
        return forms_array, scores_array

    def rescore(
        self, const int32_t[:, :, ::1] seen, const int32_t[::1] lengths, const uint8_t[::1] modes,
        const int32_t[::1] roots, const int32_t[:, ::1] among,
    ):
        """Described in `_channel.pyi`."""
        cdef int number, j, k
        cdef int32_t node
        cdef float best
        cdef Column first
        cdef Token token
        cdef vector[Found] found
        cdef int count = len(lengths), most = among.shape[1]
        scores_array = np.full((count, most), IMPOSSIBLE, dtype=np.float32)
        cdef float[:, ::1] scores = scores_array
        with nogil:
            self.wanted[:] = -1
            for number in range(count):
                self.token_number = number
                for j in range(most):
                    node = self.leaf[among[number, j]] if among[number, j] >= 0 else -1
                    while node >= 0 and self.wanted[node] != number:
                        self.wanted[node] = number
                        node = self.parent[node]
                self.begin(seen[number], lengths[number], &token, &first)
                best = IMPOSSIBLE
                self.descend(&token, &first, modes[number], roots, -IMPOSSIBLE, &best, &found)
                for j in range(most):
                    for k in range(<int>found.size()):
                        if found[k].form == among[number, j]:
                            scores[number, j] = found[k].score
        return scores_array


cdef int8_t[8] TAKEN = [0, 1, 1, 1, 1, 2, 2, 2]  # letters of the word
cdef int8_t[8] READ = [1, 0, 1, 2, 3, 1, 2, 3]  # characters seen


def align(
    const float[:, ::1] table, const int32_t[:, :, ::1] true, const int32_t[::1] letters,
    const int32_t[:, :, ::1] seen, const int32_t[::1] characters, const int64_t[::1] word, const int64_t[::1] token,
    const float[::1] weight,
):
    """Described in `_channel.pyi`."""
    scores_array = np.full(len(word), IMPOSSIBLE, dtype=np.float32)
    counts_array = np.zeros((table.shape[0], table.shape[1]), dtype=np.float32)
    cdef float[::1] scores = scores_array
    cdef float[:, ::1] counts = counts_array
    cdef float node[LONGEST + 1][LONGEST + 1]
    cdef int8_t move[LONGEST + 1][LONGEST + 1]
    cdef Py_ssize_t pair
    cdef int64_t w, t
    cdef int i, j, m, taken, read
    cdef float best, reached
    with nogil:
        for pair in range(word.shape[0]):
            w, t = word[pair], token[pair]
            if letters[w] > LONGEST or characters[t] > LONGEST:
                continue
            for i in range(letters[w] + 1):
                for j in range(characters[t] + 1):
                    best = 0 if i == 0 and j == 0 else IMPOSSIBLE
                    move[i][j] = -1
                    for m in range(8):
                        taken, read = TAKEN[m], READ[m]
                        if taken > i or read > j:
                            continue
                        reached = node[i - taken][j - read] + table[true[w, i - taken, taken], seen[t, j - read, read]]
                        if reached > best:
                            best = reached
                            move[i][j] = m
                    node[i][j] = best
            i, j = letters[w], characters[t]
            scores[pair] = node[i][j]
            if node[i][j] <= IMPOSSIBLE / 2:
                continue
            while i > 0 or j > 0:
                m = move[i][j]
                taken, read = TAKEN[m], READ[m]
                i -= taken
                j -= read
                counts[true[w, i, taken], seen[t, j, read]] += weight[pair]
    return scores_array, counts_array
