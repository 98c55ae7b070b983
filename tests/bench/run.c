/*
 * run IN OUT COUNT PROGRAM [ARG]...: runs a program COUNT times, one after the
 * other, from file IN to file OUT, and prints the seconds of all, their user
 * and system seconds, the peak memory of the largest in KiB, and the highest
 * exit status. It is small
 * itself, as a child's peak memory includes that of the process it was forked
 * from.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static void become(char **argv)
{
	int in = open(argv[1], O_RDONLY);
	int out = open(argv[2], O_WRONLY | O_CREAT | O_TRUNC, 0666);
	int err = open("/dev/null", O_WRONLY);

	if (in < 0 || out < 0 || err < 0)
		_exit(127);
	dup2(in, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	execvp(argv[4], argv + 4);
	_exit(127);
}

int main(int argc, char **argv)
{
	struct timespec from, to;
	struct rusage usage;
	double cpu = 0;
	long peak = 0;
	int status, worst = 0, out;

	if (argc < 5)
		return 2;
	/* to give back what the last run wrote is none of this one's work */
	out = open(argv[2], O_WRONLY | O_CREAT | O_TRUNC, 0666);
	if (out >= 0)
		close(out);
	clock_gettime(CLOCK_MONOTONIC, &from);
	for (int i = 0; i < atoi(argv[3]); i++) {
		pid_t child = fork();

		if (child < 0)
			return 4;
		if (!child)
			become(argv);
		if (wait4(child, &status, 0, &usage) < 0)
			return 4;
		status = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
		worst = status > worst ? status : worst;
		cpu += seconds(usage.ru_utime) + seconds(usage.ru_stime);
		peak = usage.ru_maxrss > peak ? usage.ru_maxrss : peak;
	}
	clock_gettime(CLOCK_MONOTONIC, &to);
	printf("%.6f %.6f %ld %d\n",
	       (double)(to.tv_sec - from.tv_sec) +
		       (double)(to.tv_nsec - from.tv_nsec) / 1e9,
	       cpu, peak, worst);
	return 0;
}
