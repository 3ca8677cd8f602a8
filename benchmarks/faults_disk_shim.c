/* A disk that fails where it is told to, for benchmarks/faults.py (Linux, LD_PRELOAD).

   Calls that change something below one folder are counted. At the N-th the process is killed,
   or the disk is full, read-only, forbidden, broken once, or gone. What was changed can be
   noted with its bytes, to work out what a power loss could leave. */

#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum mode { OFF, COUNT, KILL, ONCE, FULL, READ_ONLY, NO_ACCESS, VANISHED };
enum kind { LOOK, OPEN_TO_WRITE, WRITE, CUT, SYNC, CREATE, MAKE_FOLDER, RENAME, REMOVE };
enum part { BEFORE, AFTER, HALF };
enum noted { N_MARK, N_CREATE, N_WRITE, N_CUT, N_SYNC, N_MKDIR, N_RENAME, N_REMOVE };

static volatile int mode = OFF;
static int kill_part, once_error, cut_short, note_fd = -1;
static long at, counted;
static char folder[PATH_MAX];
static size_t folder_length;
static pthread_mutex_t guard = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

void faults_arm(const char *below, int mode_, long at_, int error, int part, const char *notes)
{
    snprintf(folder, sizeof folder, "%s", below);
    folder_length = strlen(folder);
    at = at_, counted = 0, once_error = error, kill_part = part, cut_short = 0;
    note_fd = *notes ? (int)syscall(SYS_openat, AT_FDCWD, notes,
                                    O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
    mode = mode_;
}

void faults_disarm(void) { mode = OFF; note_fd = -1; }

long faults_counted(void) { return counted; }

#define NEXT(name) \
    static __typeof__(name) *next; \
    if (!next) next = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

/* -- which calls are meant --------------------------------------------------------------- */

static int below(const char *path)
{
    return !strncmp(path, folder, folder_length) &&
           (path[folder_length] == 0 || path[folder_length] == '/');
}

static int path_of_fd(int fd, char *out)
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, out, PATH_MAX - 1);
    if (length < 0) return 0;
    out[length] = 0;
    return 1;
}

static const char *whole_path(int at_fd, const char *path, char *out)
{
    char base[PATH_MAX];
    if (path[0] == '/') return path;
    if (at_fd == AT_FDCWD) {
        if (syscall(SYS_getcwd, base, sizeof base) < 0) return path;
    } else if (!path_of_fd(at_fd, base)) return path;
    snprintf(out, PATH_MAX, "%s/%s", base, path);
    return out;
}

static int meant_fd(int fd)
{
    char path[PATH_MAX];
    return mode != OFF && path_of_fd(fd, path) && below(path);
}

static int meant_path(int at_fd, const char *path)
{
    char whole[PATH_MAX];
    return mode != OFF && below(whole_path(at_fd, path, whole));
}

/* -- what becomes of them ---------------------------------------------------------------- */

static void die(void) { syscall(SYS_kill, syscall(SYS_getpid), SIGKILL); for (;;) pause(); }

static int changes(enum kind kind) { return kind != LOOK && kind != OPEN_TO_WRITE; }

/* The error with which a call ends instead of being made; 0 lets it be made. */
static int refusal(enum kind kind)
{
    if (changes(kind)) counted++;
    int reached = counted >= at;
    switch (mode) {
    case KILL:
        if (changes(kind) && counted == at && (kill_part == BEFORE ||
            (kill_part == HALF && kind != WRITE))) die();
        return 0;
    case ONCE:
        return changes(kind) && counted == at ? once_error : 0;
    case FULL:
        return reached && (kind == WRITE || kind == CREATE || kind == MAKE_FOLDER) ? ENOSPC : 0;
    case READ_ONLY:
        return reached && kind != LOOK && kind != SYNC ? EROFS : 0;
    case NO_ACCESS:
        return reached && kind != LOOK && kind != SYNC && kind != WRITE && kind != CUT ? EACCES : 0;
    case VANISHED:
        return !reached ? 0 : kind == WRITE || kind == CUT || kind == SYNC ? EIO : ENOENT;
    default:
        return 0;
    }
}

static void done(enum kind kind)
{
    if (mode == KILL && changes(kind) && counted == at) die();
}

