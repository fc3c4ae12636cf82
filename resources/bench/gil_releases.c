/* Counts how often the main thread of a Python process lets the interpreter lock go
 * for a call into Qt. Each time it must win the lock back from the training thread.
 *
 *     cc -shared -fPIC -O2 -o gil_releases.so gil_releases.c -ldl
 *     LD_PRELOAD=./gil_releases.so python ...
 *
 * Works where Python is a shared library: only then is the loader asked for its
 * functions, and this one found first. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sys/syscall.h>
#include <unistd.h>

static long releases;

static int in_main_thread(void)
{
    static __thread int answer = -1;
    if (answer < 0)
        answer = getpid() == syscall(SYS_gettid);
    return answer;
}

void *PyEval_SaveThread(void)
{
    static void *(*original)(void);
    if (!original)
        original = (void *(*)(void))dlsym(RTLD_NEXT, "PyEval_SaveThread");
    releases += in_main_thread();
    return original();
}

long microgpt_gui_gil_releases(void)
{
    return releases;
}
