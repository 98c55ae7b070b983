/*
 * Files below the directory of an archive, written so that they outlive a
 * power cut. Names are relative to the open directory. All functions give 0,
 * or -1 with errno set.
 */
#ifndef BUD_ARCHIVE_FILES_H
#define BUD_ARCHIVE_FILES_H

#include "base/stream.h"

enum { FILES_PATH = 256 };

/* Exactly n bytes from the offset; fewer are an error (EIO). */
int files_read_at(int fd, void *to, size_t n, int64_t offset);

/* The whole file, appended. */
int files_slurp(int dir, const char *path, struct buf *out);

/* Makes the directories above a file, and syncs each one that has a new name
 * in it. */
int files_make_parents(int dir, const char *path);

/* Makes the names in the directory of a file outlive a power cut. */
int files_sync_parent(int dir, const char *path);

/* A file that is there whole or not at all: written beside, synced, renamed. */
int files_replace(int dir, const char *path, struct str bytes);

/* The same by pieces: begin, write to fd, then end or give up. */
struct replacement {
	int dir, fd;
	char path[FILES_PATH], beside[FILES_PATH];
};

int files_replace_begin(struct replacement *r, int dir, const char *path);
int files_replace_end(struct replacement *r);
/* errno stays. */
void files_replace_give_up(struct replacement *r);

/* An empty file without a name, to read and write; -1 with errno. */
int files_unnamed(int dir);

/* -1 where it does not exist. */
int64_t files_size(int dir, const char *path);

#endif
