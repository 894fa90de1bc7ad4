/*
 * Asks one server for the A records of names and prints how fast it answers, as one line of JSON.
 * dnsload ADDRESS PORT SECONDS OUTSTANDING SOCKETS < NAMES
 */
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { MAX_NAMES = 20000, MAX_SLOTS = 1024, MAX_SOCKETS = 64, MAX_SAMPLES = 8000000, MAX_READS = 16 };
static unsigned char query[MAX_NAMES][280];
static int length[MAX_NAMES], names, sockets, fd[MAX_SOCKETS];
static long long sent[MAX_SLOTS];
static unsigned short round_of[MAX_SLOTS];
static int sample[MAX_SAMPLES];

static long long now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int by_size(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }

static void encode(char *name) {
    unsigned char *q = query[names], *at = q + 12;
    memset(q, 0, 12);
    q[2] = 1;
    q[5] = 1;
    for (char *label = strtok(name, ".\n"); label; label = strtok(NULL, ".\n")) {
        *at++ = strlen(label);
        at = (unsigned char *)stpcpy((char *)at, label);
    }
    memcpy(at, "\0\0\1\0\1", 5);
    length[names++] = at + 5 - q;
}

static void ask(int slot) {
    static int next;
    int i = next++ % names;
    round_of[slot] = (round_of[slot] + 1) & 63;
    unsigned short id = htons(round_of[slot] << 10 | slot);
    memcpy(query[i], &id, 2);
    sent[slot] = now();
    send(fd[slot % sockets], query[i], length[i], 0);
}

int main(int argc, char **argv) {
    char line[300];
    if (argc != 6) return 2;
    int seconds = atoi(argv[3]), outstanding = atoi(argv[4]);
    sockets = atoi(argv[5]);
    while (names < MAX_NAMES && fgets(line, sizeof line, stdin)) encode(line);
    if (!names || outstanding > MAX_SLOTS || sockets > MAX_SOCKETS) return 2;
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[2]))};
    inet_pton(AF_INET, argv[1], &there.sin_addr);
    struct pollfd polls[MAX_SOCKETS];
    for (int i = 0; i < sockets; i++) {
        fd[i] = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
        if (connect(fd[i], (void *)&there, sizeof there)) return 1;
        polls[i] = (struct pollfd){.fd = fd[i], .events = POLLIN};
    }
    for (int i = 0; i < outstanding; i++) ask(i);
    long long begin = now(), end = begin + seconds * 1000000000LL, t = begin, swept = begin;
    long answers = 0, failed = 0, lost = 0, samples = 0;
    unsigned char reply[4096];
    while ((t = now()) < end) {
        if (poll(polls, sockets, 100) > 0)
            for (int i = 0; i < sockets; i++) {
                // A bound for each turn: a fast server would keep one socket full, and the others would never be read.
                int n, left = polls[i].revents & POLLIN ? MAX_READS : 0;
                while (left-- > 0 && (n = recv(fd[i], reply, sizeof reply, 0)) >= 12) {
                    int id = reply[0] << 8 | reply[1], slot = id & 1023;
                    if (slot >= outstanding || id >> 10 != round_of[slot]) continue;
                    if (samples < MAX_SAMPLES) sample[samples++] = now() - sent[slot];
                    if ((reply[3] & 15) || !reply[7]) failed++;
                    answers++;
                    ask(slot);
                }
            }
        if (t - swept > 100000000) {
            swept = t;
            for (int i = 0; i < outstanding; i++)
                if (t - sent[i] > 2000000000LL) {
                    lost++;
                    ask(i);
                }
        }
    }
    qsort(sample, samples, sizeof *sample, by_size);
    printf("{\"qps\":%.0f,\"p50us\":%.1f,\"p99us\":%.1f,\"failed\":%ld,\"lost\":%ld}\n", answers * 1e9 / (t - begin),
           samples ? sample[samples / 2] / 1e3 : 0, samples ? sample[samples * 99 / 100] / 1e3 : 0, failed, lost);
    return answers == 0;
}
