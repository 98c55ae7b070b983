/*
 * A line on which the flat reader and jansson differ, or which breaks either,
 * is what libFuzzer looks for here.
 */
#include <stdlib.h>

#include "same.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (same_check((struct str){(const char *)data, size}) ==
	    SAME_DIFFERENT)
		abort();
	return 0;
}
