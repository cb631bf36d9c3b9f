# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the layer check on breaches/ and compares what it finds with the list below.
execute_process(COMMAND ${CMAKE_COMMAND} -D LAYERS=${TREE}/layers.txt -D ROOT=${TREE} -P ${CHECK} RESULT_VARIABLE status ERROR_VARIABLE text)
if(status EQUAL 0)
  message(FATAL_ERROR "the check passed a tree full of breaches")
endif()
foreach(expected
    "9 breaches"
    "bib may not use review"
    "Xapian belongs to indexer, not to bib"
    "garden: the plan has no room"
    "src/bib/upward.cpp: bib may not include from review"
    "src/bib/vendor.hpp: <fmt/format.h> of fmt may stand in .cpp files only"
    "src/bib/vendor.cpp: <xapian.h> of Xapian belongs to indexer"
    "src/bib/vendor.cpp: <boost/any.hpp> is in no row"
    "src/cli/stray.cpp: #include \"shed/rake.hpp\" names no room"
    "review/store.cpp: review may not include from store")
  string(FIND "${text}" "${expected}" at)
  if(at EQUAL -1)
    message(SEND_ERROR "not found: ${expected}\nin: ${text}")
  endif()
endforeach()
