#include "shed/rake.hpp"
