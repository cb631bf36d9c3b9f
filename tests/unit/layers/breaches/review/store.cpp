#include "store/works.hpp"
