/*
 * The second opinion on `getpid` and `pread-4k-tmpfs`: the same two system calls, timed by a program that
 * shares no line with the Go scenarios. Loops of plain `syscall` instructions between two reads of the
 * time-stamp counter; the counter's rate by two long waits against CLOCK_MONOTONIC. Speaks docs/protocol.md.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
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

static volatile long numbers[2] = {SYS_getpid, SYS_pread64};
static char page[PAGE];

static void one(int which, int fd) {
  if (which == 0) call4(numbers[0], 0, 0, 0, 0);
  else if (call4(numbers[1], fd, (long)page, PAGE, 0) != PAGE) exit(3);
}

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void measure(int which, int fd, double *batch, long *loops, double ticks_per_ns_guess) {
  for (int i = 0; i < 2000; i++) one(which, fd);
  uint64_t start = ticks();
  for (int i = 0; i < 200; i++) one(which, fd);
  double each = (double)(ticks() - start) / 200;
  *loops = (long)(BATCH_US * 1000 * ticks_per_ns_guess / each) + 1;
  for (int b = 0; b < BATCHES; b++) {
    start = ticks();
    for (long i = 0; i < *loops; i++) one(which, fd);
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
  double getpid_batch[BATCHES], pread_batch[BATCHES];
  long getpid_loops, pread_loops;
  measure(0, fd, getpid_batch, &getpid_loops, guess);
  measure(1, fd, pread_batch, &pread_loops, guess);
  reading(&tick1, &ns1);
  double ticks_per_ns = (double)(tick1 - tick0) / (double)(ns1 - ns0);
  print_op("getpid", getpid_batch, getpid_loops, ticks_per_ns);
  print_op("pread-4k-tmpfs", pread_batch, pread_loops, ticks_per_ns);
  printf("{\"type\":\"clock\",\"source\":\"tsc\",\"hzStart\":%.0f,\"hzEnd\":%.0f,\"readCostNs\":0}\n", guess * 1e9,
         ticks_per_ns * 1e9);
  unlink(path);
  printf("{\"type\":\"end\"}\n");
  return 0;
}
