#include <vector>

#include <boost/any.hpp>
#include <unistd.h>
#include <xapian.h>
