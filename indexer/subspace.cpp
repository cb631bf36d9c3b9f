// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/subspace.hpp"

#include <algorithm>
#include <cmath>

namespace colophon::indexer {
namespace {

constexpr double kNothing = 1e-9;  // of the largest diagonal: a direction that is none

// Random signs; SplitMix64 (Steele, Lea, Flood 2014) is the same on every machine.
void fill_with_signs(std::vector<float>& out) {
  std::uint64_t state = 0;
  for (float& cell : out) {
    std::uint64_t z = (state += 0x9E3779B97F4A7C15ull);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    cell = ((z ^ (z >> 31)) & 1) != 0 ? 1.0F : -1.0F;
  }
}

// Aᵀ y: a row for each column of A.
std::vector<float> transposed_times(const SparseRows& matrix, const std::vector<float>& y, std::size_t rank) {
  std::vector<float> out(matrix.columns * rank, 0.0F);
  for (std::size_t r = 0; r < matrix.rows(); ++r) {
    for (std::size_t i = matrix.begin[r]; i < matrix.begin[r + 1]; ++i)
      add_scaled(&out[matrix.column[i] * rank], &y[r * rank], matrix.value[i], rank);
  }
  return out;
}

// A y: a row for each row of A.
std::vector<float> times(const SparseRows& matrix, const std::vector<float>& y, std::size_t rank) {
  std::vector<float> out(matrix.rows() * rank, 0.0F);
  for (std::size_t r = 0; r < matrix.rows(); ++r) {
    for (std::size_t i = matrix.begin[r]; i < matrix.begin[r + 1]; ++i)
      add_scaled(&out[r * rank], &y[matrix.column[i] * rank], matrix.value[i], rank);
  }
  return out;
}

// The upper triangle of yᵀy, summed in blocks of rows so that single precision does not run out.
std::vector<double> gram(const std::vector<float>& y, std::size_t rank) {
  constexpr std::size_t kBlock = 256;
  std::vector<double> out(rank * rank, 0.0);
  std::vector<float> block(rank * rank);
  const std::size_t rows = y.size() / rank;
  for (std::size_t first = 0; first < rows; first += kBlock) {
    std::ranges::fill(block, 0.0F);
    for (std::size_t r = first; r < std::min(rows, first + kBlock); ++r) {
      const float* row = &y[r * rank];
      for (std::size_t i = 0; i < rank; ++i) add_scaled(&block[i * rank + i], row + i, row[i], rank - i);
    }
    for (std::size_t i = 0; i < out.size(); ++i) out[i] += static_cast<double>(block[i]);
  }
  return out;
}

// Cholesky in place: upper triangular R with RᵀR = gram. Directions that are none get 0 on the diagonal.
void factor(std::vector<double>& g, std::size_t rank) {
  double largest = 0;
  for (std::size_t i = 0; i < rank; ++i) largest = std::max(largest, g[i * rank + i]);
  for (std::size_t i = 0; i < rank; ++i) {
    const double pivot = g[i * rank + i];
    const double root = pivot > kNothing * largest ? std::sqrt(pivot) : 0;
    for (std::size_t j = i; j < rank; ++j) g[i * rank + j] = root > 0 ? g[i * rank + j] / root : 0;
    for (std::size_t k = i + 1; k < rank; ++k) {
      const double above = g[i * rank + k];
      for (std::size_t j = k; above != 0 && j < rank; ++j) g[k * rank + j] -= above * g[i * rank + j];
    }
  }
}

// y ← y R⁻¹: its columns become orthonormal (Cholesky QR).
void orthonormalise(std::vector<float>& y, std::size_t rank) {
  std::vector<double> r = gram(y, rank);
  factor(r, rank);
  const std::vector<float> upper(r.begin(), r.end());
  for (std::size_t row = 0; row + rank <= y.size(); row += rank) {
    for (std::size_t i = 0; i < rank; ++i) {
      const float diagonal = upper[i * rank + i];
      y[row + i] = diagonal > 0 ? y[row + i] / diagonal : 0;
      add_scaled(y.data() + row + i + 1, upper.data() + i * rank + i + 1, -y[row + i], rank - i - 1);
    }
  }
}

}  // namespace

void add_scaled(float* to, const float* from, float factor, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) to[i] += factor * from[i];
}

Basis dominant_subspace(const SparseRows& matrix, std::size_t rank, int iterations) {
  Basis out;
  out.rank = std::min({rank, matrix.rows(), matrix.columns});
  if (out.rank == 0) return out;
  // columns are many and rows are few, so the long side is made orthonormal once, at the end
  std::vector<float> left(matrix.rows() * out.rank);
  fill_with_signs(left);
  orthonormalise(left, out.rank);
  for (int i = 0; i < iterations; ++i) {
    left = times(matrix, transposed_times(matrix, left, out.rank), out.rank);
    orthonormalise(left, out.rank);
  }
  out.rows = transposed_times(matrix, left, out.rank);
  orthonormalise(out.rows, out.rank);
  return out;
}

}  // namespace colophon::indexer
