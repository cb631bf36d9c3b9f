#include <vector>
#include <unistd.h>
#include <xapian.h>
#include <boost/any.hpp>