/* Refuse with -1 and errno, under a lock, so that counts and notes keep their order. */
#define ENTER(kind) \
    pthread_mutex_lock(&guard); \
    int refused_ = refusal(kind); \
    if (refused_) { pthread_mutex_unlock(&guard); errno = refused_; return -1; }
#define LEAVE(kind, result) \
    do { \
        int kept_ = errno; \
        done(kind); \
        pthread_mutex_unlock(&guard); \
        errno = kept_; \
        return result; \
    } while (0)

/* -- notes ------------------------------------------------------------------------------- */

struct note { uint32_t what, path, other, data; uint64_t inode; int64_t offset; };

static void raw_write(const void *data, size_t size)
{
    while (size) {
        ssize_t written = syscall(SYS_write, note_fd, data, size);
        if (written <= 0) return;
        data = (const char *)data + written, size -= written;
    }
}

static void note(enum noted what, uint64_t inode, int64_t offset, const char *path,
                 const char *other, const void *data, size_t size)
{
    if (note_fd < 0) return;
    struct note head = {what, strlen(path), strlen(other), size, inode, offset};
    raw_write(&head, sizeof head);
    raw_write(path, head.path);
    raw_write(other, head.other);
    raw_write(data, size);
}

static uint64_t inode_of(int fd)
{
    struct stat found;
    return syscall(SYS_fstat, fd, &found) ? 0 : found.st_ino;
}

static void note_fd_change(enum noted what, int fd, int64_t offset, const void *data, size_t size)
{
    char path[PATH_MAX];
    if (note_fd >= 0 && path_of_fd(fd, path)) note(what, inode_of(fd), offset, path, "", data, size);
}

static void note_path_change(enum noted what, int at_fd, const char *path, int other_fd,
                             const char *other)
{
    char one[PATH_MAX], two[PATH_MAX];
    note(what, 0, 0, whole_path(at_fd, path, one), whole_path(other_fd, other, two), "", 0);
}

void faults_mark(const char *text) { note(N_MARK, 0, 0, text, "", "", 0); }

/* -- opening ----------------------------------------------------------------------------- */

static int opened(int at_fd, const char *path, int flags, mode_t permissions)
{
    if (!meant_path(at_fd, path))
        return (int)syscall(SYS_openat, at_fd, path, flags, permissions);
    struct stat found;
    int missing = syscall(SYS_newfstatat, at_fd, path, &found, 0) != 0;
    int writes = (flags & O_ACCMODE) != O_RDONLY;
    int empties = !missing && (flags & O_TRUNC) && found.st_size;
    enum kind kind = missing && (flags & O_CREAT) ? CREATE : empties ? CUT
                   : writes ? OPEN_TO_WRITE : LOOK;
    if (kind == CUT && mode == NO_ACCESS) kind = CREATE;
    ENTER(kind);
    int fd = (int)syscall(SYS_openat, at_fd, path, flags, permissions);
    if (fd >= 0 && kind == CREATE && !empties) note_fd_change(N_CREATE, fd, 0, "", 0);
    if (fd >= 0 && empties) note_fd_change(N_CUT, fd, 0, "", 0);
    LEAVE(kind, fd);
}

#define PERMISSIONS(last) \
    mode_t permissions = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { \
        va_list more; va_start(more, last); permissions = va_arg(more, mode_t); va_end(more); \
    }
int open(const char *path, int flags, ...)
{ PERMISSIONS(flags); return opened(AT_FDCWD, path, flags, permissions); }
int open64(const char *path, int flags, ...)
{ PERMISSIONS(flags); return opened(AT_FDCWD, path, flags | O_LARGEFILE, permissions); }
int openat(int at_fd, const char *path, int flags, ...)
{ PERMISSIONS(flags); return opened(at_fd, path, flags, permissions); }
int openat64(int at_fd, const char *path, int flags, ...)
{ PERMISSIONS(flags); return opened(at_fd, path, flags | O_LARGEFILE, permissions); }

/* -- writing ----------------------------------------------------------------------------- */

