/* Our own flat records are read directly; jansson judges everything else. */
#include "record/value.h"

int record_read(struct arena *a, struct str line, struct record *out,
		const char **error, struct str *detail)
{
	if (flat_read(a, line, out))
		return 0;
	return tree_read(a, line, out, error, detail);
}
