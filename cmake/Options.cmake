# SPDX-License-Identifier: GPL-3.0-or-later
# Language, warnings, sanitizers and tools: everything that is the same for each of our targets.
option(COLOPHON_TESTS "build the tests, benches and scorers" ON)
option(COLOPHON_UNIT "build the unit, property and golden test programs too" ON)
option(COLOPHON_WERROR "warnings are errors" OFF)
option(COLOPHON_FUZZ "build fuzz targets with libFuzzer (clang)" OFF)
set(COLOPHON_SANITIZE "" CACHE STRING "sanitizers, as in -fsanitize=LIST")
set(COLOPHON_PROFILE "" CACHE STRING "how often code runs (g++): “make” counts it, “use” optimises by these counts where there are any")

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_program(COLOPHON_CCACHE ccache)
if(COLOPHON_CCACHE)
  # base_dir and hash_dir: two build folders or worktrees share one cache; sloppiness: what ccache asks for to see through precompiled headers
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${COLOPHON_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${CMAKE_CXX_COMPILER_LAUNCHER})
endif()
find_program(COLOPHON_MOLD mold)

add_library(colophon_settings INTERFACE)
target_compile_options(colophon_settings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Woverloaded-virtual
  -Wold-style-cast -Wcast-qual -Wformat=2 -Wnull-dereference -Wdouble-promotion -Wundef -Wextra-semi
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wlogical-op -Wsuggest-override -Wno-null-dereference>
  # g++ 12 reports maybe-uninitialized and restrict inside libstdc++'s own variant and string at -O2 (GCC PR 105562, 105651)
  $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized -Wno-restrict>
  # libstdc++ 12 marks what its own stable_sort uses as deprecated in C++23, and clang blames us
  $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>
  # designated initializers leave members to their defaults on purpose
  -Wno-missing-field-initializers
  # ccache needs the names of the precompiled header's parts
  $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>
  $<$<BOOL:${COLOPHON_WERROR}>:-Werror>)
target_compile_definitions(colophon_settings INTERFACE _GLIBCXX_ASSERTIONS)
if(COLOPHON_MOLD)
  target_link_options(colophon_settings INTERFACE -fuse-ld=mold)
endif()
# All programs allocate by tcmalloc (docs/decisions/0024); a sanitizer brings an allocator of its own.
if(NOT COLOPHON_SANITIZE)
  pkg_check_modules(TCMALLOC REQUIRED IMPORTED_TARGET libtcmalloc_minimal)
  target_link_libraries(colophon_settings INTERFACE PkgConfig::TCMALLOC)
  target_compile_definitions(colophon_settings INTERFACE COLOPHON_TCMALLOC=1)
endif()
if(COLOPHON_SANITIZE)
  target_compile_options(colophon_settings INTERFACE -fsanitize=${COLOPHON_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(colophon_settings INTERFACE -fsanitize=${COLOPHON_SANITIZE})
endif()
if(COLOPHON_FUZZ)
  target_compile_options(colophon_settings INTERFACE -fsanitize=fuzzer-no-link)
endif()
# colophon-profile, built with “make” and run over corpus/, leaves the counts. A function without any, or changed since, is compiled as
# ever; that it is, g++ says by a warning without a name, which is no error then.
set(counts ${PROJECT_SOURCE_DIR}/build/profile/counts)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND COLOPHON_PROFILE STREQUAL "make")
  target_compile_options(colophon_settings INTERFACE -fprofile-generate=${counts} -fprofile-prefix-path=${PROJECT_BINARY_DIR})
  target_link_options(colophon_settings INTERFACE -fprofile-generate)
elseif(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND COLOPHON_PROFILE STREQUAL "use" AND EXISTS ${counts})
  target_compile_options(colophon_settings INTERFACE -fprofile-use=${counts} -fprofile-prefix-path=${PROJECT_BINARY_DIR}
    -fprofile-partial-training -Wno-coverage-mismatch -Wno-missing-profile -Wno-error)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_options(colophon_settings INTERFACE -fstack-protector-strong -fstack-clash-protection -fcf-protection)
  target_compile_definitions(colophon_settings INTERFACE _FORTIFY_SOURCE=2)
  target_link_options(colophon_settings INTERFACE -Wl,-z,relro,-z,now)
endif()

# The standard library's heavy headers and fmt, compiled once for all libraries. Files include what they use all the same:
# the clang preset builds without this, and the target `headers` compiles each header alone.
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/pch.cpp CONTENT "")
add_library(colophon_pch OBJECT ${PROJECT_BINARY_DIR}/pch.cpp)
target_link_libraries(colophon_pch PRIVATE colophon_settings)
target_precompile_headers(colophon_pch PRIVATE <algorithm> <array> <charconv> <chrono> <cstdint> <expected> <filesystem> <functional>
  <map> <memory> <optional> <set> <span> <string> <string_view> <unordered_map> <variant> <vector> <fmt/format.h>)