static ssize_t written(int fd, const void *data, size_t size, off64_t offset)
{
    if (!meant_fd(fd))
        return offset < 0 ? syscall(SYS_write, fd, data, size)
                          : syscall(SYS_pwrite64, fd, data, size, offset);
    pthread_mutex_lock(&guard);
    int refused = refusal(WRITE);
    int half = mode == KILL && counted == at && kill_part == HALF;
    if (refused == ENOSPC && !cut_short && size > 1) cut_short = half = 1, refused = 0;
    if (refused) { pthread_mutex_unlock(&guard); errno = refused; return -1; }
    if (half) size = size / 2;
    int64_t place = offset;
    if (offset < 0) {
        int flags = (int)syscall(SYS_fcntl, fd, F_GETFL);
        place = syscall(SYS_lseek, fd, 0, flags & O_APPEND ? SEEK_END : SEEK_CUR);
    }
    ssize_t result = offset < 0 ? syscall(SYS_write, fd, data, size)
                                : syscall(SYS_pwrite64, fd, data, size, offset);
    if (result > 0) note_fd_change(N_WRITE, fd, place, data, result);
    LEAVE(WRITE, result);
}

ssize_t write(int fd, const void *data, size_t size) { return written(fd, data, size, -1); }
ssize_t pwrite(int fd, const void *data, size_t size, off_t place)
{ return written(fd, data, size, place); }
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t place)
{ return written(fd, data, size, place); }

/* Copies inside the system are told to be impossible: callers then read and write. */
ssize_t sendfile(int out, int in, off_t *place, size_t size)
{
    NEXT(sendfile);
    if (meant_fd(out)) { errno = EINVAL; return -1; }
    return next(out, in, place, size);
}
ssize_t sendfile64(int out, int in, off64_t *place, size_t size)
{
    NEXT(sendfile64);
    if (meant_fd(out)) { errno = ENOTSOCK; return -1; }
    return next(out, in, place, size);
}
ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t size, unsigned flags)
{
    if (meant_fd(out)) { errno = EXDEV; return -1; }
    return syscall(SYS_copy_file_range, in, from, out, to, size, flags);
}

#define CUTTING(name, type) \
int name(int fd, type size) \
{ \
    if (!meant_fd(fd)) return (int)syscall(SYS_ftruncate, fd, size); \
    ENTER(CUT); \
    int result = (int)syscall(SYS_ftruncate, fd, size); \
    if (!result) note_fd_change(N_CUT, fd, size, "", 0); \
    LEAVE(CUT, result); \
}
CUTTING(ftruncate, off_t)
CUTTING(ftruncate64, off64_t)

#define SYNCING(name, number) \
int name(int fd) \
{ \
    if (!meant_fd(fd)) return (int)syscall(number, fd); \
    ENTER(SYNC); \
    int result = (int)syscall(number, fd); \
    if (!result) note_fd_change(N_SYNC, fd, 0, "", 0); \
    LEAVE(SYNC, result); \
}
SYNCING(fsync, SYS_fsync)
SYNCING(fdatasync, SYS_fdatasync)

/* -- names ------------------------------------------------------------------------------- */

static int renamed(int from_fd, const char *from, int to_fd, const char *to, unsigned flags)
{
    if (!meant_path(from_fd, from) && !meant_path(to_fd, to))
        return (int)syscall(SYS_renameat2, from_fd, from, to_fd, to, flags);
    ENTER(RENAME);
    int result = (int)syscall(SYS_renameat2, from_fd, from, to_fd, to, flags);
    if (!result) note_path_change(N_RENAME, from_fd, from, to_fd, to);
    LEAVE(RENAME, result);
}

