/* The kernel knows where the running program lies, whatever argv[0] says. */
#include "base/beside.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

_Noreturn void beside_exec(char **argv)
{
	char self[PATH_MAX], path[PATH_MAX + 32];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);

	if (n > 0) {
		self[n] = '\0';
		*strrchr(self, '/') = '\0';
		snprintf(path, sizeof path, "%s/%s", self, argv[0]);
		execv(path, argv);
	}
	execvp(argv[0], argv);
	_exit(BESIDE_MISSING);
}
