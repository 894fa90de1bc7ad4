/* Makes bounded TCP traffic and says how it went, in one line of JSON.
 *   packets serve ECHO_PORT SINK_PORT           echoes on one port, swallows on the other, until killed
 *   packets connect ADDRESS PORT SECONDS        opens and resets connections, one after the other
 *   packets pingpong ADDRESS PORT SECONDS       one byte there and back on one connection
 *   packets stream ADDRESS PORT SECONDS         as much as one connection carries
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAX_SAMPLES = 1 << 22, BUFFER = 1 << 17, EVENTS = 64 };

static float samples[MAX_SAMPLES];
static long sampled;
static char buffer[BUFFER];

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

static void sample(double seconds) {
    if (sampled < MAX_SAMPLES) samples[sampled++] = seconds * 1e6;
}

static int ascending(const void *one, const void *other) {
    float a = *(const float *)one, b = *(const float *)other;
    return (a > b) - (a < b);
}

static void report(long count, double seconds) {
    qsort(samples, sampled, sizeof *samples, ascending);
    printf("{\"per_second\":%.1f,\"p50_us\":%.1f,\"p99_us\":%.1f}\n", count / seconds,
           sampled ? samples[sampled / 2] : 0, sampled ? samples[sampled * 99 / 100] : 0);
}

static int listener(int port) {
    int on = 1, fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in any = {.sin_family = AF_INET, .sin_port = htons(port)};
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, (void *)&any, sizeof any) || listen(fd, 4096)) fail("listen");
    return fd;
}

static void watch(int epoll, int fd, int echoes) {
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = (unsigned)fd | (unsigned long)echoes << 32};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event)) fail("epoll_ctl");
}

/* A connection that ends is reset, so that no port of it has to rest. */
static void take(int epoll, int from, int echoes) {
    struct linger reset = {1, 0};
    int on = 1, fd = accept4(from, 0, 0, SOCK_NONBLOCK);
    if (fd < 0) return;
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    watch(epoll, fd, echoes);
}

static void serve(int echo_port, int sink_port) {
    int epoll = epoll_create1(0), echo = listener(echo_port), sink = listener(sink_port);
    struct epoll_event events[EVENTS];
    watch(epoll, echo, 1);
    watch(epoll, sink, 0);
    for (;;) {
        int count = epoll_wait(epoll, events, EVENTS, -1);
        for (int i = 0; i < count; i++) {
            int fd = (int)events[i].data.u64, echoes = events[i].data.u64 >> 32;
            if (fd == echo || fd == sink) {
                take(epoll, fd, echoes);
                continue;
            }
            long got = read(fd, buffer, sizeof buffer);
            if (got <= 0 ? got == 0 || errno != EAGAIN : echoes && write(fd, buffer, got) < 0) close(fd);
        }
    }
}

static int open_socket(void) {
    struct linger reset = {1, 0};
    struct timeval limit = {1, 0};
    int on = 1, fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0) fail("socket");
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

static int connected(const struct sockaddr_in *to) {
    int fd = open_socket();
    if (connect(fd, (void *)to, sizeof *to)) fail("connect");
    return fd;
}

static void connections(const struct sockaddr_in *to, double seconds) {
    double begin = now(), last = begin;
    long count = 0;
    for (; last - begin < seconds; count++) {
        close(connected(to));
        double end = now();
        sample(end - last);
        last = end;
    }
    report(count, last - begin);
}

static void pingpong(const struct sockaddr_in *to, double seconds) {
    int fd = connected(to);
    double begin = now(), last = begin;
    long count = 0;
    for (; last - begin < seconds; count++) {
        if (write(fd, buffer, 1) != 1 || read(fd, buffer, 1) != 1) fail("ping-pong");
        double end = now();
        sample(end - last);
        last = end;
    }
    report(count, last - begin);
}

static void stream(const struct sockaddr_in *to, double seconds) {
    int fd = connected(to);
    double begin = now(), last = begin, bytes = 0;
    while (last - begin < seconds) {
        long sent = write(fd, buffer, sizeof buffer);
        if (sent < 0) fail("stream");
        bytes += sent;
        last = now();
    }
    printf("{\"gbit_per_second\":%.3f}\n", bytes * 8e-9 / (last - begin));
}

int main(int count, char **words) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGPIPE, SIG_IGN);
    if (count == 4 && !strcmp(words[1], "serve")) serve(atoi(words[2]), atoi(words[3]));
    if (count != 5) return 2;
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(words[3]))};
    if (inet_pton(AF_INET, words[2], &to.sin_addr) != 1) return 2;
    double seconds = atof(words[4]);
    if (!strcmp(words[1], "connect")) connections(&to, seconds);
    else if (!strcmp(words[1], "pingpong")) pingpong(&to, seconds);
    else if (!strcmp(words[1], "stream")) stream(&to, seconds);
    else return 2;
    return 0;
}
