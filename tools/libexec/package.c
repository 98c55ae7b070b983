/* Members are read one after the other, so nothing seeks but libarchive. */
#include "libexec/package.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <string.h>

#include "base/memory.h"

enum {
	STEP = 1 << 16,
	SLACK = 1 << 20,
	EMPTY_ARCHIVE = 22, /* bytes of one without members */
};

/* What libarchive says, or that memory is exhausted: of that it does not always
 * tell, and a decompressor that cannot be initialized has no other reason. */
static _Noreturn void give_up(struct reader_program *r, struct archive *archive)
{
	const char *why = archive ? archive_error_string(archive) : NULL;

	if (!why || archive_errno(archive) == ENOMEM ||
	    str_starts(str_of(why), STR("Can't initialize")))
		memory_exhausted(0);
	reader_fail(r, "damaged", str_of(why));
}

static void read_member(struct reader_program *r, struct archive *archive,
			struct buf *out, size_t *total)
{
	size_t most = (size_t)r->limits.bytes;
	size_t grown = r->input.n * (size_t)r->limits.ratio + SLACK;
	la_ssize_t n;

	do {
		buf_reserve(out, STEP);
		n = archive_read_data(archive, out->p + out->n, STEP);
		if (n < 0)
			give_up(r, archive);
		out->n += (size_t)n;
		*total += (size_t)n;
		if (*total > most)
			reader_fail(r, "too-large", STR(""));
		if (*total > grown)
			reader_fail(r, "limit-ratio", STR(""));
	} while (n);
}

/* As it stands there, or in UTF-8 where this locale cannot write it; a member
 * without a name is a document still. */
static const char *name_of(struct archive_entry *entry)
{
	const char *name = archive_entry_pathname(entry);

	if (!name)
		name = archive_entry_pathname_utf8(entry);
	return name ? name : "?";
}

void package_read(struct reader_program *r, struct package *p,
		  bool (*want)(struct str name))
{
	struct archive *archive = archive_read_new();
	struct archive_entry *entry;
	struct buf bytes = {0};
	size_t total = 0;
	long seen = 0;
	int status;

	if (!archive || archive_read_support_format_zip(archive) ||
	    archive_read_open_memory(archive, r->input.p, r->input.n))
		give_up(r, archive);
	while ((status = archive_read_next_header(archive, &entry)) ==
		       ARCHIVE_OK ||
	       status == ARCHIVE_WARN) {
		const char *name = name_of(entry);

		if (++seen > r->limits.members + 64)
			reader_fail(r, "limit-members", STR(""));
		if (archive_entry_filetype(entry) != AE_IFREG ||
		    !want(str_of(name)))
			continue;
		if (archive_entry_is_data_encrypted(entry))
			reader_fail(r, "encrypted", STR(""));
		buf_clear(&bytes);
		read_member(r, archive, &bytes, &total);
		p->members = arena_grow(&r->arena, p->members, &p->cap,
					p->n + 1, sizeof *p->members);
		p->members[p->n++] = (struct package_member){
			str_copy(&r->arena, str_of(name)),
			str_copy(&r->arena, buf_str(&bytes))};
	}
	if (status != ARCHIVE_EOF)
		give_up(r, archive);
	if (!seen && r->input.n > EMPTY_ARCHIVE)
		reader_fail(r, "damaged", STR("ZIP"));
	archive_read_free(archive);
	buf_release(&bytes);
}

struct str package_find(const struct package *p, struct str name)
{
	for (size_t i = 0; i < p->n; i++)
		if (str_equal(p->members[i].name, name))
			return p->members[i].bytes;
	return (struct str){NULL, 0};
}

xmlDocPtr package_parse(struct reader_program *r, const struct package *p,
			struct str name)
{
	struct str bytes = package_find(p, name);
	xmlDocPtr tree;

	if (!bytes.n)
		return NULL;
	tree = xmlReadMemory(bytes.p, (int)bytes.n, NULL, NULL,
			     XML_PARSE_NONET | XML_PARSE_NOERROR |
				     XML_PARSE_NOWARNING |
				     XML_PARSE_BIG_LINES);
	if (tree && !tree->intSubset)
		return tree;
	/* Libxml2 has a limit of its own. */
	if (!tree && xmlGetLastError() && xmlGetLastError()->message &&
	    strstr(xmlGetLastError()->message, "depth"))
		reader_fail(r, "limit-depth", name);
	reader_fail(r, "damaged", name);
}

bool xml_is(const xmlNode *n, const char *name)
{
	return n && n->type == XML_ELEMENT_NODE && n->name[0] == (xmlChar)*name &&
	       !strcmp((const char *)n->name, name);
}

struct str xml_attribute(const xmlNode *n, const char *name)
{
	for (const xmlAttr *a = n ? n->properties : NULL; a; a = a->next)
		if (!strcmp((const char *)a->name, name) && a->children)
			return str_of((const char *)a->children->content);
	return (struct str){NULL, 0};
}

const xmlNode *xml_child(const xmlNode *n, const char *name)
{
	for (n = n ? n->children : NULL; n; n = n->next)
		if (xml_is(n, name))
			return n;
	return NULL;
}
