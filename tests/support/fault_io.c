/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Makes the disk fail on purpose: loaded with LD_PRELOAD it counts every call that changes something below a folder (files made,
 * written, synced, cut, renamed, removed) and strikes at the Nth.
 *
 *   COLOPHON_FAULT_DIR     the folder, an absolute path; nothing happens without it
 *   COLOPHON_FAULT_AT      N, from 1; without it calls are only counted
 *   COLOPHON_FAULT_KIND    kill (SIGKILL before the call), eio, enospc (the call fails), short (a write takes half)
 *   COLOPHON_FAULT_STICKY  1: every call from the Nth on fails
 *   COLOPHON_FAULT_COUNT   a file that holds the number of calls at the end
 *   COLOPHON_FAULT_TRACE   a file to which each call's name and path are appended, to see what N is
 *
 * Only the process that loaded it counts: children (the zygote and its documents, jobs that build an index) are left alone, for their
 * order among each other is chance. Files that are mapped into memory are not seen; SQLite maps only what can be rebuilt. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { kNothing, kKill, kEio, kEnospc, kShort };
enum { kMaxDescriptors = 4096 };

static struct {
  const char* folder;
  size_t folder_length;
  const char* count_file;
  const char* trace_file;
  long at;
  enum kind kind;
  int sticky;
  pid_t process;
  long calls;
  unsigned char inside[kMaxDescriptors];
} state;

#define REAL(result, name, ...)                             \
  static result (*real)(__VA_ARGS__);                       \
  if (!real) *(void**)&real = dlsym(RTLD_NEXT, #name)

static enum kind kind_named(const char* name) {
  if (!name) return kNothing;
  if (!strcmp(name, "kill")) return kKill;
  if (!strcmp(name, "eio")) return kEio;
  if (!strcmp(name, "enospc")) return kEnospc;
  return strcmp(name, "short") ? kNothing : kShort;
}

__attribute__((constructor)) static void begin(void) {
  const char* at = getenv("COLOPHON_FAULT_AT");
  const char* sticky = getenv("COLOPHON_FAULT_STICKY");
  state.folder = getenv("COLOPHON_FAULT_DIR");
  state.folder_length = state.folder ? strlen(state.folder) : 0;
  state.count_file = getenv("COLOPHON_FAULT_COUNT");
  state.trace_file = getenv("COLOPHON_FAULT_TRACE");
  state.at = at ? atol(at) : 0;
  state.kind = kind_named(getenv("COLOPHON_FAULT_KIND"));
  state.sticky = sticky && *sticky == '1';
  state.process = getpid();
  unsetenv("LD_PRELOAD"); /* programs that we start are not ours to break */
}

/* Our own notes, by system calls that nobody interposes. */
static void note(const char* file, const char* text, int flags) {
  const int fd = (int)syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0600);
  if (fd < 0) return;
  syscall(SYS_write, fd, text, strlen(text));
  syscall(SYS_close, fd);
}

/* exit() and _exit() both: the count must not depend on how a program leaves. */
static void tell_count(void) {
  char text[32];
  if (!state.count_file || getpid() != state.process) return;
  snprintf(text, sizeof text, "%ld\n", __atomic_load_n(&state.calls, __ATOMIC_SEQ_CST));
  note(state.count_file, text, O_TRUNC);
}
__attribute__((destructor)) static void end(void) { tell_count(); }

static int in_folder(const char* path) {
  if (!state.folder || !path || getpid() != state.process) return 0;
  if (strncmp(path, state.folder, state.folder_length) != 0) return 0;
  return path[state.folder_length] == '/' || path[state.folder_length] == 0;
}
static int is_inside(int fd) { return fd >= 0 && fd < kMaxDescriptors && state.inside[fd] && getpid() == state.process; }
static int in_folder_at(int folder, const char* path) { return path && (path[0] == '/' ? in_folder(path) : is_inside(folder)); }
static int entered(int fd, int inside) {
  if (fd >= 0 && fd < kMaxDescriptors) state.inside[fd] = (unsigned char)inside;
  return fd;
}

/* Counts one call; 0: go on, 1: take half, -1: fail with errno. */
static int strike(const char* call, const char* path, int fd) {
  const long n = __atomic_add_fetch(&state.calls, 1, __ATOMIC_SEQ_CST);
  if (state.trace_file) {
    char text[4200], name[4096] = "";
    if (!path && fd >= 0) {
      char link[64];
      snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
      if (readlink(link, name, sizeof name - 1) < 0) name[0] = 0;
    }
    snprintf(text, sizeof text, "%ld %s %s\n", n, call, path ? path : name);
    note(state.trace_file, text, O_APPEND);
  }
  if (state.at == 0 || n < state.at || (n > state.at && !state.sticky)) return 0;
  if (state.kind == kKill) syscall(SYS_kill, getpid(), SIGKILL);
  if (state.kind == kShort) return 1;
  errno = state.kind == kEnospc ? ENOSPC : EIO;
  return state.kind == kNothing ? 0 : -1;
}
static int fails(const char* call, const char* path) { return in_folder(path) && strike(call, path, -1) < 0; }
static int fails_at(const char* call, int folder, const char* path) { return in_folder_at(folder, path) && strike(call, path, folder) < 0; }
static int fails_on(const char* call, int fd) { return is_inside(fd) && strike(call, NULL, fd) < 0; }

