#include "review/states.hpp"
