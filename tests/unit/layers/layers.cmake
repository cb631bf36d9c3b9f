# SPDX-License-Identifier: GPL-3.0-or-later
# The layer check, run by ctest:  cmake -D LAYERS=build/dev/layers.txt -D ROOT=source -P layers.cmake
#   1. what CMake linked (layers.txt) lies within the plan below;
#   2. every #include "room/..." lies within the plan;
#   3. a vendor's header stands in .cpp files of the rooms marked with it, nowhere else.
# A new edge or vendor is a row here, in a commit of its own with a decision record.
cmake_minimum_required(VERSION 3.25)

# --- the plan: room | the rooms it may use directly; what those may use follows --------------------------------------
set(PLAN
  "base        |"
  "lang        | base"
  "config      | base"
  "bib         | base"
  "formats     | bib"
  "formats_xml | formats"
  "formats_office | formats_xml formats"
  "formats_pdf | formats"
  "dedup       | bib"
  "indexer     | bib"
  "review      | bib"
  "store       | bib review"
  "ingest      | formats lang dedup store"
  "app         | ingest store indexer review formats config"
  "cli         | app"
  "web         | app"
  "extract     | formats_xml formats_office formats_pdf formats lang"
  # programs: the two files directly in src/
  "main.cpp         | cli web"
  "extract_main.cpp | extract formats_xml formats_office formats_pdf formats lang")

# --- vendors: name | what its headers look like | rooms that may include it | its names in layers.txt -----------------
# fmt may stand in any .cpp file, and so has no row of rooms.
set(VENDORS
  "ICU           | ^unicode/                                      | base          | icu-uc icu-i18n"
  "libcrypto     | ^openssl/                                      | base          | libcrypto"
  "nlohmann-json | ^nlohmann/                                     | base          | "
  "date          | ^date/                                         | base          | date-tz"
  "fmt           | ^fmt/                                          | *             | fmt"
  "CLD2          | ^cld2/                                         | lang          | cld2"
  "toml++        | ^toml[+][+]/                                   | config        | tomlplusplus"
  "libxml2       | ^libxml/                                       | formats_xml   | libxml-2.0"
  "Poppler       | ^poppler/|^goo/|^splash/|^poppler-|^[A-Z][A-Za-z]+[.]h$ | formats_pdf | poppler poppler-cpp"
  "SQLite        | ^sqlite3[.]h$|^SQLiteCpp/                      | store         | sqlite3 SQLiteCpp"
  "zstd          | ^zstd[.]h$                                     | store         | libzstd"
  "Xapian        | ^xapian[.]h$|^xapian/                          | indexer       | xapian-core"
  "CLI11         | ^CLI/                                          | cli           | CLI11"
  "libmicrohttpd | ^microhttpd[.]h$                               | web           | libmicrohttpd"
  "libsodium     | ^sodium[.]h$|^sodium/                          | web           | libsodium"
  "cmark         | ^cmark                                         | web           | libcmark"
  "libarchive    | ^archive                                       | formats_office | libarchive"
  "serd          | ^serd/                                          | formats       | serd-0"
  "tcmalloc      | ^gperftools/                                   | extract       | libtcmalloc_minimal"
  "libseccomp    | ^seccomp[.]h$                                  | extract       | libseccomp")

# the language, the C library and the kernel: free for all
set(SYSTEM "^[a-z_0-9]+$|^(sys|linux|net|netinet|arpa)/|^(aio|cxxabi|dirent|dlfcn|errno|fcntl|fnmatch|ftw|getopt|glob|grp|ifaddrs|langinfo|libgen|locale|malloc|math|netdb|poll|pthread|pwd|sched|semaphore|signal|spawn|stdio|stdlib|string|strings|[a-z0-9]*intrin|syslog|termios|time|unistd|wait)[.]h$")

set(breaches)
macro(breach text)
  list(APPEND breaches "${text}")
endmacro()

# cells("a | b c" out): out_0 = "a", out_1 = "b c" ... A " | " parts cells; alternatives in patterns have no blanks around them.
macro(cells row out)
  string(REPLACE " | " ";" cells_ "${row} ")
  set(cell_index_ 0)
  foreach(cell_ IN LISTS cells_)
    string(STRIP "${cell_}" ${out}_${cell_index_})
    math(EXPR cell_index_ "${cell_index_} + 1")
  endforeach()
endmacro()

# may_ROOM: everything that ROOM may include. Rows stand in order, so each room's parts are complete before it.
foreach(row IN LISTS PLAN)
  set(plan_1 "")
  string(REPLACE "|" " | " row "${row}")
  cells("${row}" plan)
  string(REGEX MATCHALL "[^ ]+" plan_1 "${plan_1}")
  list(APPEND rooms ${plan_0})
  set(may_${plan_0} ${plan_0})
  foreach(used IN LISTS plan_1)
    list(APPEND may_${plan_0} ${may_${used}})
  endforeach()
  list(REMOVE_DUPLICATES may_${plan_0})