int rename(const char *from, const char *to)
{ return renamed(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int from_fd, const char *from, int to_fd, const char *to)
{ return renamed(from_fd, from, to_fd, to, 0); }
int renameat2(int from_fd, const char *from, int to_fd, const char *to, unsigned flags)
{ return renamed(from_fd, from, to_fd, to, flags); }

static int removed(int at_fd, const char *path, int flags)
{
    if (!meant_path(at_fd, path)) return (int)syscall(SYS_unlinkat, at_fd, path, flags);
    ENTER(REMOVE);
    int result = (int)syscall(SYS_unlinkat, at_fd, path, flags);
    if (!result) note_path_change(N_REMOVE, at_fd, path, AT_FDCWD, "/");
    LEAVE(REMOVE, result);
}

int unlink(const char *path) { return removed(AT_FDCWD, path, 0); }
int unlinkat(int at_fd, const char *path, int flags) { return removed(at_fd, path, flags); }
int rmdir(const char *path) { return removed(AT_FDCWD, path, AT_REMOVEDIR); }
int remove(const char *path) { return removed(AT_FDCWD, path, 0); }

int mkdirat(int at_fd, const char *path, mode_t permissions)
{
    if (!meant_path(at_fd, path)) return (int)syscall(SYS_mkdirat, at_fd, path, permissions);
    ENTER(MAKE_FOLDER);
    int result = (int)syscall(SYS_mkdirat, at_fd, path, permissions);
    if (!result) note_path_change(N_MKDIR, at_fd, path, AT_FDCWD, "/");
    LEAVE(MAKE_FOLDER, result);
}
int mkdir(const char *path, mode_t permissions) { return mkdirat(AT_FDCWD, path, permissions); }

int linkat(int from_fd, const char *from, int to_fd, const char *to, int flags)
{
    if (!meant_path(to_fd, to)) return (int)syscall(SYS_linkat, from_fd, from, to_fd, to, flags);
    errno = EPERM; /* as on a FAT stick */
    return -1;
}
int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

/* -- looking: only a disk that is gone refuses ---------------------------------------------- */

static int gone(void) { return mode == VANISHED && counted >= at; }

#define LOOKS_FD(result, name, arguments, ...) \
result name arguments \
{ NEXT(name); if (gone() && meant_fd(fd)) { errno = EIO; return -1; } return next(__VA_ARGS__); }
#define LOOKS_PATH(result, failed, name, at_fd, arguments, ...) \
result name arguments \
{ \
    NEXT(name); \
    if (gone() && meant_path(at_fd, path)) { errno = ENOENT; return failed; } \
    return next(__VA_ARGS__); \
}
LOOKS_FD(ssize_t, read, (int fd, void *to, size_t size), fd, to, size)
LOOKS_FD(ssize_t, pread, (int fd, void *to, size_t size, off_t place), fd, to, size, place)
LOOKS_FD(ssize_t, pread64, (int fd, void *to, size_t size, off64_t place), fd, to, size, place)
LOOKS_FD(int, fstat, (int fd, struct stat *found), fd, found)
LOOKS_FD(int, fstat64, (int fd, struct stat64 *found), fd, found)
LOOKS_PATH(int, -1, stat, AT_FDCWD, (const char *path, struct stat *found), path, found)
LOOKS_PATH(int, -1, stat64, AT_FDCWD, (const char *path, struct stat64 *found), path, found)
LOOKS_PATH(int, -1, lstat, AT_FDCWD, (const char *path, struct stat *found), path, found)
LOOKS_PATH(int, -1, lstat64, AT_FDCWD, (const char *path, struct stat64 *found), path, found)
LOOKS_PATH(int, -1, fstatat, at_fd, (int at_fd, const char *path, struct stat *found, int flags),
           at_fd, path, found, flags)
LOOKS_PATH(int, -1, fstatat64, at_fd,
           (int at_fd, const char *path, struct stat64 *found, int flags), at_fd, path, found, flags)
LOOKS_PATH(int, -1, access, AT_FDCWD, (const char *path, int how), path, how)
LOOKS_PATH(DIR *, NULL, opendir, AT_FDCWD, (const char *path), path)

/* The wheel of sqlcipher3 was built against an older C library: its names of the same calls. */
extern int __fxstat64(int, int, struct stat64 *);
extern int __xstat64(int, const char *, struct stat64 *);
extern int __lxstat64(int, const char *, struct stat64 *);
LOOKS_FD(int, __fxstat64, (int version, int fd, struct stat64 *found), version, fd, found)
LOOKS_PATH(int, -1, __xstat64, AT_FDCWD, (int version, const char *path, struct stat64 *found),
           version, path, found)
LOOKS_PATH(int, -1, __lxstat64, AT_FDCWD, (int version, const char *path, struct stat64 *found),
           version, path, found)
