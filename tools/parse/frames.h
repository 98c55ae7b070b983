/*
 * What a job says, from a worker process to the program: frames (letter,
 * length, bytes) that cross a socket.
 *
 *	J  the job that the next frames are of
 *	O  output		T  output in the tray
 *	M  a message		N  a note
 *	R  its names are asked for
 *	E  it is done
 *
 * Most output does not cross the socket: the worker lays it into its tray,
 * memory that both share, and says where. What finds no room there goes the
 * other way, so nobody waits for room.
 */
#ifndef BUD_PARSE_FRAMES_H
#define BUD_PARSE_FRAMES_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum { TRAY_SIZE = 2 << 20 };

/* Bytes go round in a ring; the counts go on since the worker began. */
struct tray {
	_Atomic size_t taken; /* by the program */
	char bytes[TRAY_SIZE];
};

/* Zeroed, to be shared with a process forked later; NULL where the system has
 * none to give: all goes through the socket then. */
struct tray *tray_open(void);
void tray_close(struct tray *tray);

/* The worker's side. */
struct frames {
	struct buf bytes;  /* own */
	int fd;            /* -1: they stay in bytes */
	struct tray *tray; /* NULL: there is none */
	size_t laid;       /* bytes, since the worker began */
	size_t job;        /* of which the last frames are, from 1; 0: none */
	size_t laid_job;   /* the last of which something was laid */
};

/* The next frames are of this job. */
void frames_job(struct frames *f, size_t number);

void frames_put(struct frames *f, char letter, struct str bytes);
/* Through the tray where it has room. */
void frames_put_output(struct frames *f, struct str bytes);
/* False where the reader is gone. */
bool frames_send(struct frames *f);

/* The first frame of bytes, cut off them; false where it is not whole. */
bool frames_next(struct str *bytes, char *letter, struct str *content);
/* What a T frame speaks of; it lies there until it is taken. Frames are taken
 * in the order in which they were put. */
struct str tray_look(const struct tray *tray, struct str content);
void tray_take(struct tray *tray, struct str content);

bool send_all(int fd, const char *p, size_t n);

#endif
