/* Edited rules are read; the others were read when the program was built. */
#include <string.h>

#include "check/rule.h"

int check_load_rules(struct rules *rules, struct arena *a,
		     struct messages *messages)
{
	const struct rules *own = &check_built_in;

	if (messages->share->dir)
		return check_read_rules(rules, a, messages);
	/* a list that the user's rules are added to */
	*rules = *own;
	rules->list = memcpy(ARENA_ARRAY(a, const struct rule *, own->n),
			     own->list, own->n * sizeof *own->list);
	rules->cap = own->n;
	return 0;
}
