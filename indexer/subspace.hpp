// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace colophon::indexer {

/// A sparse matrix by rows: row r holds the cells [begin[r], begin[r + 1]).
struct SparseRows {
  std::vector<std::size_t> begin = {0};
  std::vector<std::uint32_t> column;
  std::vector<float> value;
  std::size_t columns = 0;

  std::size_t rows() const { return begin.size() - 1; }
  void add(std::uint32_t at, float cell) { column.push_back(at), value.push_back(cell); }
  void end_row() { begin.push_back(column.size()); }
};

/// An orthonormal basis (columns × rank, by rows) of about the space of the matrix's `rank` largest right singular vectors:
/// randomised subspace iteration (Halko, Martinsson, Tropp 2011, algorithm 4.4) with a fixed start, so that equal matrices give
/// equal bases. Inner products in the space do not depend on which basis of it is taken, so that none is singled out.
/// At most min(rank, rows, columns) wide; pure. Costs about 4 · rank · cells + rows · rank² additions an iteration, and columns · rank² once.
struct Basis {
  std::size_t rank = 0;
  std::vector<float> rows;
};
Basis dominant_subspace(const SparseRows& matrix, std::size_t rank, int iterations = 4);

/// to += factor · from, over `size` numbers.
void add_scaled(float* to, const float* from, float factor, std::size_t size);

}  // namespace colophon::indexer
