/* Asked once, by the program; writers get the answers as options. */
#include "render/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/str.h"

enum { DEFAULT_WIDTH = 80, LEAST_WIDTH = 40, MOST_WIDTH = 400 };

size_t terminal_width(bool to_terminal)
{
	struct winsize size;
	int64_t width = 0;

	if (!str_to_int64(str_of(getenv("COLUMNS")), &width) || width <= 0)
		width = to_terminal && !ioctl(STDOUT_FILENO, TIOCGWINSZ, &size)
				? size.ws_col
				: 0;
	if (!width)
		width = DEFAULT_WIDTH;
	if (width < LEAST_WIDTH)
		return LEAST_WIDTH;
	return width > MOST_WIDTH ? MOST_WIDTH : (size_t)width;
}

bool terminal_wants_colour(void)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	return !(no_color && *no_color) && !(term && !strcmp(term, "dumb"));
}
