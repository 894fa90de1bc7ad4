/* The floor: a UDP responder that looks nothing up and gives every question one address. responder ADDRESS [PORT] */
#include <arpa/inet.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>

int main(int argc, char **argv) {
    static const unsigned char record[16] = {0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1};
    unsigned char message[600];
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(argc > 2 ? atoi(argv[2]) : 53)};
    if (argc < 2 || inet_pton(AF_INET, argv[1], &here.sin_addr) != 1 || bind(fd, (void *)&here, sizeof here)) return 1;
    for (;;) {
        struct sockaddr_in from;
        socklen_t length = sizeof from;
        int n = recvfrom(fd, message, 512, 0, (void *)&from, &length), end = 12;
        if (n < 17) continue;
        while (end < n && message[end]) end += message[end] + 1;
        end += 5;
        message[2] |= 0x80;
        message[3] = 0x80;
        message[7] = 1;
        memset(message + 8, 0, 4);
        memcpy(message + end, record, sizeof record);
        sendto(fd, message, end + sizeof record, 0, (void *)&from, length);
    }
}
