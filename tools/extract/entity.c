/* The id is made of words, so that people can read and write it. */
#include "extract/entity.h"

#include "base/utf8.h"
#include "lexicon/place.h"

/* The name without its place; brackets and letters in their plain forms. */
static void put_plain(struct buf *out, struct str s)
{
	size_t at = 0;

	while (at < s.n) {
		uint32_t cp = lexicon_fold(utf8_next(s, &at));

		if (cp)
			buf_put_codepoint(out, cp);
	}
}

/* 人民政府万里街道办事处 is the office, 人民政府办公室 that of the government. */
static struct str without_government(struct str name)
{
	static const struct str HEAD = STR_INIT("人民政府");
	struct str rest = str_slice(name, HEAD.n, name.n);

	return str_starts(name, HEAD) && rest.n &&
			       !str_starts(rest, STR("办公"))
		       ? rest : name;
}

void entity_place(struct extract *x)
{
	struct bud_document *d = &x->out->document;
	struct lexicon_place place =
		lexicon_place(x->lexicon, d->entity, d->year);
	struct buf id = {0};
	size_t head;

	d->region = place.region;
	d->entity_kind = place.kind;
	if (!place.region.n)
		return;
	buf_put_str(&id, place.now);
	buf_putc(&id, ':');
	head = id.n;
	put_plain(&id, str_slice(d->entity, 0, place.start));
	put_plain(&id, without_government(
			       str_slice(d->entity, place.start + place.length,
					 d->entity.n)));
	if (id.n > head) /* a place alone is no organisation */
		d->entity_id = str_copy(x->arena, buf_str(&id));
	buf_release(&id);
}
