/* Edited tables are read; the others were read when the program was built. */
#include "lexicon/table.h"

const struct lexicon *lexicon_load(struct share *share,
				   struct messages *messages)
{
	return share->dir || share->own ? lexicon_read(share, messages)
					: &lexicon_built_in;
}
