/*
 * The second opinion on `getpid`, `getpid-patchable` and `pread-4k-tmpfs`: the same system calls, timed by a
 * program that shares no line with the Go scenarios. Loops of plain `syscall` instructions between two reads of the
 * time-stamp counter; the counter's rate by two long waits against CLOCK_MONOTONIC. Speaks docs/protocol.md.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { BATCHES = 40, PAGE = 4096, BATCH_US = 250 };

static uint64_t ticks(void) {
  uint32_t low, high;
  __asm__ volatile("lfence\n\trdtsc\n\tlfence" : "=a"(low), "=d"(high)::"memory");
  return ((uint64_t)high << 32) | low;
}

static long call4(long number, long a, long b, long c, long d) {
  long result;
  register long r10 __asm__("r10") = d;
  /* The number comes from memory, so that the bytes before `syscall` are not the ones that systrap patches. */
  __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10) : "rcx", "r11", "memory");
  return result;
}

static int64_t monotonic_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

/* Of several brackets the tightest one places the monotonic reading best. */
static void reading(uint64_t *tick, int64_t *ns) {
  uint64_t best = UINT64_MAX;
  for (int i = 0; i < 20; i++) {
    uint64_t before = ticks();
    int64_t now = monotonic_ns();
    uint64_t after = ticks();
    if (after - before < best) {
      best = after - before;
      *tick = before + (after - before) / 2;
      *ns = now;
    }
  }
}

/* The form that systrap patches: b8 imm32 0f 05. */
static long getpid_patchable(void) {
  long result;
  __asm__ volatile("movl $39, %%eax\n\tsyscall" : "=a"(result)::"rcx", "r11", "memory");
  return result;
}

enum { GETPID, GETPID_PATCHABLE, PREAD, OPS };
static const char *const names[OPS] = {"getpid", "getpid-patchable", "pread-4k-tmpfs"};
static volatile long getpid_number = SYS_getpid, pread_number = SYS_pread64;
static char page[PAGE];

/* A loop of its own for each call, so that an iteration is the call and nothing else. */
static void repeat(int op, int fd, long n) {
  switch (op) {
  case GETPID:
    for (long i = 0; i < n; i++) call4(getpid_number, 0, 0, 0, 0);
    return;
  case GETPID_PATCHABLE:
    for (long i = 0; i < n; i++) getpid_patchable();
    return;
  default:
    for (long i = 0; i < n; i++)
      if (call4(pread_number, fd, (long)page, PAGE, 0) != PAGE) exit(3);
  }
}

/*
 * A Go process always has several threads, and with more than one the kernel takes a reference to the open file
 * in every read (fdget(9)); without this idle thread the two programs would not make the same call.
 */
static void *idle(void *unused) {
  for (;;) pause();
  return unused;
}

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void measure(int op, int fd, double *batch, long *loops, double ticks_per_ns_guess) {
  repeat(op, fd, 2000);
  uint64_t start = ticks();
  repeat(op, fd, 200);
  double each = (double)(ticks() - start) / 200;
  *loops = (long)(BATCH_US * 1000 * ticks_per_ns_guess / each) + 1;
  for (int b = 0; b < BATCHES; b++) {
    start = ticks();
    repeat(op, fd, *loops);
    batch[b] = (double)(ticks() - start) / (double)*loops;
  }
}

static void print_op(const char *name, const double *batch, long loops, double ticks_per_ns) {
  double sorted[BATCHES];
  int kept = BATCHES - BATCHES / 10;
  memcpy(sorted, batch + BATCHES / 10, sizeof(double) * (size_t)kept);
  qsort(sorted, (size_t)kept, sizeof(double), by_value);
  printf("{\"type\":\"op\",\"op\":\"%s\",\"unit\":\"ns\",\"iterations\":%ld,\"batchSize\":%ld,\"batches\":[", name,
         loops * BATCHES, loops);
  for (int b = 0; b < BATCHES; b++) printf("%s%.4f", b ? "," : "", batch[b] / ticks_per_ns);
  printf("],\"median\":%.4f,\"p10\":null,\"p50\":null,\"p90\":null,\"p99\":null,\"histogram\":[]}\n",
         (sorted[(kept - 1) / 2] + sorted[kept / 2]) / 2 / ticks_per_ns);
}

int main(void) {
  printf("{\"type\":\"hello\",\"v\":1,\"scenario\":\"independent\",\"go\":\"none (C)\",\"gomaxprocs\":1}\n");
  fflush(stdout);
  pthread_t thread;
  if (pthread_create(&thread, NULL, idle, NULL) != 0) return 6;
  const char *dir = getenv("SBX_DIR_TMPFS");
  if (dir == NULL) return 4;
  char path[4096];
  snprintf(path, sizeof path, "%s/independent-%d", dir, (int)getpid());
  int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
  if (fd < 0 || write(fd, page, PAGE) != PAGE) return 5;
  uint64_t tick0, tick1;
  int64_t ns0, ns1;
  reading(&tick0, &ns0);
  while (monotonic_ns() - ns0 < 2000000) {
  }
  reading(&tick1, &ns1);
  double guess = (double)(tick1 - tick0) / (double)(ns1 - ns0);
  double batches[OPS][BATCHES];
  long loops[OPS];
  for (int op = 0; op < OPS; op++) measure(op, fd, batches[op], &loops[op], guess);
  reading(&tick1, &ns1);
  double ticks_per_ns = (double)(tick1 - tick0) / (double)(ns1 - ns0);
  for (int op = 0; op < OPS; op++) print_op(names[op], batches[op], loops[op], ticks_per_ns);
  printf("{\"type\":\"clock\",\"source\":\"tsc\",\"hzStart\":%.0f,\"hzEnd\":%.0f,\"readCostNs\":0}\n", guess * 1e9,
         ticks_per_ns * 1e9);
  unlink(path);
  printf("{\"type\":\"end\"}\n");
  return 0;
}
