#include "indexer/writer.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