endforeach()

foreach(row IN LISTS VENDORS)
  set(vendor_3 "")
  cells("${row}" vendor)
  list(APPEND vendors ${vendor_0})
  set(pattern_${vendor_0} "${vendor_1}")
  string(REPLACE " " ";" rooms_${vendor_0} "${vendor_2}")
  string(REGEX MATCHALL "[^ ]+" vendor_3 "${vendor_3}")
  foreach(link IN LISTS vendor_3)
    set(vendor_of_${link} ${vendor_0})
  endforeach()
endforeach()

# --- 1. what CMake linked ---------------------------------------------------------------------------------------------
file(STRINGS ${LAYERS} lines)
foreach(line IN LISTS lines)
  if(NOT line MATCHES "^([a-z_]+): ([^|]*)[|](.*)$")
    breach("${LAYERS}: cannot read \"${line}\"")
    continue()
  endif()
  set(room ${CMAKE_MATCH_1})
  set(links "${CMAKE_MATCH_3}")
  string(REGEX MATCHALL "[^ ]+" uses "${CMAKE_MATCH_2}")
  string(REGEX MATCHALL "[^ ]+" links "${links}")
  if(NOT room IN_LIST rooms)
    breach("CMakeLists.txt of ${room}: the plan has no room of this name")
    continue()
  endif()
  foreach(used IN LISTS uses)
    if(NOT used IN_LIST may_${room})
      breach("CMakeLists.txt of ${room}: ${room} may not use ${used}")
    endif()
  endforeach()
  foreach(link IN LISTS links)
    set(vendor "${vendor_of_${link}}")
    if(vendor STREQUAL "")
      breach("CMakeLists.txt of ${room}: ${link} is in no row of the vendors")
    elseif(NOT rooms_${vendor} STREQUAL "*" AND NOT room IN_LIST rooms_${vendor})
      breach("CMakeLists.txt of ${room}: ${vendor} belongs to ${rooms_${vendor}}, not to ${room}")
    endif()
  endforeach()
endforeach()

# --- 2 and 3. what the files include ----------------------------------------------------------------------------------
function(vendor_of include out)
  foreach(vendor IN LISTS vendors)
    if(include MATCHES "${pattern_${vendor}}")
      set(${out} ${vendor} PARENT_SCOPE)
      return()
    endif()
  endforeach()
  set(${out} "" PARENT_SCOPE)
endfunction()

file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/src/*.cpp ${ROOT}/src/*.hpp ${ROOT}/src/*.h ${ROOT}/indexer/*.cpp
  ${ROOT}/indexer/*.hpp ${ROOT}/review/*.cpp ${ROOT}/review/*.hpp)
foreach(file IN LISTS files)
  string(REGEX REPLACE "^(src/)?([^/]+).*$" "\\2" room ${file})
  if(NOT room IN_LIST rooms)
    breach("${file}: the plan has no room ${room}")
    continue()
  endif()
  file(STRINGS ${ROOT}/${file} includes REGEX "^[ \t]*#[ \t]*include")
  foreach(include IN LISTS includes)
    if(include MATCHES "\"([^\"/]+)/[^\"]*\"")
      set(used ${CMAKE_MATCH_1})
      if(used IN_LIST rooms AND NOT used IN_LIST may_${room})
        breach("${file}: ${room} may not include from ${used} (${include})")
      elseif(NOT used IN_LIST rooms)
        breach("${file}: ${include} names no room, ours are written \"room/file.hpp\"")
      endif()
    elseif(include MATCHES "\"[^\"]*\"" AND NOT include MATCHES "[.]inc\"")  # generated tables have no folder
      breach("${file}: ${include} names no room, ours are written \"room/file.hpp\"")
    elseif(include MATCHES "<([^>]+)>")
      set(header ${CMAKE_MATCH_1})
      if(header MATCHES "^sqlite3[.]h$|^archive[.]h$|^zstd[.]h$" OR NOT header MATCHES "${SYSTEM}")
        vendor_of(${header} vendor)
        if(vendor STREQUAL "")
          breach("${file}: <${header}> is in no row of the vendors")
        elseif(NOT file MATCHES "[.]cpp$")
          breach("${file}: <${header}> of ${vendor} may stand in .cpp files only")
        elseif(NOT rooms_${vendor} STREQUAL "*" AND NOT room IN_LIST rooms_${vendor})
          breach("${file}: <${header}> of ${vendor} belongs to ${rooms_${vendor}}, not to ${room}")
        endif()
      endif()
    endif()
  endforeach()
endforeach()

list(LENGTH files count)
if(breaches)
  list(LENGTH breaches found)
  list(JOIN breaches "\n  " text)
  message(NOTICE "${found} breaches of the layers:\n  ${text}")
  message(FATAL_ERROR "The plan stands in tests/unit/layers/layers.cmake.")
endif()
message(STATUS "layers: ${count} files keep the plan")