/* --- opening -------------------------------------------------------------------------------------------------------- */

static mode_t mode_of(int flags, va_list* arguments) {
  return flags & (O_CREAT | O_TMPFILE) ? (mode_t)va_arg(*arguments, int) : 0;
}

#define OPEN(name)                                                          \
  int name(const char* path, int flags, ...) {                              \
    REAL(int, name, const char*, int, ...);                                 \
    va_list arguments;                                                      \
    va_start(arguments, flags);                                             \
    const mode_t mode = mode_of(flags, &arguments);                         \
    va_end(arguments);                                                      \
    if ((flags & (O_CREAT | O_TRUNC)) && fails(#name, path)) return -1;     \
    return entered(real(path, flags, mode), in_folder(path));               \
  }
OPEN(open)
OPEN(open64)

#define OPEN_AT(name)                                                                      \
  int name(int folder, const char* path, int flags, ...) {                                 \
    REAL(int, name, int, const char*, int, ...);                                           \
    va_list arguments;                                                                     \
    va_start(arguments, flags);                                                            \
    const mode_t mode = mode_of(flags, &arguments);                                        \
    va_end(arguments);                                                                     \
    const int inside = in_folder_at(folder, path);                                         \
    if ((flags & (O_CREAT | O_TRUNC)) && fails_at(#name, folder, path)) return -1;         \
    return entered(real(folder, path, flags, mode), inside);                               \
  }
OPEN_AT(openat)
OPEN_AT(openat64)

#define CREAT(name)                                              \
  int name(const char* path, mode_t mode) {                      \
    REAL(int, name, const char*, mode_t);                        \
    if (fails(#name, path)) return -1;                           \
    return entered(real(path, mode), in_folder(path));           \
  }
CREAT(creat)
CREAT(creat64)

int close(int fd) {
  REAL(int, close, int);
  entered(fd, 0);
  return real(fd);
}
int dup(int fd) {
  REAL(int, dup, int);
  return entered(real(fd), is_inside(fd));
}
int dup2(int fd, int to) {
  REAL(int, dup2, int, int);
  const int inside = is_inside(fd);
  return entered(real(fd, to), inside);
}
int dup3(int fd, int to, int flags) {
  REAL(int, dup3, int, int, int);
  const int inside = is_inside(fd);
  return entered(real(fd, to, flags), inside);
}
#define FCNTL(name)                                                              \
  int name(int fd, int command, ...) {                                           \
    REAL(int, name, int, int, ...);                                              \
    va_list arguments;                                                           \
    va_start(arguments, command);                                                \
    void* argument = va_arg(arguments, void*);                                   \
    va_end(arguments);                                                           \
    const int made = real(fd, command, argument);                                \
    if (command == F_DUPFD || command == F_DUPFD_CLOEXEC) entered(made, is_inside(fd)); \
    return made;                                                                 \
  }
FCNTL(fcntl)
FCNTL(fcntl64)

/* --- writing -------------------------------------------------------------------------------------------------------- */

static size_t half(size_t size) { return size > 1 ? size / 2 : size; }

ssize_t write(int fd, const void* data, size_t size) {
  REAL(ssize_t, write, int, const void*, size_t);
  const int struck = is_inside(fd) ? strike("write", NULL, fd) : 0;
  return struck < 0 ? -1 : real(fd, data, struck ? half(size) : size);
}
#define PWRITE(name, offset_type)                                             \
  ssize_t name(int fd, const void* data, size_t size, offset_type at) {       \
    REAL(ssize_t, name, int, const void*, size_t, offset_type);               \
    const int struck = is_inside(fd) ? strike(#name, NULL, fd) : 0;           \
    return struck < 0 ? -1 : real(fd, data, struck ? half(size) : size, at);  \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t writev(int fd, const struct iovec* parts, int count) {
  REAL(ssize_t, writev, int, const struct iovec*, int);
  const int struck = is_inside(fd) ? strike("writev", NULL, fd) : 0;
  return struck < 0 ? -1 : real(fd, parts, struck && count > 1 ? count / 2 : count);
}
#define PWRITEV(name, offset_type)                                                      \
  ssize_t name(int fd, const struct iovec* parts, int count, offset_type at) {          \
    REAL(ssize_t, name, int, const struct iovec*, int, offset_type);                    \
    const int struck = is_inside(fd) ? strike(#name, NULL, fd) : 0;                     \
    return struck < 0 ? -1 : real(fd, parts, struck && count > 1 ? count / 2 : count, at); \
  }
PWRITEV(pwritev, off_t)
PWRITEV(pwritev64, off64_t)

/* --- calls that name a descriptor ------------------------------------------------------------------------------------ */

#define ON_FD(result, name, parameters, types, arguments) \
  result name parameters {                                \
    static result(*real) types;                           \
    if (!real) *(void**)&real = dlsym(RTLD_NEXT, #name);  \
    if (fails_on(#name, fd)) return -1;                   \
    return real arguments;                                \
  }
ON_FD(int, fsync, (int fd), (int), (fd))
ON_FD(int, fdatasync, (int fd), (int), (fd))
ON_FD(int, ftruncate, (int fd, off_t size), (int, off_t), (fd, size))
ON_FD(int, ftruncate64, (int fd, off64_t size), (int, off64_t), (fd, size))
ON_FD(int, fallocate, (int fd, int mode, off_t at, off_t size), (int, int, off_t, off_t), (fd, mode, at, size))
ON_FD(int, fallocate64, (int fd, int mode, off64_t at, off64_t size), (int, int, off64_t, off64_t), (fd, mode, at, size))
ON_FD(int, fchmod, (int fd, mode_t mode), (int, mode_t), (fd, mode))
ON_FD(ssize_t, sendfile, (int fd, int from, off_t* at, size_t size), (int, int, off_t*, size_t), (fd, from, at, size))
ON_FD(ssize_t, sendfile64, (int fd, int from, off64_t* at, size_t size), (int, int, off64_t*, size_t), (fd, from, at, size))

/* These answer with the number of the error. */
#define ALLOCATE(name, offset_type)                          \
  int name(int fd, offset_type at, offset_type size) {       \
    REAL(int, name, int, offset_type, offset_type);          \
    return fails_on(#name, fd) ? errno : real(fd, at, size); \
  }
ALLOCATE(posix_fallocate, off_t)
ALLOCATE(posix_fallocate64, off64_t)

/* --- calls that name a path ------------------------------------------------------------------------------------------ */

#define ON_PATH(name, parameters, types, path, arguments) \
  int name parameters {                                   \
    static int(*real) types;                              \
    if (!real) *(void**)&real = dlsym(RTLD_NEXT, #name);  \
    if (fails(#name, path)) return -1;                    \
    return real arguments;                                \
  }
ON_PATH(rename, (const char* from, const char* to), (const char*, const char*), to, (from, to))
ON_PATH(unlink, (const char* path), (const char*), path, (path))
ON_PATH(remove, (const char* path), (const char*), path, (path))
ON_PATH(rmdir, (const char* path), (const char*), path, (path))
ON_PATH(mkdir, (const char* path, mode_t mode), (const char*, mode_t), path, (path, mode))
ON_PATH(link, (const char* from, const char* to), (const char*, const char*), to, (from, to))
ON_PATH(symlink, (const char* from, const char* to), (const char*, const char*), to, (from, to))
ON_PATH(truncate, (const char* path, off_t size), (const char*, off_t), path, (path, size))
ON_PATH(truncate64, (const char* path, off64_t size), (const char*, off64_t), path, (path, size))
ON_PATH(chmod, (const char* path, mode_t mode), (const char*, mode_t), path, (path, mode))

#define ON_PATH_AT(name, parameters, types, folder, path, arguments) \
  int name parameters {                                              \
    static int(*real) types;                                         \
    if (!real) *(void**)&real = dlsym(RTLD_NEXT, #name);             \
    if (fails_at(#name, folder, path)) return -1;                    \
    return real arguments;                                           \
  }
ON_PATH_AT(unlinkat, (int folder, const char* path, int flags), (int, const char*, int), folder, path, (folder, path, flags))
ON_PATH_AT(mkdirat, (int folder, const char* path, mode_t mode), (int, const char*, mode_t), folder, path, (folder, path, mode))
ON_PATH_AT(linkat, (int from_folder, const char* from, int folder, const char* path, int flags), (int, const char*, int, const char*, int), folder, path,
           (from_folder, from, folder, path, flags))
ON_PATH_AT(renameat, (int from_folder, const char* from, int folder, const char* path), (int, const char*, int, const char*), folder, path,
           (from_folder, from, folder, path))
ON_PATH_AT(renameat2, (int from_folder, const char* from, int folder, const char* path, unsigned flags), (int, const char*, int, const char*, unsigned), folder, path,
           (from_folder, from, folder, path, flags))

/* _exit() runs no destructors. */
void _exit(int status) {
  static void (*real)(int) __attribute__((noreturn));
  if (!real) *(void**)&real = dlsym(RTLD_NEXT, "_exit");
  tell_count();
  real(status);
}
