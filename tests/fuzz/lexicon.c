#include "fuzz.h"
#include "lexicon/lexicon.h"

const struct lexicon *fuzz_lexicon(void)
{
	static const struct lexicon *lexicon;

	if (!lexicon)
		lexicon = lexicon_load(fuzz_share(), fuzz_messages());
	return lexicon;
}
